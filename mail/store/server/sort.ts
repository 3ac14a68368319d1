import { type RawBuilder, sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { SortKey, SortOrder } from '../../imap/store.ts'
import type { ThreadMember } from '../../imap/thread.ts'

/** What each key compares (RFC 5256 3): octets of texts, so that the order does not depend on the database's language. */
const COLUMNS: Readonly<Record<SortOrder, RawBuilder<unknown>>> = {
  ARRIVAL: sql`e.internal_at`,
  CC: sql`m.first_cc collate "C"`,
  DATE: sql`coalesce(m.sent_at, e.internal_at)`,
  FROM: sql`m.first_from collate "C"`,
  SIZE: sql`e.size`,
  SUBJECT: sql`m.base_subject collate "C"`,
  TO: sql`m.first_to collate "C"`,
}

/** UIDs in the order of the keys, equal ones by UID. */
export async function sortEntries(ctx: ServerContext, mailboxId: number, uids: readonly number[], keys: readonly SortKey[]): Promise<readonly number[]> {
  const order = sql.join([...keys.map(({ order: name, reverse }) => sql`${COLUMNS[name]} ${reverse ? sql`desc` : sql`asc`}`), sql`e.uid`])
  const { rows } = await sql<{ uids: number[] | null }>`
    select array_agg(e.uid order by ${order})::float8[] as uids from mail_entry e join mail_message m on m.id = e.message_id
    where e.mailbox_id = ${mailboxId} and e.uid = any(${[...uids]}::bigint[])`.execute(ctx.db())
  return rows[0]?.uids ?? []
}

/** References that are looked at, of all messages together. */
const MOST_REFERENCES = 400_000

/** What threading needs of entries; of very many messages the last references of each, which lead to the ones before. */
export async function readThreadMembers(ctx: ServerContext, mailboxId: number, uids: readonly number[]): Promise<readonly ThreadMember[]> {
  const most = Math.max(2, Math.floor(MOST_REFERENCES / Math.max(1, uids.length)))
  const { rows } = await sql<{ uid: string; id: string | null; refs: readonly string[]; subject: string; is_reply: boolean; at: Date }>`
    select e.uid, m.rfc_id as id, m.refs[greatest(1, cardinality(m.refs) - ${most} + 1):] as refs, m.base_subject as subject, m.is_reply, coalesce(m.sent_at, e.internal_at) as at
    from mail_entry e join mail_message m on m.id = e.message_id where e.mailbox_id = ${mailboxId} and e.uid = any(${[...uids]}::bigint[])`.execute(ctx.db())
  return rows.map(({ uid, id, refs, subject, is_reply: isReply, at }) => ({ uid: Number(uid), id: id === null ? null : (/<[^<>\s]+>/.exec(id)?.[0] ?? null), references: refs, subject, isReply, at: at.getTime() }))
}
