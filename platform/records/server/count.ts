import { sql } from 'kysely'
import { Access } from '#platform/access/contract.ts'
import { scopedCount } from '#platform/access/server/scoped.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { hiddenCases } from './hidden.ts'
import { whereOf } from './query.ts'
import type { ListInput } from './query.ts'
import { entityOf, viewPermission } from './table.ts'

const CAP = 1000

/** How many records a list holds; beyond 1,000 only that there are more. */
export async function countRecords(ctx: ServerContext, name: string, input: ListInput): Promise<{ count: number; more: boolean }> {
  const found = entityOf(ctx, name)
  const principals = await ctx.use(Access).readPrincipals(viewPermission(found))
  const where = sql`${whereOf(ctx, { entity: found.entity, hidden: await hiddenCases(ctx, found) }, input)}`
  const count = await scopedCount(ctx.db(), { entity: name, principals, table: name, where }, CAP + 1)
  return { count: Math.min(count, CAP), more: count > CAP }
}
