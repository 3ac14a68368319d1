import { Failure } from '#kit/failure.ts'
import { fill } from '#kit/words.ts'
import type { BatchWire } from '#kit/wire/task.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { actOnTask } from './act.ts'

interface Item {
  readonly id: string
  readonly revision: number
}

/** Why an act failed, as the person would have been told had she done it alone. */
export function problemOf(runtime: Runtime, error: unknown): string {
  const code = error instanceof Failure ? error.code : 'http.internal'
  return fill(runtime.registry.errors[code]?.text ?? code, error instanceof Failure ? error.details : {})
}

/** Agrees to several tasks, each in a transaction of its own: what fails with one does not undo the others. */
export async function approveEach(ctx: ServerContext, runtime: Runtime, items: readonly Item[], opinion: string | undefined): Promise<BatchWire['items']> {
  const actor = actorOf(ctx)
  const results: BatchWire['items'] = []
  for (const { id, revision } of items) {
    try {
      await runtime.command(actor, (own) => actOnTask(own, id, { operation: 'complete', outcome: 'approve', revision, ...(opinion !== undefined && { opinion }) }), ctx.source)
      results.push({ id, done: true, problem: null })
    } catch (error) {
      if (!(error instanceof Failure)) ctx.log.error({ err: error, task: id }, 'task of a batch failed')
      results.push({ id, done: false, problem: problemOf(runtime, error) })
    }
  }
  return results
}
