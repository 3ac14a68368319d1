/** Databases for tests: one server per run (`TEST_DATABASE_URL`, set by tools/test.ts) or per hand-started file, one database per test file. */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { startEmbedded } from '#platform/db/server/embedded/embedded.ts'
import { alive } from '#platform/db/server/embedded/pid-file.ts'
import { allMigrations, migrateAll } from '#platform/db/server/migrate.ts'

/** Settings of a server whose data may be lost. */
export const throwAway = {
  fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', wal_level: 'minimal', max_wal_senders: '0', max_connections: '200', shared_buffers: '128MB',
}

export type TestDatabase = { url: string; drop: () => Promise<void> }

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

async function withClient<T>(url: string, job: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return await job(client)
  } finally {
    await client.end()
  }
}

function otherOwner(folder: string): boolean {
  const file = join(folder, 'postgres', 'running.json')
  const owner = existsSync(file) ? Number(/"owner":(\d+)/.exec(readFileSync(file, 'utf8'))?.[1] ?? 0) : 0
  return owner > 0 && owner !== process.pid && alive(owner)
}

/** A server in a shared cache folder that ends with this process; a folder in use by another process is left to it. */
async function ownServer(): Promise<string> {
  const cache = join(tmpdir(), `chengming-test-${process.getuid?.() ?? 0}`)
  mkdirSync(cache, { recursive: true, mode: 0o755 })
  const folder = ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => join(cache, name)).find((path) => !otherOwner(path))
  const { url } = await startEmbedded({ dataDir: folder ?? join(cache, randomBytes(4).toString('hex')), log: silent, settings: throwAway })
  await withClient(url, async (client) => {
    const left = await client.query<{ name: string }>("select datname as name from pg_database where datname like 'test\\_%'")
    for (const { name } of left.rows) await client.query(`drop database "${name}" with (force)`)
  })
  return url
}

let server: Promise<string> | undefined

function serverUrl(): Promise<string> {
  const given = process.env['TEST_DATABASE_URL']
  server ??= given === undefined || given === '' ? ownServer() : Promise.resolve(given)
  return server
}

function databaseUrl(url: string, database: string): string {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.href
}

/** The migrated database that the others are copied from, made by whoever comes first; its name is the hash of all migrations. */
async function template(url: string): Promise<string> {
  const hash = createHash('sha256')
  for (const { module, name, hash: text } of allMigrations()) hash.update(`${module}/${name} ${text}\n`)
  const name = `template_${hash.digest('hex').slice(0, 16)}`
  await withClient(url, async (client) => {
    await client.query("select pg_advisory_lock(hashtext('chengming.test-template'))")
    const found = await client.query('select 1 from pg_database where datname = $1', [name])
    if (found.rowCount !== 0) return
    await client.query(`drop database if exists ${name}_new with (force)`)
    await client.query(`create database ${name}_new`)
    await migrateAll(databaseUrl(url, `${name}_new`))
    await client.query(`alter database ${name}_new rename to ${name}`)
  })
  return name
}

async function create(clause: (url: string) => Promise<string>): Promise<TestDatabase> {
  const url = await serverUrl()
  const name = `test_${process.pid}_${randomBytes(4).toString('hex')}`
  const from = await clause(url)
  await withClient(url, (client) => client.query(`create database ${name} ${from}`))
  return {
    url: databaseUrl(url, name),
    drop: () => withClient(url, async (client) => void (await client.query(`drop database if exists ${name} with (force)`))),
  }
}

/** A database of its own with all migrations applied; `drop` it in `after`. */
export const testDatabase = (): Promise<TestDatabase> => create(async (url) => `template ${await template(url)}`)

/** A database without tables, for tests of the migration itself. */
export const emptyDatabase = (): Promise<TestDatabase> => create(async () => '')
