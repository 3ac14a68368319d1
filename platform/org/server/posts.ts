import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { PersonHit } from '../contract.ts'
import { DISPLAY_ORDER, FROM_POST, POST, postOf, todayOf, validOn } from './rows.ts'
import type { PostRow } from './rows.ts'

/** Posts valid today; `rest` starts after a `where`. */
export async function selectPosts(ctx: ServerContext, rest: RawBuilder<unknown>): Promise<PersonHit[]> {
  const { rows } = await sql<PostRow>`select ${POST} from ${FROM_POST} where ${validOn(todayOf(ctx))} and ${rest}`.execute(ctx.db())
  return rows.map(postOf)
}

export const posts = (ctx: ServerContext, personId: string): Promise<PersonHit[]> =>
  selectPosts(ctx, sql`p.person_id = ${personId} order by p.main desc, ${DISPLAY_ORDER}`)

export const post = async (ctx: ServerContext, postId: string): Promise<PersonHit | undefined> => (await selectPosts(ctx, sql`p.id = ${postId}`))[0]

export async function postsById(ctx: ServerContext, postIds: readonly string[]): Promise<ReadonlyMap<string, PersonHit>> {
  if (postIds.length === 0) return new Map()
  const found = await selectPosts(ctx, sql`p.id = any(${postIds}::uuid[])`)
  return new Map(found.map((one) => [one.id, one]))
}

export async function mainPosts(ctx: ServerContext, personIds: readonly string[]): Promise<ReadonlyMap<string, PersonHit>> {
  if (personIds.length === 0) return new Map()
  const found = await selectPosts(ctx, sql`p.person_id = any(${personIds}::uuid[]) order by p.main desc, ${DISPLAY_ORDER}`)
  return new Map(found.toReversed().map((one) => [one.personId, one]))
}

/** Units at or below one. */
const below = (unitId: string): RawBuilder<unknown> => sql`(select descendant_id from org_unit_closure where ancestor_id = ${unitId})`

export function members(ctx: ServerContext, unitId: string, withBelow: boolean, limit = 2_000): Promise<PersonHit[]> {
  const where = withBelow ? sql`p.unit_id in ${below(unitId)}` : sql`p.unit_id = ${unitId}`
  return selectPosts(ctx, sql`${where} order by ${DISPLAY_ORDER} limit ${limit}`)
}

export const staff = (ctx: ServerContext, organisationId: string): Promise<PersonHit[]> =>
  selectPosts(ctx, sql`p.main and u.organisation_id = ${organisationId} order by ${DISPLAY_ORDER}`)

/** A role given for all posts counts for one of them, so that nobody is found twice: one within the unit of the role, the main post if possible. */
export function holders(ctx: ServerContext, role: string, unitId: string, withBelow: boolean): Promise<PersonHit[]> {
  const units = withBelow ? sql`g.unit_id in ${below(unitId)}` : sql`g.unit_id = ${unitId}`
  const today = todayOf(ctx)
  return selectPosts(ctx, sql`p.id in (
      select distinct on (g.id) q.id from org_role_grant g join org_post q on q.person_id = g.person_id and (g.post_id is null or q.id = g.post_id)
      left join org_unit_closure c on c.ancestor_id = g.unit_id and c.descendant_id = q.unit_id
      where g.role = ${role} and ${units} and (g.valid_to is null or g.valid_to >= ${today}::date) and q.valid_from <= ${today}::date and (q.valid_to is null or q.valid_to >= ${today}::date)
      order by g.id, c.depth is null, q.main desc, q.id
    ) order by ${DISPLAY_ORDER}`)
}

export const overseers = (ctx: ServerContext, unitId: string, relation: '分管' | '联系'): Promise<PersonHit[]> =>
  selectPosts(ctx, sql`exists (select from org_oversight v where v.person_id = p.person_id and p.main and v.unit_id = ${unitId} and v.relation = ${relation}) order by ${DISPLAY_ORDER}`)
