import { addDays } from '#base/civil-date.ts'
import type { CivilDate } from '#base/civil-date.ts'
import { calendarDays, isPeriodOrdered, splitByYear, wholeDays } from '#base/half-days.ts'
import type { Half, HalfDayPeriod } from '#base/half-days.ts'
import { workingDaysIn } from '#base/working-days.ts'
import type { DayTable } from '#base/working-days.ts'
import type { Period } from '#kit/fields/period.ts'
import { leaveDays } from './days.ts'
import type { LeaveKind } from './kinds.ts'

/** The value of the field in the words of the pure rules. */
export const halfDays = ({ start, startHalf, end, endHalf }: Period): HalfDayPeriod => ({ from: start, fromHalf: startHalf, to: end, toHalf: endHalf })

/** The days of a period by the calendar years in which they lie: accounts are kept by year. Throws UnconfirmedYearError. */
export const daysByYear = (kind: Pick<LeaveKind, 'count'>, period: Period, table: DayTable): { year: number; days: number }[] =>
  splitByYear(halfDays(period)).map((part) => ({ year: Number(part.from.slice(0, 4)), days: leaveDays(kind, part, table) }))

/** Hours within working time: so many each working day that the period touches. Throws UnconfirmedYearError. */
export const hoursIn = (perDay: number, { start, end }: Period, table: DayTable): number => perDay * workingDaysIn(table, wholeDays(start, end))

interface Point {
  readonly date: CivilDate
  readonly half: Half
}

const after = ({ date, half }: Point): Point => (half === 'am' ? { date, half: 'pm' } : { date: addDays(date, 1), half: 'am' })
const before = ({ date, half }: Point): Point => (half === 'pm' ? { date, half: 'am' } : { date: addDays(date, -1), half: 'pm' })

/** Longest run of rest days between two leaves that still belong together. */
const LONGEST_GAP = 15

/** Whether a period goes on where another ends, with nothing but rest days between: 续假. Throws UnconfirmedYearError. */
export function continues(earlier: Period, later: Period, table: DayTable): boolean {
  const first = after({ date: earlier.end, half: earlier.endHalf })
  const last = before({ date: later.start, half: later.startHalf })
  const gap = { from: first.date, fromHalf: first.half, to: last.date, toHalf: last.half }
  if (!isPeriodOrdered(gap)) return first.date === later.start && first.half === later.startHalf
  return calendarDays(gap) <= LONGEST_GAP && workingDaysIn(table, gap) === 0
}

/** Whether a period begins with another and is not longer: what is reported back after an approved leave. */
export const isWithin = (approved: Period, actual: Period): boolean =>
  actual.start === approved.start && actual.startHalf === approved.startHalf && `${actual.end} ${actual.endHalf}` <= `${approved.end} ${approved.endHalf}`
