import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { keepMessage } from '../../store/server/messages.ts'
import type { Kept } from '../../store/server/octets.ts'
import type { Handed, Outcome, RecipientWish, Taken } from '../contract.ts'
import { type Failed, failed } from '../replies.ts'
import { type Copy, placeCopies, type Placing } from './local.ts'
import type { Decision, TransportParts } from './parts.ts'
import { oweReports, type Owed } from './reports/owe.ts'
import { oweVacations } from './reports/vacation.ts'
import { enqueue } from './queue/enqueue.ts'
import { resolveRecipients, type Target } from './resolve.ts'
import { trace, type Traced } from './trace.ts'

/** A message whose octets are in place, with all that is written about it; `detail` is what its acceptance tells in the trace. */
export type Prepared = { readonly id: string; readonly handed: Handed; readonly kept: Kept; readonly fingerprint: string; readonly received: string; readonly junk: boolean; readonly detail: Readonly<Record<string, unknown>> }

/** How it goes on for one end of a recipient. */
type End = { readonly target: Target; readonly step: Outcome['step']; readonly reply: Failed; readonly detail: Readonly<Record<string, unknown>> }

const OK = { code: 250, status: '2.1.5', text: 'delivered' } as const
const DONE: Readonly<Record<'delivered' | 'queued' | 'held', Failed>> = { delivered: OK, queued: { ...OK, text: 'queued' }, held: { ...OK, text: 'waits for approval' } }

/**
 * Takes one message over, in the transaction it is called in: copies for local recipients, queue rows for remote ones, holds, reports and every step of
 * every recipient. A message whose answer was lost on the way is recognised and not taken twice.
 */
export async function takeMessage(parts: TransportParts, ctx: ServerContext, prepared: Prepared): Promise<Taken> {
  const before = await unanswered(ctx, prepared)
  if (before !== null) return before
  const { handed, id } = prepared
  const poster = { address: handed.sender, accountId: handed.accountId, system: handed.way === 'system' }
  const targets = onePerAccount(await resolveRecipients(ctx, handed.recipients.map(({ address }) => address), poster))
  const decisions = await decide(parts, ctx, handed, targets)
  const passing = targets.some((_, index) => typeof decisions[index] === 'string' || 'hold' in (decisions[index] ?? {}))
  const messageId = passing ? await keepMessage(ctx, handed.raw, prepared.kept) : null
  await keepSubmission(ctx, prepared, messageId)
  const ends = messageId === null ? targets.map((target, index) => refusedEnd(target, decisions[index])) : await carryOut(ctx, prepared, messageId, targets, decisions)
  const outcomes = handed.recipients.map((recipient, origin) => outcomeOf(recipient, ends.filter(({ target }) => target.origin === origin)))
  await trace(ctx, steps(prepared, ends))
  await oweReports(ctx, owed(prepared, outcomes))
  if (messageId !== null) await oweVacations(ctx, id, handed, ends.flatMap(({ target, step }) => (step === 'delivered' && target.kind === 'local' && target.away && target.via.length === 0 ? [target.accountId] : [])))
  return { submissionId: id, outcomes }
}

/** Only over a connection can an answer be lost; the browser has keys of its own against repeats. */
const mayRepeat = ({ way }: Handed): boolean => way !== 'system' && way !== 'web'

/** The same octets from the same sender to the same recipients, taken within a day but never answered: the process ended in between. */
async function unanswered(ctx: ServerContext, { handed, fingerprint }: Prepared): Promise<Taken | null> {
  if (!mayRepeat(handed)) return null
  const { rows } = await sql<{ id: string; refused: { recipient: string; code: number; status: string; text: string }[] }>`
    select s.id, coalesce((select jsonb_agg(t.detail || jsonb_build_object('recipient', t.recipient)) from mail_trace t where t.submission_id = s.id and t.step = 'refused'), '[]') as refused
    from mail_unanswered(${fingerprint}, ${ctx.now}::timestamptz - interval '1 day') s`.execute(ctx.db())
  const [row] = rows
  if (row === undefined) return null
  const refused = new Map(row.refused.map(({ recipient, ...reply }) => [recipient, reply]))
  return { submissionId: row.id, outcomes: handed.recipients.map(({ address }) => ({ recipient: address, ...(refused.get(address) ?? OK), step: refused.has(address) ? 'refused' : 'delivered' })) }
}

/** Whoever is reached twice gets one copy: the first way counts. */
function onePerAccount(targets: readonly Target[]): readonly Target[] {
  const seen = new Set<string>()
  return targets.filter((target) => {
    const key = target.kind === 'local' ? target.accountId : target.kind === 'remote' ? target.address : null
    if (key === null || !seen.has(key)) return key === null || seen.add(key) !== undefined
    return false
  })
}

async function decide({ policy }: TransportParts, ctx: ServerContext, handed: Handed, targets: readonly Target[]): Promise<readonly Decision[]> {
  const decisions = await policy(ctx, handed, targets)
  return targets.map((target, index) => (target.kind === 'refused' ? { refuse: target.reply } : (decisions[index] ?? 'pass')))
}

const refusedEnd = (target: Target, decision: Decision | undefined): End => {
  const reply = typeof decision === 'object' && 'refuse' in decision ? decision.refuse : failed(550, '5.7.1', 'refused')
  return { target, step: 'refused', reply, detail: reply }
}

/** Writes down that a message was refused as a whole for what is in it; nothing of it is kept. */
export async function keepRefusal(ctx: ServerContext, about: About, reply: Failed, detail: Prepared['detail']): Promise<void> {
  const { code, status, text } = reply
  await keepSubmission(ctx, { ...about, handed: { ...about.handed, verdict: detail } }, null, true)
  await trace(ctx, about.handed.recipients.map(({ address }) => ({ submissionId: about.id, recipient: address, step: 'refused', detail: { code, status, text, ...detail } })))
}

type About = Pick<Prepared, 'id' | 'handed' | 'fingerprint' | 'received'>

async function keepSubmission(ctx: ServerContext, { id, handed, fingerprint, received }: About, messageId: number | null, answered = !mayRepeat(handed)): Promise<void> {
  const { way, accountId, sender, raw, envelopeId, returns, utf8, verdict } = handed
  await sql`insert into mail_submission (id, way, account_id, sender, message_id, size, envelope_id, returns, utf8, received, verdict, fingerprint, answered, created_at)
    values (${id}, ${way}, ${accountId}, ${sender}, ${messageId}, ${raw.length}, ${envelopeId}, ${returns}, ${utf8}, ${received}, ${verdict === null ? null : JSON.stringify(verdict)}::jsonb, ${fingerprint}, ${answered}, ${ctx.now})`.execute(ctx.db())
}

async function carryOut(ctx: ServerContext, { id, handed, junk }: Prepared, messageId: number, targets: readonly Target[], decisions: readonly Decision[]): Promise<readonly End[]> {
  const size = handed.raw.length
  const passing = targets.filter((_, index) => decisions[index] === 'pass')
  const local = passing.filter((target) => target.kind === 'local')
  const copies: Copy[] = local.map(({ accountId, folder }) => ({ accountId, messageId, size, folder, junk }))
  const placings = new Map((await placeCopies(ctx, copies)).map((placing, index) => [local[index], placing]))
  await enqueue(ctx, { submissionId: id, messageId, sender: handed.sender }, passing.filter(({ kind }) => kind === 'remote').map(({ origin, address }) => ({ ...wishOf(handed, origin), address })))
  await hold(ctx, id, messageId, handed, targets, decisions)
  return targets.map((target, index) => {
    const decision = decisions[index] ?? 'pass'
    if (decision !== 'pass') return 'hold' in decision ? { target, step: 'held', reply: DONE.held, detail: { reason: decision.hold } } : refusedEnd(target, decision)
    return target.kind === 'local' ? placedEnd(target, placings.get(target)) : { target, step: 'queued', reply: DONE.queued, detail: {} }
  })
}

function placedEnd(target: Target, placing: Placing | undefined): End {
  if (placing !== undefined && 'uid' in placing) return { target, step: 'delivered', reply: DONE.delivered, detail: { mailbox: placing.mailboxId, uid: placing.uid } }
  const reply = placing ?? failed(450, '4.2.0', 'mailbox cannot be opened now')
  return { target, step: 'refused', reply, detail: reply }
}

const wishOf = ({ recipients }: Handed, origin: number): RecipientWish => recipients[origin] ?? { address: '', notify: null, original: null }

async function hold(ctx: ServerContext, id: string, messageId: number, handed: Handed, targets: readonly Target[], decisions: readonly Decision[]): Promise<void> {
  const rows = targets.flatMap(({ origin, address }, index) => {
    const decision = decisions[index] ?? 'pass'
    if (decision === 'pass' || !('hold' in decision)) return []
    const { notify, original } = wishOf(handed, origin)
    return [{ recipient: address, notify, original, reason: decision.hold }]
  })
  if (rows.length === 0) return
  await sql`insert into mail_hold (submission_id, message_id, recipient, notify, original, reason, created_at)
    select ${id}::uuid, ${messageId}::bigint, recipient, notify, original, reason, ${ctx.now}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as h(recipient text, notify text[], original text, reason text)`.execute(ctx.db())
}

/** A recipient counts as refused when every way from it ended so. */
function outcomeOf({ address }: RecipientWish, ends: readonly End[]): Outcome {
  const good = ends.find(({ step }) => step !== 'refused')
  const first = good ?? ends[0]
  // Its only way led to somebody who is reached by another recipient of the message.
  return first === undefined ? { recipient: address, step: 'delivered', ...DONE.delivered } : { recipient: address, step: first.step, ...first.reply }
}

function steps({ id: submissionId, handed: { recipients }, detail: found }: Prepared, ends: readonly End[]): readonly Traced[] {
  const expanded = new Map(ends.filter(({ target }) => target.via.length > 0).map(({ target }) => [recipients[target.origin]?.address ?? '', target.via[0] ?? '']))
  return [
    ...recipients.map(({ address }): Traced => ({ submissionId, recipient: address, step: 'accepted', detail: found })),
    ...[...expanded].map(([recipient, as]): Traced => ({ submissionId, recipient, step: 'expanded', detail: { as } })),
    ...ends.map(({ target, step, detail }): Traced => ({ submissionId, recipient: target.address, step, detail: target.via.length > 0 ? { ...detail, via: target.via } : detail })),
  ]
}

/** With SMTP one answer stands for all recipients: who was refused while others were not is told by a report. */
function owed({ id, handed }: Prepared, outcomes: readonly Outcome[]): readonly Owed[] {
  const partly = handed.way !== 'lmtp' && outcomes.some(({ step }) => step !== 'refused')
  return outcomes.flatMap(({ step, recipient, ...reply }, index): readonly Owed[] => {
    const { notify, original } = wishOf(handed, index)
    const report = { submissionId: id, sender: handed.sender, recipient, notify, original, reply }
    if (step === 'refused') return partly ? [{ ...report, kind: 'failed' }] : []
    return step === 'delivered' && notify?.includes('SUCCESS') === true ? [{ ...report, kind: 'delivered' }] : []
  })
}
