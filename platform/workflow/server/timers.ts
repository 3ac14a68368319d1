import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Actor } from '#kit/context.ts'
import { Identity } from '#platform/identity/contract.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { commandCase } from './run.ts'

const BATCH = 50
/** Unless told: ten attempts take seventeen hours. */
const USUAL_ATTEMPTS = 10

/** Until it is tried again: a minute, then twice as long each time, at most a day. Before `failedOnce` counts. */
export const PAUSE = sql`interval '1 minute' * least(power(2, attempts), 1440)`

/** One attempt more; after the last one it waits for the administrator. */
export const failedOnce = ({ workflow }: Runtime): RawBuilder<unknown> => sql`attempts = attempts + 1, dead = attempts + 1 >= ${workflow?.attempts ?? USUAL_ATTEMPTS}`

interface DueTimer {
  readonly case_id: string
  readonly id: string
  /** In whose post a call is made again. */
  readonly post: string | null
}

/** Running cases with a timer that is due, one row a case: a case's timers fire one after another under its lock. */
async function dueTimers(runtime: Runtime): Promise<readonly DueTimer[]> {
  const { rows } = await sql<DueTimer>`
    select distinct on (t.case_id) t.case_id, t.id, t.data->>'post' as post from workflow_timer t join workflow_case c on c.id = t.case_id
    where t.at <= ${runtime.clock()} and not t.dead and c.status = 'running' order by t.case_id, t.at limit ${BATCH}`.execute(runtime.db)
  return rows
}

/** A timer that fails is tried again later, as often as set (WORKFLOW_ATTEMPTS), and then waits for the administrator. */
async function postpone(runtime: Runtime, caseId: string, id: string, error: unknown): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error)
  runtime.log.error({ err: error, caseId, timer: id }, 'workflow timer failed')
  await sql`update workflow_timer set ${failedOnce(runtime)}, error = ${reason}, at = ${runtime.clock()}::timestamptz + ${PAUSE} where case_id = ${caseId} and id = ${id}`.execute(runtime.db)
}

/** Whoever has left since sets nothing off any more; the call is then the system's. */
const actorOfPost = (runtime: Runtime, post: string): Promise<Actor | null> => runtime.query(null, async (ctx) => (await ctx.use(Identity).actorInPost(post)) ?? null)

/** Fires every timer that is due; answers how many did. Two processes may do it at once: the case's lock and the core's check keep each to one firing. */
export async function fireTimers(runtime: Runtime): Promise<number> {
  let fired = 0
  for (let due = await dueTimers(runtime); due.length > 0; due = await dueTimers(runtime)) {
    for (const { case_id: caseId, id, post } of due) {
      try {
        await runtime.command(post === null ? null : await actorOfPost(runtime, post), (ctx) => commandCase(ctx, caseId, () => ({ kind: 'timer', timer: Number(id) })))
        fired += 1
      } catch (error) {
        await postpone(runtime, caseId, id, error)
      }
    }
  }
  return fired
}

/** Timers that failed too often and wait for the administrator: a number for `/metrics`. */
export async function deadTimers(runtime: Runtime): Promise<number> {
  const { rows } = await sql<{ n: number }>`select ((select count(*) from workflow_timer where dead) + (select count(*) from workflow_start where dead))::int as n`.execute(runtime.db)
  return rows[0]?.n ?? 0
}
