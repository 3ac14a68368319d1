import type { Actor } from '#kit/context.ts'
import { Access } from '#platform/access/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import { sql } from 'kysely'
import { findSession } from './sessions.ts'
import { remember } from './state.ts'
import type { IdentityState } from './state.ts'

interface Of {
  readonly accountId: string
  readonly sessionId: string
}

/** A person in one of her posts, with the roles that hold there; null when the post is over. */
export async function buildActor(ctx: ServerContext, postId: string, { accountId, sessionId }: Of): Promise<Actor | null> {
  const org = ctx.use(Org)
  const post = await org.post(postId)
  if (post === undefined) return null
  const [unit, organisation, grants] = await Promise.all([org.unit(post.unitId), org.unit(post.organisationId), org.grants(postId)])
  return {
    accountId, sessionId, personId: post.personId, name: post.personName, postId, unitId: post.unitId, unitName: unit?.name ?? '', organisationId: post.organisationId,
    organisationName: organisation?.name ?? '', roles: [...new Set(['everyone', ...grants.map(({ role }) => role)])],
  }
}

/** The actor behind a token; her rights are kept with the same object until any post or role changes. */
export async function actorOfToken(ctx: ServerContext, state: IdentityState, token: string): Promise<Actor | null> {
  const session = await findSession(ctx, state.settings, token)
  if (session === undefined) return null
  const known = state.known.get(session.id)
  if (known !== undefined && known.rights === session.rights && known.postId === session.post_id) return known.actor
  const actor = await buildActor(ctx, session.post_id, { accountId: session.account_id, sessionId: session.id })
  if (actor === null) return null
  await ctx.use(Access).prepare(actor)
  remember(state, session.id, { rights: session.rights, postId: session.post_id, actor })
  return actor
}

/** The person of a post without a session: for jobs, seeds and tests. */
export async function actorInPost(ctx: ServerContext, postId: string): Promise<Actor | null> {
  const post = await ctx.use(Org).post(postId)
  if (post === undefined) return null
  const { rows } = await sql<{ id: string }>`select id from identity_account where person_id = ${post.personId}`.execute(ctx.db())
  return buildActor(ctx, postId, { accountId: rows[0]?.id ?? post.personId, sessionId: '' })
}

/** Those of these sessions that still live. */
export async function livingSessions(ctx: ServerContext, { settings }: IdentityState, ids: readonly string[]): Promise<string[]> {
  const idle = new Date(ctx.now.getTime() - settings.idleMinutes * 60_000)
  const { rows } = await sql<{ id: string }>`
    select id from identity_session where id = any(${ids}::uuid[]) and expires_at > ${ctx.now} and last_seen_at > ${idle}`.execute(ctx.db())
  return rows.map(({ id }) => id)
}
