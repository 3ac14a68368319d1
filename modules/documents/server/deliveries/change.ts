import type { ServerContext } from '#platform/db/server/context.ts'
import { Notify } from '#platform/notify/contract.ts'
import { Org } from '#platform/org/contract.ts'
import { Records } from '#platform/records/contract.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { Workflow } from '#platform/workflow/contract.ts'
import { firstHolders, RECEIVERS } from '../incoming/people.ts'
import { deliverMore } from './deliver.ts'
import { changeableDispatch } from './rights.ts'
import { deliveriesOf, lockDispatch, stateOf } from './table.ts'
import type { DeliveryRow, DeliveryTables, DispatchRow, Recipient } from './table.ts'

async function urgeOne(ctx: ServerContext, { document }: DispatchRow, row: DeliveryRow, note: string | undefined): Promise<void> {
  const found = await firstHolders(ctx, row.organisation_id, RECEIVERS)
  await ctx.use(Notify).tell((found?.posts ?? []).map(({ personId }) => personId), {
    kind: 'urge', title: `请签收：${document.title}`, text: note ?? `${document.senderName}催促签收`, link: `/app/documents_incoming/${row.incoming_id}`,
  })
  await ctx.db<DeliveryTables>().updateTable('documents_delivery').set({ urged_at: ctx.now, urged: row.urged + 1 }).where('id', '=', row.id).execute()
}

/** Urges all who have not signed, or those of them that are named; answers how many. */
export async function urge(ctx: ServerContext, outgoingId: string, deliveryIds: readonly string[] | undefined, note: string | undefined): Promise<number> {
  const dispatch = await changeableDispatch(ctx, outgoingId)
  await lockDispatch(ctx, outgoingId)
  const waiting = (await deliveriesOf(ctx, outgoingId)).filter((row) => stateOf(row) === 'delivered' && (deliveryIds?.includes(row.id) ?? true))
  for (const row of waiting) await urgeOne(ctx, dispatch, row, note)
  return waiting.length
}

/** 补发: only those whose document may be read by the one who sends it on get it, so the files are as they were sent. */
export async function addFurther(ctx: ServerContext, outgoingId: string, recipients: readonly Recipient[]): Promise<number> {
  await changeableDispatch(ctx, outgoingId)
  return deliverMore(ctx, outgoingId, recipients)
}

/**
 * Takes a delivery back that nobody has signed: the receiving side keeps the line, without the files. The case is locked first, as 签收 does, so of
 * two at once one wins.
 */
export async function recall(ctx: ServerContext, deliveryId: string, reason: string): Promise<void> {
  const row = await ctx.db<DeliveryTables>().selectFrom('documents_delivery').selectAll().where('id', '=', deliveryId).executeTakeFirst()
  const delivery = row ?? ctx.fail('documents.delivery.missing')
  const dispatch = await changeableDispatch(ctx, delivery.outgoing_id)
  const { caseId } = await ctx.use(Records).rule('documents_incoming', delivery.incoming_id)
  if (caseId !== null) await ctx.use(Workflow).terminate(caseId, `${dispatch.document.senderName} ${actorOf(ctx).name} 收回：${reason}`)
  const taken = await ctx.db<DeliveryTables>().updateTable('documents_delivery').set({ recalled_at: ctx.now, recall_reason: reason })
    .where('id', '=', deliveryId).where('signed_at', 'is', null).where('returned_at', 'is', null).where('recalled_at', 'is', null).executeTakeFirst()
  const names = await ctx.use(Org).names([delivery.organisation_id])
  if (taken.numUpdatedRows === 0n) ctx.fail('documents.delivery.signed', { name: names[delivery.organisation_id] ?? '对方' })
  await ctx.use(Records).set('documents_incoming', delivery.incoming_id, { state: 'recalled', values: { main: null, attachments: null } })
}
