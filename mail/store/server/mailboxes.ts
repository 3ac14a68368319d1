import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Mailbox, SpecialUse } from '../contract.ts'
import { above } from '../namespaces.ts'
import { bump, touch } from './touch.ts'

export type MailboxRow = {
  readonly id: string; readonly account_id: string; readonly name: string; readonly special: SpecialUse | null; readonly subscribed: boolean
  readonly uid_validity: string; readonly uid_next: string; readonly modseq: string; readonly messages: number; readonly unseen: number; readonly deleted: number; readonly size: string
}

export const mailboxOf = (row: MailboxRow): Mailbox => ({
  id: Number(row.id),
  accountId: row.account_id,
  name: row.name,
  special: row.special,
  subscribed: row.subscribed,
  uidValidity: Number(row.uid_validity),
  uidNext: Number(row.uid_next),
  modseq: Number(row.modseq),
  messages: row.messages,
  unseen: row.unseen,
  deleted: row.deleted,
  size: Number(row.size),
})

/** Mailboxes every account starts with. */
const FIRST: readonly (readonly [name: string, special: SpecialUse | null])[] = [['INBOX', null], ['草稿箱', 'Drafts'], ['已发送', 'Sent'], ['已删除', 'Trash'], ['垃圾邮件', 'Junk'], ['归档', 'Archive']]
export const MOST_MAILBOXES = 2_000

/** Seconds since 1970 as UIDVALIDITY: a mailbox made anew under an old name has a larger one. */
const validity = (ctx: ServerContext): number => Math.floor(ctx.now.getTime() / 1_000)

export async function createFirstMailboxes(ctx: ServerContext, accountIds: readonly string[]): Promise<void> {
  const rows = JSON.stringify(FIRST.map(([name, special]) => ({ name, special })))
  await sql`insert into mail_mailbox (account_id, name, special, uid_validity)
    select a.id, name, special, ${validity(ctx)}::bigint from unnest(${[...accountIds]}::uuid[]) as a(id), jsonb_to_recordset(${rows}::jsonb) as m(name text, special text) on conflict do nothing`.execute(ctx.db())
}

/** Mailboxes of an account by name, INBOX first. */
export async function listMailboxes(ctx: ServerContext, accountId: string): Promise<readonly Mailbox[]> {
  const { rows } = await sql<MailboxRow>`select * from mail_mailbox where account_id = ${accountId} order by name <> 'INBOX', name limit ${MOST_MAILBOXES}`.execute(ctx.db())
  return rows.map(mailboxOf)
}

export async function findMailbox(ctx: ServerContext, accountId: string, name: string): Promise<Mailbox | null> {
  const { rows } = await sql<MailboxRow>`select * from mail_mailbox where account_id = ${accountId} and name = ${canonicalName(name)}`.execute(ctx.db())
  return rows[0] === undefined ? null : mailboxOf(rows[0])
}

/** INBOX in any case is INBOX (RFC 9051 5.1), also as the first level of a name. */
export const canonicalName = (name: string): string => name.replace(/^inbox(?=\/|$)/i, 'INBOX').replace(/\/$/, '').normalize('NFC')

/** Why a name cannot be given to a mailbox; null when it can. */
export function nameFault(name: string): 'empty' | 'long' | 'levels' | 'characters' | null {
  const levels = name.split('/')
  if (name === '' || levels.includes('')) return 'empty'
  if (name.length > 500) return 'long'
  if (levels.length > 10) return 'levels'
  return /[\p{Cc}\u2028\u2029%*]/u.test(name) ? 'characters' : null
}

/** Makes a mailbox. Fails with `mail.mailbox.name`, `mail.mailbox.exists` or `mail.mailbox.many`. Whoever puts nothing into it notes the change of the account, after all locks of mailboxes. */
export async function createMailbox(ctx: ServerContext, accountId: string, name: string, special: SpecialUse | null = null): Promise<Mailbox> {
  const wanted = canonicalName(name)
  const fault = nameFault(wanted)
  if (fault !== null) return ctx.fail('mail.mailbox.name', { name, fault })
  const { rows: counted } = await sql<{ n: number }>`select count(*)::int as n from mail_mailbox where account_id = ${accountId}`.execute(ctx.db())
  if ((counted[0]?.n ?? 0) >= MOST_MAILBOXES) return ctx.fail('mail.mailbox.many')
  const { rows } = await sql<MailboxRow>`insert into mail_mailbox (account_id, name, special, uid_validity) values (${accountId}, ${wanted}, ${special}, ${validity(ctx)})
    on conflict do nothing returning *`.execute(ctx.db())
  if (rows[0] === undefined) return ctx.fail('mail.mailbox.exists', { name: wanted })
  if (wanted.includes('/')) await inheritRights(ctx, rows[0])
  return mailboxOf(rows[0])
}

/** What is said of the nearest mailbox above holds for a new one too. */
async function inheritRights(ctx: ServerContext, { id, account_id, name }: MailboxRow): Promise<void> {
  await sql`insert into mail_mailbox_acl (mailbox_id, subject, negative, rights) select ${id}::bigint, subject, negative, rights from mail_mailbox_acl where mailbox_id = (
    select m.id from mail_mailbox m where m.account_id = ${account_id} and m.name = any(${above(name)}::text[]) order by length(m.name) desc limit 1)`.execute(ctx.db())
}

/** Locks mailboxes to the end of the transaction, always in the order of their ids, so that no two commands wait for each other. */
export async function lockMailboxes(ctx: ServerContext, ids: readonly number[]): Promise<ReadonlyMap<number, Mailbox>> {
  const { rows } = await sql<MailboxRow>`select * from mail_mailbox where id = any(${[...new Set(ids)]}::bigint[]) order by id for update`.execute(ctx.db())
  return new Map(rows.map(mailboxOf).map((one) => [one.id, one]))
}

/** What a command adds to the counters of a locked mailbox. */
export type Counted = { readonly id: number; readonly uidNext: number; readonly modseq: number; readonly messages: number; readonly unseen: number; readonly deleted: number; readonly size: number }

/** Writes new counters of locked mailboxes and what that means for the quotas of their accounts. */
export async function countMailboxes(ctx: ServerContext, changes: readonly Counted[]): Promise<void> {
  const rows = JSON.stringify(changes)
  const { rows: counted } = await sql<{ id: string }>`
    with change as (select * from jsonb_to_recordset(${rows}::jsonb) as c(id bigint, "uidNext" bigint, modseq bigint, messages int, unseen int, deleted int, size bigint)),
    counted as (
      update mail_mailbox m set uid_next = c."uidNext", modseq = c.modseq, messages = m.messages + c.messages, unseen = m.unseen + c.unseen, deleted = m.deleted + c.deleted, size = m.size + c.size
      from change c where m.id = c.id returning m.account_id, c.messages, c.size)
    update mail_account a set used_count = a.used_count + s.messages, used_size = a.used_size + s.size, changes = a.changes + 1
    from (select account_id, sum(messages)::int as messages, sum(size)::bigint as size from counted group by account_id) s
    where a.id = s.account_id returning a.id`.execute(ctx.db())
  touch(ctx, { mailboxIds: changes.map(({ id }) => id), accountIds: counted.map(({ id }) => id) })
}

/** Takes a mailbox away with all that is in it; mailboxes below it stay. INBOX and those of special use stay: `mail.mailbox.fixed`. */
export async function removeMailbox(ctx: ServerContext, id: number): Promise<void> {
  const box = (await lockMailboxes(ctx, [id])).get(id) ?? ctx.fail('mail.mailbox.missing')
  if (isFixed(box)) ctx.fail('mail.mailbox.fixed', { name: box.name })
  await countMailboxes(ctx, [{ id, uidNext: box.uidNext, modseq: box.modseq, messages: -box.messages, unseen: -box.unseen, deleted: -box.deleted, size: -box.size }])
  await sql`delete from mail_mailbox where id = ${id}`.execute(ctx.db())
}

const isFixed = ({ name, special }: Mailbox): boolean => name === 'INBOX' || special !== null

/** Gives a mailbox and all below it another name; numbers and UIDs stay. */
export async function renameMailbox(ctx: ServerContext, id: number, name: string): Promise<void> {
  const box = (await lockMailboxes(ctx, [id])).get(id) ?? ctx.fail('mail.mailbox.missing')
  const wanted = canonicalName(name)
  const fault = nameFault(wanted)
  if (fault !== null || wanted.startsWith(`${box.name}/`)) ctx.fail('mail.mailbox.name', { name, fault: fault ?? 'levels' })
  if (isFixed(box)) ctx.fail('mail.mailbox.fixed', { name: box.name })
  if ((await findMailbox(ctx, box.accountId, wanted)) !== null) ctx.fail('mail.mailbox.exists', { name: wanted })
  await sql`update mail_mailbox set name = ${wanted} || substr(name, ${box.name.length + 1}) where account_id = ${box.accountId} and (name = ${box.name} or starts_with(name, ${`${box.name}/`}))`.execute(ctx.db())
  await bump(ctx, box.accountId)
}

export async function subscribeMailbox(ctx: ServerContext, id: number, subscribed: boolean): Promise<void> {
  const { rows } = await sql<{ account_id: string }>`update mail_mailbox set subscribed = ${subscribed} where id = ${id} returning account_id`.execute(ctx.db())
  for (const { account_id } of rows) await bump(ctx, account_id)
}
