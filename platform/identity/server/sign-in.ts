import { sql } from 'kysely'
import { Failure } from '#kit/failure.ts'
import { Audit } from '#platform/audit/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import type { Runtime, Source } from '#platform/registry/server/runtime.ts'
import { networkOf } from '../network.ts'
import { candidates, foldLogin } from './accounts.ts'
import type { Account } from './accounts.ts'
import { openSession } from './sessions.ts'
import type { IdentityState } from './state.ts'
import { release, reserve } from './throttle.ts'
import type { Attempt } from './throttle.ts'

export interface Credentials {
  readonly login: string
  readonly password: string
  /** Account chosen from the list of namesakes. */
  readonly choose?: string | undefined
}

export type SignedIn = { readonly token: string } | { readonly choose: readonly { login: string; name: string; unitName: string }[] }

async function attemptOf(ctx: ServerContext, found: readonly Account[], login: string, network: string): Promise<Attempt> {
  const [only] = found.length === 1 ? found : []
  if (only === undefined) return { subject: foldLogin(login), network, known: false }
  const { rows } = await sql`select 1 from identity_network where account_id = ${only.id} and network = ${network}`.execute(ctx.db())
  return { subject: only.id, network, known: rows.length > 0 }
}

/** Accounts among the candidates whose password this is; at least one hash is always worked out, so an unknown name takes as long as a known one. */
async function fitting({ passwords }: IdentityState, found: readonly Account[], password: string): Promise<Account[]> {
  if (found.length === 0) await passwords.fits(null, password)
  const fits = await Promise.all(found.map(({ password_hash }) => passwords.fits(password_hash, password)))
  return found.filter((_, index) => fits[index] === true)
}

async function namesakes(ctx: ServerContext, accounts: readonly Account[]): Promise<SignedIn> {
  const posts = await Promise.all(accounts.map(({ person_id }) => ctx.use(Org).posts(person_id)))
  return { choose: accounts.map(({ login }, index) => ({ login, name: posts[index]?.[0]?.personName ?? login, unitName: posts[index]?.[0]?.unitName ?? '' })) }
}

/** The post to act in: that of the last session while it is valid, else the main one. */
async function startingPost(ctx: ServerContext, { person_id, last_post_id }: Account): Promise<string> {
  const posts = await ctx.use(Org).posts(person_id)
  return (posts.find(({ id }) => id === last_post_id) ?? posts[0] ?? ctx.fail('identity.no-post')).id
}

async function open(ctx: ServerContext, state: IdentityState, account: Account, attempt: Attempt): Promise<SignedIn> {
  if (account.state === 'disabled') ctx.fail('identity.disabled')
  if (account.password_expires_at !== null && account.password_expires_at <= ctx.now) ctx.fail('identity.password.expired')
  const { token } = await openSession(ctx, state.settings, account.id, await startingPost(ctx, account))
  await release(ctx, state.settings.throttle, attempt)
  await sql`insert into identity_network (account_id, network, at) values (${account.id}, ${attempt.network}, ${ctx.now})
    on conflict (account_id, network) do update set at = excluded.at`.execute(ctx.db())
  await ctx.use(Audit).record({ action: 'identity.sign-in', object: { type: 'account', id: account.id, title: account.login } })
  return { token }
}

/**
 * Signs in by account, phone, alias or name. The attempt is counted before the password is looked at and stays counted when it fails, so each
 * part runs in a transaction of its own. Who is asked for and whether he exists makes no difference to the answer.
 */
export async function signIn(runtime: Runtime, state: IdentityState, { login, password, choose }: Credentials, source: Source): Promise<SignedIn> {
  const network = networkOf(source.address ?? '')
  const found = await runtime.query(null, (ctx) => candidates(ctx, login), source)
  const attempt = await runtime.query(null, (ctx) => attemptOf(ctx, found, login, network), source)
  const seconds = await runtime.command(null, (ctx) => reserve(ctx, state.settings.throttle, attempt), source)
  if (seconds > 0) throw new Failure('identity.throttled', { seconds })
  const fits = await fitting(state, found, password)
  const chosen = choose === undefined ? fits : fits.filter((account) => account.login === choose)
  const [only] = chosen
  if (only === undefined) {
    await runtime.command(null, (ctx) => ctx.use(Audit).record({ action: 'identity.login-failed', result: 'refused', object: { type: 'login', id: '', title: login.slice(0, 64) } }), source)
    throw new Failure('identity.wrong')
  }
  if (chosen.length > 1) return runtime.query(null, (ctx) => namesakes(ctx, chosen), source)
  return runtime.command(null, (ctx) => open(ctx, state, only, attempt), source)
}
