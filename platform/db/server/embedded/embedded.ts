import { totalmem } from 'node:os'
import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import { databaseAccount } from './account.ts'
import { findBinaries } from './binaries.ts'
import { clusterFolder, databaseName, ensureCluster, homeFolder, prepareDataFolder, readPassword } from './cluster.ts'
import { DatabaseFailure } from './failure.ts'
import { readRunning, settle, writeRunning } from './running.ts'
import { freePort, launch, type LauncherLog, type Server, type ServerOrder } from './server.ts'
import { defaultSettings, type ServerSettings } from './settings.ts'

export type EmbeddedOptions = {
  /** The data folder of the installation; the server lives in `postgres/` inside it. Created with mode 700. */
  dataDir: string
  log: LauncherLog
  /** Overrides of the defaults in settings.ts, by PostgreSQL name; `fsync: 'off'` also skips syncing at initialisation. */
  settings?: ServerSettings
  /** Exactly this port, or a failure; otherwise the port of the last run if free, else any free one. */
  port?: number
  /** Called when the server ends although nobody called `stop()`. */
  onLost?: () => void
}

/** `url` carries the random password. `sharedWith`: process id of the program that started the server, if it is another one; then `stop()` does nothing. */
export type Embedded = { url: string; sharedWith: number | undefined; stop: () => Promise<void> }

const address = (password: string, port: number, database: string): string =>
  `postgres://${databaseName}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`

async function ensureDatabase(password: string, port: number): Promise<string> {
  const client = new Client({ connectionString: address(password, port, 'postgres') })
  await client.connect()
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [databaseName])
    if (found.rowCount === 0) await client.query(`create database ${databaseName}`)
  } finally {
    await client.end()
  }
  return address(password, port, databaseName)
}

const retryable = (error: unknown, fixedPort: boolean): boolean =>
  error instanceof DatabaseFailure &&
  ((error.kind === 'port-in-use' && !fixedPort) ||
    // children of a killed server still hold its shared memory, or its lock file was written by a parallel start
    (error.kind === 'start-failed' && /pre-existing shared memory block|lock file "postmaster.pid"/.test(error.message)))

/** Retries for up to 10 s what passes by itself: remains of a killed server, a port taken between probe and start. */
async function launchPatiently(order: Omit<ServerOrder, 'port'>, home: string, fixed: number | undefined): Promise<{ server: Server; port: number }> {
  for (let attempt = 0; ; attempt++) {
    const port = fixed ?? (await freePort(attempt === 0 ? (readRunning(home)?.port ?? 0) : 0))
    try {
      return { server: await launch({ ...order, port }), port }
    } catch (error) {
      if (attempt >= 20 || !retryable(error, fixed !== undefined)) throw error
      await pause(500)
    }
  }
}

/**
 * Starts PostgreSQL on `<dataDir>/postgres`, creating it on first use, or joins the server another living program of ours runs there.
 * When this process ends in any way, `kill -9` included, a watchdog stops the server.
 * @throws DatabaseFailure with a Chinese message and an exit code, for every cause an operator can remove
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const { log } = options
  const dataDir = resolve(options.dataDir)
  const account = databaseAccount(clusterFolder(homeFolder(dataDir)))
  prepareDataFolder(dataDir, account)
  const { initdb, postgres } = findBinaries(account)
  const settings = { ...defaultSettings(totalmem()), ...options.settings }
  const home = ensureCluster(dataDir, { initdb, postgres }, account, settings['fsync'] !== 'off', (text) => log.info(text))
  const password = readPassword(home)
  const { shared } = await settle(home)
  if (shared !== undefined) return { url: await ensureDatabase(password, shared.port), sharedWith: shared.owner, stop: async () => undefined }

  const { server, port } = await launchPatiently({ postgres, cluster: clusterFolder(home), account, settings, log }, home, options.port)
  writeRunning(home, { owner: process.pid, port })
  let stopping = false
  void server.ended.then(() => (stopping ? undefined : options.onLost?.()))
  return {
    url: await ensureDatabase(password, port),
    sharedWith: undefined,
    stop: () => {
      stopping = true
      return server.stop()
    },
  }
}
