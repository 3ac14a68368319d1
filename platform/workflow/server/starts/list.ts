import { sql } from 'kysely'
import type { ModelStartWire } from '#kit/wire/flow-model.ts'
import { Audit } from '#platform/audit/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { publishedIr } from '../models/published.ts'
import type { StartRow } from './begin.ts'

type Row = Pick<StartRow, 'node' | 'at' | 'fired'> & { readonly kind: ModelStartWire['kind']; readonly dead: boolean; readonly error: string | null }

/** What starts cases of a model by itself: when next, and what keeps it from doing so. */
export async function startsOf(ctx: ServerContext, entity: string): Promise<ModelStartWire[]> {
  const { rows } = await sql<Row>`select node, event->>'type' as kind, at, fired, dead, error from workflow_start where entity = ${entity} order by node`.execute(ctx.db())
  const { nodes } = await publishedIr(ctx, entity)
  return rows.map(({ node, kind, at, fired, dead, error }) => ({ node, name: nodes[node]?.name ?? node, kind, next: at?.toISOString() ?? null, fired, dead, error }))
}

/** Puts a start that failed too often back in the queue; it is made with the next minute. */
export async function retryStart(ctx: ServerContext, entity: string, node: string): Promise<void> {
  const { numAffectedRows } = await sql`update workflow_start set attempts = 0, dead = false, error = null, retry_at = ${ctx.now} where entity = ${entity} and node = ${node} and dead`.execute(ctx.db())
  if (numAffectedRows !== 1n) ctx.fail('workflow.timer.unknown')
  await ctx.use(Audit).record({ action: 'workflow.retry-start', object: { type: 'workflow-model', id: entity }, difference: { node } })
}
