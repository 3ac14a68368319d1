import assert from 'node:assert/strict'
import { test } from 'node:test'
import { flow, inclusive, parallel, rule, start, task } from '#kit/flow.ts'
import { where } from '#kit/where.ts'
import { compileFlow } from './compile.ts'
import { forked, Paper } from './test/flows.ts'
import { World } from './test/world.ts'

const by = (name: string) => task(name, { by: rule(name), may: ['return'] })
const targets = (definition: Parameters<typeof compileFlow>[0], node: string): Record<string, string> =>
  Object.fromEntries((compileFlow(definition).structure.targets[node] ?? []).map((target) => [target.node, [target.cancels, ...target.reopens].join(' ')]))

const nested = flow(Paper, {
  a: start('申请'), p: parallel('外分'), b: by('乙'), q: parallel('内分'), c: by('丙'), d: by('丁'), r: parallel('内合'), e: by('戊'), f: by('己'), s: parallel('外合'), g: by('庚'),
}, [['a', 'p'], ['p', 'b'], ['b', 'q'], ['q', 'c'], ['q', 'd'], ['c', 'r'], ['d', 'r'], ['r', 'e'], ['e', 's'], ['p', 'f'], ['f', 's'], ['s', 'g'], ['g', 'end']])

test('places of nodes', () => {
  const { places, regions } = compileFlow(nested).structure
  assert.deepEqual(Object.values(regions).map(({ split, join }) => `${split}${join}`).sort(), ['ps', 'qr'])
  assert.deepEqual(places['c']?.map(({ region }) => region), ['p', 'q'])
  assert.deepEqual(places['r']?.map(({ region }) => region), ['p'])
  assert.equal(places['s'], undefined)
})

test('legal targets say what they cancel and reopen', () => {
  assert.deepEqual(targets(nested, 'c'), { a: 'parallel', b: 'parallel' })
  assert.deepEqual(targets(nested, 'e'), { a: 'parallel', b: 'branch', c: 'branch q', d: 'branch q' })
  assert.deepEqual(targets(nested, 'g'), { a: 'own', b: 'own p', c: 'own p q', d: 'own p q', e: 'own p', f: 'own p' })
  assert.deepEqual(targets(forked, 'law2'), { apply: 'parallel', check: 'parallel', law: 'branch' })
})

const loose = flow(Paper, {
  a: start('申请'), b: by('乙'), p: parallel('分'), c: by('丙'), d: by('丁'), e: by('戊'),
}, [['a', 'b'], ['b', 'p'], ['p', 'c'], ['p', 'd'], ['c', 'e'], ['e', 'end'], ['d', 'end']])

test('a split without join: back only to where one token stood, cancelling all; the case ends with the last token', () => {
  assert.deepEqual(targets(loose, 'e'), { a: 'parallel', b: 'parallel' })
  const world = World.started(loose)
  world.approve('乙', '丙')
  world.sendBack('戊', { node: 'b' })
  assert.deepEqual(world.open, ['乙:乙'])
  world.approve('乙', '丁', '丙')
  assert.equal(world.case.case.status, 'running')
  world.approve('戊')
  assert.equal(world.case.case.status, 'ended')
})

const crossed = flow(Paper, {
  a: start('申请'), p: parallel('分'), b: by('乙'), c: by('丙'), d: by('丁'), j: parallel('先合'), e: by('戊'), k: parallel('后合'), g: by('庚'),
}, [['a', 'p'], ['p', 'b'], ['p', 'c'], ['p', 'd'], ['b', 'j'], ['c', 'j'], ['j', 'e'], ['e', 'k'], ['d', 'k'], ['k', 'g'], ['g', 'end']])

test('joins that take the branches of one split in turn synchronise by flow', () => {
  const world = World.started(crossed)
  world.approve('乙')
  assert.deepEqual(world.open, ['丁:丁', '丙:丙'].sort())
  world.approve('丁', '丙')
  assert.deepEqual(world.open, ['戊:戊'])
  world.approve('戊')
  assert.deepEqual(world.open, ['庚:庚'])
  world.sendBack('庚', 'initiator')
  assert.deepEqual([world.open, Object.keys(world.case.arrivals)], [['申请:申请人'], []])
})

const some = (join: Record<string, ReturnType<typeof by>> = {}) => flow(Paper, {
  a: start('申请'), o: inclusive('按需'), b: by('乙'), c: by('丙'), d: by('丁'), k: inclusive('合'), g: by('庚'), ...join,
}, [['a', 'o'], ['o', 'b', { when: where('law', '=', true) }], ['o', 'c', { when: where('money', '=', true) }], ['o', 'd'], ['b', 'k'], ['c', 'k'], ['d', 'k'], ['k', 'g'], ['g', 'end']])

test('an inclusive part waits for exactly the branches taken, and runs on once', () => {
  const both = World.started(some(), { law: true, money: true })
  both.approve('乙')
  assert.deepEqual(both.open, ['丙:丙'])
  both.approve('丙')
  assert.deepEqual(both.open, ['庚:庚'])
  const none = World.started(some())
  assert.deepEqual(none.open, ['丁:丁'])
  none.approve('丁')
  assert.deepEqual(none.open, ['庚:庚'])
})

test('an inclusive join without a split of its own waits for whoever may still come', () => {
  const free = World.started(flow(Paper, {
    a: start('申请'), p: parallel('分'), b: by('乙'), c: by('丙'), d: by('丁'), k: inclusive('合'), g: by('庚'),
  }, [['a', 'p'], ['p', 'b'], ['p', 'c'], ['p', 'd'], ['b', 'k'], ['c', 'k'], ['d', 'end'], ['k', 'g'], ['g', 'end']]))
  free.approve('乙')
  assert.deepEqual(free.open, ['丁:丁', '丙:丙'].sort())
  free.approve('丙')
  assert.deepEqual(free.open, ['丁:丁', '庚:庚'])
  free.approve('庚', '丁')
  assert.equal(free.case.case.status, 'ended')
})
