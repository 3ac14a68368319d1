import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import { roles as ALL_ROLES } from '#platform/config/contract.ts'
import type { Listening, Settings } from '#platform/config/contract.ts'
import { readTls } from '#platform/config/server/tls-files.ts'
import { migrateAll } from '#platform/db/server/migrate.ts'
import { openDatabase } from '#platform/db/server/database.ts'
import { createServer } from '#platform/http/server/server.ts'
import { createRegistry } from '#platform/registry/server/registry.ts'
import { createRuntime } from '#platform/registry/server/create-runtime.ts'
import { loadModules } from '#platform/registry/server/load-modules.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { services } from './services.ts'
import { VERSION } from './version.ts'

export interface BootOptions {
  readonly databaseUrl: string
  readonly settings: Pick<Settings, 'dataDir' | 'trustProxy' | 'publicUrl'> & Partial<Pick<Settings, 'roles' | 'tls' | 'uploadLimitMb' | 'mail' | 'mailPlainLogin' | 'mailScram' | 'mailRelay' | 'mailIntake' | 'mailScanning' | 'mailKeeping' | 'workflow'>>
  readonly log: Logger
  readonly clock?: () => Date
  /** Most database connections of this process. */
  readonly connections?: number
}

/** Mail ports are opened only where settings name them. */
function listeningOf({ mail, roles = ALL_ROLES, tls, mailPlainLogin = 'loopback', mailScram = false, mailRelay, mailIntake, mailScanning, mailKeeping }: BootOptions['settings']): { listening?: Listening } {
  return mail === undefined ? {} : { listening: { ports: mail, roles, tls, plainLogin: mailPlainLogin, scram: mailScram, ...(mailRelay !== undefined && { relay: mailRelay }), ...(mailIntake !== undefined && { intake: mailIntake }), ...(mailScanning !== undefined && { scanning: mailScanning }), ...(mailKeeping !== undefined && { keeping: mailKeeping }) } }
}

/** A runtime with an up-to-date database and everything declared in code brought into it; nothing is listening or working yet. */
export async function openRuntime({ databaseUrl, settings, log, clock, connections }: BootOptions): Promise<Runtime> {
  await migrateAll(databaseUrl)
  const registry = createRegistry(services, await loadModules())
  const database = openDatabase(databaseUrl, log, connections)
  const runtime = createRuntime({ database, registry, log, dataDir: settings.dataDir, ...listeningOf(settings), ...(clock !== undefined && { clock }), ...(settings.publicUrl !== undefined && { publicUrl: settings.publicUrl }), ...(settings.uploadLimitMb !== undefined && { uploadLimitMb: settings.uploadLimitMb }), ...(settings.workflow !== undefined && { workflow: settings.workflow }) })
  for (const service of services) await service.sync?.(runtime)
  return runtime
}

export interface Application {
  readonly runtime: Runtime
  readonly app: FastifyInstance
  /** Ends in order: no new requests, work under way finished, database closed. */
  close(): Promise<void>
}

/** The whole application on an opened runtime; `app.listen` makes it reachable. */
export async function startApplication(runtime: Runtime, settings: BootOptions['settings']): Promise<Application> {
  const { roles = ALL_ROLES, tls, trustProxy } = settings
  const app = await createServer(runtime, { version: VERSION, trustProxy, ...(tls !== undefined && { tls: readTls(tls) }), probesOnly: !roles.includes('web') })
  for (const service of services) if (service.role === undefined || roles.includes(service.role)) await service.start?.(runtime)
  return {
    runtime,
    app,
    async close() {
      await app.close()
      for (const service of services.toReversed()) await service.stop?.(runtime)
      await runtime.database.close()
    },
  }
}
