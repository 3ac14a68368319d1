import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approval, choice, flow, rule, start, task } from '#kit/flow.ts'
import { where } from '#kit/where.ts'
import { workflowWords, fill } from '../words.ts'
import { compileFlow } from './compile.ts'
import { preparedDirectory, questionKey, type Question } from './context.ts'
import { WorkflowError } from './error.ts'
import { step } from './step.ts'
import { forked, joint, line, Paper } from './test/flows.ts'
import { assigned, contextAt, MORNING, who, World } from './test/world.ts'

const begin = { kind: 'start', case: 'c', by: who('申请人') } as const

test('the state given is not changed, and untouched tables are shared', () => {
  const world = World.started(forked)
  const before = world.case
  const copy = structuredClone(before)
  world.approve('甲')
  assert.deepEqual(before, copy)
  assert.equal(world.case.variables, before.variables)
  assert.equal(world.case.readings, before.readings)
})

test('changes name exactly the rows that differ', () => {
  const world = World.started(line)
  const { changes } = world.run({ kind: 'complete', ...world.on('甲'), outcome: 'approve' })
  assert.deepEqual(Object.keys(changes).sort(), ['actors', 'case', 'tasks', 'tokens'])
  assert.deepEqual([Object.keys(changes.tasks?.put ?? {}).length, Object.keys(changes.actors?.put ?? {}).length], [2, 2])
})

test('open questions are collected; with the answers the same step succeeds', () => {
  const world = World.started(forked)
  world.resolve = () => undefined
  const { details } = world.refused({ kind: 'complete', ...world.on('甲'), outcome: 'approve' }, 'workflow.directory.unanswered')
  const questions = details['questions'] as readonly Question[]
  assert.deepEqual(questions.map((question) => question.node).sort(), ['law', 'money'])
  const answers = new Map(questions.map((question) => [questionKey(question), [assigned(`办${question.node}`)]]))
  world.resolve = preparedDirectory(answers).resolve
  world.approve('甲')
  assert.deepEqual(world.open, ['法制:办law', '财务:办money'].sort())
})

test('nobody found: refused, passed or given to the initiator', () => {
  const of = (nobody: 'fail' | 'skip' | 'initiator') =>
    compileFlow(flow(Paper, { apply: start('申请'), check: approval('审核', { by: rule(''), nobody }), file: task('归档', { by: rule('甲') }) }, [['apply', 'check'], ['check', 'file'], ['file', 'end']]))
  const names = (nobody: 'skip' | 'initiator') => Object.values(step(of(nobody), null, begin, contextAt(MORNING)).state.actors).map((actor) => actor.who.name)
  assert.throws(() => step(of('fail'), null, begin, contextAt(MORNING)), { code: 'workflow.assignee.none', details: { node: '审核' } })
  assert.deepEqual(names('skip'), ['申请人', '甲'])
  assert.deepEqual(names('initiator'), ['申请人', '申请人'])
})

test('the initiator may be left out of the approvers', () => {
  const world = World.started(flow(Paper, { apply: start('申请'), check: approval('审核', { by: rule('申请人,甲'), decide: 'all', sameAsInitiator: 'skip' }) }, [['apply', 'check'], ['check', 'end']]))
  assert.deepEqual(world.open, ['审核:甲'])
})

test('a former doer who is gone is looked up afresh', () => {
  const world = World.started(joint('离职人', 'any'))
  world.approve('离职人')
  const file = { kind: 'return', ...world.on('档案员'), to: 'previous', after: 'rerun' } as const
  world.resolve = () => [assigned('接任者')]
  world.run(file)
  assert.deepEqual(world.open, ['会签:接任者'])
})

test('an endless automatic loop is stopped', () => {
  const ir = compileFlow(flow(Paper, { apply: start('申请'), x: choice('选'), y: choice('再选') }, [['apply', 'x'], ['x', 'end', { when: where('n', '=', 1) }], ['x', 'y'], ['y', 'x']]))
  assert.throws(() => step(ir, null, begin, contextAt(MORNING)), { code: 'workflow.loop' })
  assert.equal(step(ir, null, { ...begin, variables: { n: 1 } }, contextAt(MORNING)).state.case.status, 'ended')
})

test('no condition holds', () => {
  const ir = compileFlow(flow(Paper, { apply: start('申请') }, [['apply', 'end', { when: where('n', '=', 1) }]]))
  assert.throws(() => step(ir, null, begin, contextAt(MORNING)), { code: 'workflow.choice.none', details: { node: '申请' } })
})

test('a case keeps to its version and starts once', () => {
  const world = World.started(line)
  world.refused({ ...begin }, 'workflow.case.running')
  assert.throws(() => step(compileFlow(forked), world.case, { kind: 'timer', timer: 1 }, contextAt(MORNING)), { code: 'workflow.case.version' })
  assert.throws(() => step(world.ir, null, { kind: 'timer', timer: 1 }, contextAt(MORNING)), { code: 'workflow.case.notStarted' })
})

test('errors carry what their text needs', () => {
  const error = new WorkflowError('workflow.task.done', { name: '甲', time: '10:03' })
  assert.equal(fill(workflowWords[error.code], error.details), '已由 甲 于 10:03 办理，无需重复办理')
})
