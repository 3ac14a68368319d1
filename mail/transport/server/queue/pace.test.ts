import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Pace, paceOf } from './pace.ts'

/** When messages leave if one is tried every `stepMs`, as `takeTurn` decides. */
function departures({ everyMs, aheadMs }: Pace, stepMs: number, untilMs: number): readonly number[] {
  const left: number[] = []
  let ideal = 0
  for (let now = 0; now < untilMs; now += stepMs) {
    if (ideal - aheadMs > now) continue
    left.push(now)
    ideal = Math.max(ideal, now) + everyMs
  }
  return left
}

for (const perMinute of [1, 2, 5, 11, 12, 13, 60, 100, 600, 5_000]) {
  test(`${perMinute} a minute: never more in any minute, and not much less in the long run`, () => {
    const left = departures(paceOf(perMinute), 5, 600_000)
    assert.equal(left.findIndex((at, index) => at - (left[index - perMinute] ?? -Infinity) < 60_000), -1)
    assert.ok(left.length >= 10 * perMinute * 0.85, `${left.length}`)
  })
}
