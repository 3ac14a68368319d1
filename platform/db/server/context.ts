import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Context } from '#kit/context.ts'
import type { Source } from '#platform/registry/server/runtime.ts'

/** The context as server code sees it: with the transaction it runs in. */
export interface ServerContext extends Context {
  /** The transaction (commands) or the pool (queries), typed by the tables the caller owns. */
  db<Tables>(): Kysely<Tables>
  /** False for queries: they have no transaction, so what they write stands at once. */
  readonly inTransaction: boolean
  readonly source: Source
  /**
   * Runs a part of the command that may fail by itself: what it wrote, emitted and left to wait is taken back then, and its error thrown on. Only within
   * a transaction.
   */
  attempt<T>(run: () => Promise<T>): Promise<T>
  readonly log: Logger
  /** Runs after the commit, for things that must not happen on a roll-back: pushes to open pages. Failures are logged. */
  afterCommit(run: () => void | Promise<void>): void
}
