/** Clients that mean no good, at a server without accounts: bounded, answered by the right word, and the others are served. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { after, before, test } from 'node:test'
import { servePop } from '../pop3/serve.ts'
import { serveImap } from './serve.ts'

const QUIET_MS = 400
const errors: unknown[] = []
const log = (error: unknown): void => void errors.push(error)
const limits = { quietBefore: QUIET_MS, quietAfter: QUIET_MS }
const nobody = { login: async () => null }
const servers: Server[] = []
const inside = new Set<Socket>()

async function listening(serve: (socket: Socket) => unknown): Promise<number> {
  const server = createServer({ noDelay: true }, (socket) => {
    inside.add(socket)
    socket.on('close', () => void inside.delete(socket))
    serve(socket)
  })
  servers.push(server)
  server.listen(0, '127.0.0.1', 2_000)
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}

let [imap, pop] = [0, 0]
before(async () => {
  imap = await listening((socket) => serveImap(socket, { store: nobody, tls: null, plainLogin: true, log }, limits))
  pop = await listening((socket) => servePop(socket, { store: nobody, tls: null, plainLogin: true, log }, limits))
})
after(() => {
  for (const server of servers) server.close()
  for (const socket of inside) socket.destroy()
  assert.deepEqual(errors, [])
})

/** Everything a server says to these octets until it ends the connection. */
async function talk(port: number, ...pieces: readonly (string | Buffer)[]): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let heard = ''
  socket.on('data', (chunk) => void (heard += chunk.toString('latin1')))
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  for (const piece of pieces) socket.write(piece)
  await once(socket, 'close')
  return heard
}

const limit = { timeout: 30_000 }

const cases: readonly (readonly [string, () => number, readonly (string | Buffer)[], RegExp])[] = [
  ['a command without end', () => imap, ['a1 LOGIN half'], /ready\r\n\* BYE too long without a word\r\n$/],
  ['a line without end', () => imap, ['a1 ', 'x'.repeat(1_000_000), '\r\n'], /^a1 BAD too much: line\r$/m],
  ['a literal larger than a password, before sign-in', () => imap, ['a1 LOGIN {999999}\r\n'], /^a1 NO \[TOOBIG\]/m],
  ['one that does not wait', () => imap, ['a1 LOGIN {9999999999+}\r\n', 'x'.repeat(100_000)], /^a1 NO \[TOOBIG\][^]*\* BYE cannot find the next command/m],
  ['a hundred small literals', () => imap, [`a1 LOGIN${' {1+}\r\nx'.repeat(100)}\r\n`], /^a1 BAD too much: literals\r$/m],
  ['NUL', () => imap, ['a1 LOGIN a\0b c\r\n'], /^a1 BAD NUL in a command\r$/m],
  ['octets of no protocol', () => imap, [Buffer.from(Array.from({ length: 4_096 }, (_, at) => (at * 37) % 256)), '\r\n'], /BAD/],
  ['a request of the web', () => imap, ['GET / HTTP/1.1\r\nHost: x\r\n\r\n'], /^GET BAD unknown command/m],
  ['half a command of POP3', () => pop, ['USER half'], /ready\r\n-ERR \[SYS\/TEMP\] too long without a word\r\n$/],
  ['a line of POP3 without end', () => pop, ['x'.repeat(1_000_000), '\r\n'], /^-ERR line too long/m],
  ['NUL in POP3', () => pop, ['USER a\0b\r\n'], /^-ERR line too long, or NUL in it\r$/m],
]
for (const [name, port, pieces, expected] of cases) test(`${name}: refused, and the connection ends in time`, limit, async () => assert.match(await talk(port(), ...pieces), expected))

test('wrong passwords by the hundred: three each, then the connection ends', limit, async () => {
  const heard = await Promise.all(Array.from({ length: 100 }, () => talk(imap, 'a LOGIN u 1\r\nb LOGIN u 2\r\nc LOGIN u 3\r\nd LOGIN u 4\r\n')))
  assert.deepEqual(heard.filter((text) => !/^a NO \[AUTHENTICATIONFAILED\][^]*^b NO [^]*^\* BYE too many wrong passwords\r\n$/m.test(text)), [])
  assert.equal(heard.some((text) => /^d /m.test(text)), false)
})

test('more commands at once than are kept waiting are answered all the same, in order', limit, async () => {
  const heard = await talk(imap, Array.from({ length: 5_000 }, (_, at) => `n${at} NOOP\r\n`).join(''), 'z LOGOUT\r\n')
  assert.deepEqual(heard.match(/^n\d+(?= OK)/gm)?.map((tag) => Number(tag.slice(1))), Array.from({ length: 5_000 }, (_, at) => at))
})

test('1,500 connections that say nothing are told goodbye and leave nothing behind; others are served meanwhile', limit, async () => {
  const silent = Promise.all(Array.from({ length: 1_500 }, () => talk(imap)))
  assert.match(await talk(imap, 'a CAPABILITY\r\nb LOGOUT\r\n'), /^a OK[^]*^b OK/m)
  assert.deepEqual([...new Set((await silent).filter((text) => !text.endsWith('* BYE too long without a word\r\n')))], [])
  await Promise.all([...inside].map((socket) => once(socket, 'close')))
  assert.equal(inside.size, 0)
})
