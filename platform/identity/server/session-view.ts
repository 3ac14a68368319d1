import { sql } from 'kysely'
import type { SessionWire } from '#kit/wire/session.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Access } from '#platform/access/contract.ts'
import { Org } from '#platform/org/contract.ts'
import type { PersonHit } from '#platform/org/contract.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'

const view = ({ id, title, unitName, organisationName, main }: PersonHit) => ({ postId: id, title, unitName, organisationName, main })

/** Who is signed in, acting as what, allowed to do what. */
export async function sessionWireOf(ctx: ServerContext): Promise<SessionWire> {
  const actor = actorOf(ctx)
  const posts = await ctx.use(Org).posts(actor.personId)
  const acting = posts.find(({ id }) => id === actor.postId) ?? ctx.fail('identity.no-post')
  const { rows } = await sql<{ login: string; preferences: Record<string, unknown> }>`
    select login, preferences from identity_account where id = ${actor.accountId}`.execute(ctx.db())
  return {
    person: { id: actor.personId, name: actor.name, login: rows[0]?.login ?? '' },
    post: { ...view(acting), unitId: acting.unitId, organisationId: acting.organisationId },
    posts: posts.map(view),
    roles: [...actor.roles],
    permissions: await ctx.use(Access).permissions(),
    preferences: rows[0]?.preferences ?? {},
  }
}
