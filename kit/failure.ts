/** Ends a command on purpose. `code` is a key of some `words.ts`, whose text people read. */
export class Failure extends Error {
  readonly code: string
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: string, details: Readonly<Record<string, unknown>> = {}) {
    super(code)
    this.name = 'Failure'
    this.code = code
    this.details = details
  }
}

export const fail = (code: string, details?: Readonly<Record<string, unknown>>): never => {
  throw new Failure(code, details)
}
