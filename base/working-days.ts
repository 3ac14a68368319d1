import { addDays, addMonths, civilDate, dateParts, datesBetween, daysInMonth, isWeekend, yearOf } from './civil-date.ts'
import type { CivilDate } from './civil-date.ts'
import { sharesOf } from './half-days.ts'
import type { HalfDayPeriod } from './half-days.ts'

/** `holiday`: a festival day fixed by law; `rest`: a weekend or a day moved by the yearly notice; `work`: everything else, make-up Saturdays and Sundays too. */
export type DayKind = 'work' | 'rest' | 'holiday'

/** Days that differ from the plain week, and the years whose official notice has been entered. */
export interface DayTable {
  readonly days: ReadonlyMap<CivilDate, DayKind>
  readonly confirmedYears: ReadonlySet<number>
}

/** A deadline touches a year without an official notice. Working days of such a year are not guessed; `code` has its text in the calendar's words. */
export class UnconfirmedYearError extends Error {
  readonly code = 'calendar.year.unconfirmed'
  readonly details: { readonly year: number }

  constructor(year: number) {
    super(`working days of ${year} are not confirmed`)
    this.name = 'UnconfirmedYearError'
    this.details = { year }
  }
}

/** Kind of a day. Throws UnconfirmedYearError (fails closed). */
export function dayKind(table: DayTable, date: CivilDate): DayKind {
  const year = yearOf(date)
  if (!table.confirmedYears.has(year)) throw new UnconfirmedYearError(year)
  return table.days.get(date) ?? (isWeekend(date) ? 'rest' : 'work')
}

/** Throws UnconfirmedYearError. */
export const isWorkingDay = (table: DayTable, date: CivilDate): boolean => dayKind(table, date) === 'work'

/** No official calendar has more days without work in a row; a longer run means a broken table. */
const LONGEST_REST = 60

function nearestWorkingDay(table: DayTable, from: CivilDate, step: 1 | -1): CivilDate {
  let date = from
  for (let tries = 0; tries <= LONGEST_REST; tries += 1) {
    if (isWorkingDay(table, date)) return date
    date = addDays(date, step)
  }
  throw new RangeError(`no working day within ${LONGEST_REST} days of ${from}`)
}

/** The date itself or the next working day. Throws UnconfirmedYearError. */
export const rollForward = (table: DayTable, date: CivilDate): CivilDate => nearestWorkingDay(table, date, 1)

/** The date itself or the last working day before it. Throws UnconfirmedYearError. */
export const rollBack = (table: DayTable, date: CivilDate): CivilDate => nearestWorkingDay(table, date, -1)

/**
 * WD(n): the n-th working day after `start`, which is day 0 and need not be a working day itself; negative `n` counts back
 * (reminders three working days before). n = 0 is `start`. Throws UnconfirmedYearError when the count enters an unconfirmed year.
 */
export function addWorkingDays(table: DayTable, start: CivilDate, n: number): CivilDate {
  const step = n < 0 ? -1 : 1
  let date = start
  for (let left = Math.abs(n); left > 0; left -= 1) date = nearestWorkingDay(table, addDays(date, step), step)
  return date
}

/** Working days after `from` up to and including `to`; negative when `to` is earlier. Inverse of `addWorkingDays` on working days. */
export function workingDaysBetween(table: DayTable, from: CivilDate, to: CivilDate): number {
  if (to < from) return -workingDaysBetween(table, to, from)
  let count = 0
  for (const date of datesBetween(addDays(from, 1), to)) if (isWorkingDay(table, date)) count += 1
  return count
}

/** Working days of a period in steps of half a day. Throws UnconfirmedYearError. */
export function workingDaysIn(table: DayTable, period: HalfDayPeriod): number {
  let days = 0
  for (const [date, share] of sharesOf(period)) if (isWorkingDay(table, date)) days += share
  return days
}

/** 每月25日前: the first such day on or after `from`; in shorter months their last day. */
export function monthlyDay(day: number, from: CivilDate): CivilDate {
  const inMonth = (date: CivilDate): CivilDate => {
    const { year, month } = dateParts(date)
    return civilDate({ year, month, day: Math.min(day, daysInMonth(year, month)) })
  }
  const candidate = inMonth(from)
  return candidate >= from ? candidate : inMonth(addMonths(from, 1))
}
