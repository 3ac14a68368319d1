import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'

/** Data of the event `workflow.thrown`: a case threw a message or signal; names null: one without a name. */
export interface Thrown {
  readonly caseId: string
  readonly event: 'message' | 'signal'
  readonly name: string | null
}

/** Running cases that wait for it, the longest waiting first; the case that threw it has had its signal already. */
export async function waitingFor(ctx: ServerContext, { caseId, event, name }: Thrown): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct c.id, c.started_at from workflow_live l join workflow_case c on c.id = l.case_id
    where l.kind = 'subscriptions' and l.data->'event'->>'type' = ${event} and l.data->'event'->>'name' is not distinct from ${name}
      and l.data->>'kind' <> 'compensate' and c.status = 'running' and c.id <> ${caseId} order by c.started_at, c.id`.execute(ctx.db())
  return rows.map(({ id }) => id)
}
