import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer, Socket } from 'node:net'
import { test } from 'node:test'
import { type ClamdAnswer, readVersion, scanWithClamd, versionOfClamd } from './clamd.ts'
import { Places } from './places.ts'
import { readAnswer, scanWithRspamd, versionOfRspamd } from './rspamd.ts'
import { mustConnect, ScanTrouble, type TroubleKind, troubleOf } from './trouble.ts'

/** A server that does what it is told with each connection, and counts the octets it hears. */
async function server(serve: (socket: Socket, heard: Buffer) => void) {
  const sockets = new Set<Socket>()
  const listening = createServer((socket) => {
    const pieces: Buffer[] = []
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('data', (piece: Buffer) => {
      pieces.push(piece)
      serve(socket, Buffer.concat(pieces))
    })
  })
  listening.listen(0, '127.0.0.1')
  await once(listening, 'listening')
  const { port } = listening.address() as AddressInfo
  return {
    port, address: { host: '127.0.0.1', port },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      listening.close()
      await once(listening, 'close')
    },
  }
}

const soon = (ms = 5_000): AbortSignal => AbortSignal.timeout(ms)
const troubled = (kind: TroubleKind) => (error: unknown): boolean => error instanceof ScanTrouble && error.kind === kind
const CIRCUMSTANCES = { id: 'q1', client: { address: '198.51.100.7', helo: 'far.example' }, sender: 'a@far.example', recipients: ['lin@cn.example', '林@cn.example'] }
const MESSAGE = Buffer.concat([Buffer.from('Subject: x\r\n\r\n'), Buffer.alloc(300_000, 'ab')])
/** The end of INSTREAM. */
const whole = (heard: Buffer): boolean => heard.subarray(-4).equals(Buffer.alloc(4))

test('clamd hears every octet in pieces, and its words are read', async () => {
  const table: readonly (readonly [said: string, answer: ClamdAnswer | 'strange'])[] = [
    ['stream: OK', 'clean'], ['stream: Eicar-Test-Signature FOUND', { virus: 'Eicar-Test-Signature' }], ['INSTREAM size limit exceeded. ERROR', 'large'],
    ['stream: Can\'t open file ERROR', 'strange'], ['UNKNOWN COMMAND', 'strange'], ['stream: ok', 'strange'], ['stream: OK ', 'strange'], ['stream: a b FOUND', 'strange'], [`stream: ${'x'.repeat(201)} FOUND`, 'strange'], ['', 'strange'],
  ]
  for (const [said, expected] of table) {
    let octets: Buffer = Buffer.alloc(0)
    await using clamd = await server((socket, heard) => {
      if (!whole(heard)) return
      octets = heard
      socket.end(`${said}\0`)
    })
    const asked = scanWithClamd(clamd.address, MESSAGE, soon())
    if (expected === 'strange') await assert.rejects(asked, troubled(expected), said)
    else assert.deepEqual(await asked, expected)
    assert.equal(octets.subarray(0, 10).toString(), 'zINSTREAM\0')
    const pieces: Buffer[] = []
    for (let at = 10; at < octets.length; at += 4 + octets.readUInt32BE(at)) pieces.push(octets.subarray(at + 4, at + 4 + octets.readUInt32BE(at)))
    assert.ok(Buffer.concat(pieces).equals(MESSAGE), said)
  }
})

test('a clamd that misbehaves is a trouble of its kind, and soon', async () => {
  const table: readonly (readonly [about: string, serve: (socket: Socket, heard: Buffer) => void, kind: TroubleKind])[] = [
    ['endless', (socket) => void socket.write('x'.repeat(5_000)), 'strange'],
    ['garbage', (socket, heard) => void (whole(heard) && socket.write(Buffer.from([255, 254, 0, 1]))), 'strange'],
    ['half', (socket, heard) => void (whole(heard) && socket.end('stream: O')), 'half'],
    ['gone', (socket) => void socket.destroy(), 'half'],
    ['clean before it has heard everything', (socket) => void socket.write('stream: OK\0'), 'strange'],
    ['silent', () => undefined, 'slow'],
    ['drop by drop', (socket, heard) => void (whole(heard) && socket.write('s')), 'slow'],
  ]
  const large = Buffer.alloc(50_000_000)
  for (const [about, serve, kind] of table) {
    await using clamd = await server(serve)
    await assert.rejects(scanWithClamd(clamd.address, about.startsWith('clean') ? large : MESSAGE, soon(kind === 'slow' ? 50 : 5_000)), troubled(kind), about)
  }
  const closed = await server(() => undefined)
  await closed[Symbol.asyncDispose]()
  await assert.rejects(scanWithClamd(closed.address, MESSAGE, soon()), troubled('unreachable'))
  await assert.rejects(versionOfClamd({ path: '/nowhere/clamd.sock' }, soon()), troubled('unreachable'))
})

test('versions of clamd', () => {
  const table: readonly (readonly [said: string, version: readonly [string, string | null] | null])[] = [
    ['ClamAV 1.4.6', ['1.4.6', null]], ['ClamAV 1.4.6/27412/Tue Nov 24 16:41:12 2026', ['1.4.6', '2026-11-24 16:41:12']], ['ClamAV 0.103.8/26900/Sun May  7 07:23:09 2023', ['0.103.8', '2023-05-07 07:23:09']],
    ['ClamAV 1.4.6/27412/Tue Foo 24 16:41:12 2026', ['1.4.6', null]], ['ClamAV', null], ['ClamAV 1.4.6/27412/', null], ['', null], ['ClamAV <b>1', null],
  ]
  for (const [said, version] of table) {
    if (version === null) assert.throws(() => readVersion(said), troubled('strange'), said)
    else assert.deepEqual(readVersion(said), { version: version[0], signatures: version[1] }, said)
  }
})

const http = (body: string, head = 'HTTP/1.1 200 OK\r\nServer: rspamd/3.4', length = Buffer.byteLength(body)): string => `${head}\r\nConnection: close\r\nContent-Length: ${length}\r\n\r\n${body}`

test('rspamd hears the message and its circumstances', async () => {
  let octets: Buffer = Buffer.alloc(0)
  await using rspamd = await server((socket, heard) => {
    octets = heard
    if (heard.length > MESSAGE.length && heard.subarray(-MESSAGE.length).equals(MESSAGE)) socket.end(http('{"action":"add header","score":7.256,"symbols":{"A":{"score":1},"B":{"score":-6.2,"name":"B"},"C":{"score":0}},"more":[]}'))
  })
  assert.deepEqual(await scanWithRspamd(`http://127.0.0.1:${rspamd.port}`, MESSAGE, { ...CIRCUMSTANCES, sender: 'a\r\nIP: 127.0.0.1@far.example' }, soon()), { action: 'junk', score: 7.26, symbols: ['B', 'A'] })
  const head = octets.toString().split('\r\n\r\n')[0]?.split('\r\n') ?? []
  assert.equal(head[0], 'POST /checkv2 HTTP/1.1')
  for (const line of ['Queue-Id: q1', 'From: aIP: 127.0.0.1@far.example', 'Rcpt: lin@cn.example', 'Rcpt: 林@cn.example', 'IP: 198.51.100.7', 'Helo: far.example']) assert.ok(head.includes(line), line)
})

test('answers of rspamd are read by what they ask for, all others are none', () => {
  const table: readonly (readonly [action: string, ours: string])[] = [
    ['no action', 'pass'], ['greylist', 'later'], ['soft reject', 'later'], ['add header', 'junk'], ['rewrite subject', 'junk'], ['quarantine', 'junk'], ['reject', 'reject'], ['discard', 'reject'],
  ]
  for (const [action, ours] of table) assert.deepEqual(readAnswer(JSON.stringify({ action, score: 1 })), { action: ours, score: 1, symbols: [] })
  for (const text of ['', '[]', 'null', '{"action":"reject"}', '{"action":"explode","score":1}', '{"action":"toString","score":1}', '{"action":"reject","score":"9"}', '{"action":"reject","score":1,"symbols":[]}', '{"action":"reject","score":1e999}', '{']) {
    assert.throws(() => readAnswer(text), troubled('strange'), text)
  }
})

test('an rspamd that misbehaves is a trouble of its kind, and soon', async () => {
  const good = '{"action":"no action","score":0}'
  const table: readonly (readonly [about: string, said: string | null, kind: TroubleKind])[] = [
    ['endless', `HTTP/1.1 200 OK\r\n\r\n${' '.repeat(400_000)}`, 'strange'], ['garbage', 'SSH-2.0-OpenSSH_9.2\r\n', 'strange'], ['half', http(good, undefined, 500), 'half'], ['nothing', '', 'half'],
    ['an error', http(good, 'HTTP/1.1 500 Oops'), 'strange'], ['elsewhere', http('', 'HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/'), 'strange'], ['no JSON', http('pong'), 'strange'], ['endless head', `HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}`, 'strange'],
    ['silent', null, 'slow'],
  ]
  for (const [about, said, kind] of table) {
    await using rspamd = await server((socket, heard) => void (said !== null && heard.subarray(-5).equals(MESSAGE.subarray(-5)) && socket.end(said)))
    await assert.rejects(scanWithRspamd(`http://127.0.0.1:${rspamd.port}`, MESSAGE, CIRCUMSTANCES, soon(kind === 'slow' ? 50 : 5_000)), troubled(kind), about)
  }
  await assert.rejects(versionOfRspamd('http://127.0.0.1:1', soon()), troubled('unreachable'))
  await using other = await server((socket) => void socket.end(http('pong\r\n', 'HTTP/1.1 200 OK\r\nServer: <b>')))
  assert.equal(await versionOfRspamd(`http://127.0.0.1:${other.port}`, soon()), '')
})

test('a machine that does not answer is known before its time is over', async () => {
  const socket = new Socket()
  mustConnect(socket, 5)
  const [error] = (await once(socket, 'error')) as [unknown]
  assert.ok(troubled('unreachable')(troubleOf(error)))
})

test('so many at once, the others in turn and not for ever', async () => {
  const places = new Places(2)
  let [now, most] = [0, 0]
  const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>())
  const all = gates.map(({ promise }) => places.with(soon(), async () => {
    most = Math.max(most, ++now)
    await promise
    now--
  }))
  await assert.rejects(places.with(soon(20), () => assert.fail('there was no place')), { name: 'TimeoutError' })
  for (const { resolve } of gates) resolve()
  await Promise.all(all)
  assert.deepEqual([now, most], [0, 2])
  await assert.rejects(places.with(soon(), () => Promise.reject(new Error('bad'))), /bad/)
  assert.equal(await places.with(soon(), async () => 1) + (await places.with(soon(), async () => 1)) + (await places.with(soon(), async () => 1)), 3)
})
