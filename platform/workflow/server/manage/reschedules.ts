import { sql } from 'kysely'
import type { RescheduleWire } from '#kit/wire/flow-run.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { businessOf, recordOf } from '../record.ts'
import { managedBy } from './rights.ts'

interface Row {
  readonly id: string
  readonly at: Date
  readonly case_id: string
  readonly entity: string
  readonly record_id: string
  readonly step: string
  readonly old_due: Date
  readonly new_due: Date
}

/** Limits that changed calendars have moved, newest first, of the cases whose flows the actor manages. `after`: number of the last one seen. */
export async function listReschedules(ctx: ServerContext, { after, limit }: { readonly after?: number | undefined; readonly limit: number }): Promise<{ items: RescheduleWire[]; next: string | null }> {
  const managed = (await managedBy(ctx)) ?? ctx.fail('access.denied')
  const mine = managed === 'district' ? sql`true` : sql`organisation_id = ${managed.organisation}`
  const older = after === undefined ? sql`true` : sql`id < ${after}`
  const { rows } = await sql<Row>`select * from workflow_reschedule where ${mine} and ${older} order by id desc limit ${limit + 1}`.execute(ctx.db())
  const page = rows.slice(0, limit)
  const items = await Promise.all(page.map(async (row) => ({
    id: row.id, at: row.at.toISOString(), caseId: row.case_id, entity: row.entity, recordId: row.record_id, title: (await recordOf(ctx, row.entity, row.record_id)).title,
    process: businessOf(ctx, row.entity).flow.title, step: row.step, from: row.old_due.toISOString(), to: row.new_due.toISOString(),
  })))
  return { items, next: rows.length > limit ? (page.at(-1)?.id ?? null) : null }
}
