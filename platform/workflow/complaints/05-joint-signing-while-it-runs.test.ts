/** Complaint 5: 会签 cannot be taken back, shortened or extended while it runs. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joint } from '../core/test/flows.ts'
import { who, World } from '../core/test/world.ts'

test('a vote is taken back, a signer added and taken out while the others sign', () => {
  const world = World.started(joint('甲,乙,丙', 'all'))
  world.approve('甲')
  world.withdraw('甲')
  assert.ok(world.open.includes('会签:甲'))
  world.run({ kind: 'add', ...world.on('甲'), position: 'beside', who: [who('丁'), who('戊')] })
  assert.equal(world.open.length, 5)
  world.run({ kind: 'remove', by: who('甲'), actor: world.part('戊').id })
  world.approve('甲', '乙', '丙')
  assert.deepEqual(world.open, ['会签:丁'], 'the one who was added must sign too')
  world.approve('丁')
  assert.deepEqual(world.open, ['归档:档案员'])
})

test('taking out the last one who is missing decides the 会签', () => {
  const world = World.started(joint('甲,乙', 'all'))
  world.run({ kind: 'add', ...world.on('甲'), position: 'beside', who: [who('丁')] })
  world.approve('甲', '乙')
  world.run({ kind: 'remove', by: who('甲'), actor: world.part('丁').id })
  assert.deepEqual(world.open, ['归档:档案员'])
})
