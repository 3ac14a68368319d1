import { createHmac } from 'node:crypto'
import { sql } from 'kysely'
import { Failure } from '#kit/failure.ts'
import { loadKey } from '#platform/crypto/server/keys.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { type Attempted, countAttempt, verifyPassword, welcome } from '#platform/identity/server/sign-in.ts'
import type { Runtime, Source } from '#platform/registry/server/runtime.ts'
import type { ScramAccount } from '../../sasl/scram.ts'
import { count } from '../../statistics/server/counters.ts'
import type { MailProtocol } from '../contract.ts'
import { foldAddress, platformLogin } from './addresses.ts'
import { appPasswordOwners, ITERATIONS, noteUse, scramKeysOf } from './app-passwords.ts'

export type SignIn = { readonly login: string; readonly password: string; readonly protocol: MailProtocol; readonly address: string }
export type SignedIn = { readonly accountId: string; readonly name: string }

const sourceFor = ({ protocol, address }: Omit<SignIn, 'login' | 'password'>): Source => ({ requestId: crypto.randomUUID(), address, device: protocol })

/** Wrong passwords, unknown names and too many attempts look the same from outside. */
function nobody(error: unknown): null {
  if (error instanceof Failure && error.code.startsWith('identity.')) return null
  throw error
}

/**
 * The mail account of whoever gives the right password, her own or that of a program; null when it is wrong, tried too often, or fits nobody with mail.
 * `login` is a mail address, the login, an alias, a mobile number or a Chinese name. Throttled and written to the audit like a sign-in to the platform.
 * Fails with `mail.login.ambiguous` when the password fits several people of that name.
 */
export async function authenticate(runtime: Runtime, signIn: SignIn): Promise<SignedIn | null> {
  const known = await prove(runtime, signIn)
  count(runtime, known === null ? 'sign-in-failed' : 'sign-in', signIn.protocol)
  return known
}

async function prove(runtime: Runtime, { login, password, ...from }: SignIn): Promise<SignedIn | null> {
  const source = sourceFor(from)
  const name = await runtime.query(null, (ctx) => platformLogin(ctx, login), source)
  let programs: ReadonlyMap<string, string> = new Map()
  const verified = await verifyPassword(runtime, { login: name, password }, source, async (ctx, accounts) => {
    programs = await appPasswordOwners(ctx, accounts.map(({ person_id }) => person_id), password, from.protocol)
    return accounts.filter(({ person_id }) => programs.has(person_id))
  }).catch(nobody)
  const now = runtime.clock()
  // A password that has to be changed is changed in the browser first; those of programs do not expire.
  const able = verified?.accounts.filter(({ state, person_id, password_expires_at: until }) => state === 'active' && (programs.has(person_id) || until === null || until > now)) ?? []
  const [person] = able
  if (verified === null || person === undefined) return null
  if (able.length > 1) throw new Failure('mail.login.ambiguous', { name: login })
  return runtime.command(null, (ctx) => enter(ctx, person, verified.attempt, programs.get(person.person_id)), source)
}

type Person = Attempted['accounts'][number]

/** The account of somebody who has proven who she is; attempts are forgotten, the use of a program's password is noted. */
async function enter(ctx: ServerContext, person: Person, attempt: Attempted['attempt'], program: string | undefined): Promise<SignedIn | null> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from mail_account where kind = 'person' and owner_id = ${person.person_id} and status = 'active'`.execute(ctx.db())
  const [account] = rows
  if (account === undefined) return null
  await welcome(ctx, person, attempt)
  if (program !== undefined) await noteUse(ctx, program)
  return { accountId: account.id, name: account.name }
}

/**
 * What SCRAM-SHA-256 needs of a name: keys of its application passwords, each with the way in. Unknown names, people without such passwords and those who
 * tried too often get a salt that is always the same and no keys, so that nobody learns which names there are.
 */
export async function scramAccount(runtime: Runtime, { login, ...from }: Omit<SignIn, 'password'>): Promise<ScramAccount<() => Promise<SignedIn | null>>> {
  const source = sourceFor(from)
  const nothing = { salt: createHmac('sha256', loadKey(runtime.dataDir, 'mail-scram')).update(foldAddress(login)).digest().subarray(0, 16), iterations: ITERATIONS, passwords: [] }
  const name = await runtime.query(null, (ctx) => platformLogin(ctx, login), source)
  const attempted = await countAttempt(runtime, { login: name }, source).catch(nobody)
  const [person, ...others] = attempted?.accounts.filter(({ state }) => state === 'active') ?? []
  // Keys of several people have different salts: a name that several bear cannot be asked for in this way.
  if (attempted === null || person === undefined || others.length > 0) return nothing
  const keys = await runtime.query(null, (ctx) => scramKeysOf(ctx, person.person_id, from.protocol), source)
  if (keys === null) return nothing
  const { salt, iterations, passwords } = keys
  return { salt, iterations, passwords: passwords.map(({ id, ...one }) => ({ ...one, found: () => scramEntered(runtime, from.protocol, runtime.command(null, (ctx) => enter(ctx, person, attempted.attempt, id), source)) })) }
}

async function scramEntered(runtime: Runtime, protocol: MailProtocol, entering: Promise<SignedIn | null>): Promise<SignedIn | null> {
  const known = await entering
  count(runtime, known === null ? 'sign-in-failed' : 'sign-in', protocol)
  return known
}
