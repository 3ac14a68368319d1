import { PgBoss, fromKysely } from 'pg-boss'
import type { ConstructorOptions } from 'pg-boss'
import type { Runtime } from '#platform/registry/server/runtime.ts'

/** Schema of pg-boss's own tables. */
export const SCHEMA = 'jobs'
/** Civil time of all schedules. */
export const TIME_ZONE = 'Asia/Shanghai'

const OPTIONS: ConstructorOptions = { schema: SCHEMA, useListenNotify: true, registerInstance: false, openTelemetry: { enabled: false } }

function logged(boss: PgBoss, { log }: Runtime): PgBoss {
  boss.on('error', (error) => log.error({ err: error }, 'job queue failed'))
  boss.on('warning', (warning) => log.warn({ warning }, 'job queue warns'))
  return boss
}

/** Sends only: it is never started, and its statements run where the caller says (`db`) or in the process's pool. */
export const senderBoss = (runtime: Pick<Runtime, 'db'>): PgBoss => new PgBoss({ ...OPTIONS, db: fromKysely(runtime.db) })

/** Works, keeps time and cleans up, on few connections of its own. */
export const workerBoss = (runtime: Runtime): PgBoss =>
  logged(new PgBoss({ ...OPTIONS, ...runtime.database.pool.options, max: 4, application_name: 'chengming jobs' }), runtime)

/** Installs pg-boss's tables and nothing else, on a connection of its own: Kysely answers only one of several statements. */
export const installerBoss = (runtime: Runtime): PgBoss =>
  logged(new PgBoss({ ...OPTIONS, ...runtime.database.pool.options, max: 1, useListenNotify: false, supervise: false, schedule: false }), runtime)

/** Makes pg-boss's tables in a database that has none, for a restore that fills them. */
export async function installTables(connectionString: string): Promise<void> {
  const boss = new PgBoss({ ...OPTIONS, connectionString, max: 1, useListenNotify: false, supervise: false, schedule: false })
  await boss.start()
  await boss.stop({ graceful: false })
}
