import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Period } from '#kit/fields/period.ts'
import type { ServerContext } from '#platform/db/server/context.ts'

/** A request as the rules over several of them need it. */
export interface Request {
  readonly id: string
  readonly number: string
  readonly personId: string
  readonly kind: string
  readonly period: Period
  readonly days: number
  readonly state: string
  readonly caseId: string | null
  readonly birth: string | null
  readonly childBirth: string | null
}

interface Row {
  readonly id: string
  readonly number: string | null
  readonly applicant: string
  readonly kind: string
  readonly start: string
  readonly start_half: Period['startHalf']
  readonly end: string
  readonly end_half: Period['endHalf']
  readonly days: string | null
  readonly state: string
  readonly case_id: string | null
  readonly birth: string | null
  readonly child_birth: string | null
}

const requestOf = (row: Row): Request => ({
  id: row.id, number: row.number ?? '', personId: row.applicant, kind: row.kind, days: Number(row.days ?? 0), state: row.state, caseId: row.case_id, birth: row.birth, childBirth: row.child_birth,
  period: { start: row.start, startHalf: row.start_half, end: row.end, endHalf: row.end_half },
})

/** Requests handed in and not refused, cancelled or taken back: they take the person's time. */
export const TAKING = ['running', 'approved', 'away', 'to-report', 'done'] as const
/** Those that were approved. */
export const GRANTED = ['approved', 'away', 'to-report', 'done'] as const

async function select(ctx: ServerContext, where: RawBuilder<unknown>): Promise<Request[]> {
  const { rows } = await sql<Row>`
    select id, number, applicant, kind, period_start as start, period_start_half as start_half, period_end as end, period_end_half as end_half, days, state, case_id, birth, child_birth
    from leave_request where ${where} order by period_start, id`.execute(ctx.db())
  return rows.map(requestOf)
}

const touching = (from: string, to: string): RawBuilder<unknown> => sql`period_start <= ${to} and period_end >= ${from}`

/** Requests of one person are handed in one after another, so that two at once cannot take the same days. */
export const lockPerson = async (ctx: ServerContext, personId: string): Promise<void> =>
  void (await sql`select pg_advisory_xact_lock(hashtextextended(${`leave ${personId}`}, 0))`.execute(ctx.db()))

/** Requests of one person that touch some days, whole days taken. */
export const requestsOf = (ctx: ServerContext, personId: string, from: string, to: string, states: readonly string[] = TAKING): Promise<Request[]> =>
  select(ctx, sql`applicant = ${personId} and state = any(${states}) and ${touching(from, to)}`)

/** Requests of several people that touch some days. */
export const requestsOfAll = (ctx: ServerContext, personIds: readonly string[], from: string, to: string, states: readonly string[] = GRANTED): Promise<Request[]> =>
  select(ctx, sql`applicant = any(${personIds}::uuid[]) and state = any(${states}) and ${touching(from, to)}`)

/** Approved requests that begin on a day or later; the one whose approval is under way counts already. */
export const grantedFrom = (ctx: ServerContext, personId: string, from: string): Promise<Request[]> =>
  select(ctx, sql`applicant = ${personId} and period_start >= ${from} and state <> 'void' and id in (select request_id from leave_grant)`)

/** Requests whose leave ended before a day and that nobody has reported back from. */
export const unreported = (ctx: ServerContext, before: string): Promise<Request[]> => select(ctx, sql`state = 'to-report' and period_end < ${before}`)
