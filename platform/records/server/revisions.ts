import { sql } from 'kysely'
import type { Entity } from '#kit/entity.ts'
import type { RevisionWire } from '#kit/wire/record.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import { labelsOf } from './labels.ts'
import type { RecordRow } from './table.ts'
import { valueTextOf } from './value-text.ts'

type Values = Readonly<Record<string, unknown>>

export interface RevisionTables {
  records_revision: { entity: string; record_id: string; version: number; at: Date; person_id: string | null; changes: unknown }
}

interface StoredChange {
  readonly field: string
  readonly before: unknown
  readonly after: unknown
}

/** Keeps what a save changed, as JSON values; a save that changed no field (a new state) leaves no revision. */
export async function writeRevision(ctx: ServerContext, entity: Entity, row: RecordRow, before: Values, after: Values): Promise<void> {
  const changes: StoredChange[] = Object.keys(entity.fields)
    .filter((key) => JSON.stringify(before[key] ?? null) !== JSON.stringify(after[key] ?? null))
    .map((key) => ({ field: key, before: before[key] ?? null, after: after[key] ?? null }))
  if (changes.length === 0) return
  const values = { entity: entity.name, record_id: row.id, version: row.version, at: ctx.now, person_id: ctx.actor?.personId ?? null, changes: JSON.stringify(changes) }
  await ctx.db<RevisionTables>().insertInto('records_revision').values(values).execute()
}

/** The stored values of one field over time, oldest first: what the differences of a document's text are made from. */
export async function fieldHistory(ctx: ServerContext, entity: string, id: string, field: string): Promise<{ version: number; at: Date; personId: string | null; value: unknown }[]> {
  const { rows } = await sql<{ version: number; at: Date; person_id: string | null; value: unknown }>`
    select version, at, person_id, c->'after' as value from records_revision, jsonb_array_elements(changes) c
    where entity = ${entity} and record_id = ${id} and c->>'field' = ${field} order by version`.execute(ctx.db())
  return rows.map(({ person_id, ...rest }) => ({ ...rest, personId: person_id }))
}

const LIMIT = 200

/** The last 200 revisions, newest first, as text, of the fields this person is shown. The caller has checked who may see the record. */
export async function revisionsOf(ctx: ServerContext, entity: Entity, id: string, shown: (key: string) => boolean): Promise<RevisionWire[]> {
  const rows = await ctx.db<RevisionTables>().selectFrom('records_revision').selectAll().where('entity', '=', entity.name).where('record_id', '=', id)
    .orderBy('version', 'desc').limit(LIMIT).execute()
  const changes = rows.map((row) => (row.changes as readonly StoredChange[]).filter(({ field }) => shown(field)))
  const sides = changes.flat().flatMap(({ field, before, after }) => [{ [field]: before }, { [field]: after }])
  const labels = await labelsOf(ctx, entity, sides, [])
  const people = await ctx.use(Org).names(rows.flatMap((row) => row.person_id ?? []))
  return rows.map((row, index) => ({
    version: row.version, at: row.at.toISOString(), by: people[row.person_id ?? ''] ?? '系统',
    changes: (changes[index] ?? []).map(({ field, before, after }) => ({
      field, label: entity.fields[field]?.label ?? field, before: valueTextOf(entity, field, before, labels), after: valueTextOf(entity, field, after, labels),
    })),
  }))
}
