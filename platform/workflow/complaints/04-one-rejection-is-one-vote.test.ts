/** Complaint 4: one rejection kills a ratio vote that could still pass. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joint } from '../core/test/flows.ts'
import { World } from '../core/test/world.ts'

test('a ratio vote goes on after a rejection while it can still pass, and ends at once when it cannot', () => {
  const world = World.started(joint('甲,乙,丙', { ratio: 2 / 3 }))
  world.reject('甲')
  assert.deepEqual(world.open, ['会签:丙', '会签:乙'].toSorted())
  world.approve('乙')
  assert.deepEqual(world.open, ['会签:丙'])
  world.approve('丙')
  assert.deepEqual(world.open, ['归档:档案员'])
  const lost = World.started(joint('甲,乙,丙', { ratio: 2 / 3 }))
  lost.reject('甲')
  lost.reject('乙')
  assert.deepEqual([lost.case.case.status, lost.case.case.outcome], ['ended', 'reject'])
})
