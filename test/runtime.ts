/** A running process for tests: real database, chosen services, no HTTP unless asked for. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import type { Listening } from '#platform/config/contract.ts'
import { openDatabase } from '#platform/db/server/database.ts'
import { createRuntime } from '#platform/registry/server/create-runtime.ts'
import { createRegistry } from '#platform/registry/server/registry.ts'
import type { LoadedModule } from '#platform/registry/server/registry.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { testDatabase } from './database.ts'

export interface TestRuntime {
  readonly runtime: Runtime
  /** Address of its database, for child processes. */
  readonly url: string
  /** Stops the services, closes the database, and removes both database and data folder. */
  close(): Promise<void>
}

export interface TestRuntimeOptions {
  readonly services: readonly PlatformService[]
  readonly modules?: readonly LoadedModule[]
  readonly clock?: () => Date
  /** Also start the services' background work. */
  readonly start?: boolean
  /** Mail ports to open when started. */
  readonly listening?: Listening
}

/** Writes errors with LOG_LEVEL set, nothing otherwise. */
export const testLog = pino({ level: process.env['LOG_LEVEL'] ?? 'silent' })

/** A second process on the same database is made with `url`. */
export function openRuntime(url: string, dataDir: string, { services, modules = [], clock, listening }: TestRuntimeOptions): Runtime {
  const registry = createRegistry(services, modules)
  return createRuntime({ database: openDatabase(url, testLog), registry, log: testLog, dataDir, ...(clock && { clock }), ...(listening && { listening }) })
}

export async function testRuntime(options: TestRuntimeOptions): Promise<TestRuntime> {
  const database = await testDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'chengming-data-'))
  const runtime = openRuntime(database.url, dataDir, options)
  for (const service of options.services) await service.sync?.(runtime)
  if (options.start === true) for (const service of options.services) await service.start?.(runtime)
  return {
    runtime,
    url: database.url,
    async close() {
      for (const service of options.services.toReversed()) await service.stop?.(runtime)
      await runtime.database.close()
      await database.drop()
      await rm(dataDir, { recursive: true })
    },
  }
}
