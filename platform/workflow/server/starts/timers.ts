import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { coreCalendar } from '../calendar.ts'
import { failedOnce, PAUSE } from '../timers.ts'
import { begin, starterOf } from './begin.ts'
import type { StartRow } from './begin.ts'
import { nextTime } from './times.ts'

const BATCH = 50

async function dueStarts(runtime: Runtime): Promise<readonly StartRow[]> {
  const { rows } = await sql<StartRow>`
    select entity, node, event, initiator, data, at, fired from workflow_start
    where at is not null and not dead and coalesce(retry_at, at) <= ${runtime.clock()} order by coalesce(retry_at, at), entity, node limit ${BATCH}`.execute(runtime.db)
  return rows
}

/** Under the lock of its row, which a process that dies gives back with everything it wrote: false when another one has it or it is no longer due then. */
async function fire(ctx: ServerContext, { entity, node, at }: StartRow): Promise<boolean> {
  const { rows: [row] } = await sql<StartRow & { at: Date }>`
    select entity, node, event, initiator, data, at, fired from workflow_start where entity = ${entity} and node = ${node} and at = ${at} for update skip locked`.execute(ctx.db())
  if (row === undefined || row.event.type !== 'timer' || row.event.at === null) return false
  const started = await begin(ctx, row, row.at.toISOString(), null)
  const fired = row.fired + 1
  const next = nextTime(await coreCalendar(ctx, actorOf(ctx).organisationId), row.event.at, { last: row.at.getTime(), fired, now: ctx.now.getTime() })
  await sql`
    update workflow_start set at = ${next === null ? null : new Date(next)}, fired = ${fired}, attempts = 0, dead = false, retry_at = null, error = null where entity = ${entity} and node = ${node}`.execute(ctx.db())
  return started
}

/** A start that fails is tried again later, as often as set (WORKFLOW_ATTEMPTS), and then waits for the administrator. */
async function postpone(runtime: Runtime, { entity, node, at }: StartRow, error: unknown): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error)
  runtime.log.error({ err: error, entity, node }, 'a case could not be started by its timer')
  await sql`
    update workflow_start set ${failedOnce(runtime)}, error = ${reason.slice(0, 2000)}, retry_at = ${runtime.clock()}::timestamptz + ${PAUSE}
    where entity = ${entity} and node = ${node} and at = ${at}`.execute(runtime.db)
}

/** Starts a case for every timer of a start event that is due; answers how many. Two processes may do it at once. */
export async function fireStarts(runtime: Runtime): Promise<number> {
  let started = 0
  const seen = new Set<string>()
  for (let due = await dueStarts(runtime); due.length > 0; due = (await dueStarts(runtime)).filter((row) => !seen.has(nameOf(row)))) {
    for (const row of due) {
      seen.add(nameOf(row))
      try {
        if (await runtime.command(await starterOf(runtime, row), (ctx) => fire(ctx, row))) started += 1
      } catch (error) {
        await postpone(runtime, row, error)
      }
    }
  }
  return started
}

/** One occurrence: where another process holds it, this one does not ask for it again. */
const nameOf = ({ entity, node, at }: StartRow): string => `${entity} ${node} ${at?.toISOString() ?? ''}`
