import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Failure } from '#kit/failure.ts'
import { Audit } from '#platform/audit/contract.ts'
import type { Runtime, Source } from '#platform/registry/server/runtime.ts'
import { weakness } from '../password-rules.ts'
import { account, expiry, storePassword, usedHashes } from './accounts.ts'
import type { Account } from './accounts.ts'
import { actingPost, actorInPost } from './actors.ts'
import { endAllSessions } from './sessions.ts'
import { verifyPassword, welcome } from './sign-in.ts'
import { stateOf } from './state.ts'

async function loginOf(ctx: ServerContext, accountId: string): Promise<string> {
  return (await account(ctx, accountId)).login
}

/** Whose password is to change: the one signed in, or, when it has expired, whoever knows it. */
export interface Change {
  readonly login: string | undefined
  readonly old: string
  readonly new: string
}

async function checkNew(ctx: ServerContext, of: Account, password: string): Promise<void> {
  const { settings: { password: rules }, passwords } = stateOf(ctx)
  const { rows } = await sql<{ alias: string }>`select alias from identity_login_alias where account_id = ${of.id}`.execute(ctx.db())
  const post = await actingPost(ctx, of.person_id, null)
  const problem = weakness(rules, password, [of.login, ...rows.map(({ alias }) => alias), ...(post?.phone ? [post.phone] : [])])
  if (problem !== null) ctx.fail('identity.password.weak', { problem })
  for (const hash of await usedHashes(ctx, of, rules.history)) {
    if (await passwords.fits(hash, password)) ctx.fail('identity.password.used', { history: rules.history })
  }
}

/** Wrong old passwords count like failed sign-ins; afterwards only the session that asked goes on. */
export async function changePassword(runtime: Runtime, outer: ServerContext, change: Change, source: Source): Promise<{ ended: number }> {
  const { actor } = outer
  const login = actor === null ? change.login : await loginOf(outer, actor.accountId)
  if (login === undefined) throw new Failure('identity.signed-out')
  const { accounts, attempt } = await verifyPassword(runtime, { login, password: change.old, choose: actor === null ? undefined : login }, source)
  const [of] = accounts
  if (of === undefined || accounts.length > 1) throw new Failure('identity.wrong')
  if (of.state !== 'active') throw new Failure('identity.disabled')
  await runtime.query(actor, (ctx) => checkNew(ctx, of, change.new), source)
  const { passwords, settings } = stateOf(outer)
  const hash = await passwords.hash(change.new)
  return runtime.command(actor, async (ctx) => {
    await storePassword(ctx, of.id, hash, expiry(ctx.now, settings.password.maxAgeDays))
    await welcome(ctx, of, attempt)
    const ended = await endAllSessions(ctx, settings, of.id, actor?.sessionId)
    const post = await actingPost(ctx, of.person_id, of.last_post_id)
    const by = actor ?? (post === undefined ? null : await actorInPost(ctx, post.id))
    await ctx.use(Audit).record({ action: 'identity.change-password', object: { type: 'account', id: of.id, title: of.login }, ...(by !== null && { by }) })
    return { ended }
  }, source)
}
