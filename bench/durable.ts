import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { startEmbedded } from '#platform/db/server/embedded/embedded.ts'

/** A database server of its own with the settings of an installation, so that the disk is waited for; `testRuntime` makes its database there. Answers what stops it. */
export async function durableServer(name: string): Promise<() => Promise<void>> {
  const dataDir = join(import.meta.dirname, `../.cache/bench-${name}`)
  rmSync(dataDir, { recursive: true, force: true })
  const server = await startEmbedded({ dataDir, log: pino({ level: 'silent' }) })
  process.env['TEST_DATABASE_URL'] = server.url
  return async () => {
    await server.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
