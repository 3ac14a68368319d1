import type { ServerContext } from '#platform/db/server/context.ts'
import { Notify } from '#platform/notify/contract.ts'
import { Org } from '#platform/org/contract.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { deliveryOf } from './table.ts'
import type { DeliveryTables } from './table.ts'

/** What the receiving side does, as the sender sees it. Documents on paper have no delivery, so nothing happens for them. */

/** 签收: who and when; a second 签收 after a 退回 within the organisation changes nothing. */
export async function noteSigned(ctx: ServerContext, record: RuleRecord): Promise<void> {
  const actor = actorOf(ctx)
  await ctx.db<DeliveryTables>().updateTable('documents_delivery').set({ signed_at: ctx.now, signed_by: actor.personId, signed_by_name: actor.name })
    .where('incoming_id', '=', record.id).where('signed_at', 'is', null).execute()
}

/** 退回: the sender's people get a notice with the reason. */
export async function noteReturned(ctx: ServerContext, record: RuleRecord, reason: string): Promise<void> {
  const delivery = await deliveryOf(ctx, record.id)
  if (delivery === undefined) return
  await ctx.db<DeliveryTables>().updateTable('documents_delivery').set({ returned_at: ctx.now, return_reason: reason }).where('id', '=', delivery.id).execute()
  const dispatch = await ctx.db<DeliveryTables>().selectFrom('documents_dispatch').selectAll().where('outgoing_id', '=', delivery.outgoing_id).executeTakeFirst()
  const unit = await ctx.use(Org).unit(delivery.organisation_id)
  const clerks = dispatch === undefined ? [] : await ctx.use(Org).holders('doc-registrar', dispatch.sender_organisation_id, { below: true })
  const people = new Set([...(dispatch?.sent_by === null || dispatch === undefined ? [] : [dispatch.sent_by]), ...clerks.map(({ personId }) => personId)])
  await ctx.use(Notify).tell([...people], {
    kind: 'result', title: `${unit?.shortName ?? ''}退回：${record.title}`, text: reason, link: `/app/documents_outgoing/${delivery.outgoing_id}`,
  })
}

export async function noteDone(ctx: ServerContext, record: RuleRecord): Promise<void> {
  await ctx.db<DeliveryTables>().updateTable('documents_delivery').set({ done_at: ctx.now }).where('incoming_id', '=', record.id).execute()
}
