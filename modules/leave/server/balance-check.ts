import { Calendar } from '#platform/calendar/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { annualBar } from '../rules/annual.ts'
import type { AnnualBar } from '../rules/annual.ts'
import { balance } from '../rules/ledger.ts'
import type { LeaveKind } from '../rules/kinds.ts'
import { daysByYear } from '../rules/period.ts'
import { barWords } from '../words.ts'
import { entriesOf } from './accounts.ts'
import type { Case } from './check.ts'
import { requireFamily } from './family-check.ts'
import { requestsOf, TAKING } from './requests.ts'
import { serviceOf } from './service-dates.ts'
import { readSetting } from './settings.ts'

/** Days of one kind that a person's requests take in a year, in some states; `except` is left out. */
export async function takenIn(ctx: ServerContext, personId: string, kind: Pick<LeaveKind, 'code' | 'count'>, year: number, states: readonly string[] = TAKING, except?: string): Promise<number> {
  const table = await ctx.use(Calendar).table()
  const requests = (await requestsOf(ctx, personId, `${year}-01-01`, `${year}-12-31`, states)).filter((one) => one.kind === kind.code && one.id !== except)
  return requests.flatMap(({ period }) => daysByYear(kind, period, table)).filter((part) => part.year === year).reduce((sum, { days }) => sum + days, 0)
}

/** What the account has, less what is still being approved. */
async function requireAccount(ctx: ServerContext, { id, home, kind, parts }: Case): Promise<void> {
  const entries = await entriesOf(ctx, { personId: home.personId, kind: kind.code })
  for (const { year, days } of parts) {
    const pending = await takenIn(ctx, home.personId, kind, year, ['running'], id)
    const available = balance(entries, year).available - pending
    if (days > available) ctx.fail('leave.balance.short', { year, available: Math.max(0, available), days })
  }
}

async function requireLimit(ctx: ServerContext, { id, home, kind, parts, days }: Case): Promise<void> {
  const { limit } = kind
  if (limit.per === 'event' && days > limit.days) ctx.fail('leave.limit.event', { kind: kind.label, most: limit.days, days })
  if (limit.per !== 'year') return
  for (const part of parts) {
    const taken = await takenIn(ctx, home.personId, kind, part.year, TAKING, id)
    if (taken + part.days > limit.days) ctx.fail('leave.limit.year', { kind: kind.label, year: part.year, most: limit.days, taken, days: part.days })
  }
}

const DAYS_IN_MONTH = 30

/** Whether annual leave is lost by what happened in a year; null without a known date of service. */
export async function annualBarOf(ctx: ServerContext, organisationId: string, personId: string, year: number): Promise<AnnualBar | null> {
  const workedSince = await serviceOf(ctx, personId)
  if (workedSince === undefined) return null
  const { value: rules } = await readSetting(ctx, organisationId, 'rules')
  const taken = (code: string, count: LeaveKind['count']): Promise<number> => takenIn(ctx, personId, { code, count }, year)
  const sickMonths = Math.floor((await taken('sick', 'CD')) / DAYS_IN_MONTH)
  const personal = rules.personalPaid ? await taken('personal', 'WD') : 0
  const annual = balance(await entriesOf(ctx, { personId, kind: 'annual' }), year)
  return annualBar({ workedSince, year, vacationDays: 0, paidPersonalDays: personal, sickMonths, taken: annual.used > 0 })
}

async function requireDue(ctx: ServerContext, { home, parts }: Case): Promise<void> {
  for (const { year } of parts) {
    const bars = await Promise.all([year - 1, year].map((one) => annualBarOf(ctx, home.organisationId, home.personId, one)))
    const bar = bars.find((one) => one?.year === year)
    if (bar) ctx.fail('leave.annual.barred', { year, reasons: bar.reasons.map((reason) => barWords[reason]).join('、') })
  }
}

/** Whether a request stays within what the person has of its kind. */
export async function requireBalance(ctx: ServerContext, one: Case): Promise<void> {
  await requireLimit(ctx, one)
  await requireFamily(ctx, one)
  if (one.kind.ledger) await requireAccount(ctx, one)
  if (one.kind.code === 'annual') await requireDue(ctx, one)
}
