import { type RawBuilder, sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Changes, Entry, FlagChange, Mailbox, Mark } from '../contract.ts'
import { ALL_RIGHTS, type Rights, settableFlags } from '../rights.ts'
import { chosen } from './chosen.ts'
import { changedFlags, DELETED, flagNames, type Kept, keptFlags, sameFlags, SEEN } from './flags.ts'
import { countMailboxes, lockMailboxes, mailboxOf, type MailboxRow } from './mailboxes.ts'
import { touch } from './touch.ts'

type Row = Kept & { readonly uid: string; readonly modseq: string; readonly message_id: string; readonly size: string; readonly internal_at: Date; readonly saved_at: Date }

const COLUMNS = sql`uid, modseq, message_id, flags, keywords, size, internal_at, saved_at`

const entryOf = (row: Row): Entry => ({
  uid: Number(row.uid),
  modseq: Number(row.modseq),
  messageId: Number(row.message_id),
  flags: flagNames(row),
  internalAt: row.internal_at.getTime(),
  savedAt: row.saved_at.getTime(),
  size: Number(row.size),
})

/** The same for reading many: numbers as numbers, no empty lists, no dates to make. */
type MarkRow = { readonly uid: number; readonly modseq: number; readonly message_id: number; readonly flags: number; readonly keywords: readonly string[] | null }
type ReadRow = MarkRow & { readonly size: number; readonly internal_at: number; readonly saved_at: number }
const MARK_COLUMNS = sql`uid::float8 as uid, modseq::float8 as modseq, message_id::float8 as message_id, flags, nullif(keywords, '{}') as keywords`
const READ_COLUMNS = sql`${MARK_COLUMNS}, size::float8 as size, floor(date_part('epoch', internal_at) * 1000) as internal_at, floor(date_part('epoch', saved_at) * 1000) as saved_at`

const markOf = ({ uid, modseq, message_id: messageId, flags, keywords }: MarkRow): Mark => ({ uid, modseq, messageId, flags: flagNames({ flags, keywords: keywords ?? [] }) })

/** Rows with these UIDs (ascending). */
async function rowsOf<Row extends MarkRow>(ctx: ServerContext, columns: RawBuilder<unknown>, mailboxId: number, uids: readonly number[]): Promise<readonly Row[]> {
  const { test, has } = chosen(uids)
  const { rows } = await sql<Row>`select ${columns} from mail_entry where mailbox_id = ${mailboxId} and ${test(sql`uid`)} order by uid`.execute(ctx.db())
  return rows.filter(({ uid }) => has(uid))
}

/** Entries by UID, ascending as they are asked for; unknown UIDs are left out. */
export async function readEntries(ctx: ServerContext, mailboxId: number, uids: readonly number[]): Promise<readonly Entry[]> {
  return (await rowsOf<ReadRow>(ctx, READ_COLUMNS, mailboxId, uids)).map((row) => ({ ...markOf(row), internalAt: row.internal_at, savedAt: row.saved_at, size: row.size }))
}

/** The same without sizes and moments. */
export const readMarks = async (ctx: ServerContext, mailboxId: number, uids: readonly number[]): Promise<readonly Mark[]> => (await rowsOf<MarkRow>(ctx, MARK_COLUMNS, mailboxId, uids)).map(markOf)

/** Entries that are gone, as they were, for whoever has not been told: messages that nothing refers to stay for some days (`mail gc`). */
export async function readGone(ctx: ServerContext, mailboxId: number, uids: readonly number[]): Promise<readonly Entry[]> {
  const { rows } = await sql<Row>`
    select t.uid, t.modseq, t.message_id, t.flags, t.keywords, m.size, t.internal_at, t.saved_at from mail_tombstone t join mail_message m on m.id = t.message_id
    where t.mailbox_id = ${mailboxId} and t.uid = any(${[...uids]}::bigint[]) and t.internal_at is not null order by t.uid`.execute(ctx.db())
  return rows.map(entryOf)
}

/** All UIDs of a mailbox, ascending. */
export async function readUids(ctx: ServerContext, mailboxId: number): Promise<readonly number[]> {
  const { rows } = await sql<{ uids: number[] | null }>`select array_agg(uid::int8 order by uid)::float8[] as uids from mail_entry where mailbox_id = ${mailboxId}`.execute(ctx.db())
  return rows[0]?.uids ?? []
}

type Opened = { readonly mailbox: Mailbox; readonly uids: readonly number[]; readonly firstUnseen: number | null }

/** A mailbox with all its UIDs, ascending, and the first without \\Seen: one statement, so one moment. */
export async function openMailbox(ctx: ServerContext, mailboxId: number): Promise<Opened | null> {
  const { rows } = await sql<MailboxRow & { uids: number[] | null; first_unseen: string | null }>`
    select m.*, (select array_agg(uid::float8 order by uid) from mail_entry e where e.mailbox_id = m.id) as uids,
      case when m.unseen > 0 then (select uid from mail_entry e where e.mailbox_id = m.id and flags & ${SEEN} = 0 order by uid limit 1) end as first_unseen
    from mail_mailbox m where m.id = ${mailboxId}`.execute(ctx.db())
  const [row] = rows
  return row === undefined ? null : { mailbox: mailboxOf(row), uids: row.uids ?? [], firstUnseen: row.first_unseen === null ? null : Number(row.first_unseen) }
}

/** What happened after a MODSEQ, read as one moment; null when the mailbox is gone. Tombstones are kept for a time; whoever asks from before it hears of all UIDs that are not there. */
export async function readChanges(ctx: ServerContext, mailboxId: number, since: number): Promise<Changes | null> {
  const { rows } = await sql<{ modseq: string; changed: (Omit<Row, 'internal_at' | 'saved_at'> & { internal_at: string; saved_at: string })[] | null; vanished: number[] | null }>`
    select m.modseq,
      (select jsonb_agg(to_jsonb(e) order by e.uid) from mail_entry e where e.mailbox_id = m.id and e.modseq > ${since}) as changed,
      case when m.forgotten_modseq > ${since}::bigint
        then (select array_agg(n order by n)::float8[] from generate_series(1, m.uid_next - 1) n where not exists (select from mail_entry e where e.mailbox_id = m.id and e.uid = n))
        else (select array_agg(t.uid order by t.uid)::float8[] from mail_tombstone t where t.mailbox_id = m.id and t.modseq > ${since}) end as vanished
    from mail_mailbox m where m.id = ${mailboxId}`.execute(ctx.db())
  const [row] = rows
  if (row === undefined) return null
  const changed = (row.changed ?? []).map((one) => entryOf({ ...one, internal_at: new Date(one.internal_at), saved_at: new Date(one.saved_at) }))
  return { modseq: Number(row.modseq), changed, vanished: row.vanished ?? [] }
}

/** A message about to be put into a mailbox. */
export type Addition = { readonly mailboxId: number; readonly messageId: number; readonly size: number; readonly flags: readonly string[]; readonly internalAt: Date; readonly savedAt: Date }

/**
 * Puts messages into mailboxes: UIDs in the order given, one MODSEQ for each mailbox. Answers the UIDs in the order given.
 * Mailboxes that are gone fail with `mail.mailbox.missing`, accounts without room with `mail.quota.full`.
 */
export async function addEntries(ctx: ServerContext, additions: readonly Addition[]): Promise<readonly number[]> {
  const [first] = additions
  if (first !== undefined && additions.every(({ mailboxId }) => mailboxId === first.mailboxId)) return addToOne(ctx, first.mailboxId, additions)
  const boxes = await lockMailboxes(ctx, additions.map(({ mailboxId }) => mailboxId))
  const uids = await addToLocked(ctx, boxes, additions)
  await checkQuotas(ctx, [...new Set([...boxes.values()].map(({ accountId }) => accountId))])
  return uids
}

/** The same for one mailbox, which needs no order of locks: one statement. */
async function addToOne(ctx: ServerContext, mailboxId: number, additions: readonly Addition[]): Promise<readonly number[]> {
  const rows = additions.map(({ messageId, size, flags, internalAt, savedAt }, place) => ({ place, message_id: messageId, ...keptFlags(flags), size, internal_at: internalAt, saved_at: savedAt }))
  const { messages, unseen, deleted, size } = tally(rows, 1)
  const { rows: [added] } = await sql<{ first: number; id: string; name: string; full: boolean }>`
    with box as (
      update mail_mailbox set uid_next = uid_next + ${messages}, modseq = modseq + 1, messages = messages + ${messages}, unseen = unseen + ${unseen}, deleted = deleted + ${deleted}, size = size + ${size}
      where id = ${mailboxId} returning id, account_id, uid_next - ${messages} as first, modseq),
    added as (
      insert into mail_entry (mailbox_id, uid, message_id, modseq, flags, keywords, size, internal_at, saved_at)
      select box.id, box.first + r.place, r.message_id, box.modseq, r.flags, r.keywords, r.size, r.internal_at, r.saved_at
      from box, jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(place int, message_id bigint, flags smallint, keywords text[], size bigint, internal_at timestamptz, saved_at timestamptz)),
    account as (update mail_account a set used_count = used_count + ${messages}, used_size = used_size + ${size}, changes = changes + 1 from box where a.id = box.account_id returning a.id, a.name, a.used_size > a.quota as full)
    select box.first::float8 as first, account.id, account.name, account.full from box, account`.execute(ctx.db())
  if (added === undefined) return ctx.fail('mail.mailbox.missing')
  touch(ctx, { mailboxIds: [mailboxId], accountIds: [added.id] })
  if (added.full) return ctx.fail('mail.quota.full', { name: added.name })
  return rows.map(({ place }) => added.first + place)
}

/**
 * Puts a new message into the INBOX of an account with one statement, when there is room: mailbox and account are locked in that order, then looked at. Null when there is no INBOX; without
 * a UID there is no room.
 */
export async function addToInbox(ctx: ServerContext, { accountId, messageId, size, at }: { readonly accountId: string; readonly messageId: number; readonly size: number; readonly at: Date }): Promise<{ readonly mailboxId: number; readonly uid: number | null; readonly quota: number } | null> {
  const { rows: [row] } = await sql<{ box: number; uid: number | null; quota: number }>`
    with box as materialized (select id, account_id from mail_mailbox where account_id = ${accountId} and name = 'INBOX' for update),
    account as materialized (select a.id, a.quota, a.used_size + ${size}::bigint <= a.quota as fits from box join mail_account a on a.id = box.account_id for no key update of a),
    put as (
      update mail_mailbox m set uid_next = m.uid_next + 1, modseq = m.modseq + 1, messages = m.messages + 1, unseen = m.unseen + 1, size = m.size + ${size}
      from box, account where m.id = box.id and account.fits returning m.id, m.uid_next - 1 as uid, m.modseq),
    entry as (insert into mail_entry (mailbox_id, uid, message_id, modseq, size, internal_at, saved_at) select id, uid, ${messageId}, modseq, ${size}, ${at}::timestamptz, ${at}::timestamptz from put),
    counted as (update mail_account a set used_count = a.used_count + 1, used_size = a.used_size + ${size}, changes = a.changes + 1 from account, put where a.id = account.id)
    select box.id::float8 as box, put.uid::float8 as uid, account.quota::float8 as quota from box cross join account left join put on true`.execute(ctx.db())
  if (row === undefined) return null
  touch(ctx, { mailboxIds: [row.box], accountIds: [accountId] })
  return { mailboxId: row.box, uid: row.uid, quota: row.quota }
}

/** The same for mailboxes this transaction has locked, whatever room is left: the caller has looked. */
export async function addToLocked(ctx: ServerContext, boxes: ReadonlyMap<number, Mailbox>, additions: readonly Addition[]): Promise<readonly number[]> {
  const next = new Map([...boxes.values()].map((box) => [box.id, box.uidNext]))
  const rows = additions.map(({ mailboxId, messageId, size, flags, internalAt, savedAt }) => {
    const box = boxes.get(mailboxId) ?? ctx.fail('mail.mailbox.missing')
    const uid = next.get(mailboxId) ?? box.uidNext
    next.set(mailboxId, uid + 1)
    return { mailbox_id: mailboxId, uid, message_id: messageId, modseq: box.modseq + 1, ...keptFlags(flags), size, internal_at: internalAt, saved_at: savedAt }
  })
  await sql`insert into mail_entry select * from jsonb_populate_recordset(null::mail_entry, ${JSON.stringify(rows)}::jsonb)`.execute(ctx.db())
  const grouped = Map.groupBy(rows, ({ mailbox_id }) => mailbox_id)
  await countMailboxes(ctx, [...grouped].flatMap(([id, added]) => {
    const box = boxes.get(id)
    return box === undefined ? [] : [{ ...tally(added, 1), id, uidNext: next.get(id) ?? box.uidNext, modseq: box.modseq + 1 }]
  }))
  return rows.map(({ uid }) => uid)
}

type Weighed = { readonly flags: number; readonly size: number | string }

function tally(rows: readonly Weighed[], sign: 1 | -1): { readonly messages: number; readonly unseen: number; readonly deleted: number; readonly size: number } {
  const count = (which: (row: Weighed) => boolean): number => sign * rows.filter(which).length
  return { messages: sign * rows.length, unseen: count(({ flags }) => (flags & SEEN) === 0), deleted: count(({ flags }) => (flags & DELETED) !== 0), size: sign * rows.reduce((sum, { size }) => sum + Number(size), 0) }
}

async function checkQuotas(ctx: ServerContext, accounts: readonly string[]): Promise<void> {
  const { rows } = await sql<{ name: string }>`select name from mail_account where id = any(${[...accounts]}::uuid[]) and used_size > quota limit 1`.execute(ctx.db())
  if (rows[0] !== undefined) ctx.fail('mail.quota.full', { name: rows[0].name })
}

/** UIDs whose flags were changed, with their new MODSEQ, and those left alone because they had changed after `unchangedSince` (RFC 7162). */
export type Stored = { readonly entries: readonly Entry[]; readonly modified: readonly number[] }

/** Changes flags of entries, as far as rights go; what is the same afterwards keeps its MODSEQ. */
export async function storeFlags(ctx: ServerContext, mailboxId: number, uids: readonly number[], change: FlagChange, unchangedSince = Number.MAX_SAFE_INTEGER, rights = ALL_RIGHTS): Promise<Stored> {
  const box = await lockMailbox(ctx, mailboxId)
  const { rows } = await sql<Row>`select ${COLUMNS} from mail_entry where mailbox_id = ${mailboxId} and uid = any(${[...uids]}::bigint[]) order by uid`.execute(ctx.db())
  const fresh = rows.filter((row) => Number(row.modseq) <= unchangedSince)
  const changed = fresh.map((row) => ({ row, after: changedFlags(row, change, rights) })).filter(({ row, after }) => !sameFlags(row, after))
  if (changed.length > 0) await writeFlags(ctx, box, changed)
  const after = new Map(changed.map((one) => [one.row.uid, { ...one.row, ...one.after, modseq: String(box.modseq + 1) }]))
  return { entries: fresh.map((row) => entryOf(after.get(row.uid) ?? row)), modified: rows.filter((row) => Number(row.modseq) > unchangedSince).map((row) => Number(row.uid)) }
}

async function writeFlags(ctx: ServerContext, box: Mailbox, changed: readonly { readonly row: Row; readonly after: Kept }[]): Promise<void> {
  const modseq = box.modseq + 1
  const rows = JSON.stringify(changed.map(({ row, after }) => ({ uid: Number(row.uid), ...after })))
  await sql`update mail_entry e set flags = c.flags, keywords = c.keywords, modseq = ${modseq}
    from jsonb_to_recordset(${rows}::jsonb) as c(uid bigint, flags smallint, keywords text[]) where e.mailbox_id = ${box.id} and e.uid = c.uid`.execute(ctx.db())
  const before = tally(changed.map(({ row }) => row), -1)
  const after = tally(changed.map(({ row, after: kept }) => ({ ...kept, size: row.size })), 1)
  await countMailboxes(ctx, [{ id: box.id, uidNext: box.uidNext, modseq, messages: 0, size: 0, unseen: before.unseen + after.unseen, deleted: before.deleted + after.deleted }])
}

async function lockMailbox(ctx: ServerContext, id: number): Promise<Mailbox> {
  return (await lockMailboxes(ctx, [id])).get(id) ?? ctx.fail('mail.mailbox.missing')
}

/** Takes entries out for good, leaving tombstones; answers the UIDs that were there. `onlyDeleted`: those with \Deleted alone. */
export async function expungeEntries(ctx: ServerContext, mailboxId: number, uids: readonly number[] | 'all', onlyDeleted: boolean): Promise<readonly number[]> {
  const box = await lockMailbox(ctx, mailboxId)
  return (await takeOut(ctx, box, uids, onlyDeleted)).map((row) => Number(row.uid))
}

async function takeOut(ctx: ServerContext, box: Mailbox, uids: readonly number[] | 'all', onlyDeleted: boolean): Promise<readonly Row[]> {
  const which = uids === 'all' ? sql`true` : sql`uid = any(${[...uids]}::bigint[])`
  const flagged = onlyDeleted ? sql`flags & ${DELETED} <> 0` : sql`true`
  const { rows: gone } = await sql<Row>`
    with gone as (delete from mail_entry where mailbox_id = ${box.id} and ${which} and ${flagged} returning ${COLUMNS}),
    noted as (
      insert into mail_tombstone (mailbox_id, uid, modseq, at, message_id, flags, keywords, internal_at, saved_at)
      select ${box.id}, uid, ${box.modseq + 1}, ${ctx.now}, message_id, flags, keywords, internal_at, saved_at from gone)
    select * from gone order by uid`.execute(ctx.db())
  if (gone.length === 0) return []
  await countMailboxes(ctx, [{ ...tally(gone, -1), id: box.id, uidNext: box.uidNext, modseq: box.modseq + 1 }])
  return gone
}

/** Old and new UIDs of what was copied or moved, in ascending order of the old ones. */
export type Placed = { readonly from: readonly number[]; readonly to: readonly number[] }

/** Copies entries with their internal dates and with those of their flags that rights to the other mailbox allow. */
export async function copyEntries(ctx: ServerContext, from: number, to: number, uids: readonly number[], rights = ALL_RIGHTS): Promise<Placed> {
  await lockMailboxes(ctx, [from, to])
  const { rows } = await sql<Row>`select ${COLUMNS} from mail_entry where mailbox_id = ${from} and uid = any(${[...uids]}::bigint[]) order by uid`.execute(ctx.db())
  return place(ctx, rows, to, rights)
}

/** Moves entries in one step: nobody ever sees them in both or in neither (RFC 6851). */
export async function moveEntries(ctx: ServerContext, from: number, to: number, uids: readonly number[], rights = ALL_RIGHTS): Promise<Placed> {
  const box = (await lockMailboxes(ctx, [from, to])).get(from) ?? ctx.fail('mail.mailbox.missing')
  return place(ctx, await takeOut(ctx, box, uids, false), to, rights)
}

async function place(ctx: ServerContext, rows: readonly Row[], to: number, rights: Rights): Promise<Placed> {
  if (rows.length === 0) return { from: [], to: [] }
  const additions = rows.map((row) => ({ mailboxId: to, messageId: Number(row.message_id), size: Number(row.size), flags: settableFlags(rights, flagNames(row)), internalAt: row.internal_at, savedAt: ctx.now }))
  return { from: rows.map((row) => Number(row.uid)), to: await addEntries(ctx, additions) }
}
