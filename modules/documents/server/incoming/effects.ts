import type { ServerContext } from '#platform/db/server/context.ts'
import { Numbering } from '#platform/numbering/contract.ts'
import { Org } from '#platform/org/contract.ts'
import { Records } from '#platform/records/contract.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import type { EffectFunction } from '#platform/registry/server/module-server.ts'
import type { Listener } from '#platform/registry/server/service.ts'
import { READING_CONFIRMED, Workflow } from '#platform/workflow/contract.ts'
import type { ReadingConfirmed } from '#platform/workflow/contract.ts'
import { RECEIPT_PATTERN, RECEIPT_SERIES } from '#modules/documents/incoming/model.ts'
import { noteDone, noteReturned, noteSigned } from '../deliveries/progress.ts'
import { dueOn, URGENCIES } from './limits.ts'
import type { Urgency } from './limits.ts'
import { keepSheet } from './sheet.ts'

const CIRCULATE = 'documents.incoming.circulate'

const urgencyOf = ({ values }: RuleRecord): Urgency => URGENCIES.find((urgency) => urgency === values['urgency']) ?? 'normal'

const received = async (ctx: ServerContext, record: RuleRecord): Promise<void> => {
  if (record.values['receivedAt'] === null) await ctx.use(Records).set(record.entity, record.id, { values: { receivedAt: ctx.now.toISOString() } })
}

const receivePaper: EffectFunction = async (ctx, record) => {
  await ctx.use(Records).set(record.entity, record.id, { values: { source: 'paper' } })
  await received(ctx, record)
}

const sign: EffectFunction = async (ctx, record) => {
  await received(ctx, record)
  await noteSigned(ctx, record)
}

const refuse: EffectFunction = async (ctx, record, variables) => {
  const reason = variables['step.opinion']
  if (typeof reason !== 'string' || reason.trim() === '') return ctx.fail('documents.return.reason')
  await noteReturned(ctx, record, reason.trim())
}

/** 登记: the receipt number, once, and for 办件 the due date, unless the registrar has set one. */
const register: EffectFunction = async (ctx, record) => {
  const { organisationId, values } = record
  const drawn = record.number === null ? await ctx.use(Numbering).draw(RECEIPT_SERIES, RECEIPT_PATTERN, { type: record.entity, id: record.id }, { organisationId }) : undefined
  const due = values['kind'] === 'handle' && values['dueOn'] === null ? await dueOn(ctx, organisationId, urgencyOf(record)) : undefined
  await ctx.use(Records).set(record.entity, record.id, { ...(drawn !== undefined && { number: drawn.text }), ...(due !== undefined && { values: { dueOn: due } }) })
}

/** Reading copies go out once the command stands: the case cannot take a second command while it is in the middle of one. */
const sendCopies = (ctx: ServerContext, { id, values }: RuleRecord): void => {
  if (((values['readers'] ?? []) as readonly string[]).length > 0) ctx.emit({ type: CIRCULATE, data: { id }, key: `documents_incoming:${id}` })
}

/** 批示 done, or none needed: a document to be handled must have its 主办. */
const instructed: EffectFunction = async (ctx, { values }) => {
  if (values['kind'] !== 'read' && values['lead'] === null) ctx.fail('documents.lead.missing')
}

const circulate: EffectFunction = async (ctx, record) => sendCopies(ctx, record)

const finish: EffectFunction = async (ctx, record) => {
  await keepSheet(ctx, record)
  await noteDone(ctx, record)
}

export const incomingEffects: Readonly<Record<string, EffectFunction>> = {
  'documents.receive-paper': receivePaper,
  'documents.sign': sign,
  'documents.refuse': refuse,
  'documents.register': register,
  'documents.instructed': instructed,
  'documents.circulate': circulate,
  'documents.finish': finish,
}

/** Readers who get a copy now: all who had none, or, 依次传阅, the next of them once nobody is still reading. */
export function nextReaders(readers: readonly string[], inTurn: boolean, had: readonly { readonly personId: string; readonly readAt: Date | null }[]): readonly string[] {
  const waiting = readers.filter((id) => !had.some(({ personId }) => personId === id))
  if (!inTurn) return waiting
  return had.some(({ personId, readAt }) => readAt === null && readers.includes(personId)) ? [] : waiting.slice(0, 1)
}

async function handCopies(ctx: ServerContext, id: string): Promise<void> {
  const { caseId, values } = await ctx.use(Records).rule('documents_incoming', id)
  if (caseId === null) return
  const readers = nextReaders((values['readers'] ?? []) as readonly string[], values['readingOrder'] === 'in-turn', await ctx.use(Workflow).readings([caseId]))
  const posts = await Promise.all(readers.map((reader) => ctx.use(Org).posts(reader)))
  await ctx.use(Workflow).inform(caseId, posts.flatMap(([main]) => (main === undefined ? [] : [main.id])))
}

const startCopies: Listener = (ctx, data) => handCopies(ctx, (data as { id: string }).id)

/** 依次传阅: when one has read it, the next gets it. */
const passCopies: Listener = async (ctx, data) => {
  const { entity, recordId } = data as ReadingConfirmed
  if (entity !== 'documents_incoming') return
  const { values } = await ctx.use(Records).rule(entity, recordId)
  if (values['readingOrder'] === 'in-turn') await handCopies(ctx, recordId)
}

export const incomingListeners: Readonly<Record<string, Listener>> = { [CIRCULATE]: startCopies, [READING_CONFIRMED]: passCopies }
