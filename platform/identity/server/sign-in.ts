import { sql } from 'kysely'
import { Failure } from '#kit/failure.ts'
import type { NamesakesWire } from '#kit/wire/session.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Audit } from '#platform/audit/contract.ts'
import { Org } from '#platform/org/contract.ts'
import type { Runtime, Source } from '#platform/registry/server/runtime.ts'
import { networkOf } from '../network.ts'
import { candidates, foldLogin } from './accounts.ts'
import type { Account } from './accounts.ts'
import { stateOf } from './state.ts'
import { release, reserve } from './throttle.ts'
import type { Attempt } from './throttle.ts'

export interface Credentials {
  readonly login: string
  readonly password: string
  /** Account chosen among people of the same name. */
  readonly choose?: string | undefined
}

/** Asked for unknown names too, so that they take no less time. */
async function isKnown(ctx: ServerContext, accountId: string | null, network: string): Promise<boolean> {
  const { rows } = await sql`select from identity_network where account_id = ${accountId}::uuid and network = ${network}`.execute(ctx.db())
  return rows.length > 0
}

/** Whom the text may mean, and what is counted against; unknown names go the same way as known ones. */
async function prepare(ctx: ServerContext, { login, choose }: Pick<Credentials, 'login' | 'choose'>, address: string): Promise<{ accounts: readonly Account[]; attempt: Attempt }> {
  const found = await candidates(ctx, login)
  const accounts = choose === undefined ? found : found.filter((account) => account.login === foldLogin(choose))
  const only = accounts.length === 1 ? accounts[0] : undefined
  const network = networkOf(address)
  const subject = only?.id ?? foldLogin(login)
  return { accounts, attempt: { subject, network, known: await isKnown(ctx, only?.id ?? null, network) } }
}

async function fitting(ctx: ServerContext, accounts: readonly Account[], password: string): Promise<Account[]> {
  const { passwords } = stateOf(ctx)
  const fits: Account[] = []
  for (const account of accounts) if (await passwords.fits(account.password_hash, password)) fits.push(account)
  if (accounts.length === 0) await passwords.fits(null, password)
  return fits
}

/** An attempt that may be made, and whom the text may mean. */
export interface Attempted {
  readonly accounts: readonly Account[]
  readonly attempt: Attempt
}

/** Counts an attempt in a transaction of its own, before the password is looked at. Ends with 429 `identity.throttled`. */
export async function countAttempt(runtime: Runtime, given: Pick<Credentials, 'login' | 'choose'>, source: Source): Promise<Attempted> {
  const { accounts, attempt, seconds } = await runtime.command(null, async (ctx) => {
    const prepared = await prepare(ctx, given, source.address ?? '')
    return { ...prepared, seconds: await reserve(ctx, stateOf(ctx).settings.throttle, prepared.attempt) }
  }, source)
  if (seconds > 0) throw new Failure('identity.throttled', { seconds })
  return { accounts, attempt }
}

/** Those of the accounts whom a password fits in another way than as their own: passwords of programs. */
export type OtherWay = (ctx: ServerContext, accounts: readonly Account[]) => Promise<readonly Account[]>

/**
 * Looks a password up: first counts the attempt, then spends the time of the hash without a transaction. Answers the accounts it
 * fits, at least one; `other` is tried first. Ends with 429 `identity.throttled` or 401 `identity.wrong`, which says the same for whatever was wrong.
 */
export async function verifyPassword(runtime: Runtime, given: Credentials, source: Source, other?: OtherWay): Promise<Attempted> {
  const { accounts, attempt } = await countAttempt(runtime, given, source)
  const fits = await runtime.query(null, async (ctx) => {
    const others = (await other?.(ctx, accounts)) ?? []
    return others.length > 0 ? others : fitting(ctx, accounts, given.password)
  }, source)
  if (fits.length > 0) return { accounts: fits, attempt }
  await runtime.command(null, (ctx) => ctx.use(Audit).record({
    action: 'identity.login-failed', result: 'failed', object: { type: 'account', id: accounts.length === 1 ? (accounts[0]?.id ?? '') : '', title: given.login.slice(0, 100) },
  }), source)
  throw new Failure('identity.wrong')
}

/** The right password was given: attempts are forgotten, and this network is no stranger any more. */
export async function welcome(ctx: ServerContext, account: Account, attempt: Attempt): Promise<void> {
  await release(ctx, stateOf(ctx).settings.throttle, attempt)
  await sql`
    insert into identity_network (account_id, network, at) values (${account.id}, ${attempt.network}, ${ctx.now})
    on conflict (account_id, network) do update set at = excluded.at`.execute(ctx.db())
}

/** People of the same name with the same password: they tell themselves apart by their units. */
export async function namesakes(ctx: ServerContext, accounts: readonly Account[]): Promise<NamesakesWire> {
  const org = ctx.use(Org)
  const choose = await Promise.all(accounts.map(async ({ login, person_id }) => {
    const post = (await org.posts(person_id))[0]
    return { login, name: post?.personName ?? '', unitName: post === undefined ? '' : `${post.organisationName} ${post.unitName}` }
  }))
  return { choose }
}
