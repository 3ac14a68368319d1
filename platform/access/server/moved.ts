import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import type { UnitMoved } from '#platform/org/contract.ts'
import { registryOf } from '#platform/registry/server/of.ts'
import { ownerPrincipals } from '../principals.ts'

/** Gives every record of a unit the owner's side that follows from the unit's present place. */
async function refresh(ctx: ServerContext, entity: string, unitId: string): Promise<void> {
  const db = ctx.db()
  const principals = ownerPrincipals(await ctx.use(Org).lineage(unitId))
  await sql`
    insert into access_visibility (entity, principal, sort_time, object_id)
    select v.entity, p, v.sort_time, v.object_id from access_visibility v, unnest(${principals}::text[]) p
    where v.entity = ${entity} and v.principal = ${`u:${unitId}`} on conflict do nothing`.execute(db)
}

/** Takes away what records of the moved units had from the units above them; what they keep is written anew. */
async function forget(ctx: ServerContext, entity: string, unitIds: readonly string[]): Promise<readonly string[]> {
  const db = ctx.db()
  const owners = unitIds.map((id) => `u:${id}`)
  const { rows } = await sql<{ principal: string }>`
    with moved as (select object_id from access_visibility where entity = ${entity} and principal = any(${owners}::text[])),
    gone as (
      delete from access_visibility v using moved where v.object_id = moved.object_id and left(v.principal, 2) in ('b:', 'o:')
    ) select distinct v.principal from access_visibility v join moved on moved.object_id = v.object_id where left(v.principal, 2) = 'u:'`.execute(db)
  return rows.map(({ principal }) => principal.slice(2))
}

/** Records follow their units when these move: the former superiors see them no longer, the new ones do. */
export async function followMoved(ctx: ServerContext, data: unknown): Promise<void> {
  const { unitIds } = data as UnitMoved
  const entities = registryOf(ctx).modules.flatMap(({ definition }) => definition.entities.map((entity) => entity.name))
  for (const entity of entities) {
    for (const unitId of await forget(ctx, entity, unitIds)) await refresh(ctx, entity, unitId)
  }
}
