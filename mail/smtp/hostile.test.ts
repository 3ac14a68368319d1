/** Clients of SMTP that mean no good: bounded in memory and time, answered by the right code, and the others are served. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { after, before, test } from 'node:test'
import { connect as connectSecurely, createSecureContext } from 'node:tls'
import { SmtpClient } from './client.ts'
import { ContentReader } from './content.ts'
import { smtpLimits } from './limits.ts'
import { Memory } from './memory.ts'
import { replies } from './replies.ts'
import type { SmtpService } from './service.ts'
import { hear, listening, type Listening, rawClient, type RawClient } from './test/client.ts'
import { pairOf } from './test/pair.ts'

const errors: unknown[] = []
let taken = 0
const service: SmtpService = {
  accounts: () => ({ login: async () => null }),
  sender: async () => null,
  recipient: async () => null,
  async message(envelope, raw) {
    taken = raw.length
    return { replies: envelope.recipients.map(() => replies.ok) }
  },
}
const SLOW_MS = 1_500
let mx: Listening
let submission: Listening
before(async () => {
  const options = { name: 'mx.cn.example', plainLogin: true, log: (error: unknown) => void errors.push(error), tls: createSecureContext(pairOf()), limits: { ...smtpLimits, idle: 1_000_000_000, commandTime: SLOW_MS } }
  mx = await listening(service, { ...options, kind: 'mx' })
  submission = await listening(service, { ...options, kind: 'submission', limits: smtpLimits })
})
after(async () => {
  await Promise.all([mx.close(), submission.close()])
  assert.deepEqual(errors, [])
})

const limit = { timeout: 60_000 }
const HELLO = 'EHLO c.example\r\nMAIL FROM:<a@a.example>\r\nRCPT TO:<b@a.example>\r\n'

/** Octets of the heap and beside it. */
function held(): number {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

test('others are answered while one does not stop', limit, async () => {
  const client = await rawClient(mx.port)
  assert.match(await client.say(HELLO, /^250 2\.1\.5/m), /sender ok/)
  client.socket.destroy()
})

test('octets of a message take their own room, also where each line is a dot', () => {
  const size = 6_000_000
  const reader = new ContentReader(smtpLimits.content, () => true)
  const octets = Buffer.from('..\r\n'.repeat(size / 4))
  const start = held()
  for (let at = 0; at < size; at += 65_536) reader.push(octets.subarray(at, at + 65_536))
  assert.ok(held() - start < 4 * size, `${held() - start} octets are held`)
  reader.push(Buffer.from('.\r\n'))
  assert.equal(reader.end().raw.length, (size / 4) * 3)
})

test('a message in chunks of one octet is taken in a time that grows with it', limit, async () => {
  const client = await rawClient(mx.port)
  await client.say(HELLO, /^250 2\.1\.5/m)
  const count = 100_000
  const said = client.say(`${'BDAT 1\r\nx'.repeat(count - 2)}BDAT 2 LAST\r\n\r\n`, /^250 2\.0\.0 ok/m)
  assert.equal((await said).match(/ 1 octets received/g)?.length, count - 2)
  assert.equal(taken, count)
  client.socket.destroy()
})

test('who never reads the answers is waited for, then cut off; they do not pile up', limit, async () => {
  const client = await rawClient(mx.port)
  const [inside] = [...mx.sockets].slice(-1)
  client.socket.pause()
  const flood = Buffer.from('NOOP\r\n'.repeat(10_000))
  let most = 0
  const push = (): void => {
    most = Math.max(most, inside?.writableLength ?? 0)
    if (client.socket.writable) client.socket.write(flood, () => setImmediate(push))
  }
  push()
  await once(inside ?? assert.fail('not there'), 'close')
  assert.ok(most < 4_000_000, `${most} octets of answers were kept`)
  client.socket.destroy()
})

test('announcing a large message takes nothing from others', limit, async () => {
  const client = await rawClient(mx.port)
  await client.say(`${HELLO}`, /^250 2\.1\.5/m)
  client.socket.write('BDAT 52000000\r\nx')
  await client.say('', /^/)
  const other = await rawClient(mx.port)
  await other.say('NOOP\r\n', /^250/)
  assert.ok(mx.memory.used < 1_000)
  for (const one of [client, other]) one.socket.destroy()
})

test('an address has its share of the memory for messages, and what it gives back is there again', () => {
  const memory = new Memory()
  const most = { memory: 100, share: 30 }
  assert.deepEqual([memory.take('10.0.0.1', 30, most), memory.take('10.0.0.1', 1, most), memory.take('10.0.0.2', 30, most), memory.take('::1', 40, most), memory.take('10.0.0.3', 1, most)], [true, false, true, true, false])
  memory.give('10.0.0.1', 30)
  assert.deepEqual([memory.take('10.0.0.1', 30, most), memory.used], [true, 100])
})

test('10,000 recipients: a thousand are taken, the next ones are told to come by themselves, then it is an error', limit, async () => {
  const client = await rawClient(mx.port)
  await client.say('EHLO c.example\r\nMAIL FROM:<a@a.example>\r\n', /^250 2\.1\.0/m)
  const some = await client.say(`${'RCPT TO:<b@a.example>\r\n'.repeat(1_100)}NOOP\r\n`, /^250 2\.0\.0/m)
  assert.deepEqual([some.match(/^250 2\.1\.5/gm)?.length, some.match(/^452 4\.5\.3/gm)?.length], [1_000, 100])
  await client.say('DATA\r\n', /^354/)
  assert.match(await client.say('x: y\r\n.\r\n', /\r\n/), /^250/)
  client.socket.write(`MAIL FROM:<a@a.example>\r\n${'RCPT TO:<b@a.example>\r\n'.repeat(9_000)}`)
  assert.match(await client.rest(), /421 4\.7\.0 too many errors\r\n$/)
})

test('commands that lead to no message end the connection', limit, async () => {
  for (const one of ['NOOP', 'RSET', 'VRFY x', 'HELP', 'EHLO x', 'HELO x']) {
    const client = await rawClient(submission.port)
    client.socket.write(`${one}\r\n`.repeat(1_200))
    assert.match(await client.rest(), /421 4\.7\.0 too many commands without a message\r\n$/, one)
  }
})

test('a server that takes a message and never reads it is given up in time', limit, async () => {
  const inside: Socket[] = []
  const server = createServer((socket) => {
    inside.push(socket)
    socket.write('220 x\r\n')
    socket.on('data', (chunk: Buffer) => {
      if (chunk.includes('DATA')) socket.pause()
      socket.write(chunk.toString().split('\r\n').slice(0, -1).map((line) => (line === 'DATA' ? '354 go\r\n' : '250 ok\r\n')).join(''))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = await SmtpClient.open({ host: 'far.example', address: '127.0.0.1', port: (server.address() as AddressInfo).port, tls: 'never', auth: null }, { name: 'mx.cn.example', messageTime: 300 })
  const raw = Buffer.from(`${'x'.repeat(78)}\r\n`.repeat(500_000))
  await assert.rejects(client.send({ sender: 'a@cn.example', envelopeId: null, returns: null, recipients: [{ address: 'b@far.example', notify: null, original: null }], raw, utf8: false }), /421 4\.4\.2 no answer in time/)
  assert.equal(client.alive, false)
  for (const socket of inside) socket.destroy()
  server.close()
})

const base64 = 'QUJD'.repeat(250_000)
test('a megabyte of base64 to sign in by is refused, before and after the challenge', limit, async () => {
  const client = await rawClient(submission.port)
  await client.say('EHLO c\r\n', /^250 /m)
  assert.match(await client.say(`AUTH PLAIN ${base64}\r\n`, /\r\n/), /^500 5\.5\.6/)
  await client.say('AUTH PLAIN\r\n', /^334/)
  assert.match(await client.say(`${base64}\r\n`, /\r\n/), /^501 5\.5\.2/)
  assert.match(await client.say('NOOP\r\n', /\r\n/), /^250/)
  client.socket.destroy()
})

const scans: readonly (readonly [string, string | Buffer, RegExp])[] = [
  ['a request of the web', 'GET / HTTP/1.1\r\nHost: x\r\n\r\n', /^521 5\.5\.2/],
  ['the other way of HTTP', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', /^500 5\.5\.2/],
  ['SSH', 'SSH-2.0-OpenSSH_9.2\r\n', /^500 5\.5\.2/],
  ['octets of no protocol', Buffer.from(Array.from({ length: 3_000 }, (_, at) => (at * 37 + 1) % 256)), /^521 5\.5\.2/],
]
for (const [name, octets, expected] of scans) {
  test(`port scans: ${name}`, limit, async () => {
    const client = await rawClient(mx.port)
    client.socket.write(octets)
    assert.match(await client.rest(), expected)
  })
}

test('port scans: TLS where it is not spoken yet is ended at once', limit, async () => {
  const secure = connectSecurely({ port: mx.port, host: '127.0.0.1', rejectUnauthorized: false })
  const began = performance.now()
  const [error] = (await once(secure, 'error')) as [{ code?: string }]
  assert.match(error.code ?? '', /^ERR_SSL|^ECONN/)
  assert.ok(performance.now() - began < SLOW_MS, 'it waited')
})

test('port scans: a thousand who connect and go leave nothing behind', limit, async () => {
  await Promise.all(Array.from({ length: 1_000 }, async () => {
    const socket = connect(mx.port, '127.0.0.1')
    await once(socket, 'connect')
    socket.destroy()
  }))
  const silent = Array.from({ length: 1_000 }, () => hear(connect(mx.port, '127.0.0.1')))
  const client: RawClient = await rawClient(mx.port)
  assert.match(await client.say(HELLO, /^250 2\.1\.5/m), /sender ok/)
  client.socket.destroy()
  assert.deepEqual([...new Set((await Promise.all(silent.map((one) => one.rest()))).map((text) => text.slice(-33)))], [replies.slow].map(({ code, status, text }) => `${code} ${status} ${text}\r\n`.slice(-33)))
  await Promise.all([...mx.sockets].map((socket) => once(socket, 'close')))
})
