import { sql } from 'kysely'
import { shanghaiDate } from '#base/civil-date.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { LedgerEntry } from '../rules/ledger.ts'

/** Whose account of which kind of leave. */
export interface Account {
  readonly organisationId: string
  readonly personId: string
  readonly kind: string
  /** Who answers for the lines, when it is not the actor. */
  readonly by?: string
}

interface Row extends Omit<LedgerEntry, 'days' | 'request'> {
  readonly person_id: string
  readonly kind: string
  readonly days: string
  readonly request_id: string | null
}

const entryOf = ({ year, type, days, on, reason, request_id }: Row): LedgerEntry => ({ year, type, days: Number(days), on, reason, ...(request_id !== null && { request: request_id }) })

/** Lines of an account, oldest first. */
export async function entriesOf(ctx: ServerContext, { personId, kind }: Omit<Account, 'organisationId'>): Promise<LedgerEntry[]> {
  const { rows } = await sql<Row>`select * from leave_entry where person_id = ${personId} and kind = ${kind} order by id`.execute(ctx.db())
  return rows.map(entryOf)
}

/** Lines of all accounts of some people, by person and kind. */
export async function entriesOfAll(ctx: ServerContext, personIds: readonly string[]): Promise<Map<string, LedgerEntry[]>> {
  const { rows } = await sql<Row>`select * from leave_entry where person_id = any(${personIds}::uuid[]) order by id`.execute(ctx.db())
  const accounts = Map.groupBy(rows, ({ person_id, kind }) => `${person_id} ${kind}`)
  return new Map([...accounts].map(([key, lines]) => [key, lines.map(entryOf)]))
}

/** Adds lines to an account; `make` sees it as it is, while others who write to it wait. */
export async function book(ctx: ServerContext, account: Account, make: (entries: readonly LedgerEntry[]) => readonly LedgerEntry[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`leave ${account.personId} ${account.kind}`}, 0))`.execute(ctx.db())
  for (const { year, type, days, on, reason, request = null } of make(await entriesOf(ctx, account))) {
    await sql`
      insert into leave_entry (organisation_id, person_id, kind, year, type, days, "on", reason, request_id, written_by, written_at)
      values (${account.organisationId}, ${account.personId}, ${account.kind}, ${year}, ${type}, ${days}, ${on}, ${reason}, ${request}, ${account.by ?? ctx.actor?.personId ?? null}, ${ctx.now})`.execute(ctx.db())
  }
}

/** A line's day and reason, written today. */
export const noteOf = (ctx: ServerContext, reason: string): { on: string; reason: string } => ({ on: shanghaiDate(ctx.now), reason })
