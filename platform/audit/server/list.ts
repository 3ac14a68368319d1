import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { decodeCursor, pageOf } from '#platform/db/server/keyset.ts'
import type { AuditEntryWire } from '../wire.ts'

export interface AuditFilter {
  readonly person?: string | undefined
  readonly organisation?: string | undefined
  /** Beginning of the action's name. */
  readonly action?: string | undefined
  readonly result?: string | undefined
  /** Instants, ISO 8601; `to` is not included. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly after?: string | undefined
  readonly limit: number
}

interface Row {
  readonly id: string
  readonly at: Date
  readonly person_id: string | null
  readonly person_name: string | null
  readonly organisation_id: string | null
  readonly action: string
  readonly object_type: string | null
  readonly object_id: string | null
  readonly object_title: string | null
  readonly result: AuditEntryWire['result']
  readonly address: string | null
  readonly device: string | null
  readonly request_id: string
  readonly difference: unknown
}

const wireOf = (row: Row, titles: ReadonlyMap<string, string>): AuditEntryWire => ({
  id: row.id, at: row.at.toISOString(), person: row.person_id === null ? null : { id: row.person_id, name: row.person_name ?? '' },
  organisationId: row.organisation_id, action: row.action, title: titles.get(row.action) ?? null,
  object: row.object_type === null ? null : { type: row.object_type, id: row.object_id ?? '', title: row.object_title },
  result: row.result, address: row.address, device: row.device, requestId: row.request_id, difference: row.difference ?? null,
})

function conditions(ctx: ServerContext, filter: AuditFilter): RawBuilder<unknown> {
  const after = filter.after === undefined ? undefined : decodeCursor(ctx, filter.after)
  const parts = [
    filter.person !== undefined && sql`person_id = ${filter.person}`,
    filter.organisation !== undefined && sql`organisation_id = ${filter.organisation}`,
    filter.action !== undefined && sql`action collate "C" >= ${filter.action} and action collate "C" < ${`${filter.action}\u{10FFFF}`}`,
    filter.result !== undefined && sql`result = ${filter.result}`,
    filter.from !== undefined && sql`at >= ${filter.from}::timestamptz`,
    filter.to !== undefined && sql`at < ${filter.to}::timestamptz`,
    after !== undefined && sql`(at, id) < (${after.value}::timestamptz, ${after.id}::uuid)`,
  ].filter((part) => part !== false)
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)
}

/** Entries, newest first. */
export async function listAudit(ctx: ServerContext, filter: AuditFilter, titles: ReadonlyMap<string, string>): Promise<{ items: AuditEntryWire[]; next: string | null }> {
  const { rows } = await sql<Row>`
    select id, at, person_id, person_name, organisation_id, action, object_type, object_id, object_title, result, address, device, request_id, difference
    from audit_entry where ${conditions(ctx, filter)} order by at desc, id desc limit ${filter.limit + 1}`.execute(ctx.db())
  const { items, next } = pageOf(rows, filter.limit, (row) => ({ value: row.at.toISOString(), id: row.id }))
  return { items: items.map((row) => wireOf(row, titles)), next }
}
