import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'

/** Data of the event `workflow.thrown`: a case threw a message or signal; names null: one without a name. */
export interface Thrown {
  /** This one occurrence. */
  readonly id: string
  readonly caseId: string
  readonly event: 'message' | 'signal'
  readonly name: string | null
  /** Value of the field the throwing event names; null: it names none. */
  readonly key: string | null
}

/**
 * Running cases that wait for it: first those that wait for this very key, then those that wait for any, of each the longest running first. The case that
 * threw it (null: it came from outside) has had its signal already. `among`: a condition on `workflow_case c`.
 */
export async function waitingFor(
  ctx: ServerContext, { caseId, event, name, key }: Omit<Thrown, 'id' | 'caseId'> & { readonly caseId: string | null }, among: RawBuilder<boolean> = sql`true`,
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select c.id, bool_or(l.data->>'correlation' is not null) as meant from workflow_live l join workflow_case c on c.id = l.case_id
    where l.kind = 'subscriptions' and l.data->'event'->>'type' = ${event} and l.data->'event'->>'name' is not distinct from ${name}
      and l.data->>'kind' <> 'compensate' and c.status = 'running' and c.id is distinct from ${caseId}::uuid and ${among}
      and (l.data->>'correlation' is null or (l.data->>'correlation' <> '' and l.data->>'correlation' = ${key}))
    group by c.id, c.started_at order by 2 desc, c.started_at, c.id`.execute(ctx.db())
  return rows.map(({ id }) => id)
}
