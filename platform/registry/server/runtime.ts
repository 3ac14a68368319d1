import type { Logger } from 'pino'
import type { Actor } from '#kit/context.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Database, OpenDatabase } from '#platform/db/server/database.ts'
import type { Registry } from './registry.ts'

/** The running process: what lives longer than one request. */
export interface Runtime {
  readonly database: OpenDatabase
  readonly db: Database
  readonly log: Logger
  readonly registry: Registry
  /** Injected so that tests can turn it. */
  readonly clock: () => Date
  readonly dataDir: string
  /** One command: transaction, outbox, after-commit work. */
  command<T>(actor: Actor | null, run: (ctx: ServerContext) => Promise<T>, requestId?: string): Promise<T>
  /** One question: no transaction of its own. */
  query<T>(actor: Actor | null, run: (ctx: ServerContext) => Promise<T>, requestId?: string): Promise<T>
}
