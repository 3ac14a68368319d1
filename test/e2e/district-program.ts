/** The application as a program of its own, for journeys that kill it: `node district-program.ts <data folder> <port> <time>`. Writes the database's address when it serves. */
import pino from 'pino'
import { sql } from 'kysely'
import { openRuntime, startApplication } from '#apps/boot.ts'
import { loadWorld } from '#apps/demonstration.ts'
import { servePages } from '#apps/pages.ts'
import { startEmbedded } from '#platform/db/server/embedded/embedded.ts'
import { generate } from '../world/world.ts'
import { PASSWORD } from './district.ts'

const [dataDir = '', port = '', time = ''] = process.argv.slice(2)
const log = pino({ level: 'silent' })
const settings = { dataDir, trustProxy: false, publicUrl: undefined }
const { url } = await startEmbedded({ dataDir, log })
const runtime = await openRuntime({ databaseUrl: url, settings, log, clock: () => new Date(time) })
const { rows } = await sql`select 1 from org_person limit 1`.execute(runtime.db)
if (rows.length === 0) await loadWorld(runtime, generate(), PASSWORD)
const { app } = await startApplication(runtime, settings)
await servePages(app)
await app.listen({ port: Number(port), host: '127.0.0.1' })
process.stdout.write(`${url}\n`)
