import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import type { Browser } from 'playwright-core'
import { openRuntime, startApplication } from '#apps/boot.ts'
import { loadWorld } from '#apps/demonstration.ts'
import { servePages } from '#apps/pages.ts'
import type { Settings } from '#platform/config/contract.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { testDatabase } from '../database.ts'
import { generate } from '../world/world.ts'
import { launchBrowser } from './browser.ts'

export const PASSWORD = 'Changning-Test-2026'

export interface District {
  readonly address: string
  readonly browser: Browser
  runtime(): Runtime
  close(): Promise<void>
}

/** The whole application with the demonstration people on a database of its own, and a browser to visit it; `clock` fixes its time, `people` makes it larger, `mail` opens ports for mail, `mailScanning` names scanners. */
export async function openDistrict(clock?: () => Date, people = 0, mail?: Settings['mail'], mailScanning?: Settings['mailScanning']): Promise<District> {
  execFileSync(process.execPath, ['tools/build.ts', '--if-changed'], { cwd: join(import.meta.dirname, '../..') })
  const dataDir = mkdtempSync(join(tmpdir(), 'chengming-e2e-'))
  const database = await testDatabase()
  const settings = { dataDir, trustProxy: false, publicUrl: undefined, ...(mail !== undefined && { mail }), ...(mailScanning !== undefined && { mailScanning }) }
  const runtime = await openRuntime({ databaseUrl: database.url, settings, log: pino({ level: 'silent' }), ...(clock !== undefined && { clock }) })
  await loadWorld(runtime, generate(people), PASSWORD)
  const application = await startApplication(runtime, settings)
  await servePages(application.app)
  await application.app.listen({ port: 0, host: '127.0.0.1' })
  const browser = await launchBrowser()
  return {
    browser,
    address: `http://127.0.0.1:${(application.app.server.address() as AddressInfo).port}`,
    runtime: () => runtime,
    async close() {
      await browser.close()
      await application.close()
      await database.drop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
