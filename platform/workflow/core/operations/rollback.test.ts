import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approval, call, flow, rule, start } from '#kit/flow.ts'
import { everything, forked, joint, line, Paper } from '../test/flows.ts'
import { checkInvariants } from '../test/invariants.ts'
import { who, World } from '../test/world.ts'

const admin = who('管理员')
const back = (world: World) => world.run({ kind: 'rollback', by: admin, reason: '误操作' })
const spots = (world: World): readonly string[] => [...Object.values(world.case.tokens), ...Object.values(world.case.arrivals)].map(({ id, node, scope, branch }) => `${id} ${node} ${scope} ${branch}`)

test('of an approval, also when the next one has not acted: the tokens are as they were, and both are told', () => {
  const world = World.started(line)
  const before = spots(world)
  world.approve('甲')
  const { events, intents } = back(world)
  assert.deepEqual([world.open, spots(world)], [['审核:甲'], before])
  assert.deepEqual(intents.flatMap((intent) => (intent.kind === 'notify' ? [`${intent.about} ${intent.to.name}`] : [])), ['cancelled 乙', 'todo 甲'])
  const told = events.find(({ kind }) => kind === 'rolledBack')
  assert.deepEqual([told?.data['undone'], told?.data['reason'], told?.data['of']], ['complete', '误操作', who('甲')])
  world.approve('甲', '乙')
  assert.equal(world.case.case.status, 'ended')
})

test('of a 退回 out of a parallel part: the work of the other branch is there again', () => {
  const world = World.started(forked)
  world.approve('甲', '乙')
  const [open, before] = [world.open, spots(world)]
  world.sendBack('丙', { node: 'check' })
  assert.deepEqual(world.open, ['审核:甲'])
  back(world)
  assert.deepEqual([world.open, spots(world)], [open, before])
  checkInvariants(world.ir, world.case)
  world.approve('丁', '丙', '戊')
  assert.equal(world.case.case.status, 'ended')
})

test('of the act by which a join fired: the join waits again', () => {
  const world = World.started(forked)
  world.approve('甲', '丁', '乙')
  const before = spots(world)
  world.approve('丙')
  assert.deepEqual(world.open, ['签发:戊'])
  back(world)
  assert.deepEqual([world.open, spots(world)], [['法制复核:丙'], before])
  world.approve('丙', '戊')
  assert.equal(world.case.case.status, 'ended')
})

test('of a vote, a 加签, a 减签, a 跳转', () => {
  const world = World.started(joint('甲,乙', 'all'))
  world.approve('甲')
  back(world)
  assert.deepEqual(world.open, ['会签:乙', '会签:甲'].toSorted())
  world.run({ kind: 'add', ...world.on('甲'), position: 'beside', who: [who('丙')] })
  back(world)
  assert.equal(world.open.length, 2)
  world.run({ kind: 'jump', by: admin, token: Object.values(world.case.tokens)[0]!.id, to: 'file' })
  back(world)
  assert.equal(world.open.length, 2)
  world.run({ kind: 'add', ...world.on('甲'), position: 'beside', who: [who('丙')] })
  world.run({ kind: 'remove', by: who('甲'), actor: world.part('丙').id })
  back(world)
  assert.ok(world.open.includes('会签:丙'))
})

test('once, and not what has set something off or ended the case', () => {
  const world = World.started(line)
  world.refused({ kind: 'rollback', by: admin }, 'workflow.rollback.none')
  world.approve('甲')
  back(world)
  world.refused({ kind: 'rollback', by: admin }, 'workflow.rollback.none')
  world.approve('甲', '乙')
  world.refused({ kind: 'rollback', by: admin }, 'workflow.case.ended')
  const booked = World.started(flow(Paper, { apply: start('申请'), check: approval('审核', { by: rule('甲') }), book: call('记账', 'x.book'), sign: approval('签发', { by: rule('乙') }) }, [['apply', 'check'], ['check', 'book'], ['book', 'sign'], ['sign', 'end']], { may: everything }))
  booked.approve('甲')
  booked.refused({ kind: 'rollback', by: admin }, 'workflow.rollback.none')
})

test('a click on what was rolled back is told so; copies and reminders in between do not matter', () => {
  const world = World.started(line)
  world.approve('甲')
  const stale = { ...world.on('乙'), revision: world.part('乙').revision }
  world.run({ kind: 'copy', by: admin, to: [who('阅者')] })
  back(world)
  world.refused({ kind: 'complete', ...stale, outcome: 'approve' }, 'workflow.task.closed')
})
