import assert from 'node:assert/strict'
import { test } from 'node:test'
import { joint } from '../test/flows.ts'
import { World } from '../test/world.ts'

test('claiming holds the others back until it is released', () => {
  const world = World.started(joint('甲,乙', 'any'))
  world.run({ kind: 'claim', ...world.on('甲') })
  assert.deepEqual(world.open, ['会签:甲'])
  assert.deepEqual(world.refused({ kind: 'complete', ...world.on('乙'), outcome: 'approve' }, 'workflow.claim.taken').details, { name: '甲' })
  world.run({ kind: 'release', ...world.on('甲') })
  assert.deepEqual(world.open, ['会签:乙', '会签:甲'].sort())
  world.refused({ kind: 'release', ...world.on('甲') }, 'workflow.claim.notShared')
})

test('nothing to claim where everybody is needed, or alone', () => {
  const all = World.started(joint('甲,乙', 'all'))
  all.refused({ kind: 'claim', ...all.on('甲') }, 'workflow.claim.notShared')
  const alone = World.started(joint('甲', 'any'))
  alone.refused({ kind: 'claim', ...alone.on('甲') }, 'workflow.claim.notShared')
})
