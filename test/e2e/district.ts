import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import type { Browser } from 'playwright-core'
import { openRuntime, startApplication } from '#apps/boot.ts'
import type { Application, BootOptions } from '#apps/boot.ts'
import { loadWorld } from '#apps/demonstration.ts'
import { servePages } from '#apps/pages.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { testDatabase } from '../database.ts'
import { generate } from '../world/world.ts'
import { launchBrowser } from './browser.ts'

export const PASSWORD = 'Changning-Test-2026'

export interface District {
  readonly address: string
  readonly browser: Browser
  /** Of the application as it runs now. */
  runtime(): Runtime
  /** Ends the application and starts it again on the same database, files and address. */
  restart(): Promise<void>
  close(): Promise<void>
}

async function listen(runtime: Runtime, settings: BootOptions['settings'], port: number): Promise<Application> {
  const application = await startApplication(runtime, settings)
  await servePages(application.app)
  await application.app.listen({ port, host: '127.0.0.1' })
  return application
}

const portOf = ({ app }: Application): number => (app.server.address() as AddressInfo).port

/** The whole application with the demonstration people on a database of its own, and a browser to visit it; `clock` fixes its time, `people` makes it larger. */
export async function openDistrict(clock?: () => Date, people = 0): Promise<District> {
  execFileSync(process.execPath, ['tools/build.ts', '--if-changed'], { cwd: join(import.meta.dirname, '../..') })
  const dataDir = mkdtempSync(join(tmpdir(), 'chengming-e2e-'))
  const database = await testDatabase()
  const settings = { dataDir, trustProxy: false, publicUrl: undefined }
  const open = (): Promise<Runtime> => openRuntime({ databaseUrl: database.url, settings, log: pino({ level: 'silent' }), ...(clock !== undefined && { clock }) })
  const runtime = await open()
  await loadWorld(runtime, generate(people), PASSWORD)
  let application = await listen(runtime, settings, 0)
  const port = portOf(application)
  const browser = await launchBrowser()
  return {
    browser,
    address: `http://127.0.0.1:${port}`,
    runtime: () => application.runtime,
    async restart() {
      await application.close()
      application = await listen(await open(), settings, port)
    },
    async close() {
      await browser.close()
      await application.close()
      await database.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
