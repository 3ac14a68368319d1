import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import type { Actor, Contract, DomainEvent } from '#kit/context.ts'
import { fail } from '#kit/failure.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Database, OpenDatabase } from '#platform/db/server/database.ts'
import { inTransaction } from '#platform/db/server/transaction.ts'
import { writeOutbox } from '#platform/events/server/outbox.ts'
import type { Registry } from './registry.ts'
import type { Runtime } from './runtime.ts'

interface Collected {
  readonly events: DomainEvent[]
  readonly afterCommit: (() => void | Promise<void>)[]
}

interface ContextParts {
  readonly actor: Actor | null
  readonly db: Database
  readonly now: Date
  readonly log: Logger
  readonly requestId: string
}

function createContext(runtime: Runtime, parts: ContextParts, collected: Collected): ServerContext {
  const { registry } = runtime
  const made = new Map<string, unknown>([['registry', registry], ['runtime', runtime]])
  const ctx: ServerContext = {
    actor: parts.actor,
    now: parts.now,
    requestId: parts.requestId,
    log: parts.log,
    db: <Tables>() => parts.db as ReturnType<typeof ctx.db<Tables>>,
    use<T>(contract: Contract<T>): T {
      if (!made.has(contract.id)) made.set(contract.id, registry.provision(contract.id).make(ctx))
      return made.get(contract.id) as T
    },
    fail,
    emit: (event) => void collected.events.push(event),
    afterCommit: (run) => void collected.afterCommit.push(run),
  }
  return ctx
}

async function runAfterCommit(collected: Collected, log: Logger): Promise<void> {
  for (const run of collected.afterCommit) {
    try {
      await run()
    } catch (error) {
      log.error({ err: error }, 'work after a commit failed')
    }
  }
}

export interface RuntimeOptions {
  readonly database: OpenDatabase
  readonly registry: Registry
  readonly log: Logger
  readonly dataDir: string
  readonly clock?: () => Date
}

export function createRuntime({ database, registry, log, dataDir, clock = () => new Date() }: RuntimeOptions): Runtime {
  const parts = (actor: Actor | null, db: Database, requestId: string): ContextParts => ({ actor, db, requestId, now: clock(), log: log.child({ requestId }) })
  const runtime: Runtime = {
    database, registry, log, clock, dataDir,
    db: database.db,
    async command(actor, run, requestId = randomUUID()) {
      let collected: Collected = { events: [], afterCommit: [] }
      const result = await inTransaction(database.db, async (tx) => {
        collected = { events: [], afterCommit: [] }
        const answer = await run(createContext(runtime, parts(actor, tx, requestId), collected))
        await writeOutbox(tx, registry, collected.events)
        return answer
      })
      await runAfterCommit(collected, log)
      return result
    },
    query: (actor, run, requestId = randomUUID()) => run(createContext(runtime, parts(actor, database.db, requestId), { events: [], afterCommit: [] })),
  }
  return runtime
}
