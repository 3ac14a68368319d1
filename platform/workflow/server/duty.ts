import { sql } from 'kysely'
import { shanghaiDate } from '#base/civil-date.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import type { Post } from '#platform/org/contract.ts'

/** Whoever is on duty (值班) today in an organisation, in the order of the list. */
export async function onDuty(ctx: ServerContext, organisationId: string): Promise<readonly Post[]> {
  const { rows } = await sql<{ person_id: string }>`
    select person_id from workflow_duty where organisation_id = ${organisationId} and day = ${shanghaiDate(ctx.now)}::date order by sort, person_id`.execute(ctx.db())
  const posts = await ctx.use(Org).mainPosts(rows.map((row) => row.person_id))
  return rows.flatMap((row) => posts.get(row.person_id) ?? [])
}
