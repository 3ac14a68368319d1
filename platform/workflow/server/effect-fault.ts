import { Failure } from '#kit/failure.ts'
import { isRetriable } from '#platform/db/server/transaction.ts'

/** A called function that broke instead of refusing: people are told that it is not their fault, whoever manages the flow reads why. */
export class EffectFault extends Failure {
  constructor(node: string, cause: unknown) {
    super('workflow.effect.failed', { node })
    this.message = `“${node}”：${cause instanceof Error ? cause.message : String(cause)}`
    this.cause = cause
  }
}

/** Runs a called function; what it breaks with bears the name of its step. Where PostgreSQL asks for it the whole command is run again instead. */
export async function guarded(node: string, run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    throw error instanceof Failure || isRetriable(error) ? error : new EffectFault(node, error)
  }
}
