import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approval, choice, flow, hours, rule, start, waiting } from '#kit/flow.ts'
import { where } from '#kit/where.ts'
import { compileFlow } from './compile.ts'
import { decisionsOf, differences } from './replay.ts'
import { simulate } from './simulate.ts'
import { everything, forked, Paper } from './test/flows.ts'
import { contextAt, HOUR, MORNING, who, World } from './test/world.ts'

const branching = (by: string) => flow(Paper, {
  apply: start('申请'), check: approval('审核', { by: rule('甲'), due: hours(4) }), which: choice('按天数'), long: approval('局长审批', { by: rule(by) }), wait: waiting('等待', { until: 'until' }), short: approval('备案', { by: rule('丙') }),
}, [['apply', 'check'], ['check', 'which'], ['which', 'long', { when: where('days', '>', 3) }], ['which', 'wait'], ['wait', 'short'], ['long', 'end'], ['short', 'end']], { may: everything })

const begin = (variables: Readonly<Record<string, unknown>>) => ({ kind: 'start' as const, case: 'c', by: who('申请人'), variables })

test('the way, its people and limits, and why each branch was taken or not', () => {
  const { steps, choices, end, problem } = simulate(compileFlow(branching('乙')), begin({ days: 5 }), contextAt(MORNING))
  assert.deepEqual(steps.map(({ name, people }) => [name, people.map((one) => one.name)]), [['审核', ['甲']], ['局长审批', ['乙']]])
  assert.equal(steps[0]?.due, MORNING + 4 * HOUR)
  assert.deepEqual(choices.map(({ ways }) => ways.map(({ to, held, taken }) => [to, held, taken])), [[['局长审批', true, true], ['等待', null, false]]])
  assert.deepEqual([end, problem], ['ended', null])
})

test('waits end at their time; a way on without people stops and says why; a rejection goes its own way', () => {
  const waited = simulate(compileFlow(branching('乙')), begin({ days: 1, until: '2026-07-03' }), contextAt(MORNING))
  assert.deepEqual([waited.steps.map(({ name }) => name), waited.end], [['审核', '备案'], 'ended'])
  const stopped = simulate(compileFlow(branching('')), begin({ days: 5 }), contextAt(MORNING))
  assert.deepEqual([stopped.end, stopped.problem?.code], ['stopped', 'workflow.assignee.none'])
  assert.deepEqual(simulate(compileFlow(branching('乙')), begin({ days: 5 }), contextAt(MORNING), () => 'reject').outcome, 'reject')
})

test('parallel steps share a wave', () => {
  const { steps } = simulate(compileFlow(forked), begin({}), contextAt(MORNING))
  assert.deepEqual(steps.map(({ wave, name }) => [wave, name]), [[0, '审核'], [1, '法制'], [1, '财务'], [2, '法制复核'], [3, '签发']])
})

test('a finished case on another version: steps, people and limits that differ; none on its own', () => {
  const world = World.started(branching('乙'), { days: 5 })
  world.approve('甲', '乙')
  const replay = (to: Parameters<typeof compileFlow>[0]) => {
    const ir = compileFlow(to)
    return differences(world.case, simulate(ir, begin({ days: 5 }), contextAt(MORNING), decisionsOf(world.case)), world.ir, ir)
  }
  assert.deepEqual(replay(branching('乙')), [])
  assert.deepEqual(replay(branching('丁')), [{ kind: 'people', step: '局长审批', from: ['乙'], to: ['丁'], why: 'test: 丁' }])
  const other = flow(Paper, { apply: start('申请'), check: approval('审核', { by: rule('甲') }), more: approval('复核', { by: rule('戊') }) }, [['apply', 'check'], ['check', 'more'], ['more', 'end']], { may: everything })
  assert.deepEqual(replay(other), [
    { kind: 'limit', step: '审核', from: hours(4), to: null }, { kind: 'added', step: '复核', people: ['戊'] }, { kind: 'removed', step: '局长审批', people: ['乙'] },
  ])
})
