import assert from 'node:assert/strict'
import { test } from 'node:test'
import { line } from '../test/flows.ts'
import { MORNING, who, World } from '../test/world.ts'

test('copies are read with receipt; an unread copy is not doubled', () => {
  const world = World.started(line)
  const { id: task } = world.task('审核')
  world.run({ kind: 'copy', by: who('甲'), task, to: [who('阅一'), who('阅二')], note: '请阅' })
  world.run({ kind: 'copy', by: who('甲'), task, to: [who('阅一')] })
  assert.equal(Object.values(world.case.readings).length, 2)
  world.run({ kind: 'read', by: who('阅一'), reading: world.reading('阅一').id, opinion: '已阅' })
  assert.deepEqual([world.reading('阅一').readAt, world.reading('阅一').opinion, world.reading('阅二').readAt], [MORNING + 3 * 60_000, '已阅', null])
  world.refused({ kind: 'read', by: who('阅一'), reading: world.reading('阅二').id }, 'workflow.task.notYours')
  world.refused({ kind: 'read', by: who('阅一'), reading: 999 }, 'workflow.read.unknown')
})

test('a second receipt changes nothing, also after the case has ended', () => {
  const world = World.started(line)
  world.run({ kind: 'copy', by: who('甲'), to: [who('阅一')] })
  world.approve('甲', '乙')
  world.run({ kind: 'read', by: who('阅一'), reading: world.reading('阅一').id })
  const first = world.reading('阅一')
  assert.deepEqual(world.run({ kind: 'read', by: who('阅一'), reading: first.id }).events, [])
  assert.deepEqual(world.reading('阅一'), first)
})

test('urging reminds those whose turn it is and keeps a record', () => {
  const world = World.started(line)
  const { intents, events } = world.run({ kind: 'urge', by: who('申请人'), task: world.task('审核').id, note: '请尽快' })
  assert.deepEqual(intents.map((intent) => intent.kind === 'notify' && [intent.about, intent.to.name, intent.text]), [['urge', '甲', '请尽快']])
  assert.deepEqual(events.map((event) => [event.kind, event.by?.name, event.data['note']]), [['urged', '申请人', '请尽快']])
  world.approve('甲')
  world.refused({ kind: 'urge', by: who('申请人'), task: world.task('审核').id }, 'workflow.task.unknown')
})
