import { Failure } from '#kit/failure.ts'

/** A called function that broke instead of refusing: people are told that it is not their fault, whoever manages the flow reads why. */
export class EffectFault extends Failure {
  constructor(node: string, cause: unknown) {
    super('workflow.effect.failed', { node })
    this.message = `“${node}”：${cause instanceof Error ? cause.message : String(cause)}`
    this.cause = cause
  }
}

/** What PostgreSQL says is between it and the command: some of it means that the command is run again. */
const isOfDatabase = (error: unknown): boolean => error instanceof Error && 'severity' in error

/** Runs a called function; what it breaks with bears the name of its step. */
export async function guarded(node: string, run: () => Promise<void>): Promise<void> {
  try {
    await run()
  } catch (error) {
    throw error instanceof Failure || isOfDatabase(error) ? error : new EffectFault(node, error)
  }
}
