import { sql } from 'kysely'
import type { Expression, SqlBool } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Workflow } from '#platform/workflow/contract.ts'
import { hideable } from './rights.ts'
import type { Found } from './table.ts'

/** Field → cases whose step hides it from the actor. */
export type HiddenCases = ReadonlyMap<string, readonly string[]>

/** Where the actor must not learn a field's value, neither by looking nor by asking for it in a filter or an order. */
export async function hiddenCases(ctx: ServerContext, found: Found): Promise<HiddenCases> {
  if (hideable(found).length === 0) return new Map()
  const pairs = [...(await ctx.use(Workflow).hiddenIn(found.entity.name))].flatMap(([caseId, keys]) => keys.map((key) => [key, caseId] as const))
  const byField = Map.groupBy(pairs, ([key]) => key)
  return new Map([...byField].map(([key, of]) => [key, of.map(([, caseId]) => caseId)]))
}

/** Whether a row of the record's table `r` shows a field to the actor; undefined when all rows do. */
export function shown(hidden: HiddenCases, key: string): Expression<SqlBool> | undefined {
  const cases = hidden.get(key)
  return cases === undefined ? undefined : sql`(r.case_id is null or r.case_id <> all(${[...cases]}::uuid[]))`
}
