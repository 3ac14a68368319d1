import { z } from 'zod'
import type { ServerContext } from '#platform/db/server/context.ts'
import { runtimeOf } from '#platform/registry/server/of.ts'
import { commandCase } from './run.ts'
import { emitStarts } from './starts/occur.ts'
import { waitingFor } from './thrown.ts'

const thrown = z.object({ id: z.string().default(''), caseId: z.string(), event: z.enum(['message', 'signal']), name: z.string().nullable(), key: z.string().nullable().default(null) })

/**
 * Brings a thrown signal to every case that waits for it, a message to one: that of its key, or else one that waits for any, and of several the longest running; each in a transaction of its own.
 * A signal also starts the cases that begin with it, a message that no case takes the one that begins with it. Whoever stopped waiting meanwhile is passed over.
 */
export async function deliverThrown(ctx: ServerContext, data: unknown): Promise<void> {
  const { id, event, name, caseId, key } = thrown.parse(data)
  const runtime = runtimeOf(ctx)
  for (const waiting of await waitingFor(ctx, { caseId, event, name, key })) {
    try {
      await runtime.command(null, (own) => commandCase(own, waiting, () => ({ kind: 'deliver', event, name, key })), ctx.source)
      if (event === 'message') return
    } catch (error) {
      ctx.log.warn({ err: error, caseId: waiting, event, name }, 'an event could not be delivered to a case')
    }
  }
  await emitStarts(ctx, { event, name, key, id })
}
