import { sql } from 'kysely'
import { z } from 'zod'
import type { ServerContext } from '#platform/db/server/context.ts'
import { runtimeOf } from '#platform/registry/server/of.ts'
import { begin, readStart, starterOf } from './begin.ts'

/** A message or signal has started a case of a model: one delivery for each start event, with the outbox's attempts and dead letters. */
export const STARTED_BY_EVENT = 'workflow.start'

const occurred = z.object({ entity: z.string(), node: z.string(), occurrence: z.string(), key: z.string().nullable() })
type Occurred = z.infer<typeof occurred>

/** Start events that a message or signal of this name brings about, a message one, a signal all; answers how many. */
export async function emitStarts(ctx: ServerContext, { event, name, key, id }: { readonly event: 'message' | 'signal'; readonly name: string | null; readonly key: string | null; readonly id: string }): Promise<number> {
  const { rows } = await sql<{ entity: string; node: string }>`
    select entity, node from workflow_start where event->>'type' = ${event} and event->>'name' = ${name} order by entity, node limit ${event === 'message' ? 1 : 100}`.execute(ctx.db())
  for (const { entity, node } of rows) ctx.emit({ type: STARTED_BY_EVENT, data: { entity, node, occurrence: event === 'message' && key !== null && key !== '' ? `key ${key}` : id, key } satisfies Occurred, key: `${entity}:${node}` })
  return rows.length
}

/** Starts the case of an event that has occurred, once, however often it is delivered. A start event that is no longer published starts nothing. */
export async function startByEvent(ctx: ServerContext, data: unknown): Promise<void> {
  const { entity, node, occurrence, key } = occurred.parse(data)
  const runtime = runtimeOf(ctx)
  const row = await readStart(ctx, entity, node)
  if (row === undefined) return
  const started = await runtime.command(await starterOf(runtime, row), (own) => begin(own, row, occurrence, key), ctx.source)
  if (!started) ctx.log.info({ entity, node, occurrence }, 'this event has started a case already')
}
