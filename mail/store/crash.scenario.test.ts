import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crashStore, storePoints } from './crash/crash.fixture.ts'

test('killed at every step of APPEND, COPY, MOVE, STORE and EXPUNGE: each command is done wholly or not at all, and no number is given twice', { timeout: 240_000 }, async () => {
  const lives = storePoints.flatMap((point) => [1, 4].map((nth) => [point, nth] as const))
  const { answered, ...counted } = await crashStore(lives)
  assert.deepEqual(counted, { killed: lives.length, torn: 0, reusedUids: 0, backwards: 0, problems: 0 })
  assert.ok(answered >= lives.length, String(answered))
})
