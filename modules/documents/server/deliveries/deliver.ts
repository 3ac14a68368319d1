import { randomBytes } from 'node:crypto'
import type { Insertable } from 'kysely'
import { uuidV7 } from '#base/ids.ts'
import { Org } from '#platform/org/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Records } from '#platform/records/contract.ts'
import { Workflow } from '#platform/workflow/contract.ts'
import { firstHolders, RECEIVERS } from '../incoming/people.ts'
import { deliveriesOf, lockDispatch, stateOf } from './table.ts'
import type { DeliveredDocument, DeliveryRow, DeliveryTables, Recipient } from './table.ts'

const ENTITY = 'documents_incoming'

const valuesOf = (document: DeliveredDocument): Readonly<Record<string, unknown>> => ({
  source: 'exchange', senderOrganisation: document.senderOrganisationId, sender: document.senderName, senderNumber: document.number, subject: document.title,
  docType: document.docType, urgency: document.urgency, secrecy: 'none', issuedOn: document.issuedOn, main: [document.pdfFileId], attachments: document.attachmentIds,
})

/** Opens the received document in one organisation and starts its flow in the name of whoever receives there. */
async function receive(ctx: ServerContext, document: DeliveredDocument, organisationId: string): Promise<string> {
  const unit = await ctx.use(Org).unit(organisationId)
  if (unit?.isOrganisation !== true) return ctx.fail('documents.delivery.organisation')
  const found = await firstHolders(ctx, organisationId, RECEIVERS)
  const post = found?.posts[0] ?? ctx.fail('documents.delivery.nobody', { name: unit.shortName })
  const owner = { organisationId, unitId: post.unitId, personId: post.personId, postId: post.id }
  const record = await ctx.use(Records).open(ENTITY, valuesOf(document), owner)
  const caseId = await ctx.use(Workflow).start(ENTITY, record.id, {}, { by: post.id })
  await ctx.use(Records).set(ENTITY, record.id, { caseId })
  return record.id
}

const deliveryRow = (ctx: ServerContext, { outgoingId }: DeliveredDocument, { organisationId, role }: Recipient, incomingId: string): Insertable<DeliveryTables['documents_delivery']> => ({
  id: uuidV7(ctx.now.getTime(), randomBytes(10)), outgoing_id: outgoingId, organisation_id: organisationId, role, incoming_id: incomingId, delivered_at: ctx.now, urged: 0,
  signed_at: null, signed_by: null, signed_by_name: null, returned_at: null, return_reason: null, recalled_at: null, recall_reason: null, done_at: null, urged_at: null,
})

/** One after the other, so that the deliveries stand in the order in which the recipients were named. */
async function deliverTo(ctx: ServerContext, document: DeliveredDocument, recipients: readonly Recipient[]): Promise<void> {
  if (recipients.length === 0) return
  const rows = []
  for (const recipient of recipients) rows.push(deliveryRow(ctx, document, recipient, await receive(ctx, document, recipient.organisationId)))
  await ctx.db<DeliveryTables>().insertInto('documents_delivery').values(rows).execute()
}

/** Each organisation once, as main recipient when it is both; those for which `had` holds are left out. */
function fresh(recipients: readonly Recipient[], had: (organisationId: string) => boolean): Recipient[] {
  const byOrganisation = new Map<string, Recipient>()
  for (const recipient of recipients) {
    if (!had(recipient.organisationId) && byOrganisation.get(recipient.organisationId)?.role !== 'main') byOrganisation.set(recipient.organisationId, recipient)
  }
  return [...byOrganisation.values()]
}

/**
 * Delivers an issued document, once to each organisation however often it is called: the received document is opened there, its files may be read
 * there, and whoever receives gets a to-do. Ends with 422 `documents.delivery.nobody` when an organisation has nobody to receive it.
 */
export async function deliver(ctx: ServerContext, document: DeliveredDocument, recipients: readonly Recipient[]): Promise<void> {
  await ctx.db<DeliveryTables>().insertInto('documents_dispatch').values({
    outgoing_id: document.outgoingId, sender_organisation_id: document.senderOrganisationId, sent_by: ctx.actor?.personId ?? null, sent_at: ctx.now, document,
  }).onConflict((conflict) => conflict.doNothing()).execute()
  await lockDispatch(ctx, document.outgoingId)
  const had = new Set((await deliveriesOf(ctx, document.outgoingId)).map((row) => row.organisation_id))
  await deliverTo(ctx, document, fresh(recipients, (id) => had.has(id)))
}

const isOpen = (row: DeliveryRow): boolean => !['returned', 'recalled'].includes(stateOf(row))

/** Delivers what was sent before to further organisations (补发), and again to those that returned it or from which it was recalled; answers how many. */
export async function deliverMore(ctx: ServerContext, outgoingId: string, recipients: readonly Recipient[]): Promise<number> {
  const dispatch = (await lockDispatch(ctx, outgoingId)) ?? ctx.fail('documents.delivery.missing')
  const open = new Set((await deliveriesOf(ctx, outgoingId)).filter(isOpen).map((row) => row.organisation_id))
  const further = fresh(recipients, (id) => open.has(id))
  await deliverTo(ctx, dispatch.document, further)
  return further.length
}
