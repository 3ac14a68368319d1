import type { Generated, Selectable } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'

export interface DeliveredDocument {
  readonly outgoingId: string
  readonly title: string
  readonly number: string
  readonly docType: string
  readonly urgency: 'normal' | 'urgent' | 'most-urgent'
  readonly senderOrganisationId: string
  readonly senderName: string
  readonly pdfFileId: string
  readonly attachmentIds: readonly string[]
  /** Civil date. */
  readonly issuedOn: string
}

export interface Recipient {
  readonly organisationId: string
  readonly role: 'main' | 'copy'
}

export interface DispatchRow {
  outgoing_id: string
  sender_organisation_id: string
  sent_by: string | null
  sent_at: Date
  document: DeliveredDocument
}

interface DeliveryTable {
  id: string
  /** Order in which the recipients were named. */
  seq: Generated<string>
  outgoing_id: string
  organisation_id: string
  role: 'main' | 'copy'
  incoming_id: string
  delivered_at: Date
  signed_at: Date | null
  signed_by: string | null
  signed_by_name: string | null
  returned_at: Date | null
  return_reason: string | null
  recalled_at: Date | null
  recall_reason: string | null
  done_at: Date | null
  urged_at: Date | null
  urged: number
}

export type DeliveryRow = Selectable<DeliveryTable>

export interface DeliveryTables {
  documents_dispatch: DispatchRow
  documents_delivery: DeliveryTable
}

export type DeliveryState = 'delivered' | 'signed' | 'returned' | 'recalled' | 'done'

export function stateOf(row: Pick<DeliveryRow, 'signed_at' | 'returned_at' | 'recalled_at' | 'done_at'>): DeliveryState {
  if (row.recalled_at !== null) return 'recalled'
  if (row.returned_at !== null) return 'returned'
  if (row.done_at !== null) return 'done'
  return row.signed_at === null ? 'delivered' : 'signed'
}

export const dispatchOf = (ctx: ServerContext, outgoingId: string): Promise<DispatchRow | undefined> =>
  ctx.db<DeliveryTables>().selectFrom('documents_dispatch').selectAll().where('outgoing_id', '=', outgoingId).executeTakeFirst()

/** Locked by whoever changes the deliveries of a document, so that they come one after the other. */
export const lockDispatch = (ctx: ServerContext, outgoingId: string): Promise<DispatchRow | undefined> =>
  ctx.db<DeliveryTables>().selectFrom('documents_dispatch').selectAll().where('outgoing_id', '=', outgoingId).forUpdate().executeTakeFirst()

export const deliveriesOf = (ctx: ServerContext, outgoingId: string): Promise<DeliveryRow[]> =>
  ctx.db<DeliveryTables>().selectFrom('documents_delivery').selectAll().where('outgoing_id', '=', outgoingId).orderBy('role', 'desc').orderBy('seq').execute()

/** The delivery that a received document came by; none for paper. */
export const deliveryOf = (ctx: ServerContext, incomingId: string): Promise<DeliveryRow | undefined> =>
  ctx.db<DeliveryTables>().selectFrom('documents_delivery').selectAll().where('incoming_id', '=', incomingId).executeTakeFirst()
