import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Step } from '../../contract.ts'
import { type Failed, failedLine } from '../../replies.ts'
import { type Owed, oweReports, type ReportKind } from '../reports/owe.ts'
import { trace } from '../trace.ts'
import { backOff, WARN_AFTER_MS } from './back-off.ts'
import type { Group, Row } from './claim.ts'

/** How a conversation ended for each recipient of a group, in their order. `reports`: the other server sends success reports itself. */
export type Sent = { readonly host: string; readonly tls: string | null; readonly reports: boolean; readonly replies: readonly Failed[]; readonly tookMs: number }

type Settled = { readonly row: Row; readonly reply: Failed; readonly step: Extract<Step, 'relayed' | 'deferred' | 'failed' | 'expired'>; readonly report: ReportKind | null }

/** What a reply means for a recipient now (pure). */
export function settlementOf(row: Row, reply: Failed, now: Date, reports: boolean): Settled {
  if (reply.code < 400) return { row, reply, step: 'relayed', report: reports ? null : 'relayed' }
  if (reply.code >= 500) return { row, reply, step: 'failed', report: 'failed' }
  if (now >= row.expiresAt) return { row, reply, step: 'expired', report: 'failed' }
  return { row, reply, step: 'deferred', report: !row.warned && now.getTime() - row.createdAt.getTime() >= WARN_AFTER_MS ? 'delayed' : null }
}

/** Writes down how it ended, in one transaction: rows that are done go, the others wait, and reports are owed. */
export async function settle(ctx: ServerContext, { submissionId, sender, rows }: Group, { host, tls, reports, replies, tookMs }: Sent): Promise<void> {
  const settled = rows.map((row, index) => settlementOf(row, replies[index] ?? { code: 451, status: '4.5.0', text: 'no answer' }, ctx.now, reports))
  const done = settled.filter(({ step }) => step !== 'deferred').map(({ row }) => row.id)
  await sql`delete from mail_queue where id = any(${done}::bigint[])`.execute(ctx.db())
  const later = settled.filter(({ step }) => step === 'deferred').map(({ row, reply, report }) => ({ id: row.id, due: new Date(ctx.now.getTime() + backOff(row.attempts + 1)), warned: row.warned || report === 'delayed', reply: failedLine(reply) }))
  await sql`update mail_queue q set lease_until = null, attempts = q.attempts + 1, due_at = w.due, warned = w.warned, last_reply = w.reply
    from jsonb_to_recordset(${JSON.stringify(later)}::jsonb) as w(id bigint, due timestamptz, warned boolean, reply text) where q.id = w.id`.execute(ctx.db())
  const attempts = settled.map(({ row, reply, step }) => ({ r: row.address, p: failedLine(reply), o: step === 'expired' ? 'failed' : step }))
  await sql`insert into mail_attempt (submission_id, recipient, host, tls, reply, outcome, took_ms, at)
    select ${submissionId}::uuid, r, ${host}, ${tls}, p, o, ${Math.round(tookMs)}, ${ctx.now} from jsonb_to_recordset(${JSON.stringify(attempts)}::jsonb) as a(r text, p text, o text)`.execute(ctx.db())
  await trace(ctx, settled.map(({ row, reply, step }) => ({ submissionId, recipient: row.address, step, detail: { host, reply: failedLine(reply) } })))
  await oweReports(ctx, settled.flatMap(({ row, reply, report }): readonly Owed[] => (report === null ? [] : [{ submissionId, sender, kind: report, recipient: row.address, original: row.original, notify: row.notify, reply }])))
}
