import type { RoleId } from '#kit/access.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Notify } from '#platform/notify/contract.ts'
import { Org } from '#platform/org/contract.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { firstHolders } from '../incoming/people.ts'
import { deliveryOf, dispatchOf } from './table.ts'
import type { DeliveryTables } from './table.ts'

const SENDERS: readonly RoleId[] = ['doc-registrar', 'mail-clerk', 'office-head']

/** What the receiving side does, as the sender sees it. Documents on paper have no delivery, so nothing happens for them. */

/** Open pages of the issued document show it at once. */
async function refresh(ctx: ServerContext, incomingId: string): Promise<void> {
  const delivery = await deliveryOf(ctx, incomingId)
  const dispatch = delivery === undefined ? undefined : await dispatchOf(ctx, delivery.outgoing_id)
  if (dispatch?.sent_by !== undefined && dispatch.sent_by !== null) await ctx.use(Notify).poke([dispatch.sent_by], `record:${dispatch.outgoing_id}`)
}

/** 签收: who and when; a second 签收 after a 退回 within the organisation changes nothing. */
export async function noteSigned(ctx: ServerContext, record: RuleRecord): Promise<void> {
  const actor = actorOf(ctx)
  await ctx.db<DeliveryTables>().updateTable('documents_delivery').set({ signed_at: ctx.now, signed_by: actor.personId, signed_by_name: actor.name })
    .where('incoming_id', '=', record.id).where('signed_at', 'is', null).execute()
  await refresh(ctx, record.id)
}

/** 退回: the sender's people get a notice with the reason. */
export async function noteReturned(ctx: ServerContext, record: RuleRecord, reason: string): Promise<void> {
  const delivery = await deliveryOf(ctx, record.id)
  if (delivery === undefined) return
  await ctx.db<DeliveryTables>().updateTable('documents_delivery').set({ returned_at: ctx.now, return_reason: reason }).where('id', '=', delivery.id).execute()
  const dispatch = await dispatchOf(ctx, delivery.outgoing_id)
  const unit = await ctx.use(Org).unit(delivery.organisation_id)
  const clerks = dispatch === undefined ? undefined : await firstHolders(ctx, dispatch.sender_organisation_id, SENDERS)
  const people = new Set([dispatch?.sent_by ?? [], (clerks?.posts ?? []).map(({ personId }) => personId)].flat())
  await ctx.use(Notify).tell([...people], {
    kind: 'result', title: `${unit?.shortName ?? ''}退回：${record.title}`, text: reason, link: `/app/documents_outgoing/${delivery.outgoing_id}`,
  })
}

export async function noteDone(ctx: ServerContext, record: RuleRecord): Promise<void> {
  await ctx.db<DeliveryTables>().updateTable('documents_delivery').set({ done_at: ctx.now }).where('incoming_id', '=', record.id).execute()
  await refresh(ctx, record.id)
}
