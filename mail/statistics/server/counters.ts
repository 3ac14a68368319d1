import { sql } from 'kysely'
import type { Runtime } from '#platform/registry/server/runtime.ts'

/** What is added up as it happens. */
export type Counted = 'door' | 'sign-in' | 'sign-in-failed'

/** How long counts stay in memory; a process that is killed loses no more than these. */
const EVERY_MS = 10_000
const SHANGHAI_MS = 8 * 3_600_000

type Counts = { readonly by: Map<string, number>; timer: NodeJS.Timeout | null }
const waiting = new WeakMap<Runtime, Counts>()

const dayOf = (now: Date): string => new Date(now.getTime() + SHANGHAI_MS).toISOString().slice(0, 10)

/** Counts one more; written down with others a little later, so that nobody waits for it. */
export function count(runtime: Runtime, kind: Counted, key: string): void {
  const counts = waiting.get(runtime) ?? { by: new Map<string, number>(), timer: null }
  waiting.set(runtime, counts)
  const name = `${dayOf(runtime.clock())}\n${kind}\n${key}`
  counts.by.set(name, (counts.by.get(name) ?? 0) + 1)
  counts.timer ??= setTimeout(() => {
    counts.timer = null
    void flushCounts(runtime).catch((error: unknown) => runtime.log.warn({ err: error }, 'counts of mail cannot be written'))
  }, EVERY_MS).unref()
}

/** Writes down what has been counted; when that fails it is kept for the next time. */
export async function flushCounts(runtime: Runtime): Promise<void> {
  const counts = waiting.get(runtime)
  if (counts === undefined || counts.by.size === 0) return
  const taken = [...counts.by]
  counts.by.clear()
  const rows = JSON.stringify(taken.map(([name, n]) => {
    const [day, kind, key] = name.split('\n')
    return { day, kind, key, n }
  }))
  try {
    await sql`insert into mail_day_count as c (day, kind, key, n) select day, kind, key, n from jsonb_to_recordset(${rows}::jsonb) as r(day date, kind text, key text, n bigint) order by 1, 2, 3
      on conflict (day, kind, key) do update set n = c.n + excluded.n`.execute(runtime.db)
  } catch (error) {
    for (const [name, n] of taken) counts.by.set(name, (counts.by.get(name) ?? 0) + n)
    throw error
  }
}

/** Nothing more is counted: what waits is written now. */
export async function closeCounts(runtime: Runtime): Promise<void> {
  clearTimeout(waiting.get(runtime)?.timer ?? undefined)
  await flushCounts(runtime)
  waiting.delete(runtime)
}
