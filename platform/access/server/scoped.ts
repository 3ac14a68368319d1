import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Cursor } from '#platform/db/server/keyset.ts'
import { pageOf } from '#platform/db/server/keyset.ts'
import type { Database } from '#platform/db/server/database.ts'
import type { Principal } from '../contract.ts'

export interface ScopedQuery {
  readonly entity: string
  /** From `readPrincipals`: under any of them a record is seen. */
  readonly principals: readonly Principal[]
  /** The record table and its conditions under the alias `r`; both are left out when visibility alone decides. */
  readonly table?: string
  readonly where?: RawBuilder<unknown>
  readonly order?: 'newest' | 'oldest'
}

export interface ScopedPage extends ScopedQuery {
  /** Position of the last row of the page before: its sort time as ISO text, and its id. */
  readonly after?: Cursor
  readonly limit: number
}

export interface ScopedRow {
  readonly id: string
  readonly sortTime: Date
}

/** Rows of one principal in list order, stopped as soon as the page is full: the cost of a page does not depend on how much is visible. */
function branch(query: ScopedQuery, principal: Principal, after: Cursor | undefined, limit: number): RawBuilder<unknown> {
  const newest = query.order !== 'oldest'
  const direction = newest ? sql`desc` : sql`asc`
  const record = query.table === undefined ? sql`` : sql`join ${sql.table(query.table)} r on r.id = v.object_id`
  const where = query.where === undefined ? sql`` : sql`and (${query.where})`
  const position = after === undefined ? sql`` : sql`and (v.sort_time, v.object_id) ${newest ? sql`<` : sql`>`} (${after.value}::timestamptz, ${after.id}::uuid)`
  return sql`(select v.sort_time, v.object_id from access_visibility v ${record}
    where v.entity = ${query.entity} and v.principal = ${principal} ${position} ${where}
    order by v.sort_time ${direction}, v.object_id ${direction} limit ${limit})`
}

/** Branches with their own principal, not one with `any(…)`: each is planned by how much that principal sees. */
const branches = (query: ScopedQuery, after: Cursor | undefined, limit: number): RawBuilder<unknown> =>
  sql.join([...new Set(query.principals)].map((principal) => branch(query, principal, after, limit)), sql` union `)

/**
 * One page of what is visible under any of the principals, each record once, by (sort time, id). Gives ids: the caller then reads the rows of
 * the page by primary key.
 */
export async function scopedList(db: Database, page: ScopedPage): Promise<{ items: readonly ScopedRow[]; next: string | null }> {
  if (page.principals.length === 0) return { items: [], next: null }
  const direction = page.order === 'oldest' ? sql`asc` : sql`desc`
  const { rows } = await sql<{ object_id: string; sort_time: Date }>`
    select object_id, sort_time from (${branches(page, page.after, page.limit + 1)}) m
    order by sort_time ${direction}, object_id ${direction} limit ${page.limit + 1}`.execute(db)
  const found = rows.map((row) => ({ id: row.object_id, sortTime: row.sort_time }))
  return pageOf(found, page.limit, (row) => ({ value: row.sortTime.toISOString(), id: row.id }))
}

/** How many are visible, counted no further than `cap`. */
export async function scopedCount(db: Database, query: ScopedQuery, cap = 1_000): Promise<number> {
  if (query.principals.length === 0) return 0
  const { rows } = await sql<{ n: number }>`select count(*)::integer as n from (select 1 from (${branches(query, undefined, cap)}) m limit ${cap}) c`.execute(db)
  return rows[0]?.n ?? 0
}

/**
 * Condition "seen under any of these" on a record table with the alias `r`, for lists in another order than time and for other people's tables
 * that hold ids of records (search, to-dos).
 */
export const visibleUnder = (principals: readonly Principal[], id: RawBuilder<unknown> = sql`r.id`): RawBuilder<boolean> =>
  sql<boolean>`exists (select from access_visibility v where v.object_id = ${id} and v.principal = any(${principals}::text[]))`
