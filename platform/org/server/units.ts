import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Unit } from '../contract.ts'
import { UNIT, unitOf } from './rows.ts'
import type { UnitRow } from './rows.ts'
import { queryWords } from './search-keys.ts'

async function units(ctx: ServerContext, rest: RawBuilder<unknown>): Promise<Unit[]> {
  const { rows } = await sql<UnitRow>`select ${UNIT} from org_unit u ${rest}`.execute(ctx.db())
  return rows.map(unitOf)
}

export const unit = async (ctx: ServerContext, id: string): Promise<Unit | undefined> => (await units(ctx, sql`where u.id = ${id}`))[0]

export const requireUnit = async (ctx: ServerContext, id: string): Promise<Unit> => (await unit(ctx, id)) ?? ctx.fail('org.unit.missing')

export const lineage = (ctx: ServerContext, unitId: string): Promise<Unit[]> =>
  units(ctx, sql`join org_unit_closure c on c.ancestor_id = u.id where c.descendant_id = ${unitId} order by c.depth`)

export function children(ctx: ServerContext, parentId: string | null, organisationsOnly = false): Promise<Unit[]> {
  const only = organisationsOnly ? sql`and u.is_organisation` : sql``
  return units(ctx, sql`where u.parent_id is not distinct from ${parentId} and u.valid_to is null ${only} order by u.sort_path, u.id`)
}

export const organisations = (ctx: ServerContext): Promise<Unit[]> => units(ctx, sql`where u.is_organisation and u.valid_to is null order by u.sort_path, u.id`)

/** Ids among these that have units below them. */
export async function withChildren(ctx: ServerContext, ids: readonly string[], organisationsOnly = false): Promise<ReadonlySet<string>> {
  const only = organisationsOnly ? sql`and is_organisation` : sql``
  const { rows } = await sql<{ parent_id: string }>`
    select distinct parent_id from org_unit where parent_id = any(${ids}::uuid[]) and valid_to is null ${only}`.execute(ctx.db())
  return new Set(rows.map((row) => row.parent_id))
}

/** Keys that begin with a word, as a range of the index. */
export const startsWith = (word: string): RawBuilder<boolean> => sql<boolean>`(k.key >= ${word} and k.key < ${`${word}\u{10FFFF}`})`

/** Every word must be found in the unit's own name or in that of a unit above it; a match in its own name comes first. */
export async function searchUnits(ctx: ServerContext, query: string, organisationsOnly: boolean, limit: number): Promise<Unit[]> {
  const words = queryWords(query)
  if (words.length === 0) return []
  const only = organisationsOnly ? sql`and u.is_organisation` : sql``
  const found = (word: string): RawBuilder<unknown> => sql`
    select c.descendant_id as unit_id, min(k.weight + c.depth * 10) as weight
    from org_unit_key k join org_unit_closure c on c.ancestor_id = k.unit_id and (c.depth = 0 or ${words.length > 1})
    where ${startsWith(word)} group by c.descendant_id`
  const every = sql.join(words.map((word) => sql`(${found(word)})`), sql` union all `)
  return units(ctx, sql`
    join (select unit_id, sum(weight) as weight, min(weight) as nearest, count(*) as words from (${every}) h group by unit_id) f on f.unit_id = u.id
    where f.words = ${words.length} and f.nearest < 10 and u.valid_to is null ${only}
    order by f.weight, u.is_organisation desc, u.sort_path, u.id limit ${limit}`)
}
