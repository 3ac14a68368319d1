import { sql } from 'kysely'
import { shanghaiDate } from '#base/civil-date.ts'
import type { Database } from './database.ts'

interface Month {
  readonly name: string
  readonly from: string
  readonly to: string
}

const first = (year: number, month: number): string => `${year + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`

/** The month of an instant and those after it, as Shanghai counts them, with the names of a table's partitions for them. */
export function months(table: string, now: Date, count: number): Month[] {
  const [year = 0, month = 0] = shanghaiDate(now).split('-').map(Number)
  return Array.from({ length: count }, (_, index) => {
    const from = first(year, month - 1 + index)
    return { name: `${table}_${from.slice(0, 4)}_${from.slice(5, 7)}`, from, to: first(year, month + index) }
  })
}

const AHEAD = 3
const midnight = (day: string) => sql.lit(`${day} 00:00+08`)

/**
 * Makes the partitions of this month and the next ones of a table by `at` where they are missing; processes that start together wait for one
 * another. A month of which `<table>_other` has rows already is left to it. Within a transaction.
 */
export async function makePartitions(db: Database, table: string, now: Date): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${`${table}.partitions`}))`.execute(db)
  for (const { name, from, to } of months(table, now, AHEAD)) {
    const { rows } = await sql`select from ${sql.table(`${table}_other`)} where at >= ${midnight(from)} and at < ${midnight(to)} limit 1`.execute(db)
    if (rows.length > 0) continue
    await sql`create table if not exists ${sql.table(name)} partition of ${sql.table(table)} for values from (${midnight(from)}) to (${midnight(to)})`.execute(db)
  }
}

/** Partitions of a table by month, attached ones and those that were taken off, oldest first. */
export async function listPartitions(db: Database, table: string): Promise<readonly { readonly name: string; readonly attached: boolean; readonly bytes: number }[]> {
  const { rows } = await sql<{ name: string; attached: boolean; bytes: string }>`
    select c.relname as name, c.relispartition as attached, pg_total_relation_size(c.oid) as bytes
    from pg_class c where c.relkind = 'r' and c.relname ~ ${`^${table}_[0-9]{4}_[0-9]{2}$`} and c.relnamespace = current_schema()::regnamespace order by 1`.execute(db)
  return rows.map(({ bytes, ...row }) => ({ ...row, bytes: Number(bytes) }))
}

/** The month `2026-03` of a table, or null when it is none. */
const monthOf = (table: string, month: string): Month | null => (/^\d{4}-(?:0[1-9]|1[0-2])$/u.test(month) ? (months(table, new Date(`${month}-15T00:00:00Z`), 1)[0] ?? null) : null)

/** Takes a month off, to be dumped, moved or dropped: the table knows nothing of it any more. False when there is no such partition. */
export const detachMonth = (db: Database, table: string, month: string): Promise<boolean> =>
  changeMonth(db, table, month, true, ({ name }) => sql`alter table ${sql.table(table)} detach partition ${sql.table(name)}`.execute(db))

/** Puts a month back. False when there is none that was taken off. */
export const attachMonth = (db: Database, table: string, month: string): Promise<boolean> =>
  changeMonth(db, table, month, false, ({ name, from, to }) => sql`alter table ${sql.table(table)} attach partition ${sql.table(name)} for values from (${midnight(from)}) to (${midnight(to)})`.execute(db))

async function changeMonth(db: Database, table: string, month: string, attached: boolean, change: (month: Month) => Promise<unknown>): Promise<boolean> {
  const wanted = monthOf(table, month)
  const found = (await listPartitions(db, table)).find(({ name }) => name === wanted?.name)
  if (wanted === null || found?.attached !== attached) return false
  await change(wanted)
  return true
}
