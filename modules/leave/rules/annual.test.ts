import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { addDays } from '#base/civil-date.ts'
import { annualBar, annualDays, annualGrants, annualPayOut } from './annual.ts'
import type { AnnualBar, AnnualFacts } from './annual.ts'

test('5, 10 and 15 days, each from the month after the years are full', () => {
  const rows = [
    ['2025-07-15', '2026-07-15', 0], ['2025-07-15', '2026-07-31', 0], ['2025-07-15', '2026-08-01', 5], ['2016-07-01', '2026-07-31', 5], ['2016-07-01', '2026-08-01', 10],
    ['2006-12-31', '2026-12-31', 10], ['2006-12-31', '2027-01-01', 15], ['2006-11-30', '2026-12-01', 15], ['1990-01-01', '2026-01-01', 15], ['2026-03-01', '2026-03-01', 0],
    ['2024-02-29', '2025-02-28', 0], ['2024-02-29', '2025-03-01', 5],
  ] as const
  for (const [workedSince, date, days] of rows) assert.equal(annualDays(workedSince, date), days, `${workedSince} ${date}`)
})

test('the account of a year is credited when a tier begins', () => {
  assert.deepEqual(annualGrants('2010-05-20', 2026), [{ on: '2026-01-01', days: 10 }])
  assert.deepEqual(annualGrants('2016-06-10', 2026), [{ on: '2026-01-01', days: 5 }, { on: '2026-07-01', days: 5 }])
  assert.deepEqual(annualGrants('2025-06-10', 2026), [{ on: '2026-07-01', days: 5 }])
  assert.deepEqual(annualGrants('2015-12-20', 2026), [{ on: '2026-01-01', days: 10 }], 'a tier that begins on 1 January is no step of its own')
  assert.deepEqual(annualGrants('2026-02-01', 2026), [])
})

test('grants of a year add up to the tier of its last day', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 15_000 }), fc.integer({ min: 2020, max: 2040 }), (ago, year) => {
    const workedSince = addDays('2030-12-31', -ago)
    return annualGrants(workedSince, year).reduce((sum, { days }) => sum + days, 0) === annualDays(workedSince, `${year}-12-31`)
  }))
})

test('when annual leave is not due', () => {
  const facts = (change: Partial<AnnualFacts>): AnnualFacts => ({ workedSince: '2020-01-01', year: 2026, vacationDays: 0, paidPersonalDays: 0, sickMonths: 0, taken: false, ...change })
  const rows: [Partial<AnnualFacts>, AnnualBar | null][] = [
    [{}, null],
    [{ paidPersonalDays: 19.5 }, null],
    [{ paidPersonalDays: 20 }, { reasons: ['personal'], year: 2026 }],
    [{ paidPersonalDays: 20, taken: true }, { reasons: ['personal'], year: 2027 }],
    [{ sickMonths: 1.5 }, null],
    [{ sickMonths: 2 }, { reasons: ['sick'], year: 2026 }],
    [{ workedSince: '2010-01-01', sickMonths: 2 }, null],
    [{ workedSince: '2010-01-01', sickMonths: 3, taken: true }, { reasons: ['sick'], year: 2027 }],
    [{ workedSince: '2000-01-01', sickMonths: 3.5 }, null],
    [{ workedSince: '2000-01-01', sickMonths: 4 }, { reasons: ['sick'], year: 2026 }],
    [{ vacationDays: 5 }, null],
    [{ vacationDays: 30, taken: true }, { reasons: ['vacation'], year: 2026 }],
    [{ workedSince: '2026-03-01', sickMonths: 6 }, null],
    [{ sickMonths: 2, paidPersonalDays: 25, taken: true }, { reasons: ['personal', 'sick'], year: 2027 }],
  ]
  for (const [change, expected] of rows) assert.deepEqual(annualBar(facts(change)), expected, JSON.stringify(change))
})

test('pay for leave not taken is 300 %, 200 % of it beyond the salary', () => {
  assert.deepEqual(annualPayOut(2.5, 40_000), { total: 300_000, extra: 200_000 })
})
