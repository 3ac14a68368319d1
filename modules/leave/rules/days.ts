import { calendarDays, periodsOverlap } from '#base/half-days.ts'
import type { HalfDayPeriod } from '#base/half-days.ts'
import { workingDaysIn } from '#base/working-days.ts'
import type { DayTable } from '#base/working-days.ts'
import type { LeaveKind } from './kinds.ts'

/**
 * Days a leave takes, in steps of half a day: working days by the calendar (make-up Saturdays count, holidays do not) or calendar days.
 * Throws UnconfirmedYearError for working days in a year without a notice, RangeError for kinds counted in hours.
 */
export function leaveDays(kind: Pick<LeaveKind, 'count'>, period: HalfDayPeriod, table: DayTable): number {
  if (kind.count === 'hours') throw new RangeError('leave within working time has no days')
  return kind.count === 'WD' ? workingDaysIn(table, period) : calendarDays(period)
}

export interface Absence {
  readonly id: string
  readonly personId: string
  readonly period: HalfDayPeriod
}

/** Absences of the same person that share half a day with a period; `except` leaves out the request that is being changed. */
export const overlapping = (personId: string, period: HalfDayPeriod, absences: readonly Absence[], except?: string): Absence[] =>
  absences.filter((absence) => absence.personId === personId && absence.id !== except && periodsOverlap(absence.period, period))

/** Two people of whom one must stay: head and deputy, A and B of a post. */
export type Pair = readonly [a: string, b: string]

/** Absences of a person's partners (A/B角) in a period: both would be away. */
export function partnersAway(personId: string, period: HalfDayPeriod, pairs: readonly Pair[], absences: readonly Absence[]): Absence[] {
  const partners = new Set(pairs.flatMap(([a, b]) => (a === personId ? [b] : b === personId ? [a] : [])))
  return absences.filter((absence) => partners.has(absence.personId) && periodsOverlap(absence.period, period))
}
