import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Logger } from 'pino'
import type { Actor, Contract, DomainEvent } from '#kit/context.ts'
import { fail } from '#kit/failure.ts'
import type { FlowSettings, Listening } from '#platform/config/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Database, OpenDatabase } from '#platform/db/server/database.ts'
import { writeTogether } from '#platform/db/server/deferred.ts'
import { inTransaction } from '#platform/db/server/transaction.ts'
import { writeOutbox } from '#platform/events/server/outbox.ts'
import type { Registry } from './registry.ts'
import type { Runtime, Source } from './runtime.ts'
import type { Settle } from './service.ts'

interface Collected {
  readonly events: DomainEvent[]
  readonly afterCommit: (() => void | Promise<void>)[]
}

interface ContextParts {
  readonly actor: Actor | null
  readonly db: Database
  readonly now: Date
  readonly log: Logger
  readonly source: Source
  readonly inTransaction: boolean
}

function createContext(runtime: Runtime, parts: ContextParts, collected: Collected): ServerContext {
  const { registry } = runtime
  const made = new Map<string, unknown>([['registry', registry], ['runtime', runtime]])
  const ctx: ServerContext = {
    actor: parts.actor,
    now: parts.now,
    requestId: parts.source.requestId,
    source: parts.source,
    inTransaction: parts.inTransaction,
    log: parts.log,
    db: <Tables>() => parts.db as ReturnType<typeof ctx.db<Tables>>,
    use<T>(contract: Contract<T>): T {
      if (!made.has(contract.id)) made.set(contract.id, registry.provision(contract.id).make(ctx))
      return made.get(contract.id) as T
    },
    fail,
    emit: (event) => void collected.events.push(event),
    afterCommit: (run) => void collected.afterCommit.push(run),
    attempt: (run) => attempt(registry, ctx, collected, run),
  }
  return ctx
}

const waitingWrites = (registry: Registry, ctx: ServerContext) => registry.services.flatMap(({ deferred = [] }) => deferred.flatMap((rows) => rows.take(ctx) ?? []))

/** A part of a command between a savepoint and its roll-back; what waited before it is written first, so that what waits afterwards is its own. */
async function attempt<T>(registry: Registry, ctx: ServerContext, { events, afterCommit }: Collected, run: () => Promise<T>): Promise<T> {
  await writeTogether(ctx, waitingWrites(registry, ctx))
  const [emitted, later] = [events.length, afterCommit.length]
  await sql`savepoint attempt`.execute(ctx.db())
  try {
    const result = await run()
    await sql`release savepoint attempt`.execute(ctx.db())
    return result
  } catch (error) {
    waitingWrites(registry, ctx)
    events.splice(emitted)
    afterCommit.splice(later)
    await sql`rollback to savepoint attempt`.execute(ctx.db())
    throw error
  }
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

const sourceOf = (source: string | Source | undefined): Source => (typeof source === 'object' ? source : { requestId: source ?? randomUUID() })

/** Writes what has waited, then lets every service have its last word before the commit; `settle` then tells them how it ended. */
async function beforeCommit(registry: Registry, ctx: ServerContext, settle: Settle[]): Promise<void> {
  await writeTogether(ctx, waitingWrites(registry, ctx))
  for (const service of registry.services) {
    const settled = await service.beforeCommit?.(ctx)
    if (settled !== undefined) settle.push(settled)
  }
}

const settleAll = (settle: Settle[], committed: boolean): void => {
  for (const settled of settle.splice(0)) settled(committed)
}

export interface RuntimeOptions {
  readonly database: OpenDatabase
  readonly registry: Registry
  readonly log: Logger
  readonly dataDir: string
  readonly publicUrl?: string
  readonly uploadLimitMb?: number
  readonly workflow?: FlowSettings
  readonly listening?: Listening
  readonly clock?: () => Date
}

export function createRuntime({ database, registry, log, dataDir, publicUrl, uploadLimitMb, workflow, listening, clock = () => new Date() }: RuntimeOptions): Runtime {
  const parts = (actor: Actor | null, db: Database, source: Source, inTransaction: boolean): ContextParts => ({
    actor, db, source, inTransaction, now: clock(), log: log.child({ requestId: source.requestId }),
  })
  const runtime: Runtime = {
    database, registry, log, clock, dataDir,
    ...(publicUrl !== undefined && { publicUrl }),
    ...(uploadLimitMb !== undefined && { uploadLimitMb }),
    ...(workflow !== undefined && { workflow }),
    ...(listening !== undefined && { listening }),
    db: database.db,
    async command(actor, run, given) {
      const source = sourceOf(given)
      const settle: Settle[] = []
      let collected: Collected = { events: [], afterCommit: [] }
      try {
        const result = await inTransaction(database.db, async (tx) => {
          settleAll(settle, false)
          collected = { events: [], afterCommit: [] }
          const ctx = createContext(runtime, parts(actor, tx, source, true), collected)
          const answer = await run(ctx)
          await writeOutbox(tx, registry, collected.events)
          await beforeCommit(registry, ctx, settle)
          return answer
        })
        settleAll(settle, true)
        await runAfterCommit(collected, log)
        return result
      } finally {
        settleAll(settle, false)
      }
    },
    query: (actor, run, source) =>
      run(createContext(runtime, parts(actor, database.db, sourceOf(source), false), { events: [], afterCommit: [] })),
  }
  return runtime
}
