import { sql } from 'kysely'
import type { Actor } from '#kit/context.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Identity } from '#platform/identity/contract.ts'
import { Records } from '#platform/records/contract.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import type { EventSpec, Starter } from '../../core/ir.ts'
import { postOfStarter } from './register.ts'

/** A row of `workflow_start`. */
export interface StartRow {
  readonly entity: string
  readonly node: string
  readonly event: EventSpec
  readonly initiator: Starter
  /** Values of the new record. */
  readonly data: Readonly<Record<string, unknown>>
  readonly at: Date | null
  readonly fired: number
}

export async function readStart(ctx: ServerContext, entity: string, node: string): Promise<StartRow | undefined> {
  return (await sql<StartRow>`select entity, node, event, initiator, data, at, fired from workflow_start where entity = ${entity} and node = ${node}`.execute(ctx.db())).rows[0]
}

/** As whom cases of a start event begin, with the roles as they are now; 422 `workflow.start.nobody` when nobody is there any more. */
export const starterOf = (runtime: Runtime, { node, initiator }: StartRow): Promise<Actor> => runtime.query(null, async (ctx) => {
  const post = await postOfStarter(ctx, initiator)
  return (post === undefined ? null : await ctx.use(Identity).actorInPost(post.id)) ?? ctx.fail('workflow.start.nobody', { node })
})

/** The field by whose value a message finds its case takes that value. */
const valuesOf = ({ event, data }: StartRow, key: string | null): StartRow['data'] => ('key' in event && event.key !== undefined && key !== null ? { ...data, [event.key]: key } : data)

/** Hands a new record in as the actor and starts its case at the event; false: this occurrence has started one already. */
export async function begin(ctx: ServerContext, row: StartRow, occurrence: string, key: string | null): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into workflow_started (entity, node, occurrence, at) values (${row.entity}, ${row.node}, ${occurrence}, ${ctx.now}) on conflict do nothing`.execute(ctx.db())
  if (numAffectedRows !== 1n) return false
  const record = await ctx.use(Records).handIn(row.entity, valuesOf(row, key), { at: row.node })
  await sql`update workflow_started set record_id = ${record.id} where entity = ${row.entity} and node = ${row.node} and occurrence = ${occurrence}`.execute(ctx.db())
  return true
}
