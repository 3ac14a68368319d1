import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { QueueEntry } from '../../contract.ts'
import { failed } from '../../replies.ts'
import { oweReports } from '../reports/owe.ts'
import { trace } from '../trace.ts'

type Row = {
  id: string; submission_id: string; sender: string; recipient: string; domain: string; state: 'waiting' | 'held'; due_at: Date; busy: boolean; attempts: number; last_reply: string | null
  paced_until: Date | null; created_at: Date; expires_at: Date; subject: string; size: string; notify: ('NEVER' | 'SUCCESS' | 'FAILURE' | 'DELAY')[] | null; original: string | null
}

const entryOf = (row: Row): QueueEntry => ({
  id: row.id, submissionId: row.submission_id, sender: row.sender, recipient: row.recipient, domain: row.domain, subject: row.subject, size: Number(row.size), attempts: row.attempts, lastReply: row.last_reply,
  state: row.busy ? 'sending' : row.state, dueAt: row.due_at.toISOString(), pacedUntil: row.paced_until?.toISOString() ?? null, createdAt: row.created_at.toISOString(), expiresAt: row.expires_at.toISOString(),
})

export type QueueQuery = { readonly after?: string | undefined; readonly limit: number; readonly domain?: string | undefined; readonly state?: 'waiting' | 'held' | undefined; readonly address?: string | undefined }

/** What waits, oldest first; one row more than asked for tells that there is more. */
export async function listQueue(ctx: ServerContext, { after, limit, domain, state, address }: QueueQuery): Promise<{ readonly items: readonly QueueEntry[]; readonly next: string | null }> {
  const { rows } = await sql<Row>`
    select q.*, q.lease_until > ${ctx.now} is true as busy, p.open_at as paced_until, m.subject, m.size
    from mail_queue q join mail_message m on m.id = q.message_id left join mail_domain_pace p on p.domain = q.domain and p.open_at > greatest(${ctx.now}, q.due_at) and q.state = 'waiting'
    where (${after ?? null}::bigint is null or q.id > ${after ?? null}::bigint) and (${domain ?? null}::text is null or q.domain = lower(${domain ?? null}::text)) and (${state ?? null}::text is null or q.state = ${state ?? null})
      and (${address ?? null}::text is null or lower(q.sender) = lower(${address ?? null}::text) or lower(q.recipient) = lower(${address ?? null}::text))
    order by q.id limit ${limit + 1}`.execute(ctx.db())
  return { items: rows.slice(0, limit).map(entryOf), next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null }
}

/** How many wait for each domain, the fullest first, with the last answer heard. */
export async function queueDomains(ctx: ServerContext): Promise<readonly { readonly domain: string; readonly waiting: number; readonly held: number; readonly oldest: string; readonly lastReply: string | null }[]> {
  const { rows } = await sql<{ domain: string; waiting: number; held: number; oldest: Date; last_reply: string | null }>`
    select domain, count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'held')::int as held, min(created_at) as oldest,
      (array_agg(last_reply order by due_at desc) filter (where last_reply is not null))[1] as last_reply
    from mail_queue group by domain order by count(*) desc, domain limit 500`.execute(ctx.db())
  return rows.map(({ oldest, last_reply, ...rest }) => ({ ...rest, oldest: oldest.toISOString(), lastReply: last_reply }))
}

export type QueueAct = 'retry' | 'hold' | 'release' | 'delete' | 'return'

/** Acts on rows nobody is sending at the moment: again at once, held, released, taken out silently, or back to the sender with a report. Answers how many. */
export async function actOnQueue(ctx: ServerContext, ids: readonly string[], act: QueueAct): Promise<number> {
  const free = sql`id = any(${[...ids]}::bigint[]) and (lease_until is null or lease_until < ${ctx.now})`
  const { rows } = act === 'delete' || act === 'return'
    ? await sql<Row>`delete from mail_queue where ${free} returning *`.execute(ctx.db())
    : await sql<Row>`update mail_queue set state = ${act === 'hold' ? 'held' : 'waiting'}, due_at = case when ${act === 'hold'} then due_at else ${ctx.now} end where ${free} returning *`.execute(ctx.db())
  if (rows.length === 0) ctx.fail('mail.queue.missing')
  const step = act === 'hold' ? 'held' : act === 'delete' || act === 'return' ? 'cancelled' : 'released'
  await trace(ctx, rows.map(({ submission_id, recipient }) => ({ submissionId: submission_id, recipient, step, detail: { by: ctx.actor?.personId ?? null, act } })))
  if (act === 'return') await oweReports(ctx, rows.map(({ submission_id, sender, recipient, original, notify }) => ({ submissionId: submission_id, sender, kind: 'failed', recipient, original, notify, reply: failed(554, '5.7.1', 'taken out of the queue by the administrator') })))
  return rows.length
}
