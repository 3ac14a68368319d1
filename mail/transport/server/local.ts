import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { type Addition, addToInbox, addToLocked } from '../../store/server/entries.ts'
import { lockMailboxes } from '../../store/server/mailboxes.ts'
import { type Failed, failed } from '../replies.ts'

/** One copy for one account; `junk` puts it beside the inbox, `folder` into the mailbox of that name when there is one. */
export type Copy = { readonly accountId: string; readonly messageId: number; readonly size: number; readonly folder: string | null; readonly junk: boolean }

/** Where a copy went, or why it did not go. */
export type Placing = { readonly mailboxId: number; readonly uid: number } | Failed

type Room = { readonly id: string; readonly quota: string; readonly used_size: string }

const SHUT = failed(450, '4.2.0', 'mailbox cannot be opened now')
const fullFor = (size: number, quota: number): Failed => (size > quota ? failed(552, '5.3.4', 'message larger than the mailbox') : failed(552, '5.2.2', 'mailbox is full'))
const placingOf = ({ size }: Copy, added: Awaited<ReturnType<typeof addToInbox>>): Placing => (added === null ? SHUT : added.uid === null ? fullFor(size, added.quota) : { mailboxId: added.mailboxId, uid: added.uid })

/**
 * Puts copies into the mailboxes of their accounts. Mailboxes are locked in the order of their ids, then the accounts in that of theirs, so that room
 * is counted exactly; who has none left gets nothing. Answers in the order given.
 */
export async function placeCopies(ctx: ServerContext, copies: readonly Copy[]): Promise<readonly Placing[]> {
  const [first] = copies
  if (first === undefined) return []
  if (copies.length === 1 && first.folder === null && !first.junk) return [placingOf(first, await addToInbox(ctx, { ...first, at: ctx.now }))]
  const targets = await mailboxesFor(ctx, copies)
  const boxes = await lockMailboxes(ctx, targets.flatMap((id) => id ?? []))
  const left = await roomOf(ctx, [...new Set(copies.map(({ accountId }) => accountId))])
  const answers: (Placing | null)[] = copies.map(({ accountId, size }, index) => {
    const box = boxes.get(targets[index] ?? 0)
    const room = left.get(accountId)
    if (box === undefined || room === undefined) return SHUT
    if (size > room.left) return fullFor(size, room.quota)
    room.left -= size
    return null
  })
  const additions: Addition[] = copies.flatMap(({ messageId, size }, index) => (answers[index] === null ? [{ mailboxId: targets[index] ?? 0, messageId, size, flags: [], internalAt: ctx.now, savedAt: ctx.now }] : []))
  const uids = additions.length === 0 ? [] : await addToLocked(ctx, boxes, additions)
  const given = uids.values()
  return answers.map((answer, index) => answer ?? { mailboxId: targets[index] ?? 0, uid: given.next().value ?? 0 })
}

/** Nearly all mail goes into the INBOX, which is asked for without looking at others. */
async function mailboxesFor(ctx: ServerContext, copies: readonly Copy[]): Promise<readonly (number | null)[]> {
  if (copies.some(({ folder, junk }) => folder !== null || junk)) return chosenMailboxes(ctx, copies)
  const { rows } = await sql<{ account_id: string; id: string }>`select account_id, id from mail_mailbox where account_id = any(${copies.map(({ accountId }) => accountId)}::uuid[]) and name = 'INBOX'`.execute(ctx.db())
  const found = new Map(rows.map(({ account_id, id }) => [account_id, Number(id)]))
  return copies.map(({ accountId }) => found.get(accountId) ?? null)
}

async function chosenMailboxes(ctx: ServerContext, copies: readonly Copy[]): Promise<readonly (number | null)[]> {
  const wanted = JSON.stringify(copies.map(({ accountId, folder, junk }, index) => ({ n: index, a: accountId, f: folder, j: junk })))
  const { rows } = await sql<{ n: number; id: string | null }>`
    select w.n, coalesce(f.id, j.id, i.id) as id from jsonb_to_recordset(${wanted}::jsonb) as w(n int, a uuid, f text, j boolean)
    left join mail_mailbox i on i.account_id = w.a and i.name = 'INBOX'
    left join mail_mailbox f on w.f is not null and f.account_id = w.a and lower(f.name) = lower(w.f)
    left join mail_mailbox j on w.j and j.account_id = w.a and j.special = 'Junk'`.execute(ctx.db())
  const found = new Map(rows.map(({ n, id }) => [n, id === null ? null : Number(id)]))
  return copies.map((_, index) => found.get(index) ?? null)
}

async function roomOf(ctx: ServerContext, accounts: readonly string[]): Promise<ReadonlyMap<string, { left: number; readonly quota: number }>> {
  const { rows } = await sql<Room>`select id, quota, used_size from mail_account where id = any(${[...accounts]}::uuid[]) order by id for no key update`.execute(ctx.db())
  return new Map(rows.map(({ id, quota, used_size }) => [id, { left: Number(quota) - Number(used_size), quota: Number(quota) }]))
}
