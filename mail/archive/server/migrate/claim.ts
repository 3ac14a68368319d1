import { sql } from 'kysely'
import type { Database } from '#platform/db/server/database.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Fetched } from '../../imap-source.ts'
import type { Placed } from '../import.ts'

/** How far a mailbox of the other server has been read, and the mailbox here its messages went into. */
export type Read = { readonly validity: string; readonly uid: number; readonly messages: number; readonly octets: number; readonly mailboxId: number }
export type Progress = Readonly<Record<string, Read>>

/** An account in the hands of this process. */
export type Work = {
  readonly id: string; readonly migrationId: string; readonly accountId: string; readonly address: string; readonly login: string; readonly password: Buffer; readonly attempts: number; readonly progress: Progress
  readonly host: string; readonly port: number; readonly security: 'tls' | 'starttls' | 'none'; readonly anyCertificate: boolean
}

export type Claiming = { readonly by: string; readonly now: Date; readonly leaseMs: number }

/** Takes one account that is due; with a lease that ran out, because its process died, it is due again. */
export async function claim(db: Database, { by, now, leaseMs }: Claiming): Promise<Work | null> {
  const { rows } = await sql<Work>`
    with pick as (
      select a.id from mail_migration_account a join mail_migration m on m.id = a.migration_id and m.state = 'running'
      where a.state in ('waiting', 'running') and a.due_at <= ${now} and (a.lease_until is null or a.lease_until < ${now}) and a.password is not null order by a.due_at, a.id limit 1 for update of a skip locked)
    update mail_migration_account a set state = 'running', lease_by = ${by}, lease_until = ${new Date(now.getTime() + leaseMs)}, started_at = coalesce(a.started_at, ${now}) from pick, mail_migration m
    where a.id = pick.id and m.id = a.migration_id
    returning a.id, a.migration_id as "migrationId", a.account_id as "accountId", a.address, a.login, a.password, a.attempts, a.progress, m.host, m.port, m.security, m.any_certificate as "anyCertificate"`.execute(db)
  return rows[0] ?? null
}

/** Keeps accounts in hand in hand, as long as their migrations run; answers which. */
export async function renew(db: Database, ids: readonly string[], { by, now, leaseMs }: Claiming): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    update mail_migration_account a set lease_until = ${new Date(now.getTime() + leaseMs)} from mail_migration m
    where m.id = a.migration_id and m.state = 'running' and a.id = any(${[...ids]}::bigint[]) and a.lease_by = ${by} returning a.id`.execute(db)
  return new Set(rows.map(({ id }) => id))
}

/** Gives an account back as it stands; others go on with it. */
export async function release(db: Database, id: string, by: string): Promise<void> {
  await sql`update mail_migration_account set state = 'waiting', lease_until = null, lease_by = null where id = ${id} and lease_by = ${by} and state = 'running'`.execute(db)
}

/** Progress after more messages, those with the highest UID of each mailbox. */
export function advanced(progress: Progress, placed: readonly Placed<Fetched>[]): Progress {
  const next: Record<string, Read> = { ...progress }
  for (const { message: { path, validity, uid, raw }, mailboxId } of placed) {
    const before = next[path]
    const kept = before?.validity === validity ? before : { messages: 0, octets: 0 }
    next[path] = { validity, uid, mailboxId, messages: kept.messages + 1, octets: kept.octets + raw.length }
  }
  return next
}

/** Writes down what came in, in its transaction; false: another process has taken the account over. */
export async function note(ctx: ServerContext, id: string, by: string, { placed, added, progress }: { readonly placed: readonly Placed<Fetched>[]; readonly added: number; readonly progress: Progress }): Promise<boolean> {
  const octets = placed.reduce((sum, { message: { raw } }) => sum + raw.length, 0)
  const { numAffectedRows } = await sql`
    update mail_migration_account set progress = ${JSON.stringify(progress)}::jsonb, added = added + ${added}, there = there + ${placed.length - added}, octets = octets + ${octets}, mailbox = ${placed.at(-1)?.message.mailbox ?? ''}, attempts = 0, error = null
    where id = ${id} and lease_by = ${by} and state = 'running'`.execute(ctx.db())
  if (numAffectedRows === 0n) return false
  const seen = JSON.stringify(placed.map(({ kept, mailboxId }) => ({ m: mailboxId, b: kept.blob })))
  await sql`insert into mail_migration_seen (account_id, mailbox_id, blob) select ${id}::bigint, m, b from jsonb_to_recordset(${seen}::jsonb) as s(m bigint, b text) on conflict do nothing`.execute(ctx.db())
  return true
}
