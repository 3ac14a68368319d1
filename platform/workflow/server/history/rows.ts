import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Database } from '#platform/db/server/database.ts'

/** Rows of a case that leave with it. Copies for reading stay: they are read, and counted, long after a case is over. */
const KINDS = { tasks: 'workflow_task', actors: 'workflow_actor' } as const

/** Rows of the cases that `ids` (a query) names, as `case_id, kind, id, data`. */
const rowsOf = (ids: RawBuilder<unknown>): RawBuilder<unknown> => sql.join([
  sql`select case_id, kind, id, data from workflow_live where case_id in ${ids}`,
  ...Object.entries(KINDS).map(([kind, table]) => sql`select case_id, ${sql.lit(kind)}, id, data from ${sql.table(table)} where case_id in ${ids}`),
], sql` union all `)

/** The rows of one archived case, as `kind, id, data`; none for any other. */
export const archivedRows = (caseId: string): RawBuilder<unknown> =>
  sql`select r.kind, r.id, r.data from workflow_history h, jsonb_to_recordset(h.rows) as r(kind text, id text, data jsonb) where h.case_id = ${caseId}`

/**
 * Moves these cases into the history. They are locked, by a statement of its own before this one, which therefore sees all that was written before the
 * lock was got.
 */
export async function putAway(db: Database, caseIds: readonly string[], at: Date): Promise<void> {
  const ids = sql`(select unnest(${[...caseIds]}::uuid[]))`
  const emptied = ['workflow_live', ...Object.values(KINDS)].map((table, index) => sql`${sql.ref(`gone${index}`)} as (delete from ${sql.table(table)} where case_id in ${ids})`)
  await sql`
    with kept as (
      insert into workflow_history (case_id, at, rows)
      select case_id, ${at}, jsonb_agg(jsonb_build_object('kind', kind, 'id', id, 'data', data)) from (${rowsOf(ids)}) r group by case_id),
      ${sql.join(emptied)},
      stuck as (delete from workflow_stuck where case_id in ${ids})
    update workflow_case set archived = true where id in ${ids}`.execute(db)
}

/** Brings an archived case back, to be acted on. It is locked. */
export async function bringBack(db: Database, caseId: string): Promise<void> {
  const restored = Object.entries(KINDS).map(([kind, table], index) =>
    sql`${sql.ref(`put${index}`)} as (insert into ${sql.table(table)} (case_id, id, data) select ${caseId}::uuid, id, data from rows where kind = ${sql.lit(kind)})`)
  await sql`
    with taken as (delete from workflow_history where case_id = ${caseId} returning rows),
      rows as (select r.kind, r.id, r.data from taken, jsonb_to_recordset(taken.rows) as r(kind text, id text, data jsonb)),
      live as (insert into workflow_live (case_id, kind, id, data) select ${caseId}::uuid, kind, id, data from rows where not kind = any(${Object.keys(KINDS)})),
      ${sql.join(restored)}
    update workflow_case set archived = false where id = ${caseId}`.execute(db)
}
