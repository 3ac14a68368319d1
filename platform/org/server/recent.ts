import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import type { PersonHit } from '../contract.ts'
import { selectPosts } from './posts.ts'

const KEPT = 20

export async function chosen(ctx: ServerContext, postIds: readonly string[]): Promise<void> {
  const { personId } = actorOf(ctx)
  await sql`
    insert into org_recent (person_id, post_id, at) select ${personId}, id, ${ctx.now} from org_post where id = any(${postIds}::uuid[])
    on conflict (person_id, post_id) do update set at = excluded.at`.execute(ctx.db())
}

export function recent(ctx: ServerContext): Promise<PersonHit[]> {
  const { personId } = actorOf(ctx)
  return selectPosts(ctx, sql`p.id in (select post_id from org_recent where person_id = ${personId})
    order by (select at from org_recent r where r.person_id = ${personId} and r.post_id = p.id) desc, p.id limit ${KEPT}`)
}
