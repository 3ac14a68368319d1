import { fullYears, shanghaiDate } from '#base/civil-date.ts'
import type { CivilDate } from '#base/civil-date.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { annualGrants } from '../rules/annual.ts'
import { adjust, balance, grant, payOut } from '../rules/ledger.ts'
import type { LedgerEntry } from '../rules/ledger.ts'
import { ledgerWords } from '../words.ts'
import { book, noteOf } from './accounts.ts'
import { annualBarOf } from './balance-check.ts'
import { requireStaff, staffOf } from './balances.ts'
import { kindOf } from './kinds.ts'
import { servicesOf, setService } from './service-dates.ts'

interface Line {
  readonly personId: string
  readonly kind: string
  readonly year: number
  readonly type: 'adjust' | 'grant' | 'pay-out'
  readonly days: number
  readonly reason: string
}

/** A line by hand; every one needs its reason. */
export async function bookLine(ctx: ServerContext, { personId, kind, year, type, days, reason }: Line): Promise<void> {
  await requireStaff(ctx, personId)
  const { organisationId } = actorOf(ctx)
  const { ledger, label } = await kindOf(ctx, organisationId, kind)
  if (!ledger) ctx.fail('leave.balance.kind', { kind: label })
  if (reason === '') ctx.fail('leave.balance.reason')
  const note = noteOf(ctx, reason)
  const make = { adjust: (all: readonly LedgerEntry[]) => adjust(all, year, days, note), grant: () => grant(year, days, note), 'pay-out': (all: readonly LedgerEntry[]) => payOut(all, year, days, note) }[type]
  await book(ctx, { organisationId, personId, kind }, (entries) => [make(entries)])
}

export async function registerService(ctx: ServerContext, personId: string, workedSince: CivilDate): Promise<void> {
  await requireStaff(ctx, personId)
  if (workedSince >= shanghaiDate(ctx.now)) ctx.fail('leave.service.future')
  await setService(ctx, personId, workedSince)
}

interface Counted {
  people: number
  days: number
}

/** Service gives days on 1 January and from the month after a tier is full; what the account already got of the year is left out. */
function missingGrants(ctx: ServerContext, entries: readonly LedgerEntry[], since: CivilDate, year: number): LedgerEntry[] {
  let got = balance(entries, year).granted
  return annualGrants(since, year).flatMap(({ on, days }, index) => {
    const left = Math.max(0, days - got)
    got = Math.max(0, got - days)
    const reason = index === 0 && on.endsWith('-01-01') ? ledgerWords.yearly(fullYears(since, on)) : ledgerWords.tier
    return left > 0 ? [{ ...grant(year, left, noteOf(ctx, reason)), on }] : []
  })
}

/** 核定年休假 of the organisation; a year lost by law (条例 art. 4) gets nothing. */
export async function grantYear(ctx: ServerContext, year: number): Promise<Counted> {
  const { organisationId } = actorOf(ctx)
  const services = await servicesOf(ctx, (await staffOf(ctx, organisationId)).map(({ personId }) => personId))
  const counted: Counted = { people: 0, days: 0 }
  for (const [personId, since] of services) {
    if ((await annualBarOf(ctx, organisationId, personId, year - 1))?.year === year) continue
    await book(ctx, { organisationId, personId, kind: 'annual' }, (entries) => {
      const lines = missingGrants(ctx, entries, since, year)
      counted.people += lines.length > 0 ? 1 : 0
      counted.days += lines.reduce((sum, { days }) => sum + days, 0)
      return lines
    })
  }
  return counted
}
