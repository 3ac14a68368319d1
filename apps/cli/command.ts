import type { Logger } from 'pino'
import type { Settings } from '#platform/config/contract.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'

/** What a command works on; the database runs, started for it or by the server. */
export interface Installation {
  readonly settings: Settings
  readonly databaseUrl: string
  readonly log: Logger
  /** One line for the person at the terminal. */
  readonly say: (line: string) => void
  /** Runs work on the migrated database with all services, as long as it lasts. */
  readonly withRuntime: <T>(work: (runtime: Runtime) => Promise<T>) => Promise<T>
}

/** One command of `npm run cli`. */
export interface Command {
  /** Its words: `user reset`. */
  readonly name: string
  /** What follows them: `<账号>`. */
  readonly usage: string
  readonly title: string
  /** Further lines of its help. */
  readonly detail?: readonly string[]
  readonly run: (installation: Installation, args: readonly string[]) => Promise<void>
}

/** Where a command comes from, for the audit log. */
export const SOURCE = { requestId: 'cli', device: '命令行' } as const
