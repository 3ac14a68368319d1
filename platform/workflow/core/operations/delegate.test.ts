import assert from 'node:assert/strict'
import { test } from 'node:test'
import { line } from '../test/flows.ts'
import { who, World } from '../test/world.ts'

test('comes back to be decided, with the delegate’s opinion kept', () => {
  const world = World.started(line)
  world.run({ kind: 'delegate', ...world.on('甲'), to: who('科员') })
  assert.deepEqual(world.open, ['审核:科员'])
  world.refused({ kind: 'complete', ...world.on('甲'), outcome: 'approve' }, 'workflow.task.notOpen')
  world.act('科员', 'reject', { opinion: '材料不齐' })
  assert.deepEqual(world.open, ['审核:甲'])
  assert.equal(world.done('科员').opinion, '材料不齐')
  world.approve('甲')
  assert.deepEqual(world.open, ['签发:乙'])
})

test('the delegate can take the opinion back until it was used', () => {
  const world = World.started(line)
  world.run({ kind: 'delegate', ...world.on('甲'), to: who('科员') })
  world.approve('科员')
  world.withdraw('科员')
  assert.deepEqual(world.open, ['审核:科员'])
})
