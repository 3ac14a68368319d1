import assert from 'node:assert/strict'
import { test } from 'node:test'
import { backOff, MOST_ATTEMPTS } from './back-off.ts'

test('waits longer after each failure, at most an hour', () => {
  const waits = Array.from({ length: MOST_ATTEMPTS - 1 }, (_, i) => backOff(i + 1))
  assert.deepEqual(waits, [4, 16, 64, 256, 1024, 3600, 3600, 3600, 3600])
})
