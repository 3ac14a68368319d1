import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fuzzOnce } from './fuzz.ts'

test('parsers of mail bear 4,000 inputs made of what they care about', { timeout: 120_000 }, () => {
  const found = Array.from({ length: 4_000 }, (_, seed) => fuzzOnce(seed * 7 + 1)).flat()
  assert.deepEqual(found.slice(0, 5), [])
})
