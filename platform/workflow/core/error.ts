import type { WorkflowCode } from '../words.ts'

/** A command that cannot be carried out. The code is a key of `workflowWords`; details fill its text (`at` is an instant). */
export class WorkflowError extends Error {
  readonly code: WorkflowCode
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: WorkflowCode, details: Readonly<Record<string, unknown>> = {}) {
    super(code)
    this.name = 'WorkflowError'
    this.code = code
    this.details = details
  }
}

/** Throws a `WorkflowError`. */
export function fail(code: WorkflowCode, details: Readonly<Record<string, unknown>> = {}): never {
  throw new WorkflowError(code, details)
}

/** The value, or a broken invariant of the core (never a user's mistake). */
export function must<T>(value: T | undefined | null, what: string): T {
  if (value === undefined || value === null) throw new Error(`workflow invariant broken: ${what}`)
  return value
}
