import { addDays, yearOf } from '#base/civil-date.ts'
import type { CivilDate } from '#base/civil-date.ts'
import { isWorkingDay } from '#base/working-days.ts'
import type { DayTable } from '#base/working-days.ts'

/** Days in a row at which an alarm goes out; the last step leaves a day before the law's limit is passed. */
export const ABSENCE_STEPS: readonly number[] = [3, 10, 15]

/** More than 15 days in a row or more than 30 in a year without reason are a ground for dismissal (公务员法, art. 88). */
export const DISMISSAL = { running: 15, year: 30 } as const

export interface AbsenceState {
  /** Longest run of days without a working day of presence between them. */
  readonly running: number
  /** Most days in one calendar year. */
  readonly year: number
  /** The highest step reached, 0 when none. */
  readonly step: number
  readonly dismissal: boolean
}

/** Days from a date to the next absence contain no working day of presence. */
function follows(table: DayTable, before: CivilDate, next: CivilDate): boolean {
  for (let date = addDays(before, 1); date < next; date = addDays(date, 1)) if (isWorkingDay(table, date)) return false
  return true
}

/**
 * State of a person's absences without reason (旷工, 逾期不归). `dates` are the working days missed, in any order; weekends between
 * two of them do not break a run and do not lengthen it. Throws UnconfirmedYearError.
 */
export function absenceState(table: DayTable, dates: readonly CivilDate[]): AbsenceState {
  const missed = [...new Set(dates)].sort()
  let [run, running] = [0, 0]
  for (const [index, date] of missed.entries()) {
    const before = missed[index - 1]
    run = before !== undefined && follows(table, before, date) ? run + 1 : 1
    running = Math.max(running, run)
  }
  const year = Math.max(0, ...[...Map.groupBy(missed, yearOf).values()].map(({ length }) => length))
  return { running, year, step: ABSENCE_STEPS.findLast((step) => running >= step) ?? 0, dismissal: running > DISMISSAL.running || year > DISMISSAL.year }
}
