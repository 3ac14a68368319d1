import { handle } from '#platform/registry/server/module-server.ts'
import type { EndpointHandler } from '#platform/registry/server/module-server.ts'
import { addRecipients, deliveries, recallDelivery, urgeDeliveries } from '#modules/documents/incoming/api.ts'
import { addFurther, recall, urge } from './change.ts'
import { listDeliveries } from './list.ts'

export const deliveryHandlers: readonly EndpointHandler[] = [
  handle(deliveries, (ctx, { outgoingId }) => listDeliveries(ctx, outgoingId)),
  handle(urgeDeliveries, async (ctx, { outgoingId, deliveryIds, note }) => ({ urged: await urge(ctx, outgoingId, deliveryIds, note) })),
  handle(addRecipients, async (ctx, { outgoingId, recipients }) => ({ delivered: await addFurther(ctx, outgoingId, recipients) })),
  handle(recallDelivery, async (ctx, { deliveryId, reason }) => {
    await recall(ctx, deliveryId, reason)
    return { done: true as const }
  }),
]
