import { monthEnd } from '#base/civil-date.ts'
import { commonPeriod, wholeDays } from '#base/half-days.ts'
import type { Workbook } from '#kit/api.ts'
import { Calendar } from '#platform/calendar/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { leaveDays } from '../rules/days.ts'
import { halfDays } from '../rules/period.ts'
import { sheetWords } from '../words.ts'
import { staffBalances, staffOf } from './balances.ts'
import { kindsOf } from './kinds.ts'
import { requestsOfAll } from './requests.ts'

const NAME = [{ title: sheetWords.name, width: 12 }, { title: sheetWords.unit, width: 20 }, { title: sheetWords.post, width: 20 }]

/** One line for each person and kind. */
export async function balancesBook(ctx: ServerContext, asked: number | undefined): Promise<Workbook> {
  const { year, items } = await staffBalances(ctx, asked)
  const rows = items.flatMap(({ name, unitName, title, workedSince, balances }) =>
    balances.map(({ label, granted, carriedIn, used, pending, available }) => [name, unitName, title, workedSince, label, granted, carriedIn, used, pending, available]))
  const columns = [...NAME, ...sheetWords.balance.map((title) => ({ title, width: 14 }))]
  return { name: sheetWords.balances(year, actorOf(ctx).organisationName), columns, rows }
}

/** One line for each person with leave in the month, a column for each kind that occurs; only the days within the month count. */
export async function monthBook(ctx: ServerContext, month: string): Promise<Workbook> {
  const { organisationId, organisationName } = actorOf(ctx)
  const [from, to] = [`${month}-01`, monthEnd(`${month}-01`)]
  const staff = await staffOf(ctx, organisationId)
  const requests = await requestsOfAll(ctx, staff.map(({ personId }) => personId), from, to)
  const kinds = (await kindsOf(ctx, organisationId)).filter(({ code, count }) => count !== 'hours' && requests.some(({ kind }) => kind === code))
  const table = await ctx.use(Calendar).table()
  const within = (personId: string, code: string): number => {
    const kind = kinds.find((one) => one.code === code)
    const parts = requests.filter((one) => one.personId === personId && one.kind === code).map(({ period }) => commonPeriod(halfDays(period), wholeDays(from, to)))
    return kind === undefined ? 0 : parts.reduce((sum, part) => sum + (part === null ? 0 : leaveDays(kind, part, table)), 0)
  }
  const rows = staff.filter(({ personId }) => requests.some((one) => one.personId === personId)).map(({ personId, personName, unitName, title }) => {
    const days = kinds.map(({ code }) => within(personId, code))
    return [personName, unitName, title, ...days.map((n) => n || null), days.reduce((sum, n) => sum + n, 0)]
  })
  const columns = [...NAME, ...kinds.map(({ label }) => ({ title: label, width: 12 })), { title: sheetWords.total, width: 10 }]
  return { name: sheetWords.month(month, organisationName), columns, rows }
}
