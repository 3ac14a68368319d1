import type { Logger } from 'pino'
import type { Actor } from '#kit/context.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { FlowSettings, Listening } from '#platform/config/contract.ts'
import type { Database, OpenDatabase } from '#platform/db/server/database.ts'
import type { Registry } from './registry.ts'

/** Where a request came from, for logs and audit. */
export interface Source {
  readonly requestId: string
  readonly address?: string
  readonly device?: string
}

/** The running process: what lives longer than one request. */
export interface Runtime {
  readonly database: OpenDatabase
  readonly db: Database
  readonly log: Logger
  readonly registry: Registry
  /** Injected so that tests can turn it. */
  readonly clock: () => Date
  readonly dataDir: string
  /** Address under which people reach the platform, when it is known. */
  readonly publicUrl?: string
  /** Largest upload; 500 unless told. */
  readonly uploadLimitMb?: number
  /** As installed, or as the workflow usually does. */
  readonly workflow?: FlowSettings
  /** What it listens to for mail once its services are started; absent: nothing. */
  readonly listening?: Listening
  /** One command: transaction, outbox, after-commit work. `source` may be just the request's id. */
  command<T>(actor: Actor | null, run: (ctx: ServerContext) => Promise<T>, source?: string | Source): Promise<T>
  /** One question: no transaction of its own. */
  query<T>(actor: Actor | null, run: (ctx: ServerContext) => Promise<T>, source?: string | Source): Promise<T>
}
