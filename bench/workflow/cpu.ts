/** CPU time, which says more than wall-clock time on a machine that does other work, too. */
import { existsSync, readFileSync } from 'node:fs'
import { sql } from 'kysely'
import type { Database } from '#platform/db/server/database.ts'

/** The kernel counts in hundredths of a second. */
const TICK_MS = 10

/** Milliseconds of this process and of all processes of the database; the latter only on Linux and on this machine. */
async function spent(db: Database): Promise<{ node: number; postgres: number }> {
  const { user, system } = process.cpuUsage()
  const { rows } = await sql<{ pid: number }>`select pid from pg_stat_activity`.execute(db)
  const ticks = rows.map(({ pid }) => {
    const file = `/proc/${pid}/stat`
    const fields = existsSync(file) ? readFileSync(file, 'utf8').split(') ')[1]?.split(' ') : undefined
    return Number(fields?.[11] ?? 0) + Number(fields?.[12] ?? 0)
  })
  return { node: (user + system) / 1000, postgres: ticks.reduce((sum, one) => sum + one, 0) * TICK_MS }
}

/** What `work` costs, divided by `count`. */
export async function cpuOf(db: Database, count: number, work: () => Promise<void>): Promise<{ 'CPU ms, Node': number; 'CPU ms, PostgreSQL': number }> {
  const before = await spent(db)
  await work()
  const after = await spent(db)
  const each = (key: 'node' | 'postgres'): number => Number(((after[key] - before[key]) / count).toFixed(2))
  return { 'CPU ms, Node': each('node'), 'CPU ms, PostgreSQL': each('postgres') }
}
