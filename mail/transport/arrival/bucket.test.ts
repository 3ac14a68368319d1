import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { Buckets } from './bucket.ts'

test('so many at once, then as many as come back with time', () => {
  let now = 0
  const buckets = new Buckets({ most: 3, ms: 60_000 }, () => now)
  const tries = (n: number): number => Array.from({ length: n }, () => buckets.take('a')).filter(Boolean).length
  assert.equal(tries(10), 3)
  assert.equal(buckets.take('b'), true)
  now = 20_000
  assert.equal(tries(10), 1)
  now = 200_000
  assert.equal(tries(10), 3)
})

test('zero is no limit', () => {
  const buckets = new Buckets({ most: 0, ms: 1 })
  assert.ok(Array.from({ length: 1_000 }, () => buckets.take('a')).every(Boolean))
})

test('whatever comes when, never more than twice the rate within its time', () => {
  fc.assert(fc.property(fc.array(fc.nat({ max: 5_000 }), { maxLength: 200 }), (waits) => {
    let now = 0
    const buckets = new Buckets({ most: 5, ms: 10_000 }, () => now)
    const taken = waits.flatMap((wait) => ((now += wait), buckets.take('a') ? [now] : []))
    for (const start of taken) assert.ok(taken.filter((at) => at >= start && at < start + 10_000).length <= 10)
  }))
})
