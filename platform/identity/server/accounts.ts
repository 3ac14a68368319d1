import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { isUniqueViolation } from '#platform/db/server/transaction.ts'
import { Audit } from '#platform/audit/contract.ts'
import { Org } from '#platform/org/contract.ts'
import { ACCOUNTS_CHANGED } from '../contract.ts'
import type { AccountView, NewAccount } from '../contract.ts'
import { weakness } from '../password-rules.ts'
import type { IdentitySettings } from '../settings.ts'
import type { Passwords } from './passwords.ts'
import { endAllSessions } from './sessions.ts'

export interface Account {
  readonly id: string
  readonly person_id: string
  readonly login: string
  readonly password_hash: string | null
  readonly password_expires_at: Date | null
  readonly state: 'active' | 'disabled'
  readonly last_post_id: string | null
}

const MOST_NAMESAKES = 20

const ACCOUNT = sql`a.id, a.person_id, a.login, a.password_hash, a.password_expires_at, a.state, a.last_post_id`

export const foldLogin = (text: string): string => text.normalize('NFKC').trim().toLowerCase()

/** Accounts that a typed text may mean: by account, alias, mobile number or full Chinese name. */
export async function candidates(ctx: ServerContext, login: string): Promise<readonly Account[]> {
  const folded = foldLogin(login)
  const people = await ctx.use(Org).identify(login.normalize('NFKC').trim())
  const { rows } = await sql<Account>`
    select ${ACCOUNT} from identity_account a
    where a.login = ${folded} or a.person_id = any(${people}::uuid[]) or a.id = (select account_id from identity_login_alias where alias = ${folded})
    order by a.login limit ${MOST_NAMESAKES}`.execute(ctx.db())
  return rows
}

export async function account(ctx: ServerContext, id: string): Promise<Account> {
  const { rows } = await sql<Account>`select ${ACCOUNT} from identity_account a where a.id = ${id}`.execute(ctx.db())
  return rows[0] ?? ctx.fail('identity.account.missing')
}

async function accountByLogin(ctx: ServerContext, login: string): Promise<Account> {
  const { rows } = await sql<Account>`select ${ACCOUNT} from identity_account a where a.login = ${foldLogin(login)}`.execute(ctx.db())
  return rows[0] ?? ctx.fail('identity.account.missing', { login })
}

/** For administration: `query` is the beginning of a login, a full name or a mobile number. */
export async function listAccounts(ctx: ServerContext, query: string | undefined, limit: number): Promise<AccountView[]> {
  const org = ctx.use(Org)
  const people = query === undefined ? [] : await org.identify(query.normalize('NFKC').trim())
  const which = query === undefined ? sql`true` : sql`(starts_with(a.login, ${foldLogin(query)}) or a.person_id = any(${people}::uuid[]))`
  const { rows } = await sql<Account>`select ${ACCOUNT} from identity_account a where ${which} order by a.login limit ${limit}`.execute(ctx.db())
  const names = await org.names(rows.map((row) => row.person_id))
  return rows.map((row) => ({
    id: row.id, personId: row.person_id, login: row.login, name: names[row.person_id] ?? '', state: row.state,
    mustChange: row.password_expires_at !== null && row.password_expires_at <= ctx.now,
  }))
}

export async function taken(ctx: ServerContext, logins: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ login: string }>`
    select login from identity_account where login = any(${logins}) union select alias from identity_login_alias where alias = any(${logins})`.execute(ctx.db())
  return rows.map(({ login }) => login)
}

export async function closedOut(ctx: ServerContext, personIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select person_id as id from identity_account where person_id = any(${[...personIds]}::uuid[]) group by 1 having bool_and(state = 'disabled')`.execute(ctx.db())
  return rows.map(({ id }) => id)
}

const DAY_MS = 86_400_000

/** Stores a password and keeps the one before in the history. `expiresAt` null: never. */
export async function storePassword(ctx: ServerContext, accountId: string, hash: string, expiresAt: Date | null): Promise<void> {
  const db = ctx.db()
  await sql`
    insert into identity_password_history (account_id, password_hash, at)
    select id, password_hash, ${ctx.now} from identity_account where id = ${accountId} and password_hash is not null on conflict do nothing`.execute(db)
  await sql`update identity_account set password_hash = ${hash}, password_expires_at = ${expiresAt} where id = ${accountId}`.execute(db)
}

export const expiry = (now: Date, maxAgeDays: number | null): Date | null => (maxAgeDays === null ? null : new Date(now.getTime() + maxAgeDays * DAY_MS))

/** The present password and those before it that may not come again. */
export async function usedHashes(ctx: ServerContext, { id, password_hash }: Account, history: number): Promise<readonly string[]> {
  const { rows } = await sql<{ password_hash: string }>`
    select password_hash from identity_password_history where account_id = ${id} order by at desc limit ${Math.max(0, history - 1)}`.execute(ctx.db())
  return [...(password_hash === null ? [] : [password_hash]), ...rows.map((row) => row.password_hash)].slice(0, history)
}

export async function createAccounts(ctx: ServerContext, passwords: Passwords, accounts: readonly NewAccount[], password: string, changeFirst: boolean): Promise<void> {
  const hash = await passwords.hash(password)
  const rows = JSON.stringify(accounts.map((one) => ({ ...one, login: foldLogin(one.login) })))
  const aliases = JSON.stringify(accounts.flatMap(({ id, aliases = [] }) => aliases.map((alias) => ({ id, alias: foldLogin(alias) }))))
  try {
    await sql`
      insert into identity_account (id, person_id, login, password_hash, password_expires_at, created_at)
      select id, "personId", login, ${hash}, ${changeFirst ? ctx.now : null}::timestamptz, ${ctx.now}::timestamptz
      from jsonb_to_recordset(${rows}::jsonb) as a(id uuid, "personId" uuid, login text)`.execute(ctx.db())
    await sql`
      insert into identity_login_alias (alias, account_id) select alias, id from jsonb_to_recordset(${aliases}::jsonb) as l(id uuid, alias text)`.execute(ctx.db())
  } catch (error) {
    if (isUniqueViolation(error)) ctx.fail('identity.login.taken', { login: accounts.map(({ login }) => login).slice(0, 3).join('、') })
    throw error
  }
  ctx.emit({ type: ACCOUNTS_CHANGED, data: {} })
}

export async function resetPassword(ctx: ServerContext, passwords: Passwords, settings: IdentitySettings, login: string, password: string): Promise<void> {
  const { id } = await accountByLogin(ctx, login)
  const problem = weakness(settings.password, password, [login])
  if (problem !== null) ctx.fail('identity.password.weak', { problem })
  await storePassword(ctx, id, await passwords.hash(password), ctx.now)
  await endAllSessions(ctx, settings, id)
  await ctx.use(Audit).record({ action: 'identity.reset-password', object: { type: 'account', id, title: login } })
}

export async function setState(ctx: ServerContext, settings: IdentitySettings, login: string, state: Account['state']): Promise<void> {
  const { id } = await accountByLogin(ctx, login)
  await sql`update identity_account set state = ${state} where id = ${id}`.execute(ctx.db())
  if (state === 'disabled') await endAllSessions(ctx, settings, id)
  await ctx.use(Audit).record({ action: 'identity.set-state', object: { type: 'account', id, title: login }, difference: { state } })
  ctx.emit({ type: ACCOUNTS_CHANGED, data: {} })
}
