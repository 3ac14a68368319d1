import { access } from '#kit/access.ts'
import { provide } from '#platform/registry/server/service.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { Calendar } from '../contract.ts'
import { calendarErrors } from '../words.ts'
import { remindOfNextYear } from './alarm.ts'
import { calendarService } from './calendar.ts'
import { calendarRoutes } from './routes.ts'
import { seedCalendar } from './seed.ts'

export const service: PlatformService = {
  id: 'calendar',
  errors: calendarErrors,
  access: access({ confirm: { 'system-admin': 'district' }, hours: { 'system-admin': 'district', 'department-admin': 'organisation' } }),
  provides: [provide(Calendar, calendarService)],
  routes: calendarRoutes,
  sync: seedCalendar,
  jobs: [{ name: 'calendar.remind', cron: '30 8 * 12 1-5', run: remindOfNextYear }],
}
