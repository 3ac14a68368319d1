import { OFFICE_HOURS } from '#base/business-hours.ts'
import { provide } from '#platform/registry/server/service.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { Calendar } from '../contract.ts'
import { SEED_CONFIRMED_YEARS, SEED_DAYS } from '../data/seed.ts'
import { dayTable } from '../day-table.ts'
import { calendarErrors } from '../words.ts'

const table = dayTable(SEED_DAYS, SEED_CONFIRMED_YEARS)

export const service: PlatformService = {
  id: 'calendar',
  errors: calendarErrors,
  provides: [provide(Calendar, () => ({ table: async () => table, officeHours: async () => OFFICE_HOURS }))],
}
