import { randomBytes, randomInt, randomUUID, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { type ScramKeys, scramKeys } from '../../sasl/scram.ts'
import type { AppPassword, MailProtocol } from '../contract.ts'

/** Rounds of RFC 7677; the passwords are random, so more would cost and not protect. */
export const ITERATIONS = 4_096
const MOST_PASSWORDS = 20
/** Letters and digits that are not mistaken for each other. */
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789'
const GROUPS = 4
const GROUP = 4

/** Four groups of four: 80 bits. Blanks and hyphens do not count when it is typed. */
const randomPassword = (): string => Array.from({ length: GROUPS }, () => Array.from({ length: GROUP }, () => ALPHABET[randomInt(ALPHABET.length)]).join('')).join('-')

/** A password as its keys are made of it: as it was shown. */
const asShown = (typed: string): string => {
  const letters = typed.toLowerCase().replaceAll(/[\s-]/g, '')
  return letters.length === GROUPS * GROUP ? (letters.match(/.{4}/g) ?? []).join('-') : typed
}

type Row = { id: string; account_id: string; name: string; protocols: MailProtocol[]; stored_key: Buffer; created_at: Date; last_used_at: Date | null; last_address: string | null }

/** Application passwords of an account, last made first. */
export async function listAppPasswords(ctx: ServerContext, accountId: string): Promise<readonly AppPassword[]> {
  const { rows } = await sql<Row>`select * from mail_app_password where account_id = ${accountId} order by created_at desc, id`.execute(ctx.db())
  return rows.map((row) => ({
    id: row.id, name: row.name, protocols: row.protocols, createdAt: row.created_at.toISOString(), lastUsedAt: row.last_used_at?.toISOString() ?? null, lastAddress: row.last_address,
  }))
}

/** Salt of an account's application passwords, made with the first. */
async function saltOf(ctx: ServerContext, accountId: string): Promise<{ readonly salt: Buffer; readonly iterations: number }> {
  const { rows } = await sql<{ salt: Buffer; iterations: number }>`
    update mail_account set scram_salt = coalesce(scram_salt, ${randomBytes(16)}), scram_iterations = coalesce(scram_iterations, ${ITERATIONS})
    where id = ${accountId} returning scram_salt as salt, scram_iterations as iterations`.execute(ctx.db())
  return rows[0] ?? ctx.fail('mail.account.missing')
}

/** Makes a password for a program and answers it, this once. Fails with `mail.app-password.many`. */
export async function createAppPassword(ctx: ServerContext, accountId: string, name: string, protocols: readonly MailProtocol[]): Promise<{ readonly id: string; readonly password: string }> {
  const { salt, iterations } = await saltOf(ctx, accountId)
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from mail_app_password where account_id = ${accountId}`.execute(ctx.db())
  if ((rows[0]?.n ?? 0) >= MOST_PASSWORDS) return ctx.fail('mail.app-password.many', { most: MOST_PASSWORDS })
  const [id, password] = [randomUUID(), randomPassword()]
  const { storedKey, serverKey } = scramKeys(password, salt, iterations)
  await sql`insert into mail_app_password (id, account_id, name, protocols, stored_key, server_key, created_at)
    values (${id}, ${accountId}, ${name}, ${[...protocols]}::text[], ${storedKey}, ${serverKey}, ${ctx.now})`.execute(ctx.db())
  return { id, password }
}

/** Takes a password away; who is signed in with it stays so until the connection ends. */
export async function revokeAppPassword(ctx: ServerContext, accountId: string, id: string): Promise<void> {
  const { numAffectedRows } = await sql`delete from mail_app_password where id = ${id} and account_id = ${accountId}`.execute(ctx.db())
  if (numAffectedRows === 0n) ctx.fail('mail.app-password.missing')
}

type Candidate = { account_id: string; owner_id: string; salt: Buffer; iterations: number; keys: { id: string; stored: string }[] }

/** Owners among these people one of whose application passwords for a protocol this is, and which. */
export async function appPasswordOwners(ctx: ServerContext, personIds: readonly string[], password: string, protocol: MailProtocol): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<Candidate>`
    select a.id as account_id, a.owner_id, a.scram_salt as salt, a.scram_iterations as iterations, jsonb_agg(jsonb_build_object('id', p.id, 'stored', encode(p.stored_key, 'hex'))) as keys
    from mail_account a join mail_app_password p on p.account_id = a.id and ${protocol} = any(p.protocols)
    where a.kind = 'person' and a.status = 'active' and a.owner_id = any(${[...personIds]}::uuid[]) and a.scram_salt is not null group by a.id`.execute(ctx.db())
  return new Map(rows.flatMap(({ owner_id, salt, iterations, keys }) => {
    const { storedKey } = scramKeys(asShown(password), salt, iterations)
    const found = keys.find(({ stored }) => timingSafeEqual(Buffer.from(stored, 'hex'), storedKey))
    return found === undefined ? [] : [[owner_id, found.id] as const]
  }))
}

type KeyRow = { id: string; salt: Buffer; iterations: number; stored_key: Buffer; server_key: Buffer }

/** Keys of a person's application passwords for a protocol; null when there are none. */
export async function scramKeysOf(ctx: ServerContext, personId: string, protocol: MailProtocol): Promise<{ readonly salt: Buffer; readonly iterations: number; readonly passwords: readonly (ScramKeys & { readonly id: string })[] } | null> {
  const { rows } = await sql<KeyRow>`
    select p.id, a.scram_salt as salt, a.scram_iterations as iterations, p.stored_key, p.server_key from mail_account a join mail_app_password p on p.account_id = a.id and ${protocol} = any(p.protocols)
    where a.kind = 'person' and a.status = 'active' and a.owner_id = ${personId} order by p.created_at desc`.execute(ctx.db())
  const [first] = rows
  return first === undefined ? null : { salt: first.salt, iterations: first.iterations, passwords: rows.map(({ id, stored_key, server_key }) => ({ id, storedKey: stored_key, serverKey: server_key })) }
}

/** Notes the use of a password, at most once in five minutes. */
export async function noteUse(ctx: ServerContext, id: string): Promise<void> {
  await sql`update mail_app_password set last_used_at = ${ctx.now}, last_address = ${ctx.source.address ?? null}
    where id = ${id} and (last_used_at is null or last_used_at < ${ctx.now}::timestamptz - interval '5 minutes')`.execute(ctx.db())
}
