import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approval, choice, end, field, flow, parallel, rule, start, task, waiting } from '#kit/flow.ts'
import { where } from '#kit/where.ts'
import { compileFlow } from './compile.ts'
import { WorkflowError } from './error.ts'
import { canonical, hash, sha256 } from './hash.ts'
import { forked, line, Paper } from './test/flows.ts'
import { World } from './test/world.ts'

test('calls on edges and choices behind steps become nodes', () => {
  const ir = compileFlow(flow(Paper, {
    apply: start('申请'), check: approval('审核', { by: rule('甲') }), fix: task('补正', { by: field('owner') }), away: waiting('等待', { until: 'period.end' }),
  }, [['apply', 'check'], ['check', 'fix', { on: 'reject' }], ['check', 'away', { does: 'x.y' }], ['fix', 'check'], ['away', 'end']]))
  assert.deepEqual(Object.values(ir.nodes).map((node) => `${node.id}:${node.kind}`).sort(), ['apply:start', 'away:wait', 'check:task', 'check>away:x.y:call', 'check?:exclusive', 'end:end', 'fix:task'].sort())
  assert.deepEqual(ir.reads, ['owner', 'period'])
})

test('outcomes choose edges; named ends name the outcome', () => {
  const definition = flow(Paper, {
    apply: start('申请'), check: approval('初审', { by: rule('甲'), outcomes: ['pass', 'refuse'] }), refused: end('退文', '已退文'),
  }, [['apply', 'check'], ['check', 'refused', { on: 'refuse' }], ['check', 'end']])
  const refusing = World.started(definition)
  refusing.act('甲', 'refuse')
  assert.equal(refusing.case.case.outcome, '已退文')
  const passing = World.started(definition)
  passing.act('甲', 'pass')
  assert.equal(passing.case.case.outcome, 'pass')
})

test('conditions are tried in order, the edge without one is the default', () => {
  const definition = flow(Paper, {
    apply: start('申请'), way: choice('按天数'), head: task('主要领导', { by: rule('主要') }), vice: task('分管领导', { by: rule('分管') }), office: task('科室', { by: rule('科室') }),
  }, [['apply', 'way'], ['way', 'office'], ['way', 'head', { when: where('days', '>', 3) }], ['way', 'vice', { when: where('days', '>', 1) }], ['head', 'end'], ['vice', 'end'], ['office', 'end']])
  assert.deepEqual([5, 2, 1].map((days) => World.started(definition, { days }).open[0]), ['主要领导:主要', '分管领导:分管', '科室:科室'])
})

test('a gateway that joins and splits at once becomes two', () => {
  const ir = compileFlow(flow(Paper, {
    apply: start('申请'), a: parallel('一'), b: task('甲', { by: rule('甲') }), c: task('乙', { by: rule('乙') }), d: parallel('二'), e: task('丙', { by: rule('丙') }), f: task('丁', { by: rule('丁') }), g: parallel('三'),
  }, [['apply', 'a'], ['a', 'b'], ['a', 'c'], ['b', 'd'], ['c', 'd'], ['d', 'e'], ['d', 'f'], ['e', 'g'], ['f', 'g'], ['g', 'end']]))
  assert.deepEqual(Object.values(ir.structure.regions).map(({ split, join }) => [split, join]).sort(), [['a', 'd'], ['d?', 'g']])
})

test('one start, known nodes', () => {
  const message = (act: () => unknown): unknown => {
    try {
      act()
    } catch (error) {
      return error instanceof WorkflowError ? error.details['message'] : error
    }
  }
  assert.equal(message(() => compileFlow(flow(Paper, { a: task('甲', { by: rule('甲') }) }, []))), '必须有且只有一个开始环节')
  assert.equal(message(() => compileFlow({ ...line, edges: [['apply', 'nowhere']] })), '连线“apply → nowhere”中的“nowhere”不存在')
})

test('the hash is SHA-256 of canonical JSON and does not depend on the order of keys', () => {
  assert.equal(sha256('abc'), 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  assert.equal(sha256('承明'.repeat(40)).length, 64)
  assert.equal(sha256(''), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  assert.equal(canonical({ b: [1, null], a: undefined, c: { z: 'x', y: true } }), '{"b":[1,null],"c":{"y":true,"z":"x"}}')
  const ir = compileFlow(forked)
  const reversed = { ...ir, nodes: Object.fromEntries(Object.entries(ir.nodes).toReversed()) }
  assert.equal(hash(ir), hash(reversed))
  assert.notEqual(hash(ir), hash(compileFlow(line)))
})
