import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approval, flow, rule, start } from '#kit/flow.ts'
import { Paper, joint, line } from '../test/flows.ts'
import { MORNING, who, World } from '../test/world.ts'

test('records who, why, when, outcome and opinion', () => {
  const world = World.started(line)
  world.act('甲', 'approve', { opinion: '拟同意' })
  const actor = world.done('甲')
  assert.deepEqual(
    [actor.evidence, actor.outcome, actor.opinion, actor.openedAt, actor.closedAt, actor.actedBy?.name, actor.who.post],
    ['test: 甲', 'approve', '拟同意', MORNING, MORNING + 60_000, '甲', '甲-post'],
  )
  assert.equal(world.task('审核').outcome, 'approve')
})

test('any: the first one decides, the other is told who was faster and when', () => {
  const world = World.started(joint('甲,乙', 'any'))
  world.approve('甲')
  const { details } = world.refused({ kind: 'complete', ...world.on('乙'), outcome: 'approve' }, 'workflow.task.done')
  assert.deepEqual([details['name'], details['at']], ['甲', MORNING + 60_000])
})

test('finishing side by side never makes a colleague stale (complaint 7)', () => {
  const world = World.started(joint('甲,乙', 'all'))
  const seen = world.part('乙').revision
  world.approve('甲')
  world.run({ kind: 'complete', ...world.on('乙'), revision: seen, outcome: 'approve' })
  assert.deepEqual(world.open, ['归档:档案员'])
})

test('a click on what has changed since is refused', () => {
  const world = World.started(line)
  const seen = world.part('甲').revision
  world.run({ kind: 'add', ...world.on('甲'), position: 'before', who: [who('顾问')] })
  world.approve('顾问')
  world.refused({ kind: 'complete', ...world.on('甲'), revision: seen, outcome: 'approve' }, 'workflow.task.stale')
})

test('not one’s own, not one’s turn, no such outcome', () => {
  const world = World.started(joint('甲,乙', 'in-turn'))
  world.refused({ kind: 'complete', by: who('乙'), actor: world.part('甲').id, outcome: 'approve' }, 'workflow.task.notYours')
  world.refused({ kind: 'complete', ...world.on('乙'), outcome: 'approve' }, 'workflow.task.notOpen')
  world.refused({ kind: 'complete', ...world.on('甲'), outcome: 'perhaps' }, 'workflow.outcome.unknown')
  world.refused({ kind: 'complete', by: who('甲'), actor: 999, outcome: 'approve' }, 'workflow.task.unknown')
})

test('in turn: each opens after the one before; a rejection ends it', () => {
  const world = World.started(joint('甲,乙,丙', 'in-turn'))
  assert.deepEqual(world.open, ['会签:甲'])
  world.approve('甲')
  assert.deepEqual(world.open, ['会签:乙'])
  world.reject('乙')
  assert.deepEqual([world.case.case.status, world.case.case.outcome], ['ended', 'reject'])
})

test('one rejection does not kill a ratio vote that can still pass (complaint 4)', () => {
  const world = World.started(joint('甲,乙,丙', { ratio: 2 / 3 }))
  world.reject('甲')
  assert.deepEqual(world.open, ['会签:丙', '会签:乙'].sort())
  world.approve('乙', '丙')
  assert.deepEqual(world.open, ['归档:档案员'])
})

test('a ratio vote ends as soon as it is certain', () => {
  const world = World.started(joint('甲,乙,丙,丁', { ratio: 0.5 }))
  world.approve('甲', '乙')
  assert.deepEqual(world.open, ['归档:档案员'])
})

test('an administrator acts for somebody, and it shows', () => {
  const world = World.started(line)
  world.run({ kind: 'complete', by: who('管理员'), actor: world.part('甲').id, outcome: 'approve', asAdmin: true })
  assert.deepEqual([world.done('甲').who.name, world.done('甲').actedBy?.name], ['甲', '管理员'])
})

test('a rejection goes back to the initiator when the step says so', () => {
  const world = World.started(flow(Paper, { apply: start('申请'), check: approval('审核', { by: rule('甲'), reject: 'initiator' }) }, [['apply', 'check'], ['check', 'end']]))
  world.reject('甲')
  assert.deepEqual(world.open, ['申请:申请人'])
  world.approve('申请人', '甲')
  assert.equal(world.case.case.outcome, 'approve')
})

test('persons chosen by the step before get the work', () => {
  const world = World.started(flow(Paper, {
    apply: start('申请'), propose: approval('拟办', { by: rule('甲') }), handle: approval('承办', { by: { kind: 'chosen' }, decide: 'lead' }),
  }, [['apply', 'propose'], ['propose', 'handle'], ['handle', 'end']]))
  world.run({ kind: 'complete', ...world.on('甲'), outcome: 'approve', chosen: { handle: [who('主办'), who('协办')] } })
  assert.deepEqual(world.open, ['承办:主办', '承办:协办'])
  assert.equal(world.part('主办').evidence, '由 甲 选定')
  world.approve('主办')
  assert.equal(world.case.case.status, 'running')
  world.reject('协办')
  assert.equal(world.case.case.outcome, 'approve')
})
