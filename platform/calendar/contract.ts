import { contract } from '#kit/context.ts'
import type { CivilDate } from '#base/civil-date.ts'
import type { Term } from '#base/deadlines.ts'
import type { DayTable } from '#base/working-days.ts'
import type { OfficeWindow } from '#base/business-hours.ts'
import type { CalendarDay } from './day-table.ts'

export interface CalendarService {
  /** The confirmed years' days, for the pure functions of `#base/working-days.ts`; the same object until the calendar changes. */
  table(): Promise<DayTable>
  /** Named days of a year, provisional ones included: for calendars and duty rosters, never for deadlines. */
  days(year: number): Promise<readonly CalendarDay[]>
  /** Office hours of an organisation on a day (they differ by season). */
  officeHours(organisationId: string, date: CivilDate): Promise<readonly OfficeWindow[]>
  /** When a term that starts now or at `start` ends, in an organisation's office hours. Fails with `calendar.year.unconfirmed`. */
  due(start: Date, term: Term, organisationId: string): Promise<Date>
  /** Enters a year's official days in place of the provisional ones and confirms the year. Fails with `calendar.import` and its problems. */
  confirm(year: number, days: readonly CalendarDay[]): Promise<void>
}

export const Calendar = contract<CalendarService>('calendar')
