import { contract } from '#kit/context.ts'
import type { CivilDate } from '#base/civil-date.ts'
import type { DayTable } from '#base/working-days.ts'
import type { OfficeWindow } from '#base/business-hours.ts'

export interface CalendarService {
  /** The confirmed years' days, for the pure functions of `#base/working-days.ts`; the same object until the calendar changes. */
  table(): Promise<DayTable>
  /** Office hours of an organisation on a day (they differ by season). */
  officeHours(organisationId: string, date: CivilDate): Promise<readonly OfficeWindow[]>
}

export const Calendar = contract<CalendarService>('calendar')
