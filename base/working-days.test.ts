import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { addBusinessMinutes, businessMinutesBetween } from './business-hours.ts'
import { addDays, datesBetween, shanghaiInstant } from './civil-date.ts'
import { dueDate, dueInstant } from './deadlines.ts'
import type { DateTerm } from './deadlines.ts'
import { addWorkingDays, dayKind, isWorkingDay, monthlyDay, rollBack, rollForward, UnconfirmedYearError, workingDaysBetween, workingDaysIn } from './working-days.ts'
import type { DayKind, DayTable } from './working-days.ts'

const restOf = (from: string, to: string): [string, DayKind][] => [...datesBetween(from, to)].map((date) => [date, 'rest'])
/** National Day 2026 with its make-up days, on a table that knows 2025 and 2026. */
const table: DayTable = {
  days: new Map<string, DayKind>([['2026-09-20', 'work'], ...restOf('2026-10-01', '2026-10-07'), ['2026-10-01', 'holiday'], ['2026-10-10', 'work']]),
  confirmedYears: new Set([2025, 2026]),
}

test('make-up Saturdays and Sundays are working days', () => {
  assert.deepEqual(['2026-09-19', '2026-09-20', '2026-10-01', '2026-10-04', '2026-10-10'].map((date) => dayKind(table, date)), ['rest', 'work', 'holiday', 'rest', 'work'])
})

test('WD(n) counts from the day after', () => {
  const rows = [
    ['2026-09-30', 1, '2026-10-08'], ['2026-09-30', 3, '2026-10-10'], ['2026-10-03', 1, '2026-10-08'], ['2026-09-18', 1, '2026-09-20'], ['2026-07-01', 0, '2026-07-01'],
    ['2026-10-12', -1, '2026-10-10'], ['2026-10-08', -1, '2026-09-30'], ['2026-07-01', 20, '2026-07-29'],
  ] as const
  for (const [start, n, expected] of rows) assert.equal(addWorkingDays(table, start, n), expected, `${start} ${n}`)
})

test('an unconfirmed year fails closed', () => {
  for (const run of [() => addWorkingDays(table, '2026-12-30', 3), () => dayKind(table, '2027-01-04'), () => workingDaysIn(table, { from: '2026-12-31', fromHalf: 'am', to: '2027-01-01', toHalf: 'pm' })]) {
    assert.throws(run, (error) => error instanceof UnconfirmedYearError && error.details.year === 2027 && error.code === 'calendar.year.unconfirmed')
  }
  assert.equal(addWorkingDays(table, '2026-12-30', 1), '2026-12-31')
})

test('a last day without work rolls', () => {
  assert.equal(rollForward(table, '2026-10-03'), '2026-10-08')
  assert.equal(rollForward(table, '2026-10-08'), '2026-10-08')
  assert.equal(rollBack(table, '2026-10-03'), '2026-09-30')
  assert.throws(() => rollForward({ days: new Map(restOf('2026-01-01', '2026-12-31')), confirmedYears: table.confirmedYears }, '2026-03-01'), RangeError)
})

test('half days count half', () => {
  assert.equal(workingDaysIn(table, { from: '2026-09-30', fromHalf: 'pm', to: '2026-10-08', toHalf: 'am' }), 1)
})

test('the 25th of each month, and the last day of shorter months', () => {
  assert.equal(monthlyDay(25, '2026-07-01'), '2026-07-25')
  assert.equal(monthlyDay(25, '2026-07-25'), '2026-07-25')
  assert.equal(monthlyDay(25, '2026-07-26'), '2026-08-25')
  assert.equal(monthlyDay(31, '2026-02-01'), '2026-02-28')
  assert.equal(monthlyDay(30, '2026-01-31'), '2026-02-28')
})

test('terms in working days, days and months', () => {
  const rows: [string, DateTerm, string][] = [
    ['2026-09-23', { unit: 'CD', n: 10 }, '2026-10-03'], ['2026-09-23', { unit: 'CD', n: 10, roll: true }, '2026-10-08'], ['2025-11-30', { unit: 'CM', n: 3 }, '2026-02-28'],
    ['2026-07-04', { unit: 'CM', n: 3, roll: true }, '2026-10-08'], ['2026-09-30', { unit: 'WD', n: 3 }, '2026-10-10'],
  ]
  for (const [start, term, expected] of rows) assert.equal(dueDate(table, start, term), expected)
  assert.equal(dueDate(table, '2026-12-01', { unit: 'CD', n: 60 }), '2027-01-30', 'calendar days need no notice')
})

test('office hours stop at night and on holidays', () => {
  const rows = [
    ['2026-09-30', 1020, 60, '2026-10-08', 540], ['2026-09-30', 1200, 30, '2026-10-08', 540], ['2026-07-01', 400, 240, '2026-07-01', 750], ['2026-07-01', 510, 540, '2026-07-01', 1050],
  ] as const
  for (const [date, minute, minutes, toDate, toMinute] of rows) {
    assert.deepEqual(addBusinessMinutes(table, shanghaiInstant(date, minute), minutes), shanghaiInstant(toDate, toMinute))
  }
  const split = [{ from: 540, to: 720 }, { from: 810, to: 1080 }]
  assert.deepEqual(addBusinessMinutes(table, shanghaiInstant('2026-07-01', 700), 60, split), shanghaiInstant('2026-07-01', 850))
  assert.throws(() => addBusinessMinutes(table, shanghaiInstant('2026-07-01'), 1, []), RangeError)
})

test('instants of terms', () => {
  const start = shanghaiInstant('2026-09-30', 1035)
  assert.deepEqual(dueInstant(table, start, { unit: 'HM', n: 30 }), shanghaiInstant('2026-09-30', 1065))
  assert.deepEqual(dueInstant(table, start, { unit: 'BH', n: 30 }), shanghaiInstant('2026-10-08', 525))
  assert.deepEqual(dueInstant(table, start, { unit: 'WD', n: 1 }), shanghaiInstant('2026-10-08', 1050))
})

test('properties of working days', () => {
  const days = fc.integer({ min: 0, max: 600 }).map((n) => addDays('2025-01-01', n))
  fc.assert(fc.property(days, fc.integer({ min: 1, max: 40 }), (start, n) => {
    const end = addWorkingDays(table, start, n)
    return isWorkingDay(table, end) && workingDaysBetween(table, start, end) === n
  }))
  fc.assert(fc.property(days, days, (a, b) => workingDaysBetween(table, a, b) === -workingDaysBetween(table, b, a)))
  fc.assert(fc.property(days, fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 0, max: 4000 }), (date, minute, minutes) => {
    const start = shanghaiInstant(date, minute)
    return businessMinutesBetween(table, start, addBusinessMinutes(table, start, minutes)) === minutes
  }))
})
