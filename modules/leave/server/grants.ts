import { sql } from 'kysely'
import type { Period } from '#kit/fields/period.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { RuleRecord } from '#platform/records/contract.ts'

export interface Grant {
  readonly period: Period
  readonly days: number
}

/** What was approved; undefined before. */
export async function grantOf(ctx: ServerContext, requestId: string): Promise<Grant | undefined> {
  const { rows } = await sql<{ period: Period; days: string }>`select period, days from leave_grant where request_id = ${requestId}`.execute(ctx.db())
  return rows[0] && { period: rows[0].period, days: Number(rows[0].days) }
}

export async function writeGrant(ctx: ServerContext, { id, values }: RuleRecord): Promise<void> {
  await sql`insert into leave_grant (request_id, period, days, at) values (${id}, ${JSON.stringify(values['period'])}::jsonb, ${values['days'] ?? 0}, ${ctx.now})
    on conflict (request_id) do nothing`.execute(ctx.db())
}
