import type { ServerContext } from '#platform/db/server/context.ts'
import { Records } from '#platform/records/contract.ts'
import { actorOf, handle } from '#platform/registry/server/module-server.ts'
import type { EndpointHandler } from '#platform/registry/server/module-server.ts'
import { Workflow } from '#platform/workflow/contract.ts'
import { incomingReadings, incomingSheetPages, incomingStatistics, setTimeLimits, timeLimits } from '#modules/documents/incoming/api.ts'
import { limitsOf, setLimits } from './limits.ts'
import { showSheet } from './sheet.ts'
import { statistics } from './statistics.ts'

/** Who got a received document to read, and who has read it: for everybody who sees the document. */
async function readings(ctx: ServerContext, id: string) {
  const { caseId } = await ctx.use(Records).visible('documents_incoming', id)
  const found = caseId === null ? [] : await ctx.use(Workflow).readings([caseId])
  return {
    items: found.map(({ personId, name, sentAt, readAt, opinion }) => ({ personId, name, sentAt: sentAt.toISOString(), readAt: readAt?.toISOString() ?? null, opinion })),
  }
}

export const incomingHandlers: readonly EndpointHandler[] = [
  handle(incomingReadings, (ctx, { id }) => readings(ctx, id)),
  handle(incomingSheetPages, (ctx, { id }) => showSheet(ctx, id)),
  handle(incomingStatistics, (ctx, { year, by }) => statistics(ctx, year, by)),
  handle(timeLimits, (ctx) => limitsOf(ctx, actorOf(ctx).organisationId)),
  handle(setTimeLimits, (ctx, limits) => setLimits(ctx, limits)),
]
