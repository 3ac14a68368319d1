import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crash, points } from './crash/crash.fixture.ts'

test('killed at every step of taking and sending mail: nothing lost after its answer, nothing doubled, sums right, no UID twice', { timeout: 240_000 }, async () => {
  const { resent, answered, ...counted } = await crash(points.map((point) => [point, 2] as const))
  assert.deepEqual(counted, { killed: points.length, lost: 0, doubled: 0, lostOutside: 0, wrongSums: 0, reusedUids: 0 })
  assert.ok(answered >= 40, String(answered))
  // Conversations of one domain that may be between the other server's answer and our note of it when the process dies.
  assert.ok(resent <= 4 * points.length, String(resent))
})
