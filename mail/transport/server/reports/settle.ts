import { randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { placeOf } from '../../../store/server/octets.ts'
import type { Place } from '../../../store/server/octets.ts'
import { readHeader } from '../../../mime/header.ts'
import type { Handed } from '../../contract.ts'
import { type Report, reportMessage, vacationMessage } from '../../report.ts'
import { prepare } from '../deliver.ts'
import type { TransportParts } from '../parts.ts'
import { takeMessage } from '../take.ts'
import { trace } from '../trace.ts'

/** Messages up to this size go back whole, larger ones with their header alone. */
const MOST_RETURNED = 102_400
/** A report that cannot be made is given up after some tries. */
const MOST_ATTEMPTS = 5

type Row = { id: string; submission_id: string; kind: Report['kind'] | 'vacation'; recipient: string; original: string | null; reply: string | null; account_id: string | null }
type About = { sender: string; envelope_id: string | null; returns: 'FULL' | 'HDRS' | null; created_at: Date; place: Place | null; subject: string | null; rfc_id: string | null }

/** Makes what is owed about one message: the report and the end of the debt are one transaction. False when nothing is due. */
export async function settleReports(parts: TransportParts): Promise<boolean> {
  let hand: readonly Row[] = []
  try {
    return await parts.runtime.command(null, async (ctx) => {
      hand = await claim(ctx)
      const [first] = hand
      if (first === undefined) return false
      const about = await readAbout(ctx, first.submission_id)
      if (about !== null) await answer(parts, ctx, hand, about)
      await sql`delete from mail_report where id = any(${hand.map(({ id }) => id)}::bigint[])`.execute(ctx.db())
      return true
    })
  } catch (error) {
    if (hand.length === 0) throw error
    parts.runtime.log.error({ err: error }, 'a report could not be made')
    await sql`update mail_report set attempts = attempts + 1, due_at = due_at + interval '5 minutes' where id = any(${hand.map(({ id }) => id)}::bigint[])`.execute(parts.runtime.db)
    await sql`delete from mail_report where attempts >= ${MOST_ATTEMPTS}`.execute(parts.runtime.db)
    return true
  }
}

async function claim(ctx: ServerContext): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    with pick as (select submission_id, kind from mail_report where due_at <= ${ctx.now} order by due_at limit 1)
    select r.id, r.submission_id, r.kind, r.recipient, r.original, r.reply, r.account_id from mail_report r join pick using (submission_id, kind) where r.due_at <= ${ctx.now} order by r.id limit 500 for update of r skip locked`.execute(ctx.db())
  return rows
}

async function readAbout(ctx: ServerContext, submissionId: string): Promise<About | null> {
  const { rows } = await sql<About>`select s.sender, s.envelope_id, s.returns, s.created_at, case when m.id is not null then ${placeOf('m')} end as place, m.subject, m.rfc_id from mail_submission s left join mail_message m on m.id = s.message_id where s.id = ${submissionId}`.execute(ctx.db())
  return rows[0] ?? null
}

async function answer(parts: TransportParts, ctx: ServerContext, rows: readonly Row[], about: About): Promise<void> {
  if (rows[0]?.kind === 'vacation') {
    for (const row of rows) await sendVacation(parts, ctx, row, about)
    return
  }
  const kind = rows[0]?.kind ?? 'failed'
  const raw = about.place === null ? Buffer.alloc(0) : await buffer(parts.blobs.read(about.place))
  const whole = about.returns !== 'HDRS' && raw.length <= MOST_RETURNED && kind !== 'delayed'
  const message = reportMessage({
    kind, host: parts.host, to: about.sender, messageId: `${randomUUID()}@${parts.host}`, boundary: `report-${randomUUID()}`, now: ctx.now, arrivedAt: about.created_at, envelopeId: about.envelope_id, subject: about.subject ?? '',
    recipients: rows.map(({ recipient, original, reply }) => ({ address: recipient, original, reply: reply ?? '' })),
    body: { whole, raw: whole ? raw : raw.subarray(0, Math.min(readHeader(raw, 0, raw.length).end, MOST_RETURNED)) },
  })
  await send(parts, ctx, '', about.sender, message)
  await trace(ctx, rows.map(({ submission_id, recipient }) => ({ submissionId: submission_id, recipient, step: 'reported', detail: { kind } })))
}

async function sendVacation(parts: TransportParts, ctx: ServerContext, row: Row, about: About): Promise<void> {
  const { rows } = await sql<{ name: string; subject: string; body: string }>`select a.name, v.subject, v.body from mail_vacation v join mail_account a on a.id = v.account_id where v.account_id = ${row.account_id} and v.active`.execute(ctx.db())
  const [words] = rows
  if (words === undefined) return
  await send(parts, ctx, '', about.sender, vacationMessage({ ...words, from: row.recipient, to: about.sender, messageId: `${randomUUID()}@${parts.host}`, inReplyTo: about.rfc_id, now: ctx.now }))
}

/** Goes the way of every message, with the empty return path, so that nothing is ever reported about it. */
async function send(parts: TransportParts, ctx: ServerContext, sender: string, to: string, raw: Buffer): Promise<void> {
  const handed: Handed = { way: 'system', accountId: null, sender, recipients: [{ address: to, notify: ['NEVER'], original: null }], raw, envelopeId: null, returns: null, utf8: false, origin: null, verdict: null }
  await takeMessage(parts, ctx, await prepare(parts, handed))
}
