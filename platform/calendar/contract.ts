import { contract } from '#kit/context.ts'
import type { CivilDate } from '#base/civil-date.ts'
import type { Term } from '#base/deadlines.ts'
import type { DayTable } from '#base/working-days.ts'
import type { OfficeWindow } from '#base/business-hours.ts'
import type { CalendarDay, DayDifference } from './day-table.ts'

/** What terms are reckoned with. */
export interface Reckoning {
  readonly table: DayTable
  readonly windows: readonly OfficeWindow[]
}

export interface CalendarService {
  /** The confirmed years' days, for the pure functions of `#base/working-days.ts`; the same object until the calendar changes. */
  table(): Promise<DayTable>
  /** Fails with `calendar.year.unconfirmed`, as the next two. */
  isWorkingDay(date: CivilDate): Promise<boolean>
  /** The n-th working day after `start`, which is day 0; negative `n` counts back. */
  addWorkingDays(start: CivilDate, n: number): Promise<CivilDate>
  /** Working days after `from` up to and including `to`. */
  workingDaysBetween(from: CivilDate, to: CivilDate): Promise<number>
  /** Named days of a year, provisional ones included: for calendars and duty rosters, never for deadlines. */
  days(year: number): Promise<readonly CalendarDay[]>
  /** Office hours of an organisation on a day (they differ by season). */
  officeHours(organisationId: string, date: CivilDate): Promise<readonly OfficeWindow[]>
  /** The table, and the office hours of an organisation on a day. */
  reckoning(organisationId: string, date: CivilDate): Promise<Reckoning>
  /** When a term that starts now or at `start` ends, in an organisation's office hours. Fails with `calendar.year.unconfirmed`. */
  due(start: Date, term: Term, organisationId: string): Promise<Date>
  /**
   * Enters a year's official days in place of those before and confirms the year, as a new version. Fails with `calendar.import` and its problems.
   * Emits `calendar.changed` (`CalendarChanged`), so that whoever keeps deadlines works them out anew.
   */
  confirm(year: number, days: readonly CalendarDay[]): Promise<void>
}

/** Data of the event `calendar.changed`. */
export interface CalendarChanged {
  readonly year: number
  /** Days whose kind changed. */
  readonly days: readonly DayDifference[]
}

export const Calendar = contract<CalendarService>('calendar')
