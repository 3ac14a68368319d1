import { sql } from 'kysely'
import { shanghaiDate } from '#base/civil-date.ts'
import type { Actor } from '#kit/context.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Access } from '#platform/access/contract.ts'
import { Org } from '#platform/org/contract.ts'
import type { PersonHit } from '#platform/org/contract.ts'
import type { IdentitySettings } from '../settings.ts'
import { findSession } from './sessions.ts'
import type { LiveSession } from './sessions.ts'

/** Actors of live sessions. An entry holds as long as nothing it was made from has changed. */
export type ActorCache = Map<string, { readonly stamp: string; readonly actor: Actor }>

const MOST_CACHED = 20_000

/** The actor in a post, with the roles as they are now. */
export async function makeActor(ctx: ServerContext, accountId: string, sessionId: string, post: PersonHit): Promise<Actor> {
  const grants = await ctx.use(Org).grants(post.id)
  return {
    accountId, sessionId, personId: post.personId, name: post.personName, postId: post.id, unitId: post.unitId, unitName: post.unitName,
    organisationId: post.organisationId, organisationName: post.organisationName, roles: [...new Set(grants.map(({ role }) => role))],
  }
}

/** The post a person acts in: this one while it holds, else her main post. */
export async function actingPost(ctx: ServerContext, personId: string, postId: string | null): Promise<PersonHit | undefined> {
  const posts = await ctx.use(Org).posts(personId)
  return posts.find(({ id }) => id === postId) ?? posts[0]
}

function keep(cache: ActorCache, sessionId: string, stamp: string, actor: Actor): void {
  const oldest = cache.keys().next().value
  if (cache.size >= MOST_CACHED && oldest !== undefined) cache.delete(oldest)
  cache.set(sessionId, { stamp, actor })
}

/** Posts begin and end at midnight, and change with the version of rights. */
const stampOf = (ctx: ServerContext, session: LiveSession): string => `${session.rights} ${session.post_id} ${shanghaiDate(ctx.now)}`

/**
 * The actor behind a token. Besides the session's own query nothing is asked while rights stay as they are; a change of posts or roles is seen by the
 * very next request, on every process.
 */
export async function actorOfToken(ctx: ServerContext, settings: IdentitySettings, cache: ActorCache, token: string): Promise<Actor | null> {
  const session = await findSession(ctx, settings, token)
  if (session === undefined) return null
  const stamp = stampOf(ctx, session)
  const known = cache.get(session.id)
  if (known?.stamp === stamp) return known.actor
  const post = await actingPost(ctx, session.person_id, session.post_id)
  if (post === undefined) return null
  const actor = await makeActor(ctx, session.account_id, session.id, post)
  if (!ctx.inTransaction) {
    await ctx.use(Access).prepare(actor)
    keep(cache, session.id, stamp, actor)
  }
  return actor
}

/** Somebody in a post without a session: for jobs, seeds and tests. */
export async function actorInPost(ctx: ServerContext, postId: string): Promise<Actor | null> {
  const post = await ctx.use(Org).post(postId)
  if (post === undefined) return null
  const { rows } = await sql<{ id: string }>`select id from identity_account where person_id = ${post.personId} and state = 'active'`.execute(ctx.db())
  const accountId = rows[0]?.id
  return accountId === undefined ? null : makeActor(ctx, accountId, '', post)
}
