import { sql } from 'kysely'
import type { Actor } from '#kit/context.ts'
import type { SessionWire } from '#kit/wire/session.ts'
import { Access } from '#platform/access/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import type { Post } from '#platform/org/contract.ts'

interface Preferences {
  readonly login: string
  readonly preferences: Record<string, unknown>
}

async function accountOf(ctx: ServerContext, accountId: string): Promise<Preferences> {
  const { rows } = await sql<Preferences>`select login, preferences from identity_account where id = ${accountId}`.execute(ctx.db())
  return rows[0] ?? ctx.fail('identity.account.missing')
}

/** Who is signed in, acting as what, with which rights. */
export async function sessionView(ctx: ServerContext, actor: Actor): Promise<SessionWire> {
  const org = ctx.use(Org)
  const [{ login, preferences }, posts, permissions] = await Promise.all([accountOf(ctx, actor.accountId), org.posts(actor.personId), ctx.use(Access).permissions()])
  const organisations = await org.names(posts.map(({ organisationId }) => organisationId))
  const view = (post: Post) => ({ postId: post.id, title: post.title, unitName: post.unitName, organisationName: organisations[post.organisationId] ?? '', main: post.main })
  const acting = posts.find(({ id }) => id === actor.postId) ?? ctx.fail('identity.no-post')
  return {
    person: { id: actor.personId, name: actor.name, login },
    post: { ...view(acting), unitId: actor.unitId, organisationId: actor.organisationId },
    posts: posts.map(view), roles: [...actor.roles], permissions: { ...permissions }, preferences,
  }
}

const LARGEST_PREFERENCES = 64 * 1024

/** Merges preferences key by key; null removes a key. */
export async function mergePreferences(ctx: ServerContext, actor: Actor, changes: Readonly<Record<string, unknown>>): Promise<Record<string, unknown>> {
  const { preferences } = await accountOf(ctx, actor.accountId)
  const merged = Object.fromEntries(Object.entries({ ...preferences, ...changes }).filter(([, value]) => value !== null))
  const text = JSON.stringify(merged)
  if (text.length > LARGEST_PREFERENCES) ctx.fail('identity.preferences.large')
  await sql`update identity_account set preferences = ${text}::jsonb where id = ${actor.accountId}`.execute(ctx.db())
  return merged
}
