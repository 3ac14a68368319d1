import { Access } from '#platform/access/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { dispatchOf } from './table.ts'
import type { DispatchRow } from './table.ts'

/** Whoever of the sending organisation sees the issued document sees where it went; to everybody else it was never sent. */
export async function visibleDispatch(ctx: ServerContext, outgoingId: string): Promise<DispatchRow> {
  const row = await dispatchOf(ctx, outgoingId)
  const own = row?.sender_organisation_id === actorOf(ctx).organisationId
  return row !== undefined && own && (await ctx.use(Access).sees('documents_outgoing', outgoingId, 'documents.view')) ? row : ctx.fail('documents.delivery.missing')
}

/** Whoever sent it, and those who distribute documents in the organisation. */
export const mayChange = async (ctx: ServerContext, dispatch: DispatchRow): Promise<boolean> =>
  dispatch.sent_by === actorOf(ctx).personId || (await ctx.use(Access).may('documents.distribute'))

export async function changeableDispatch(ctx: ServerContext, outgoingId: string): Promise<DispatchRow> {
  const dispatch = await visibleDispatch(ctx, outgoingId)
  return (await mayChange(ctx, dispatch)) ? dispatch : ctx.fail('access.denied')
}
