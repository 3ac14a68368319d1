import { addDays, addMonths, shanghaiDate, shanghaiInstant } from './civil-date.ts'
import type { CivilDate } from './civil-date.ts'
import { addBusinessMinutes, addMinutes, OFFICE_HOURS } from './business-hours.ts'
import type { OfficeWindow } from './business-hours.ts'
import { addWorkingDays, rollForward } from './working-days.ts'
import type { DayTable } from './working-days.ts'

/** A term in days or months: WD working days, CD calendar days, CM calendar months. `roll`: a last day without work moves to the next working day. */
export interface DateTerm {
  readonly unit: 'WD' | 'CD' | 'CM'
  readonly n: number
  readonly roll?: boolean
}

/** A term in minutes: HM on the wall clock, BH in office hours. */
export interface MinuteTerm {
  readonly unit: 'HM' | 'BH'
  readonly n: number
}

export type Term = DateTerm | MinuteTerm

/** Last day of a term. The start (receipt, assignment) is day 0. Throws UnconfirmedYearError for WD and rolled terms. */
export function dueDate(table: DayTable, start: CivilDate, { unit, n, roll = false }: DateTerm): CivilDate {
  if (unit === 'WD') return addWorkingDays(table, start, n)
  const last = unit === 'CD' ? addDays(start, n) : addMonths(start, n)
  return roll ? rollForward(table, last) : last
}

/** The instant a term ends: for days and months the close of office hours of the last day. Throws UnconfirmedYearError unless HM, CD or CM without roll. */
export function dueInstant(table: DayTable, start: Date, term: Term, windows: readonly OfficeWindow[] = OFFICE_HOURS): Date {
  switch (term.unit) {
    case 'HM':
      return addMinutes(start, term.n)
    case 'BH':
      return addBusinessMinutes(table, start, term.n, windows)
    default:
      return shanghaiInstant(dueDate(table, shanghaiDate(start), term), windows.at(-1)?.to ?? 1440)
  }
}
