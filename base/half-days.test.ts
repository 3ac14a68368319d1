import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { addDays } from './civil-date.ts'
import { calendarDays, commonPeriod, isPeriodOrdered, periodsOverlap, sharesOf, splitByYear, wholeDays } from './half-days.ts'
import type { Half, HalfDayPeriod } from './half-days.ts'

const half = fc.constantFrom<Half>('am', 'pm')
const anyPeriod = fc
  .record({ start: fc.integer({ min: 0, max: 800 }), length: fc.integer({ min: 0, max: 500 }), fromHalf: half, toHalf: half })
  .map(({ start, length, fromHalf, toHalf }): HalfDayPeriod => ({ from: addDays('2025-01-01', start), fromHalf, to: addDays('2025-01-01', start + length), toHalf }))
  .filter(isPeriodOrdered)

test('calendar days count halves', () => {
  assert.equal(calendarDays(wholeDays('2026-07-01', '2026-07-03')), 3)
  assert.equal(calendarDays({ from: '2026-07-01', fromHalf: 'pm', to: '2026-07-03', toHalf: 'am' }), 2)
  assert.equal(calendarDays({ from: '2026-07-01', fromHalf: 'am', to: '2026-07-01', toHalf: 'am' }), 0.5)
  assert.equal(calendarDays({ from: '2026-07-01', fromHalf: 'pm', to: '2026-07-01', toHalf: 'am' }), 0)
})

test('a morning and an afternoon do not overlap, a shared half day does', () => {
  const morning: HalfDayPeriod = { from: '2026-07-01', fromHalf: 'am', to: '2026-07-01', toHalf: 'am' }
  const afternoon: HalfDayPeriod = { from: '2026-07-01', fromHalf: 'pm', to: '2026-07-02', toHalf: 'pm' }
  assert.equal(periodsOverlap(morning, afternoon), false)
  assert.equal(commonPeriod(morning, afternoon), null)
  assert.deepEqual(commonPeriod(wholeDays('2026-06-30', '2026-07-01'), afternoon), { from: '2026-07-01', fromHalf: 'pm', to: '2026-07-01', toHalf: 'pm' })
})

test('a leave over New Year belongs to two years', () => {
  assert.deepEqual(splitByYear({ from: '2026-12-31', fromHalf: 'pm', to: '2027-01-01', toHalf: 'am' }), [
    { from: '2026-12-31', fromHalf: 'pm', to: '2026-12-31', toHalf: 'pm' },
    { from: '2027-01-01', fromHalf: 'am', to: '2027-01-01', toHalf: 'am' },
  ])
})

test('shares and years add up to the whole period', () => {
  fc.assert(fc.property(anyPeriod, (period) => [...sharesOf(period)].reduce((sum, [, share]) => sum + share, 0) === calendarDays(period)))
  fc.assert(fc.property(anyPeriod, (period) => splitByYear(period).reduce((sum, part) => sum + calendarDays(part), 0) === calendarDays(period)))
  const halves = (period: HalfDayPeriod): Set<string> =>
    new Set([...sharesOf(period)].flatMap(([date]) => (['am', 'pm'] as const).filter((at) => commonPeriod(period, { from: date, fromHalf: at, to: date, toHalf: at })).map((at) => `${date}${at}`)))
  fc.assert(fc.property(anyPeriod, anyPeriod, (a, b) => {
    const [left, right] = [halves(a), halves(b)]
    return left.intersection(right).size / 2 === (periodsOverlap(a, b) ? calendarDays(commonPeriod(a, b)!) : 0)
  }))
})
