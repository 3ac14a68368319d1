import { shanghaiDate } from '#base/civil-date.ts'
import { dueInstant } from '#base/deadlines.ts'
import { addWorkingDays, isWorkingDay, UnconfirmedYearError, workingDaysBetween } from '#base/working-days.ts'
import type { DayTable } from '#base/working-days.ts'
import { Audit } from '#platform/audit/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { CalendarChanged, CalendarService } from '../contract.ts'
import type { CalendarDay } from '../day-table.ts'
import { differences, problemsOf } from '../day-table.ts'
import { currentTable, daysOf, lockCalendar, reckoning, writeYear } from './days.ts'
import { officeHours } from './hours.ts'

/** Works with the table as it is now; a year without a notice ends the command. */
async function withTable<T>(ctx: ServerContext, work: (table: DayTable) => T): Promise<T> {
  const table = await currentTable(ctx)
  try {
    return work(table)
  } catch (error) {
    return error instanceof UnconfirmedYearError ? ctx.fail(error.code, error.details) : Promise.reject(error)
  }
}

async function confirm(ctx: ServerContext, year: number, given: readonly CalendarDay[]): Promise<void> {
  const days = given.map((day) => ({ ...day, provisional: false }))
  const problems = problemsOf(year, days)
  if (problems.length > 0) ctx.fail('calendar.import', { problems: problems.join('；') })
  await lockCalendar(ctx)
  const changed: CalendarChanged = { year, days: differences(year, await daysOf(ctx, year), days) }
  await writeYear(ctx, year, days, true)
  await ctx.use(Audit).record({ action: 'calendar.confirm', object: { type: 'calendar', id: String(year), title: `${year}年工作日历` }, difference: changed.days })
  ctx.emit({ type: 'calendar.changed', data: changed, key: 'calendar' })
}

export const calendarService = (ctx: ServerContext): CalendarService => ({
  table: () => currentTable(ctx),
  isWorkingDay: (date) => withTable(ctx, (table) => isWorkingDay(table, date)),
  addWorkingDays: (start, n) => withTable(ctx, (table) => addWorkingDays(table, start, n)),
  workingDaysBetween: (from, to) => withTable(ctx, (table) => workingDaysBetween(table, from, to)),
  days: (year) => daysOf(ctx, year),
  officeHours: (organisationId, date) => officeHours(ctx, organisationId, date),
  reckoning: (organisationId, date) => reckoning(ctx, organisationId, date),
  async due(start, term, organisationId) {
    const windows = await officeHours(ctx, organisationId, shanghaiDate(start))
    return withTable(ctx, (table) => dueInstant(table, start, term, windows))
  },
  confirm: (year, days) => confirm(ctx, year, days),
})
