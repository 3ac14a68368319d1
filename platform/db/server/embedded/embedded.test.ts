import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { Client } from 'pg'
import pino from 'pino'
import { startEmbedded } from './embedded.ts'
import { alive, isServerOf, pidPath, readPidFile } from './pid-file.ts'

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
const dataDir = mkdtempSync(join(tmpdir(), 'chengming-embedded-'))
const cluster = join(dataDir, 'postgres/cluster')
const settings = { fsync: 'off', shared_buffers: '16MB' }
after(() => rmSync(dataDir, { recursive: true, force: true }))

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<unknown[]>({ text: sql, rowMode: 'array' })).rows.flat()
  } finally {
    await client.end()
  }
}

/** Starts the database in a program of its own and answers it with the server's process id. */
async function startInChild(): Promise<{ kill: () => Promise<unknown>; pid: number; url: string }> {
  const program = `import { startEmbedded } from ${JSON.stringify(new URL('./embedded.ts', import.meta.url).href)}
    const log = { debug() {}, info() {}, warn() {}, error() {} }
    const db = await startEmbedded({ dataDir: ${JSON.stringify(dataDir)}, log, settings: ${JSON.stringify(settings)} })
    process.stdout.write(db.url + '\\n')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [url] = await once(createInterface({ input: child.stdout }), 'line')
  return {
    url: String(url),
    pid: readPidFile(cluster)?.pid ?? 0,
    kill: () => {
      child.kill('SIGKILL')
      return once(child, 'exit')
    },
  }
}

/** A process nobody waits for may stay in the process table as a zombie, so the question is whether it still is the server. */
async function disappears(pid: number): Promise<boolean> {
  for (let tries = 0; isServerOf(cluster, pid); tries++) {
    if (tries > 400) return false
    await pause(50)
  }
  return true
}

test('starts, keeps data over a restart, reuses the port, stops without remains', async () => {
  const first = await startEmbedded({ dataDir, log: silent, settings })
  await query(first.url, 'create table kept as select 7 as n')
  assert.deepEqual(await query(first.url, "select current_setting('timezone'), current_setting('jit'), current_setting('server_encoding')"), ['Asia/Shanghai', 'off', 'UTF8'])
  assert.deepEqual(await query(first.url, "select datlocprovider, datlocale from pg_database where datname = current_database()"), ['b', 'C.UTF-8'])
  const pid = readPidFile(cluster)?.pid ?? 0
  await first.stop()
  assert.equal(alive(pid), false)
  assert.equal(existsSync(pidPath(cluster)), false)

  const second = await startEmbedded({ dataDir, log: silent, settings })
  assert.equal(second.url, first.url)
  assert.deepEqual(await query(second.url, 'select n from kept'), [7])
  await second.stop()
})

test('the data folder and the password are readable by the owner only, and a password is required', async () => {
  const db = await startEmbedded({ dataDir, log: silent, settings })
  assert.equal(statSync(dataDir).mode & 0o777, 0o700)
  assert.equal(statSync(join(dataDir, 'postgres/password')).mode & 0o777, 0o600)
  const wrong = new URL(db.url)
  wrong.password = 'wrong'
  await assert.rejects(query(wrong.href, 'select 1'), /password authentication failed/)
  await db.stop()
})

test('a second program joins the running server and does not stop it', async () => {
  const owner = await startInChild()
  const guest = await startEmbedded({ dataDir, log: silent, settings })
  assert.equal(guest.url, owner.url)
  await guest.stop()
  assert.deepEqual(await query(owner.url, 'select 1'), [1])
  await owner.kill()
  assert.equal(await disappears(owner.pid), true)
})

test('after kill -9 the watchdog ends the server, and an immediate next start recovers', async () => {
  const killed = await startInChild()
  await query(killed.url, 'create table before_kill as select 3 as n')
  await killed.kill()
  const next = await startEmbedded({ dataDir, log: silent, settings })
  assert.equal(isServerOf(cluster, killed.pid), false)
  assert.deepEqual(await query(next.url, 'select n from before_kill'), [3])
  await next.stop()
})

test('when everything is killed at once the next start recovers', async () => {
  const killed = await startInChild()
  process.kill(killed.pid, 'SIGKILL')
  await killed.kill()
  const next = await startEmbedded({ dataDir, log: silent, settings })
  assert.deepEqual(await query(next.url, 'select 1'), [1])
  await next.stop()
})

test('a stale pid file whose number belongs to another program is no obstacle', async () => {
  writeFileSync(pidPath(cluster), `${process.pid}\n${cluster}\n1\n5432\n\n127.0.0.1\n1 1\nready\n`)
  const db = await startEmbedded({ dataDir, log: silent, settings })
  assert.notEqual(readPidFile(cluster)?.pid, process.pid)
  await db.stop()
})

test('a server lost while running is reported', async () => {
  const { promise: lost, resolve: onLost } = Promise.withResolvers<void>()
  await startEmbedded({ dataDir, log: silent, settings, onLost })
  process.kill(readPidFile(cluster)?.pid ?? 0, 'SIGQUIT')
  await lost
})

test('a taken port is named in the message; without a fixed port another one is used', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  const address = taken.address()
  const port = typeof address === 'object' && address ? address.port : 0
  await assert.rejects(startEmbedded({ dataDir, log: silent, settings, port }), { kind: 'port-in-use', exitCode: 71, message: new RegExp(`端口 ${port} 已被其他程序占用`) })
  writeFileSync(join(dataDir, 'postgres/running.json'), JSON.stringify({ owner: 1, port }))
  const db = await startEmbedded({ dataDir, log: silent, settings })
  assert.notEqual(new URL(db.url).port, String(port))
  await db.stop()
  taken.close()
})

test('a data folder that is a file, or of another PostgreSQL version, is refused in Chinese', async () => {
  const file = join(dataDir, 'file')
  writeFileSync(file, '')
  await assert.rejects(startEmbedded({ dataDir: file, log: silent }), { kind: 'folder-unwritable' })
  const version = join(cluster, 'PG_VERSION')
  const before = readFileSync(version, 'utf8')
  writeFileSync(version, '15\n')
  await assert.rejects(startEmbedded({ dataDir, log: silent }), { kind: 'other-version', message: /由 PostgreSQL 15 创建/ })
  writeFileSync(version, before)
})

test('a data folder below a folder closed to the database account works all the same', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'chengming-closed-'))
  const below = join(parent, 'data')
  const db = await startEmbedded({ dataDir: below, log: pino({ level: 'silent' }), settings })
  assert.deepEqual(await query(db.url, 'select 1'), [1])
  await db.stop()
  rmSync(realpathSync(join(below, 'postgres')), { recursive: true })
  rmSync(parent, { recursive: true })
})

test('a link to a database that is gone is not replaced by an empty database', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chengming-link-'))
  symlinkSync(join(folder, 'gone'), join(folder, 'postgres'))
  await assert.rejects(startEmbedded({ dataDir: folder, log: silent }), { kind: 'folder-unreachable', message: /不存在/ })
  rmSync(folder, { recursive: true })
})
