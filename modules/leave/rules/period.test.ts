import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UnconfirmedYearError } from '#base/working-days.ts'
import type { Half, Period } from '#kit/fields/period.ts'
import { SEED_CONFIRMED_YEARS, SEED_DAYS } from '#platform/calendar/data/seed.ts'
import { dayTable } from '#platform/calendar/day-table.ts'
import { continues, daysByYear, hoursIn, isWithin } from './period.ts'
import { presenceOf } from './presence.ts'

const table = dayTable(SEED_DAYS, SEED_CONFIRMED_YEARS)
const period = (start: string, end: string, startHalf: Half = 'am', endHalf: Half = 'pm'): Period => ({ start, startHalf, end, endHalf })

test('a leave over New Year is counted in both years', () => {
  assert.deepEqual(daysByYear({ count: 'CD' }, period('2025-12-30', '2026-01-02'), table), [{ year: 2025, days: 2 }, { year: 2026, days: 2 }])
  assert.throws(() => daysByYear({ count: 'WD' }, period('2026-12-30', '2027-01-04'), table), UnconfirmedYearError)
})

const cases: readonly (readonly [what: string, earlier: Period, later: Period, goesOn: boolean])[] = [
  ['the next day', period('2026-11-16', '2026-11-16'), period('2026-11-17', '2026-11-18'), true],
  ['the afternoon of the same day', period('2026-11-16', '2026-11-16', 'am', 'am'), period('2026-11-16', '2026-11-17', 'pm'), true],
  ['over a weekend', period('2026-11-18', '2026-11-20'), period('2026-11-23', '2026-11-24'), true],
  ['over National Day', period('2026-09-28', '2026-09-30'), period('2026-10-08', '2026-10-09'), true],
  ['half a working day later', period('2026-11-16', '2026-11-16', 'am', 'am'), period('2026-11-17', '2026-11-17'), false],
  ['a working day later', period('2026-11-16', '2026-11-16'), period('2026-11-18', '2026-11-18'), false],
  ['overlapping', period('2026-11-16', '2026-11-18'), period('2026-11-18', '2026-11-19'), false],
]
for (const [what, earlier, later, goesOn] of cases) test(`续假: ${what}`, () => assert.equal(continues(earlier, later, table), goesOn))

test('what is reported back lies within what was approved', () => {
  const approved = period('2026-11-16', '2026-11-18')
  assert.ok(isWithin(approved, period('2026-11-16', '2026-11-18', 'am', 'am')))
  assert.ok(!isWithin(approved, period('2026-11-16', '2026-11-19')))
  assert.ok(!isWithin(approved, period('2026-11-17', '2026-11-18')))
})

test('the board tells leave from work elsewhere', () => {
  assert.deepEqual(['annual', 'sick', 'trip', 'business'].map(presenceOf), ['leave', 'leave', 'out', 'out'])
})

test('time within working hours: so many hours each working day, holidays and half days notwithstanding', () => {
  const rows = [[1, period('2026-09-28', '2026-10-09'), 5], [2, period('2026-11-16', '2026-11-16', 'pm'), 2], [0.5, period('2026-11-21', '2026-11-22'), 0]] as const
  for (const [perDay, when, hours] of rows) assert.equal(hoursIn(perDay, when, table), hours, `${perDay} ${when.start}`)
})
