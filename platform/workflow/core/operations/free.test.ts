import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approval, flow, rule, start } from '#kit/flow.ts'
import { where } from '#kit/where.ts'
import { allowed } from '../allowed.ts'
import { drawingOf } from '../diagram.ts'
import { effectiveIr } from '../overlay.ts'
import { everything, forked, line, Paper } from '../test/flows.ts'
import { checkInvariants } from '../test/invariants.ts'
import { who, World } from '../test/world.ts'

const add = (world: World, name: string, step: string, ...people: string[]) => world.run({ kind: 'add-step', ...world.on(name), name: step, who: people.map(who), decide: 'all' })
const skip = (world: World, name: string, node: string) => world.run({ kind: 'skip-step', ...world.on(name), node, reason: '不涉及' })
const targets = (world: World, name: string) => allowed(world.ir, world.case, world.part(name).id, who(name), world.context).returns.map((one) => one.name)

test('a step is added to this case alone: done in its place, drawn, and a legal target from then on', () => {
  const world = World.started(line)
  add(world, '甲', '局长办公会', '丙', '丁')
  world.approve('甲')
  assert.deepEqual(world.open, ['局长办公会:丁', '局长办公会:丙'].toSorted())
  const picture = drawingOf(effectiveIr(world.ir, world.case.case.overlay), world.case)
  assert.deepEqual(picture.nodes.filter(({ mark }) => mark !== null).map(({ name, mark, state }) => [name, mark, state]), [['局长办公会', 'added', 'now']])
  world.approve('丙', '丁')
  assert.deepEqual([world.open, targets(world, '乙')], [['签发:乙'], ['申请', '审核', '局长办公会']])
  world.sendBack('乙', { node: 'free1' })
  assert.deepEqual(world.open, ['局长办公会:丁', '局长办公会:丙'].toSorted())
  checkInvariants(world.ir, world.case)
  world.approve('丙', '丁', '乙')
  assert.equal(world.case.case.status, 'ended')
  const other = World.started(line)
  other.approve('甲')
  assert.deepEqual(other.open, ['签发:乙'])
})

test('in a parallel branch the join waits for it', () => {
  const world = World.started(forked)
  world.approve('甲', '乙')
  add(world, '丙', '复议', '己')
  world.approve('丁', '丙')
  assert.deepEqual(world.open, ['复议:己'])
  world.reject('己')
  assert.deepEqual(world.open, ['法制复核:丙'], 'a rejection goes to the step before')
  world.approve('丙', '己')
  checkInvariants(world.ir, world.case)
  assert.deepEqual(world.open, ['签发:戊'])
})

test('a later step is skipped in this case: passed over, drawn as skipped, no target of a 退回', () => {
  const world = World.started(forked)
  assert.deepEqual(allowed(world.ir, world.case, world.part('甲').id, who('甲'), world.context).skippable, ['law', 'law2', 'money', 'sign'])
  skip(world, '甲', 'law2')
  world.refused({ kind: 'skip-step', ...world.on('甲'), node: 'law2' }, 'workflow.free.skip')
  world.refused({ kind: 'skip-step', ...world.on('甲'), node: 'apply' }, 'workflow.free.skip')
  world.approve('甲', '乙', '丁')
  assert.deepEqual([world.open, targets(world, '戊')], [['签发:戊'], ['申请', '审核', '法制', '财务']])
  const picture = drawingOf(effectiveIr(world.ir, world.case.case.overlay), world.case)
  assert.deepEqual(picture.nodes.filter(({ mark }) => mark === 'skipped').map(({ name }) => name), ['法制复核'])
})

const choosing = (when: boolean) => flow(Paper, {
  apply: start('申请'), check: approval('审核', { by: rule('甲') }), sign: approval('签发', { by: rule('乙') }), again: approval('复议', { by: rule('丙') }),
}, [['apply', 'check'], ['check', 'sign', { on: 'approve', ...(when && { when: where('x', '=', 1) }) }], ['check', 'again', { on: 'reject' }], ['sign', 'end'], ['again', 'end']], { may: everything })

test('after a step with outcomes it stands on the way of the consent; where conditions decide it is refused', () => {
  const world = World.started(choosing(false))
  add(world, '甲', '会商', '丁')
  world.approve('甲')
  assert.deepEqual(world.open, ['会商:丁'])
  const other = World.started(choosing(false))
  add(other, '甲', '会商', '丁')
  other.reject('甲')
  assert.deepEqual(other.open, ['复议:丙'])
  const open = World.started(choosing(true), { x: 1 })
  open.refused({ kind: 'add-step', ...open.on('甲'), name: '会商', who: [who('丁')], decide: 'any' }, 'workflow.free.place')
})

test('it is granted by the flow, named, staffed, bounded, and can be rolled back', () => {
  const world = World.started(line)
  const one = { kind: 'add-step', ...world.on('甲'), name: '会商', who: [who('丙')], decide: 'any' } as const
  world.refused({ ...one, name: ' ' }, 'workflow.free.name')
  world.refused({ ...one, who: [] }, 'workflow.add.nobody')
  world.run(one)
  world.run({ kind: 'rollback', by: who('管理员') })
  assert.equal(world.case.case.overlay, undefined)
  for (let n = 0; n < 30; n++) add(world, '甲', `会商${n}`, '丙')
  world.refused(one, 'workflow.free.many')
  const closed = World.started({ ...line, may: ['return'] })
  closed.refused({ ...one, ...closed.on('甲') }, 'workflow.operation.notAllowed')
})
