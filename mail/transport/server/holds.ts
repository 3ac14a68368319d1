import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { RecipientWish } from '../contract.ts'
import { failed } from '../replies.ts'
import { placeCopies } from './local.ts'
import { enqueue } from './queue/enqueue.ts'
import { oweReports } from './reports/owe.ts'
import { findAddresses } from './resolve.ts'
import { trace } from './trace.ts'

type Row = RecipientWish & { readonly id: string; readonly submission_id: string; readonly message_id: string; readonly recipient: string; readonly sender: string; readonly size: string }

export type Held = { readonly id: string; readonly submissionId: string; readonly sender: string; readonly recipient: string; readonly subject: string; readonly reason: string; readonly createdAt: string }

/** Recipients that wait for somebody's word, the longest waiting first. */
export async function listHolds(ctx: ServerContext): Promise<readonly Held[]> {
  const { rows } = await sql<Omit<Held, 'createdAt'> & { at: Date }>`
    select h.id, h.submission_id as "submissionId", s.sender, h.recipient, m.subject, h.reason, h.created_at as at
    from mail_hold h join mail_submission s on s.id = h.submission_id join mail_message m on m.id = h.message_id where h.state = 'held' order by h.created_at, h.id limit 500`.execute(ctx.db())
  return rows.map(({ at, ...rest }) => ({ ...rest, createdAt: at.toISOString() }))
}

/** Decides about one recipient that waits: the message goes on as if it had not waited, or back to its sender with the reason. Fails with `mail.hold.missing`. */
export async function decideHold(ctx: ServerContext, id: string, decision: 'release' | { readonly refuse: string }): Promise<void> {
  const { rows } = await sql<Row>`
    update mail_hold h set state = ${decision === 'release' ? 'released' : 'refused'}, decided_at = ${ctx.now} from mail_submission s
    where h.id = ${id}::bigint and h.state = 'held' and s.id = h.submission_id returning h.id, h.submission_id, h.message_id, h.recipient, h.notify, h.original, s.sender, s.size`.execute(ctx.db())
  const row = rows[0] ?? ctx.fail('mail.hold.missing')
  const traced = { submissionId: row.submission_id, recipient: row.recipient }
  const report = { ...traced, sender: row.sender, kind: 'failed' as const, notify: row.notify, original: row.original }
  if (decision !== 'release') {
    await trace(ctx, [{ ...traced, step: 'refused', detail: { reason: decision.refuse } }])
    return oweReports(ctx, [{ ...report, reply: failed(550, '5.7.1', decision.refuse) }])
  }
  const account = (await findAddresses(ctx, [row.recipient])).get(row.recipient)?.account ?? null
  await trace(ctx, [{ ...traced, step: 'released' }])
  if (account === null) {
    await enqueue(ctx, { submissionId: row.submission_id, messageId: Number(row.message_id), sender: row.sender }, [{ address: row.recipient, notify: row.notify, original: row.original }])
    return trace(ctx, [{ ...traced, step: 'queued' }])
  }
  const [placing] = await placeCopies(ctx, [{ accountId: account.id, messageId: Number(row.message_id), size: Number(row.size), folder: null, junk: false }])
  if (placing !== undefined && 'uid' in placing) return trace(ctx, [{ ...traced, step: 'delivered', detail: { mailbox: placing.mailboxId, uid: placing.uid } }])
  await oweReports(ctx, [{ ...report, reply: placing ?? failed(450, '4.2.0', 'mailbox cannot be opened now') }])
}
