import { sql } from 'kysely'
import { shanghaiDate } from '#base/civil-date.ts'
import type { Database } from '#platform/db/server/database.ts'

interface Month {
  readonly name: string
  readonly from: string
  readonly to: string
}

const first = (year: number, month: number): string => `${year + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`

/** The month of an instant and those after it, as Shanghai counts them. */
export function months(now: Date, count: number): Month[] {
  const [year = 0, month = 0] = shanghaiDate(now).split('-').map(Number)
  return Array.from({ length: count }, (_, index) => {
    const from = first(year, month - 1 + index)
    return { name: `audit_entry_${from.slice(0, 4)}_${from.slice(5, 7)}`, from, to: first(year, month + index) }
  })
}

const AHEAD = 3

/** Makes the partitions of this month and the next ones where they are missing; processes that start together wait for one another. Within a transaction. */
export async function makePartitions(db: Database, now: Date): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('audit.partitions'))`.execute(db)
  for (const { name, from, to } of months(now, AHEAD)) {
    await sql`create table if not exists ${sql.table(name)} partition of audit_entry
      for values from (${sql.lit(`${from} 00:00+08`)}) to (${sql.lit(`${to} 00:00+08`)})`.execute(db)
  }
}
