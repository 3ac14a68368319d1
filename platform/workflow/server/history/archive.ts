import { sql } from 'kysely'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { putAway } from './rows.ts'

/** Unless told (WORKFLOW_HISTORY_DAYS), so long a case that is over stays where the running ones are: what is done just after the end (唤醒, 撤回) finds it there. */
const USUAL_DAYS = 7
/** So long it is known which occurrence of an event has started a case: a message with the same key starts another one only after that. */
const STARTED_DAYS = 400
const BATCH = 200
/** Most batches of one run; the next one goes on. */
const MOST_BATCHES = 250

const daysBefore = (now: Date, days: number): Date => new Date(now.getTime() - days * 86_400_000)

/** Moves the next cases that have been over for a while; answers how many. Those that are being acted on are left for the next run. */
const nextBatch = (runtime: Runtime, before: Date): Promise<number> => runtime.command(null, async (ctx) => {
  const { rows } = await sql<{ id: string }>`
    select id from workflow_case where ended_at < ${before} and not archived and status not in ('running', 'suspended')
    order by ended_at limit ${BATCH} for update skip locked`.execute(ctx.db())
  if (rows.length > 0) await putAway(ctx.db(), rows.map(({ id }) => id), ctx.now)
  return rows.length
})

/** Keeps the tables of what runs small: each case by itself in the history, in batches of their own transactions; old occurrences are forgotten. */
export async function archiveCases(runtime: Runtime): Promise<number> {
  const now = runtime.clock()
  let moved = 0
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const n = await nextBatch(runtime, daysBefore(now, runtime.workflow?.historyDays ?? USUAL_DAYS))
    moved += n
    if (n < BATCH) break
  }
  await runtime.command(null, async (ctx) => void (await sql`delete from workflow_started where at < ${daysBefore(now, STARTED_DAYS)}`.execute(ctx.db())))
  return moved
}
