/** Those who try every door of a running server: port scans, wrong passwords by the thousand, ten thousand connections; the others are served meanwhile. */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { after, before, test } from 'node:test'
import { connect as connectSecurely } from 'node:tls'
import { sql } from 'kysely'
import { loadWorld } from '#apps/demonstration.ts'
import { services } from '#apps/services.ts'
import { freePort } from '#test/hostile/program.ts'
import { testRuntime, type TestRuntime } from '#test/runtime.ts'
import { generate } from '#test/world/world.ts'
import { syncAccounts } from '../accounts/server/sync.ts'
import { flushCounts } from '../statistics/server/counters.ts'
import { portStates, service } from './server/index.ts'

const PASSWORD = 'Changning-Test-2026'
const PORTS = ['imap', 'imaps', 'pop3', 'pop3s', 'smtp', 'submission', 'smtps', 'lmtp'] as const
type Id = (typeof PORTS)[number]
let it: TestRuntime
const ports = new Map<Id, number>()
const portOf = (id: Id): number => ports.get(id) ?? 0

before(async () => {
  for (const id of PORTS) ports.set(id, await freePort())
  it = await testRuntime({ services, listening: { ports: Object.fromEntries(ports) as Record<Id, number>, roles: ['imap', 'pop', 'smtp'], tls: undefined, plainLogin: 'on' } })
  await loadWorld(it.runtime, generate(), PASSWORD)
  await it.runtime.command(null, syncAccounts)
  await service.start?.(it.runtime)
})
after(() => it.close())
const limit = { timeout: 120_000 }

/** All that a port says to these octets until it ends the connection. */
async function said(port: number, octets: string | Buffer, localAddress = '127.0.0.1'): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', localAddress })
  let heard = ''
  socket.on('data', (chunk: Buffer) => void (heard += chunk.toString('latin1')))
  socket.on('error', () => undefined)
  socket.write(octets)
  await once(socket, 'close')
  return heard
}
const open = (): number => portStates(it.runtime).reduce((sum, one) => sum + one.open, 0)
/** Until nobody is left inside. */
async function alone(): Promise<void> {
  while (open() > 0) await new Promise((resolve) => setImmediate(resolve))
}

for (const id of ['imap', 'pop3', 'smtp', 'submission', 'lmtp'] as const) {
  test(`${id}: TLS where it is not spoken yet is ended at once, whoever connects and goes leaves nothing`, limit, async () => {
    const secure = connectSecurely({ port: portOf(id), host: '127.0.0.1', rejectUnauthorized: false })
    await once(secure, 'error')
    await Promise.all(Array.from({ length: 200 }, async () => {
      const socket = connect(portOf(id), '127.0.0.1')
      await once(socket, 'connect')
      socket.destroy()
    }))
    await alone()
  })
}

for (const [id, expected] of [['imap', /^GET BAD/m], ['pop3', /^-ERR unknown command/m], ['smtp', /^521 /m]] as const) {
  test(`${id}: a request of the web is answered in the words of the protocol`, limit, async () => {
    assert.match(await said(portOf(id), `GET / HTTP/1.1\r\nHost: x\r\n\r\n${id === 'imap' ? 'a LOGOUT' : 'QUIT'}\r\n`), expected)
  })
}

for (const id of ['imaps', 'pop3s', 'smtps'] as const) {
  test(`${id}: plain text where TLS begins ends the connection, and the page of the servers says from whom`, limit, async () => {
    assert.doesNotMatch(await said(portOf(id), 'a LOGIN a b\r\nUSER a\r\nEHLO x\r\nGET / HTTP/1.1\r\n\r\n'), /OK|250|HTTP/)
    assert.match(portStates(it.runtime).find((one) => one.id === id)?.lastError?.text ?? '', /^来自 127\.0\.0\.1 的加密连接没有建立（ERR_SSL_/)
    await alone()
  })
}

async function signIn(login: string, password: string, localAddress: string): Promise<string> {
  return /^a (?:OK|NO \[\w+\])/m.exec(await said(portOf('imap'), `a LOGIN ${login} ${password}\r\nb LOGOUT\r\n`, localAddress))?.[0] ?? ''
}

test('wrong passwords by the thousand: refused, throttled, counted; somebody else signs in meanwhile, and the one they were after from where he always does', limit, async () => {
  assert.equal(await signIn('hexiangdong', PASSWORD, '127.0.0.1'), 'a OK')
  const attempts = Promise.all(Array.from({ length: 1_000 }, (_, at) => signIn(at % 2 === 0 ? 'hexiangdong' : `nobody${at}`, `wrong${at}`, '127.77.0.1')))
  assert.equal(await signIn('linxiaowen', PASSWORD, '127.0.0.1'), 'a OK')
  assert.equal(await signIn('hexiangdong', PASSWORD, '127.0.0.1'), 'a OK')
  assert.deepEqual([...new Set(await attempts)], ['a NO [AUTHENTICATIONFAILED]'])
  assert.equal(await signIn('hexiangdong', PASSWORD, '127.77.0.1'), 'a NO [AUTHENTICATIONFAILED]', 'the right one from there has to wait as well')
  await flushCounts(it.runtime)
  const { rows: counted } = await sql<{ n: string }>`select n from mail_day_count where kind = 'sign-in-failed' and key = 'imap'`.execute(it.runtime.db)
  assert.deepEqual(counted, [{ n: '1001' }])
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from audit_entry where action = 'identity.login-failed'`.execute(it.runtime.db)
  assert.ok((rows[0]?.n ?? 0) > 0 && (rows[0]?.n ?? 0) < 1_000, `${rows[0]?.n} were looked at and written down`)
  await alone()
})

test('a message with bare line feeds is refused and counted by its reason', limit, async () => {
  const { rows: [to] } = await sql<{ address: string }>`select address from mail_address order by address limit 1`.execute(it.runtime.db)
  const commands = `EHLO x\r\nMAIL FROM:<a@far.example>\r\nRCPT TO:<${to?.address ?? ''}>\r\nDATA\r\nSubject: x\r\n\r\na\n.\nMAIL FROM:<b@far.example>\r\n.\r\nQUIT\r\n`
  assert.match(await said(portOf('smtp'), commands), /^354 [^\n]*\n550 5\.6\.0 bare <CR> or <LF>[^\n]*\n221 /m)
  await flushCounts(it.runtime)
  const { rows } = await sql<{ key: string; n: string }>`select key, n from mail_day_count where kind = 'door'`.execute(it.runtime.db)
  assert.deepEqual(rows, [{ key: 'form', n: '1' }])
})

/** A program that opens so many connections and holds them until it is ended. */
const HOLDER = `
const { connect } = require('node:net')
let [heard, at] = [0, 0]
const more = () => { for (let n = 0; n < 100 && at < +process.argv[2]; n++, at++) connect(+process.argv[1], '127.0.0.1').on('error', () => 0).once('data', () => { if (++heard === +process.argv[2]) console.log('all') ; if (heard % 100 === 0) more() }) }
more(); more()`
const MANY = 10_000

async function holder(port: number, count: number): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', HOLDER, String(port), String(count)], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout ?? assert.fail('no output'), 'data')
  return child
}

test('ten thousand connections that only listen: a few kilobytes each, others are served, and nothing is left of them', limit, async (context) => {
  const files = Number(spawnSync('sh', ['-c', 'ulimit -n']).stdout.toString())
  if (files < MANY + 1_000) return context.skip(`only ${files} files may be open`)
  const start = process.memoryUsage().rss
  const child = await holder(portOf('imap'), MANY)
  assert.equal(open(), MANY)
  const each = (process.memoryUsage().rss - start) / MANY
  assert.ok(each < 40_000, `${Math.round(each)} octets each`)
  assert.equal(await signIn('linxiaowen', PASSWORD, '127.0.0.1'), 'a OK')
  const socket: Socket = connect(portOf('smtp'), '127.0.0.1')
  assert.match(String((await once(socket, 'data'))[0]), /^220 /)
  socket.destroy()
  child.kill('SIGKILL')
  await alone()
})
