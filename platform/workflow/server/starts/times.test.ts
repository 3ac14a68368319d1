import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shanghaiMoment } from '#base/civil-date.ts'
import { contextAt } from '../../core/test/world.ts'
import type { TimerSpec } from '../../core/ir.ts'
import { firstTime, nextTime } from './times.ts'

const { calendar } = contextAt(0)
const at = (text: string): number => shanghaiMoment(text).getTime()
const monthly = (from?: string): Extract<TimerSpec, { kind: 'every' }> => ({ kind: 'every', span: { unit: 'months', n: 1 }, times: null, ...(from !== undefined && { from }) })

/** The times of a cycle, each asked for when the one before has just fired. */
function timesOf(spec: Extract<TimerSpec, { kind: 'every' }>, now: string, count: number): string[] {
  const found: number[] = []
  let last = firstTime(calendar, spec, at(now))
  for (let fired = 1; last !== null && found.length < count; fired++) {
    found.push(last)
    last = nextTime(calendar, spec, { last, fired, now: last })
  }
  return found.map((one) => new Date(one + 8 * 3_600_000).toISOString().slice(0, 16))
}

test('a month is a month of the calendar: on the same day, and on the last day where a month is too short', () => {
  assert.deepEqual(timesOf(monthly('2026-01-31T09:00'), '2026-01-15T00:00', 5), ['2026-01-31T09:00', '2026-02-28T09:00', '2026-03-31T09:00', '2026-04-30T09:00', '2026-05-31T09:00'])
  assert.deepEqual(timesOf(monthly('2027-12-05T08:30'), '2028-01-20T00:00', 3), ['2028-02-05T08:30', '2028-03-05T08:30', '2028-04-05T08:30'])
  assert.deepEqual(timesOf({ ...monthly('2024-02-29T00:00'), span: { unit: 'months', n: 12 } }, '2024-01-01T00:00', 3), ['2024-02-29T00:00', '2025-02-28T00:00', '2026-02-28T00:00'])
  assert.deepEqual(timesOf(monthly(), '2026-09-10T10:00', 2), ['2026-10-10T10:00', '2026-11-10T10:00'])
})

test('times missed in a standstill are made up once', () => {
  const spec = monthly('2026-01-05T09:00')
  assert.equal(nextTime(calendar, spec, { last: at('2026-01-05T09:00'), fired: 1, now: at('2026-06-20T00:00') }), at('2026-07-05T09:00'))
  assert.equal(nextTime(calendar, { ...spec, times: 3 }, { last: at('2026-03-05T09:00'), fired: 3, now: at('2026-03-05T09:00') }), null)
})
