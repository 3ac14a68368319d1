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

const told = (world: World, about: string): readonly string[] => (world.last?.intents ?? []).flatMap((intent) => (intent.kind === 'notify' && intent.about === about ? [intent.to.name] : []))

test('in turn: each gets her copy when the one before has read', () => {
  const world = World.started(line)
  world.run({ kind: 'copy', by: who('甲'), task: world.task('审核').id, to: ['阅一', '阅二', '阅三'].map(who), inTurn: true })
  assert.deepEqual([told(world, 'reading'), Object.values(world.case.readings).map(({ held }) => held)], [['阅一'], [false, true, true]])
  world.refused({ kind: 'read', by: who('阅二'), reading: world.reading('阅二').id }, 'workflow.read.turn')
  world.run({ kind: 'read', by: who('阅一'), reading: world.reading('阅一').id })
  assert.deepEqual([told(world, 'reading'), world.reading('阅三').held], [['阅二'], true])
  world.run({ kind: 'read', by: who('阅一'), reading: world.reading('阅一').id, opinion: '补充一句' })
  assert.deepEqual(told(world, 'reading'), [], 'a later word hands nothing on again')
  world.run({ kind: 'read', by: who('阅二'), reading: world.reading('阅二').id })
  assert.deepEqual([told(world, 'reading'), world.reading('阅三').held], [['阅三'], false])
})

test('参阅: not read without an opinion, which goes to who asked', () => {
  const world = World.started(line)
  world.run({ kind: 'copy', by: who('甲'), task: world.task('审核').id, to: [who('法制')], wants: 'opinion' })
  world.refused({ kind: 'read', by: who('法制'), reading: world.reading('法制').id, opinion: ' ' }, 'workflow.read.opinion')
  world.run({ kind: 'read', by: who('法制'), reading: world.reading('法制').id, opinion: '合法' })
  assert.deepEqual([told(world, 'answered'), world.reading('法制').opinion, world.open], [['甲'], '合法', ['审核:甲']])
})

test('转阅: one level deeper each time, by whoever has the copy, five levels at most, also after the case has ended', () => {
  const world = World.started(line)
  world.run({ kind: 'copy', by: who('甲'), to: [who('一')] })
  world.approve('甲', '乙')
  const names = ['一', '二', '三', '四', '五']
  for (const [index, name] of names.slice(0, -1).entries()) world.run({ kind: 'pass-on', by: who(name), reading: world.reading(name).id, to: [who(names[index + 1] ?? '')] })
  assert.deepEqual(Object.values(world.case.readings).map(({ level = 1, sentBy }) => `${level} ${sentBy.name}`), ['1 甲', '2 一', '3 二', '4 三', '5 四'])
  world.refused({ kind: 'pass-on', by: who('五'), reading: world.reading('五').id, to: [who('六')] }, 'workflow.read.levels')
  world.refused({ kind: 'pass-on', by: who('一'), reading: world.reading('二').id, to: [who('六')] }, 'workflow.task.notYours')
})
