import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import {
  addDays, addMonths, addYears, compareDates, datesBetween, daysBetween, formatCivilDate, formatInstant, formatInstantOn, formatMinute, fullYears, isCivilDate, minuteOfDay, monthEnd, shanghaiDate,
  shanghaiInstant, shanghaiMinute, shanghaiMoment, weekday, weekdayText, weekStart,
} from './civil-date.ts'

const anyDate = fc.integer({ min: -20_000, max: 40_000 }).map((days) => addDays('2000-01-01', days))

test('only existing days are dates', () => {
  for (const good of ['2026-07-01', '2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31']) assert.equal(isCivilDate(good), true, good)
  for (const bad of ['2026-7-1', '2026-02-29', '1900-02-29', '2026-13-01', '2026-00-10', '2026-04-31', '0000-01-01', '2026-07-01T00:00', '', '２０２６-07-01']) {
    assert.equal(isCivilDate(bad), false, bad)
  }
  assert.throws(() => addDays('2026-02-30', 1), RangeError)
})

test('months clamp to the end of the month', () => {
  const rows = [
    ['2025-11-30', 3, '2026-02-28'], ['2027-11-30', 3, '2028-02-29'], ['2026-01-31', 1, '2026-02-28'], ['2026-03-31', -1, '2026-02-28'],
    ['2026-12-15', 1, '2027-01-15'], ['2026-01-15', -1, '2025-12-15'], ['2026-05-31', 12, '2027-05-31'], ['2026-08-31', 6, '2027-02-28'],
  ] as const
  for (const [from, months, expected] of rows) assert.equal(addMonths(from, months), expected)
  assert.equal(addYears('2024-02-29', 1), '2025-02-28')
  assert.throws(() => addMonths('9999-12-01', 1), RangeError)
  assert.throws(() => addDays('9999-12-31', 1), RangeError)
})

test('weekdays', () => {
  assert.equal(weekday('2026-07-01'), 3)
  assert.equal(weekday('1969-12-28'), 7)
  assert.equal(weekdayText('2026-07-05'), '周日')
  assert.equal(weekStart('2026-07-05'), '2026-06-29')
  assert.equal(monthEnd('2028-02-01'), '2028-02-29')
})

test('dates are written without leading zeros', () => {
  assert.equal(formatCivilDate('2026-07-01'), '2026年7月1日')
  assert.equal(formatInstant(new Date('2026-07-01T02:03:59Z')), '2026年7月1日 10:03')
})

test('instants belong to the Shanghai day', () => {
  assert.equal(shanghaiDate(new Date('2026-06-30T15:59:59.999Z')), '2026-06-30')
  assert.equal(shanghaiDate(new Date('2026-06-30T16:00:00Z')), '2026-07-01')
  assert.equal(shanghaiMinute(new Date('2026-06-30T16:00:59Z')), 0)
  assert.equal(shanghaiInstant('2026-07-01', 510).toISOString(), '2026-07-01T00:30:00.000Z')
  assert.equal(shanghaiInstant('2026-07-01', 1440).toISOString(), '2026-07-01T16:00:00.000Z')
})

test('times of day', () => {
  assert.equal(minuteOfDay('08:30'), 510)
  assert.equal(minuteOfDay('24:00'), 1440)
  assert.equal(formatMinute(510), '08:30')
  for (const bad of ['8:30', '24:01', '12:60', '']) assert.throws(() => minuteOfDay(bad), RangeError)
})

test('full years pass on the day itself', () => {
  assert.equal(fullYears('2016-07-02', '2026-07-01'), 9)
  assert.equal(fullYears('2016-07-01', '2026-07-01'), 10)
  assert.equal(fullYears('2024-02-29', '2025-02-28'), 1)
})

test('properties of date arithmetic', () => {
  fc.assert(fc.property(anyDate, fc.integer({ min: -5000, max: 5000 }), (date, n) => daysBetween(date, addDays(date, n)) === n && addDays(addDays(date, n), -n) === date))
  fc.assert(fc.property(anyDate, anyDate, (a, b) => Math.sign(daysBetween(b, a)) === compareDates(a, b)))
  fc.assert(fc.property(anyDate, (date) => weekday(addDays(date, 1)) === (weekday(date) % 7) + 1))
  fc.assert(fc.property(anyDate, fc.integer({ min: -600, max: 600 }), (date, n) => {
    const moved = addMonths(date, n)
    return isCivilDate(moved) && moved.slice(8) <= date.slice(8) && (moved.slice(8) === date.slice(8) || moved === monthEnd(moved))
  }))
  fc.assert(fc.property(anyDate, fc.integer({ min: 0, max: 1439 }), (date, minute) => {
    const instant = shanghaiInstant(date, minute)
    return shanghaiDate(instant) === date && shanghaiMinute(instant) === minute
  }))
  assert.deepEqual([...datesBetween('2026-02-27', '2026-03-01')], ['2026-02-27', '2026-02-28', '2026-03-01'])
})

test('a moment of today is told by its time alone', () => {
  const moment = new Date('2026-09-01T02:03:00Z')
  assert.equal(formatInstantOn(moment, new Date('2026-09-01T15:59:00Z')), '10:03')
  assert.equal(formatInstantOn(moment, new Date('2026-09-01T16:00:00Z')), '2026年9月1日 10:03')
})

test('a time without a zone is Shanghai\'s', () => {
  for (const text of ['2026-07-01T09:00:00', '2026-07-01T09:00', '2026-07-01T01:00:00Z', '2026-07-01T03:00:00+02:00', '2026-07-01T09:00:00+0800']) assert.equal(shanghaiMoment(text).toISOString(), '2026-07-01T01:00:00.000Z', text)
  assert.ok(Number.isNaN(shanghaiMoment('tomorrow').getTime()))
})
