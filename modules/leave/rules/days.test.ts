import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wholeDays } from '#base/half-days.ts'
import { UnconfirmedYearError } from '#base/working-days.ts'
import { SEED_CONFIRMED_YEARS, SEED_DAYS } from '#platform/calendar/data/seed.ts'
import { dayTable } from '#platform/calendar/day-table.ts'
import { leaveDays, overlapping, partnersAway } from './days.ts'
import { absenceState } from './absence.ts'

const table = dayTable(SEED_DAYS, SEED_CONFIRMED_YEARS)
const WD = { count: 'WD' } as const
const CD = { count: 'CD' } as const

test('days of a leave', () => {
  assert.equal(leaveDays(WD, wholeDays('2026-09-28', '2026-10-11'), table), 6, 'National Day: three days before, the 8th, the 9th and the make-up Saturday')
  assert.equal(leaveDays(CD, wholeDays('2026-09-28', '2026-10-11'), table), 14)
  assert.equal(leaveDays(WD, { from: '2026-07-03', fromHalf: 'pm', to: '2026-07-06', toHalf: 'am' }, table), 1)
  assert.equal(leaveDays(CD, { from: '2026-07-03', fromHalf: 'pm', to: '2026-07-06', toHalf: 'am' }, table), 3)
  assert.equal(leaveDays(WD, wholeDays('2026-07-04', '2026-07-05'), table), 0)
  assert.throws(() => leaveDays({ count: 'hours' }, wholeDays('2026-07-01', '2026-07-01'), table), RangeError)
})

test('a leave into a year without a notice: working days fail closed, calendar days do not', () => {
  assert.throws(() => leaveDays(WD, wholeDays('2026-12-30', '2027-01-04'), table), UnconfirmedYearError)
  assert.equal(leaveDays(CD, wholeDays('2026-12-30', '2027-01-04'), table), 6)
})

const absences = [
  { id: '1', personId: 'li', period: wholeDays('2026-07-01', '2026-07-03') },
  { id: '2', personId: 'wang', period: { from: '2026-07-06', fromHalf: 'am', to: '2026-07-06', toHalf: 'am' } as const },
]

test('overlapping leave of the same person', () => {
  const ids = (person: string, from: string, to: string, except?: string) => overlapping(person, wholeDays(from, to), absences, except).map(({ id }) => id)
  assert.deepEqual(ids('li', '2026-07-03', '2026-07-10'), ['1'])
  assert.deepEqual(ids('li', '2026-07-04', '2026-07-10'), [])
  assert.deepEqual(ids('li', '2026-07-03', '2026-07-10', '1'), [], 'a request does not overlap itself')
  assert.deepEqual(ids('wang', '2026-07-01', '2026-07-03'), [])
  assert.deepEqual(overlapping('wang', { from: '2026-07-06', fromHalf: 'pm', to: '2026-07-06', toHalf: 'pm' }, absences), [])
})

test('head and deputy are not away together', () => {
  assert.deepEqual(partnersAway('head', wholeDays('2026-07-03', '2026-07-06'), [['head', 'li'], ['wang', 'head'], ['wang', 'li']], absences).map(({ id }) => id), ['1', '2'])
  assert.deepEqual(partnersAway('head', wholeDays('2026-07-03', '2026-07-06'), [['wang', 'li']], absences), [])
})

test('absence without reason: alarms at 3, 10 and 15 days, dismissal beyond 15 in a row or 30 in a year', () => {
  const working = (count: number): string[] => {
    const dates: string[] = []
    for (let day = 0; dates.length < count; day += 1) {
      const date = new Date(Date.UTC(2026, 2, 2 + day)).toISOString().slice(0, 10)
      if (leaveDays(WD, wholeDays(date, date), table) === 1) dates.push(date)
    }
    return dates
  }
  const rows = [[0, 0, false], [2, 0, false], [3, 3, false], [9, 3, false], [10, 10, false], [15, 15, false], [16, 15, true]] as const
  for (const [count, step, dismissal] of rows) {
    const state = absenceState(table, working(count).reverse())
    assert.deepEqual([state.running, state.step, state.dismissal], [count, step, dismissal], String(count))
  }
  const everySecond = working(64).filter((_, index) => index % 2 === 0)
  assert.deepEqual(absenceState(table, everySecond.slice(0, 30)), { running: 1, year: 30, step: 0, dismissal: false })
  assert.deepEqual(absenceState(table, everySecond.slice(0, 31)), { running: 1, year: 31, step: 0, dismissal: true })
  assert.equal(absenceState(table, ['2026-09-30', '2026-10-08', '2026-10-08']).running, 2, 'a holiday does not break a run, a date counts once')
})
