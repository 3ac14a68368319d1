import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { runtimeOf } from '#platform/registry/server/of.ts'
import { commandCase } from '../run.ts'

/** Event: a delegation was made, changed or revoked. */
export const DELEGATION_CHANGED = 'workflow.delegation'

interface Due {
  readonly id: string
  readonly principal_id: string
  readonly delegate_id: string
  readonly over: boolean
}

/** Delegations whose beginning or end has come and that running work has not followed yet. */
async function dueDelegations(runtime: Runtime): Promise<readonly Due[]> {
  const now = runtime.clock()
  const { rows } = await sql<Due>`
    select id, principal_id, delegate_id, least(revoked_at, ends_at) <= ${now} as over from workflow_delegation
    where (followed = 'none' and starts_at <= ${now}) or (followed <> 'over' and least(revoked_at, ends_at) <= ${now}) order by starts_at, id limit 500`.execute(runtime.db)
  return rows
}

/** Cases with an open part that one of these people holds, or that is held for one of them. */
async function casesWith(runtime: Runtime, people: readonly string[]): Promise<readonly string[]> {
  const live = sql`a.status in ('open', 'waiting', 'standby', 'away') and c.status in ('running', 'suspended')`
  const { rows } = await sql<{ id: string }>`
    select c.id from workflow_actor a join workflow_case c on c.id = a.case_id where a.person_id = any(${people}::uuid[]) and ${live}
    union select c.id from workflow_actor a join workflow_case c on c.id = a.case_id where (a.data->'onBehalfOf'->>'person') = any(${people}::text[]) and ${live} order by id`.execute(runtime.db)
  return rows.map(({ id }) => id)
}

/**
 * Lets open work follow the delegations that have begun or ended, each case in a transaction of its own. One case that fails does not keep the
 * others back; its delegation is followed again with the next run, until it succeeds. Answers how many cases were looked at.
 */
export async function followDelegations(runtime: Runtime): Promise<number> {
  let looked = 0
  for (const { id, principal_id: principal, delegate_id: delegate, over } of await dueDelegations(runtime)) {
    let failed = false
    for (const caseId of await casesWith(runtime, [principal, delegate])) {
      looked += 1
      try {
        await runtime.command(null, (ctx) => commandCase(ctx, caseId, () => ({ kind: 'represent' })))
      } catch (error) {
        failed = true
        runtime.log.error({ err: error, caseId, delegation: id }, 'a case could not follow a delegation')
      }
    }
    if (!failed) await sql`update workflow_delegation set followed = ${over ? 'over' : 'begun'} where id = ${id}`.execute(runtime.db)
  }
  return looked
}

/** Listener of the event: at once, not only with the next minute. */
export async function followChange(ctx: ServerContext): Promise<void> {
  await followDelegations(runtimeOf(ctx))
}
