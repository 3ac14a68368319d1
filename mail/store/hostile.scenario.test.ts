/** Mailboxes and their owners at their worst, over IMAP and POP3 on a real database: answered, within bounds, and the others are served. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import type { Socket } from 'node:net'
import { after, before, test } from 'node:test'
import { createDeflateRaw } from 'node:zlib'
import { sql } from 'kysely'
import { message, openImap, PASSWORD, rawClient, type TestImap } from '#test/mail/imap.ts'

let it: TestImap
before(async () => {
  it = await openImap(['a', 'b', 'c', 'd', 'e', 'f', 'g'], 60_000_000)
})
after(async () => {
  await it.close()
  assert.deepEqual(it.errors, [])
})
const limit = { timeout: 120_000 }

/** Octets of the heap and beside it. */
function held(): number {
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

/** Sends a command and throws away what is heard until its answer; answers how much that was, and how much memory was held meanwhile. */
async function flooded(socket: Socket, command: string | Buffer, tag: string): Promise<{ readonly octets: number; readonly held: number }> {
  const start = held()
  let [octets, most, tail] = [0, 0, '']
  const { promise, resolve } = Promise.withResolvers<void>()
  const hear = (chunk: Buffer): void => {
    octets += chunk.length
    most = Math.max(most, held() - start)
    tail = (tail + chunk.toString('latin1', Math.max(0, chunk.length - 200))).slice(-200)
    if (new RegExp(`^${tag} OK`, 'm').test(tail)) resolve()
  }
  socket.on('data', hear)
  socket.write(command)
  await promise
  socket.off('data', hear)
  return { octets, held: most }
}

/** A signed-in client whose answers nobody collects. */
async function quiet(name: string): Promise<Socket> {
  const { socket } = await it.signedIn(name)
  socket.removeAllListeners('data')
  return socket
}

test('a message asked for a hundred times in one command goes out piece by piece', limit, async () => {
  const client = await it.signedIn('a')
  await it.append(client, 'INBOX', message('large', 'x'.repeat(78).concat('\r\n').repeat(50_000)))
  const socket = await quiet('a')
  await flooded(socket, 's SELECT INBOX\r\n', 's')
  const { octets, held: most } = await flooded(socket, `f FETCH 1 (${Array.from({ length: 100 }, (_, at) => `BODY.PEEK[]<${at}.4000000>`).join(' ')})\r\n`, 'f')
  assert.ok(octets > 390_000_000, `${octets} octets`)
  assert.ok(most < 150_000_000, `${most} octets were held`)
  socket.destroy()
})

test('envelopes of twenty megabytes are told in parts that fit', limit, async () => {
  const client = await it.signedIn('b')
  for (let at = 0; at < 24; at++) await it.append(client, 'INBOX', `Subject: ${at} ${'x'.repeat(1_000_000)}\r\n\r\ny\r\n`)
  const socket = await quiet('b')
  await flooded(socket, 's SELECT INBOX\r\n', 's')
  const { octets } = await flooded(socket, 'f FETCH 1:* (UID ENVELOPE BODYSTRUCTURE)\r\n', 'f')
  assert.ok(octets > 24_000_000)
  socket.destroy()
  assert.equal((await client.say('s SELECT INBOX\r\nf FETCH 1:* (UID)\r\n', /^f OK/m)).match(/FETCH \(UID/g)?.length, 24)
})

test('fifty sets of all messages, and a set of ten thousand pieces', limit, async () => {
  const client = await it.signedIn('c')
  for (let at = 0; at < 5; at++) await it.append(client, 'INBOX', message(`${at}`))
  await client.say('s SELECT INBOX\r\n', /^s OK/m)
  assert.match(await client.say(`x SEARCH ${'1:* '.repeat(49)}NOT 2,4\r\n`, /^x /m), /^\* SEARCH 1 3 5\r\nx OK/)
  assert.match(await client.say('x SEARCH RETURN (SAVE) 2:3\r\ny SEARCH OR $ 5\r\n', /^y /m), /^\* SEARCH 2 3 5\r\ny OK/m)
  assert.match(await client.say('x SEARCH 6\r\n', /^x /m), /^x NO no such message/)
  assert.match(await client.say(`x UID SEARCH UID ${Array.from({ length: 10_000 }, (_, at) => at + 2).join(',')}\r\n`, /^x /m), /^\* SEARCH 2 3 4 5\r\nx OK/)
  assert.match(await client.say(`x SEARCH ${'1:* '.repeat(60)}ALL\r\n`, /^x /m), /^x BAD too many message sets/)
  assert.match(await client.say(`x FETCH ${'1,'.repeat(40_000)}1 UID\r\n`, /^x /m), /^x BAD too much: line/)
})

test('a thousand keywords on one message: fifty are kept', limit, async () => {
  const client = await it.signedIn('c')
  await client.say('s SELECT INBOX\r\n', /^s OK/m)
  const said = await client.say(`x STORE 1 +FLAGS (${Array.from({ length: 1_000 }, (_, at) => `k${at}`).join(' ')})\r\n`, /^x /m)
  assert.equal(/FLAGS \(([^)]*)\)/.exec(said)?.[1]?.split(' ').length, 50)
  assert.match(await client.say(`x STORE 1 +FLAGS (${'k'.repeat(10_000)})\r\n`, /^x /m), /^x BAD keyword too long/)
})

const names: readonly (readonly [string, string, RegExp])[] = [
  ['of 10,000 octets', 'a'.repeat(10_000), /^x NO \[CANNOT\]/m], ['of a hundred levels', 'a/'.repeat(100).concat('a'), /^x NO \[CANNOT\]/m], ['with an empty level', 'a//b', /^x NO \[CANNOT\]/m], ['that is a pattern', '"a*b"', /^x NO \[CANNOT\]/m],
  ['with a control character', '{3+}\r\na\x01b', /^x (?:NO|BAD)/m], ['with NUL', '{3+}\r\na\0b', /^x (?:NO|BAD)/m], ['with a line break', '{4+}\r\na\r\nb', /^x (?:NO|BAD)/m],
]
for (const [name, written, expected] of names) {
  test(`a mailbox name ${name} is refused`, limit, async () => {
    const client = await it.signedIn('d')
    assert.match(await client.say(`x CREATE ${written}\r\n`, /^x /m), expected)
    assert.match(await client.say('y NOOP\r\n', /^y /m), /^y OK/m)
  })
}

test('a name that climbs is a name like others', limit, async () => {
  const client = await it.signedIn('d')
  assert.match(await client.say('x CREATE ../../etc/passwd\r\ny LIST "" ../%/etc/*\r\n', /^y /m), /^x OK[^]*"\.\.\/\.\.\/etc\/passwd"/m)
})

test('2,000 mailboxes and no more, and patterns over all of them', limit, async () => {
  const client = await it.signedIn('e')
  await sql`insert into mail_mailbox (account_id, name, uid_validity) select ${it.ids.get('e') ?? ''}, repeat('a', 400) || n, 1 from generate_series(1, 2000 - (select count(*)::int from mail_mailbox where account_id = ${it.ids.get('e') ?? ''})) n`.execute(it.runtime.db)
  assert.match(await client.say('x CREATE one-more\r\n', /^x /m), /^x NO \[LIMIT\]/m)
  assert.match(await client.say(`x LIST "" "${'*a'.repeat(99)}*b"\r\n`, /^x /m), /^x OK/m)
  for (const pattern of ['*'.repeat(60_000), `"${'a'.repeat(5_000)}*"`, `(${'* '.repeat(60)}*)`]) assert.match(await client.say(`x LIST "" ${pattern}\r\n`, /^x /m), /^x BAD/m)
})

const searches: readonly (readonly [string, string, RegExp])[] = [
  ['of a text of 500,000 octets', `x SEARCH TEXT {500000+}\r\n${'a'.repeat(500_000)}\r\n`, /^x BAD search text too long/m], ['of a field that is an expression', 'x SEARCH HEADER SUBJECT "(.*)+(a+)+$[["\r\n', /^x OK/m], ['of 3,000 different signs', `x SEARCH TEXT {9999+}\r\n${Buffer.from(Array.from({ length: 3_333 }, (_, at) => String.fromCodePoint(0x4e00 + at)).join('')).toString('latin1')}\r\n`, /^x OK/m],
  ['with NUL', 'x SEARCH TEXT {3+}\r\na\0b\r\n', /^x BAD NUL/m], ['older than the world', 'x SEARCH OLDER 9007199254740991 NOT YOUNGER 9007199254740991\r\n', /^x OK/m], ['of days without mail', 'x SEARCH SINCE 31-Dec-9999 SENTBEFORE 1-Jan-1900\r\n', /^\* SEARCH\r\nx OK/m],
  ['of the largest numbers', 'x SEARCH LARGER 9007199254740991 MODSEQ 9007199254740991 UID 4294967295\r\n', /^x OK/m], ['a date of the year 10000', 'x APPEND INBOX "31-Dec-9999 23:59:59 -9959" {1+}\r\nx\r\n', /^x BAD/m], ['a date of the year 1900', 'x APPEND INBOX " 1-Jan-1900 00:00:00 +0000" {1+}\r\nx\r\n', /^x OK/m],
  ['octets beyond all', 'x FETCH 1 BODY.PEEK[]<9007199254740991.9007199254740991>\r\n', /^x OK/m], ['a mailbox with NUL', 'x STATUS {3+}\r\na\0b (MESSAGES)\r\n', /^x BAD NUL/m],
]
for (const [name, text, expected] of searches) {
  test(`asked for: ${name}`, limit, async () => {
    const client = await it.signedIn('c')
    await client.say('s SELECT INBOX\r\n', /^s OK/m)
    assert.match(await client.say(text, /^x /m), expected)
    assert.match(await client.say('y NOOP\r\n', /^y /m), /^y OK/m)
  })
}

const literals: readonly (readonly [string, string, RegExp])[] = [
  ['larger than a message may be', 'x APPEND INBOX {104857601}\r\n', /^x NO \[TOOBIG\]/m], ['longer than numbers go', 'x APPEND INBOX {99999999999999999999}\r\n', /^x BAD/m], ['of a search', 'x SEARCH TEXT {50000000}\r\n', /^x NO \[LIMIT\]/m],
  ['without end, one behind the other', `x SEARCH ${'TEXT {1+}\r\nx '.repeat(1_001)}ALL\r\n`, /^x BAD too much: literals/m],
]
for (const [name, text, expected] of literals) {
  test(`a literal ${name} is refused`, limit, async () => {
    const client = await it.signedIn('d')
    await client.say('s SELECT INBOX\r\n', /^s OK/m)
    assert.match(await client.say(text, /^x /m), expected)
    assert.match(await client.say('y NOOP\r\n', /^y /m), /^y OK/m)
  })
}

/** Zeros, or a pattern, as few octets. */
async function bomb(chunk: Buffer, times: number): Promise<Buffer> {
  const deflate = createDeflateRaw({ level: 9 })
  const out: Buffer[] = []
  deflate.on('data', (piece: Buffer) => void out.push(piece))
  for (let at = 0; at < times; at++) if (!deflate.write(chunk)) await once(deflate, 'drain')
  deflate.flush()
  deflate.write('z NOOP\r\n')
  deflate.flush()
  await new Promise((resolve) => deflate.once('drain', resolve).write('', resolve))
  return Buffer.concat(out)
}

test('a bomb in COMPRESS=DEFLATE is read away as it is inflated, while others are answered', limit, async () => {
  const [client, other] = [await it.signedIn('f'), await it.signedIn('g')]
  await client.say('c COMPRESS DEFLATE\r\n', /^c OK/m)
  const packed = await bomb(Buffer.alloc(1_000_000, 'x'), 300)
  assert.ok(packed.length < 1_000_000)
  const start = held()
  let most = 0
  const watching = setInterval(() => void (most = Math.max(most, held() - start)), 5)
  client.socket.write(packed)
  for (let at = 0; at < 50; at++) await other.say('n NOOP\r\n', /^n OK/m)
  clearInterval(watching)
  assert.ok(most < 100_000_000, `${most} octets were held`)
  client.socket.destroy()
})

test('POP3: numbers beyond all messages, and lists that nobody reads', limit, async () => {
  const filled = await it.signedIn('g')
  await filled.say('s SELECT INBOX\r\n', /^s OK/m)
  const dots = '.\r\n'.repeat(1_000_000)
  await it.append(filled, 'INBOX', message('dots', dots))
  const client = await rawClient(it.popPort, /\+OK ready/)
  await client.say(`USER g\r\nPASS ${PASSWORD}\r\n`, /1 messages/)
  for (const wrong of ['TOP 1 99999999999999999999', 'TOP 1', 'TOP 1 -1', 'RETR 99999999999999999999', 'RETR 0', 'LIST -1', 'UIDL 2', 'DELE 1e9', `RETR ${'1'.repeat(10_000)}`]) assert.match(await client.say(`${wrong}\r\n`, /\r\n$/), /^-ERR/, wrong.slice(0, 30))
  assert.match(await client.say('TOP 1 999999999\r\n', /\r\n\.\r\n$/), /^\+OK/)
  client.socket.removeAllListeners('data')
  const start = held()
  client.socket.pause()
  client.socket.write('RETR 1\r\n'.repeat(2_000))
  client.socket.write('UIDL\r\n'.repeat(20_000))
  const inside = it.sockets().at(-1) ?? assert.fail('not there')
  while (inside.writableLength === 0) await new Promise((resolve) => setImmediate(resolve))
  for (let at = 0; at < 20; at++) await filled.say('n NOOP\r\n', /^n OK/m)
  assert.ok(inside.writableLength < 10_000_000 && held() - start < 100_000_000, `${inside.writableLength} octets wait`)
  client.socket.destroy()
})
