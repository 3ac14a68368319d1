import { yearOf, shanghaiDate } from '#base/civil-date.ts'
import { Access } from '#platform/access/contract.ts'
import { Calendar } from '#platform/calendar/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import type { Post } from '#platform/org/contract.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import type { BalanceWire, EntryWire, PersonBalanceWire } from '../api.ts'
import type { LeaveKind } from '../rules/kinds.ts'
import { balance } from '../rules/ledger.ts'
import type { LedgerEntry } from '../rules/ledger.ts'
import { daysByYear } from '../rules/period.ts'
import { entriesOf, entriesOfAll } from './accounts.ts'
import { kindsOf } from './kinds.ts'
import { requestsOfAll } from './requests.ts'
import type { Request } from './requests.ts'
import { servicesOf } from './service-dates.ts'

export const yearNow = (ctx: ServerContext): number => yearOf(shanghaiDate(ctx.now))

interface Sources {
  readonly kinds: readonly LeaveKind[]
  readonly accounts: ReadonlyMap<string, readonly LedgerEntry[]>
  /** Days under way, by person and kind. */
  readonly pending: ReadonlyMap<string, number>
}

async function pendingDays(ctx: ServerContext, kinds: readonly LeaveKind[], requests: readonly Request[], year: number): Promise<Map<string, number>> {
  const table = await ctx.use(Calendar).table()
  const sums = new Map<string, number>()
  for (const { personId, kind: code, period } of requests) {
    const kind = kinds.find((one) => one.code === code)
    if (kind === undefined) continue
    const days = daysByYear(kind, period, table).find((part) => part.year === year)?.days ?? 0
    const key = `${personId} ${code}`
    sums.set(key, (sums.get(key) ?? 0) + days)
  }
  return sums
}

async function sourcesOf(ctx: ServerContext, organisationId: string, personIds: readonly string[], year: number): Promise<Sources> {
  const kinds = (await kindsOf(ctx, organisationId)).filter(({ ledger }) => ledger)
  const running = await requestsOfAll(ctx, personIds, `${year}-01-01`, `${year}-12-31`, ['running'])
  return { kinds, accounts: await entriesOfAll(ctx, personIds), pending: await pendingDays(ctx, kinds, running, year) }
}

/** A person's accounts of a year; kinds without any line are left out, but for annual leave. */
function balancesIn({ kinds, accounts, pending }: Sources, personId: string, year: number): BalanceWire[] {
  return kinds.flatMap(({ code, label }) => {
    const key = `${personId} ${code}`
    const entries = (accounts.get(key) ?? []).filter((one) => one.year === year)
    if (entries.length === 0 && code !== 'annual') return []
    const { granted, carriedIn, used, available } = balance(entries, year)
    const waiting = pending.get(key) ?? 0
    return [{ kind: code, label, year, granted, carriedIn, used, pending: waiting, available: available - waiting }]
  })
}

export async function myBalances(ctx: ServerContext, year = yearNow(ctx)): Promise<{ year: number; items: BalanceWire[] }> {
  const { personId, organisationId } = actorOf(ctx)
  return { year, items: balancesIn(await sourcesOf(ctx, organisationId, [personId], year), personId, year) }
}

/** Everybody whose main post is in an organisation, once, in display order. */
export const staffOf = (ctx: ServerContext, organisationId: string): Promise<readonly Post[]> => ctx.use(Org).staff(organisationId)

export async function staffBalances(ctx: ServerContext, year = yearNow(ctx)): Promise<{ year: number; items: PersonBalanceWire[] }> {
  const { organisationId } = actorOf(ctx)
  const staff = await staffOf(ctx, organisationId)
  const ids = staff.map(({ personId }) => personId)
  const [sources, services] = [await sourcesOf(ctx, organisationId, ids, year), await servicesOf(ctx, ids)]
  const items = staff.map(({ personId, personName, unitName, title }) => ({
    personId, name: personName, unitName, title, workedSince: services.get(personId) ?? null, balances: balancesIn(sources, personId, year),
  }))
  return { year, items }
}

/** Ends with 404 `leave.person` unless the person belongs to the actor's organisation. */
export async function requireStaff(ctx: ServerContext, personId: string): Promise<void> {
  const posts = await ctx.use(Org).posts(personId)
  if (posts[0]?.organisationId !== actorOf(ctx).organisationId) ctx.fail('leave.person')
}

/** The lines of an account, newest first. */
export async function accountLines(ctx: ServerContext, personId: string, kind: string): Promise<EntryWire[]> {
  if (personId !== actorOf(ctx).personId) {
    await ctx.use(Access).require('leave.personnel')
    await requireStaff(ctx, personId)
  }
  const entries = await entriesOf(ctx, { personId, kind })
  return entries.map(({ year, type, days, on, reason }) => ({ year, type, days, on, reason })).toReversed()
}
