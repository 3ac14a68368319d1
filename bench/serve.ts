/** The server of the benchmarks: all services and the sample module on a durable embedded database with many people and records. */
import { createHash } from 'node:crypto'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { startApplication } from '#apps/boot.ts'
import { seedPeople } from '#apps/seed/people.ts'
import { seedRecords } from '#apps/seed/records.ts'
import { services } from '#apps/services.ts'
import { openDatabase } from '#platform/db/server/database.ts'
import { startEmbedded } from '#platform/db/server/embedded/embedded.ts'
import { allMigrations, migrateAll } from '#platform/db/server/migrate.ts'
import { createRuntime } from '#platform/registry/server/create-runtime.ts'
import { createRegistry } from '#platform/registry/server/registry.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { createSampleTable, sampleModule } from '#test/sample-module.ts'
import { generate } from '#test/world/world.ts'
import { OLD_ROWS_PLACE, PASSWORD } from './harness.ts'

const [people = 10_000, records = 1_000_000] = process.argv.slice(2).map(Number)
const log = pino({ level: process.env['LOG_LEVEL'] ?? 'error' }, pino.destination(2))

const version = createHash('sha256').update(`${OLD_ROWS_PLACE}${allMigrations().map(({ hash }) => hash).join()}`).digest('hex').slice(0, 12)
const dataDir = join(import.meta.dirname, `../.cache/bench/${people}-${records}-${version}`)
const ready = join(dataDir, 'ready')
if (!existsSync(ready)) rmSync(join(import.meta.dirname, '../.cache/bench'), { recursive: true, force: true })

/** One clerk's own and unit's records end after half a year, as those of a unit that was given another task. */
async function leaveOnlyOldRows(runtime: Runtime): Promise<void> {
  await runtime.database.pool.query(
    `delete from access_visibility v using identity_account a join org_post p on p.person_id = a.person_id
     where a.login = $1 and v.principal in ('p:' || p.person_id, 'u:' || p.unit_id) and v.sort_time >= '2020-07-01'`,
    [generate(people).accounts.at(OLD_ROWS_PLACE)?.login])
}

async function fill(runtime: Runtime): Promise<void> {
  console.log(`filling ${dataDir} …`)
  await seedPeople(runtime, people, PASSWORD, () => undefined)
  if (records > 0) await seedRecords(runtime, 'sample_record', records, 0, () => undefined)
  await leaveOnlyOldRows(runtime)
  await runtime.database.pool.query('vacuum analyze')
  writeFileSync(ready, '')
}

const database = await startEmbedded({ dataDir, log, onLost: () => process.exit(1) })
await migrateAll(database.url)
const opened = openDatabase(database.url, log)
if (!existsSync(ready)) await createSampleTable(opened.db)
const runtime = createRuntime({ database: opened, registry: createRegistry(services, [sampleModule]), log, dataDir })
for (const service of services) await service.sync?.(runtime)
if (!existsSync(ready)) await fill(runtime)
const application = await startApplication(runtime, { dataDir, trustProxy: true, publicUrl: undefined })
console.log(`listening ${await application.app.listen({ port: 0, host: '127.0.0.1' })}`)

async function end(): Promise<void> {
  await application.close()
  await database.stop()
  process.exit(0)
}
process.once('SIGTERM', () => void end())
// The benchmark is gone: nobody else would stop this.
process.stdin.once('end', () => void end()).resume()
