import assert from 'node:assert/strict'
import { test } from 'node:test'
import { approval, flow, hours, rule, start } from '#kit/flow.ts'
import { forked, line, Paper } from '../test/flows.ts'
import { HOUR, MORNING, who, World } from '../test/world.ts'

const admin = who('管理员')
const tokenAt = (world: World, node: string): number => Object.values(world.case.tokens).find((token) => token.node === node)!.id

test('terminating cancels everything and tells those who worked on it', () => {
  const world = World.started(forked)
  world.approve('甲')
  const { intents } = world.run({ kind: 'terminate', by: admin, reason: '重复申请' })
  assert.deepEqual([world.case.case.status, world.open], ['terminated', []])
  assert.deepEqual(intents.flatMap((intent) => (intent.kind === 'notify' ? [intent.to.name] : [])), ['乙', '丁'])
  assert.deepEqual(world.refused({ kind: 'complete', ...world.on('乙'), outcome: 'approve' }, 'workflow.task.closed').details, { reason: '流程已办结' })
  world.refused({ kind: 'terminate', by: admin }, 'workflow.case.ended')
})

test('voiding is the initiator’s', () => {
  const world = World.started(line)
  world.refused({ kind: 'void', by: who('甲') }, 'workflow.operation.notAllowed')
  world.run({ kind: 'void', by: who('申请人') })
  assert.equal(world.case.case.status, 'void')
})

test('a suspended case stands still, and its limits move by the pause', () => {
  const world = World.started(flow(Paper, { apply: start('申请'), check: approval('审核', { by: rule('甲'), due: hours(8) }) }, [['apply', 'check'], ['check', 'end']]))
  world.run({ kind: 'suspend', by: admin, reason: '等待补正' })
  world.refused({ kind: 'complete', ...world.on('甲'), outcome: 'approve' }, 'workflow.case.suspended')
  world.now = MORNING + 60_000 + 3 * HOUR
  world.run({ kind: 'resume', by: admin })
  assert.deepEqual([world.task('审核').due, world.part('甲').due], [MORNING + 11 * HOUR, MORNING + 11 * HOUR])
  assert.deepEqual(Object.values(world.case.timers).map((timer) => timer.at), [MORNING + 11 * HOUR])
  world.refused({ kind: 'resume', by: admin }, 'workflow.case.notSuspended')
  world.approve('甲')
})

test('jumping moves one token; out of a parallel part it takes the others along, into a sibling branch it is refused', () => {
  const world = World.started(forked)
  world.run({ kind: 'jump', by: admin, token: tokenAt(world, 'check'), to: 'law2' })
  assert.deepEqual(world.open, ['法制复核:丙'])
  world.refused({ kind: 'jump', by: admin, token: tokenAt(world, 'law2'), to: 'money' }, 'workflow.jump.target')
  world.refused({ kind: 'jump', by: admin, token: tokenAt(world, 'law2'), to: 'join' }, 'workflow.jump.target')
  const { events } = world.run({ kind: 'jump', by: admin, token: tokenAt(world, 'law2'), to: 'sign', reason: '特急' })
  assert.deepEqual(world.open, ['签发:戊'])
  assert.equal(events.find((event) => event.kind === 'jumped')?.data['reason'], '特急')
  world.refused({ kind: 'jump', by: admin, token: 999, to: 'sign' }, 'workflow.token.unknown')
})
