/** What may go wrong around a running program: it answers in Chinese, loses nothing, and goes on. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate as turn } from 'node:timers/promises'
import { text } from 'node:stream/consumers'
import { after, before, describe, test } from 'node:test'
import { Client } from 'pg'
import { services } from '#apps/services.ts'
import { Failure } from '#kit/failure.ts'
import { startEmbedded } from '#platform/db/server/embedded/embedded.ts'
import type { Embedded } from '#platform/db/server/embedded/embedded.ts'
import { folderStore } from '#platform/files/server/blob-store.ts'
import { answerOf } from '#platform/http/server/errors.ts'
import { createServer } from '#platform/http/server/server.ts'
import { testDatabase, throwAway } from '#test/database.ts'
import { testRuntime } from '#test/runtime.ts'
import { eventually, freePort, serving } from './program.ts'
import type { Program } from './program.ts'

const PASSWORD = 'Changning-Test-2026'
const MEGABYTE = 1024 * 1024
const folder = mkdtempSync(join(tmpdir(), 'chengming-hostile-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function errorOf(body: string): { code: string; message: string } {
  const { code, message } = (JSON.parse(body) as { error: { code: string; message: string } }).error
  return { code, message }
}

async function signIn(address: string): Promise<string> {
  const answer = await fetch(`${address}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ login: 'songyiran', password: PASSWORD }) })
  assert.equal(answer.status, 200, await answer.clone().text())
  return /cm_session=[^;]*/.exec(answer.headers.get('set-cookie') ?? '')?.[0] ?? ''
}

describe('a database that goes and comes back', () => {
  const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
  let port = 0
  let server: Embedded
  let program: Program
  const startDatabase = (): Promise<Embedded> => startEmbedded({ dataDir: join(folder, 'database'), log: silent, settings: throwAway, port })
  before(async () => {
    port = await freePort()
    server = await startDatabase()
    program = await serving({ DATABASE_URL: server.url, DATA_DIR: join(folder, 'app'), DEMO: 'on', DEMO_PASSWORD: PASSWORD })
  })
  after(async () => {
    await program.stop()
    await server.stop()
  })

  test('requests are told to come again, and succeed when it is back', async () => {
    const cookie = await signIn(program.address)
    const ask = (path: string): Promise<Response> => fetch(program.address + path, { headers: { cookie } })
    await server.stop()
    const refused = await ask('/api/todos?box=todo')
    assert.equal(refused.status, 503)
    assert.deepEqual(errorOf(await refused.text()), { code: 'db.unavailable', message: '数据库暂时不可用，请稍后重试；已填写的内容请不要关闭页面' })
    const ready = await ask('/readyz')
    assert.equal(ready.status, 503)
    assert.ok(((await ready.json()) as { problems: string[] }).problems.includes('db'))
    assert.equal((await ask('/livez')).status, 200)
    server = await startDatabase()
    assert.equal(await eventually(async () => (await ask('/readyz')).status, (status) => status === 200), 200)
    assert.equal((await ask('/api/todos?box=todo')).status, 200, 'the session is still there')
  })

  test('uploads and downloads are in the audit log', async () => {
    const cookie = await signIn(program.address)
    const sent = await fetch(`${program.address}/api/files`, { method: 'POST', headers: { cookie, 'x-file-name': encodeURIComponent('名单.txt') }, body: '正文' })
    const { id } = (await sent.json()) as { id: string }
    assert.equal(await (await fetch(`${program.address}/api/files/${id}`, { headers: { cookie } })).text(), '正文')
    const client = new Client({ connectionString: server.url })
    await client.connect()
    const { rows } = await client.query<{ action: string; object_title: string; address: string }>('select action, object_title, address from audit_entry where object_id = $1 order by at, seq', [id])
    await client.end()
    assert.deepEqual(rows.map(({ action, object_title: title }) => `${action} ${title}`), ['files.upload 名单.txt', 'files.download 名单.txt'])
    assert.ok(rows.every(({ address }) => address.includes('127.0.0.1')))
  })
})

describe('hostile uploads', () => {
  let program: Program
  let drop: () => Promise<void>
  let cookie = ''
  const dataDir = join(folder, 'uploads')
  before(async () => {
    const database = await testDatabase()
    drop = database.drop
    program = await serving({ DATABASE_URL: database.url, DATA_DIR: dataDir, DEMO: 'on', DEMO_PASSWORD: PASSWORD, UPLOAD_LIMIT_MB: '50' })
    cookie = await signIn(program.address)
  })
  after(async () => {
    await program.stop()
    await drop()
  })

  const resident = async (): Promise<number> => Number(/^process_resident_memory_bytes (\S+)/m.exec(await (await fetch(`${program.address}/metrics`)).text())?.[1] ?? 0)
  const drafts = (): string[] => readdirSync(join(dataDir, 'blobs/drafts'))

  test('a gigabyte announced is refused at once, one that is not is cut off at the limit, without memory', async () => {
    const announced = httpRequest(`${program.address}/api/files`, { method: 'POST', headers: { cookie, 'x-file-name': 'big.bin', 'content-length': String(1024 * MEGABYTE) } })
    announced.on('error', () => undefined)
    announced.write('x')
    const [answer] = (await once(announced, 'response')) as [Parameters<typeof text>[0] & { statusCode: number }]
    assert.equal(answer.statusCode, 413)
    assert.equal(errorOf(await text(answer)).code, 'files.large')
    announced.destroy()

    const before = await resident()
    const chunked = httpRequest(`${program.address}/api/files`, { method: 'POST', headers: { cookie, 'x-file-name': 'big.bin' } })
    const seen = { status: 0 }
    chunked.on('response', (response) => { seen.status = response.statusCode ?? 0 })
    chunked.on('error', () => undefined)
    const closed = Promise.withResolvers<void>()
    chunked.on('close', closed.resolve)
    let drained = Promise.withResolvers<void>()
    chunked.on('drain', () => drained.resolve())
    const piece = Buffer.alloc(MEGABYTE)
    let sent = 0
    while (sent < 1024 && seen.status === 0 && !chunked.destroyed) {
      if (chunked.write(piece)) await turn()
      else await Promise.race([drained.promise, closed.promise])
      drained = Promise.withResolvers<void>()
      sent += 1
    }
    assert.ok(seen.status === 413 || chunked.destroyed, `${seen.status} after ${sent} MB`)
    assert.ok(sent < 200, `${sent} MB were taken`)
    chunked.destroy()
    assert.ok((await resident()) - before < 120 * MEGABYTE, 'the body is not kept in memory')
    assert.deepEqual(await eventually(async () => drafts(), (left) => left.length === 0), [])
  })

  test('an upload that breaks off leaves nothing', async () => {
    const request = httpRequest(`${program.address}/api/files`, { method: 'POST', headers: { cookie, 'x-file-name': 'half.bin', 'content-length': '1000000' } })
    request.on('error', () => undefined)
    request.write(Buffer.alloc(500_000))
    assert.equal((await eventually(async () => drafts(), (left) => left.length === 1)).length, 1)
    request.destroy()
    assert.deepEqual(await eventually(async () => drafts(), (left) => left.length === 0), [])
  })
})

test('a database without room says so', async () => {
  const it = await testRuntime({ services })
  const full = Object.assign(new Error('could not extend file'), { code: '53100' })
  const { status, body } = answerOf(it.runtime.registry, full, 'r')
  assert.equal(status, 507)
  assert.match(body.error.message, /磁盘空间不足/)
  await it.close()
})

test('a disk that fills up while a file is stored', async (context) => {
  const small = join(folder, 'small')
  mkdirSync(small)
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', small]).status !== 0) return context.skip('no rights to mount a small disk')
  try {
    const store = folderStore(join(small, 'blobs'))
    const source = async function* (): AsyncGenerator<Uint8Array> { for (let n = 0; n < 4; n += 1) yield Buffer.alloc(MEGABYTE / 2) }
    await assert.rejects(store.write(source(), 10 * MEGABYTE), (error) => error instanceof Failure && error.code === 'files.disk-full')
    assert.deepEqual(readdirSync(join(small, 'blobs/drafts')), [])
    assert.equal((await store.write((async function* () { yield Buffer.from('small') })(), 10)).size, 5, 'smaller ones still fit')
  } finally {
    spawnSync('umount', [small])
  }
})

describe('connections', () => {
  test('a client that sends its head drop by drop is sent away, others are served', async () => {
    const it = await testRuntime({ services })
    const app = await createServer(it.runtime, { version: 'test', trustProxy: false, patience: { headersMs: 200, checkMs: 50 } })
    await app.listen({ port: 0, host: '127.0.0.1' })
    const { port } = app.server.address() as AddressInfo
    const slow = connect(port, '127.0.0.1')
    slow.write('GET /livez HTTP/1.1\r\nHost: x\r\nX-Slow: ')
    const said = text(slow)
    assert.equal((await fetch(`http://127.0.0.1:${port}/livez`)).status, 200)
    const [head = '', body = ''] = (await said).split('\r\n\r\n')
    assert.match(head, /^HTTP\/1.1 408 /)
    assert.equal(errorOf(body).message, '请求发送过慢，连接已关闭，请检查网络后重试')
    const nonsense = connect(port, '127.0.0.1')
    nonsense.write('\u0016\u0003\u0001 this is not HTTP\r\n\r\n')
    assert.match(await text(nonsense), /^HTTP\/1.1 400 [\s\S]*http.body.broken/)
    await app.close()
    await it.close()
  })

  test('HTTPS with a certificate of one\'s own', async (context) => {
    const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
    const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-keyout', key, '-out', cert])
    if (made.status !== 0) return context.skip('no openssl')
    const database = await testDatabase()
    const program = await serving({ DATABASE_URL: database.url, DATA_DIR: join(folder, 'tls'), TLS_CERT: cert, TLS_KEY: key })
    const port = new URL(program.address).port
    const request = httpsRequest({ host: '127.0.0.1', port, path: '/livez', servername: 'localhost', ca: readFileSync(cert), agent: false }).end()
    const [response] = (await once(request, 'response')) as [Parameters<typeof text>[0] & { statusCode: number; headers: Record<string, string> }]
    assert.equal(response.statusCode, 200)
    assert.match(response.headers['strict-transport-security'] ?? '', /max-age/)
    assert.equal(await text(response), '{"alive":true}')
    assert.match(program.output(), /承明已启动：https:/)
    await program.stop()
    await database.drop()
  })

  test('a process without pages answers only those who watch over it', async () => {
    const database = await testDatabase()
    const jobs = await serving({ DATABASE_URL: database.url, DATA_DIR: join(folder, 'roles'), ROLES: 'jobs' })
    const status = async (path: string): Promise<number> => (await fetch(jobs.address + path)).status
    assert.deepEqual([await status('/readyz'), await status('/metrics'), await status('/api/session'), await status('/')], [200, 200, 404, 404])
    assert.equal(await jobs.stop(), 0)
    const web = await serving({ DATABASE_URL: database.url, DATA_DIR: join(folder, 'roles'), ROLES: 'web' })
    assert.equal((await fetch(`${web.address}/api/session`)).status, 401)
    const client = new Client({ connectionString: database.url })
    await client.connect()
    const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from pg_stat_activity where datname = current_database() and application_name = 'chengming jobs'`)
    assert.equal(rows[0]?.n, 0, 'it works on no jobs')
    await client.end()
    await web.stop()
    await database.drop()
  })
})
