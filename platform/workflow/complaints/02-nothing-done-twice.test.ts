/** Complaint 2: after 退回 all steps in between must be done again although nothing changed. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { forked, line } from '../core/test/flows.ts'
import { World } from '../core/test/world.ts'

test('退回 to the initiator and straight back: nobody in between signs again', () => {
  const world = World.started(line)
  world.approve('甲')
  world.sendBack('乙', 'initiator', 'back')
  assert.deepEqual(world.open, ['申请:申请人'])
  world.approve('申请人')
  assert.deepEqual(world.open, ['签发:乙'])
})

test('退回 from behind a join into one branch: the other branch keeps its result', () => {
  const world = World.started(forked)
  world.approve('甲', '丁', '乙', '丙')
  world.sendBack('戊', { node: 'law2' })
  assert.deepEqual(world.open, ['法制复核:丙'], '财务 has signed and need not sign again')
  world.approve('丙')
  assert.deepEqual(world.open, ['签发:戊'])
})
