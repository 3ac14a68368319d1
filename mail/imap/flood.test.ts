/** Too much at once, of people who have signed in: read within limits, in a time and a memory that grow with what came, and nothing brings the process down. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { after, before, test } from 'node:test'
import type { Changes, Mailbox } from '../store/contract.ts'
import { ALL_RIGHTS } from '../store/rights.ts'
import { cursorOf, GrammarError } from './cursor.ts'
import { readFetchItems } from './fetch-items.ts'
import { matchesPattern } from './list-pattern.ts'
import { CommandReader, readerLimits } from './reader.ts'
import { readSearchKeys } from './search-keys.ts'
import { includes, rangesOf, readSequenceSet } from './sequence-set.ts'
import { serveImap } from './serve.ts'
import type { ImapAccount } from './store.ts'
import { references, type ThreadMember, threadsText } from './thread.ts'
import { advance, type View } from './view.ts'

const MOST_MS = 3_000
/** Far less than what reading each place again and again would take. */
function soon(work: () => unknown): void {
  const begin = performance.now()
  work()
  assert.ok(performance.now() - begin < MOST_MS, `${Math.round(performance.now() - begin)} ms`)
}
const on = (text: string) => cursorOf({ texts: [text], literals: [] })

const refused: readonly (readonly [string, () => unknown])[] = [
  ['100,000 items of FETCH', () => readFetchItems(on(`(${'UID '.repeat(99_999)}UID)`))],
  ['100,000 sections of FETCH', () => readFetchItems(on(`(${Array.from({ length: 100_000 }, (_, at) => `BODY.PEEK[${at + 1}]`).join(' ')})`))],
  ['100,000 fields of a header', () => readFetchItems(on(`BODY[HEADER.FIELDS (${'a '.repeat(99_999)}a)]`))],
  ['a part 10,000 levels down', () => readFetchItems(on(`BODY[${'1.'.repeat(9_999)}1]`))],
  ['search keys nested 10,000 deep', () => readSearchKeys(on(`${'('.repeat(10_000)}ALL${')'.repeat(10_000)}`))],
  ['10,000 times NOT', () => readSearchKeys(on(`${'NOT '.repeat(10_000)}ALL`))],
  ['10,000 search keys', () => readSearchKeys(on('ALL '.repeat(10_000).trim()))],
  ['100 message sets in a search', () => readSearchKeys(on('1:* '.repeat(100).trim()))],
]
for (const [name, read] of refused) test(`refused by the grammar: ${name}`, () => soon(() => assert.throws(read, GrammarError)))

test('what is asked twice is told once', () => assert.equal(readFetchItems(on(`(${'ENVELOPE BODY.PEEK[] '.repeat(99)}UID)`)).length, 3))

test('sets of a million pieces, and looking up a million numbers in them', () => {
  const count = 1_000_000
  soon(() => {
    const set = readSequenceSet(on(Array.from({ length: count }, (_, at) => count * 4 - at * 4).join(',')))
    const ranges = rangesOf(set === '$' ? [] : set, 0)
    assert.equal(ranges.length, count)
    for (let at = 1; at <= count; at++) assert.equal(includes(ranges, at), at % 4 === 0)
  })
})

test('patterns of wildcards against long names', () => {
  const name = 'a'.repeat(2_000)
  soon(() => {
    for (const pattern of ['*'.repeat(60_000), '%'.repeat(60_000), '*%'.repeat(30_000), '*a'.repeat(1_500), '%a'.repeat(1_500)]) assert.equal(matchesPattern(pattern, name), true, pattern.slice(0, 4))
    for (const pattern of [`${'*a'.repeat(50)}b`, `${'%a'.repeat(50)}b`, '*a'.repeat(3_000)]) for (let times = 0; times < 20; times++) assert.equal(matchesPattern(pattern, name), false, pattern.slice(0, 4))
  })
})

const member = (uid: number, id: string, refs: readonly string[]): ThreadMember => ({ uid, id, references: refs, subject: '', isReply: false, at: uid })
const many = <T>(count: number, make: (at: number) => T): readonly T[] => Array.from({ length: count }, (_, at) => make(at))
const HOSTILE_THREADS: readonly (readonly [string, () => readonly ThreadMember[]])[] = [
  ['a conversation 200,000 levels deep, and looks upwards from its end', () => many(1_500, (k) => (k < 1_000
    ? member(k + 1, `<m${k}>`, [...(k > 0 ? [`<r${k - 1}.199>`] : []), ...many(200, (at) => `<r${k}.${at}>`)])
    : member(k + 1, `<m${k}>`, many(100, (at) => ['<r999.198>', `<x${k}.${at}>`]).flat())))],
  ['200,000 answers to one message', () => many(200_000, (k) => member(k + 1, `<m${k}>`, k === 0 ? [] : ['<m0>']))],
  ['50,000 answers that go over to others', () => [...many(500, (k) => member(k + 1, `<a${k}>`, many(100, (at) => ['<p>', `<s${k * 100 + at}>`]).flat())), ...many(50_000, (k) => member(1_000 + k, `<s${k}>`, [`<q${k}>`]))]],
]
for (const [name, members] of HOSTILE_THREADS) {
  test(`threads: ${name}`, () => {
    const all = members()
    soon(() => assert.equal(threadsText(references(all), (uid) => uid).match(/\d+/g)?.length, all.length))
  })
}

test('200,000 new messages at once', () => {
  const view: View = { mailboxId: 1, isOwn: true, rights: ALL_RIGHTS, readOnly: false, uidValidity: 1, uids: [], modseq: 1, gone: [], told: new Map(), own: new Set(), saved: [] }
  const changes: Changes = { modseq: 2, vanished: [], changed: many(200_000, (at) => ({ uid: at + 1, modseq: 2, messageId: at, flags: [], internalAt: 0, savedAt: 0, size: 1 })) }
  assert.equal(advance(view, changes, false).exists, 200_000)
})

test('a literal that comes octet by octet takes its own room', () => {
  const reader = new CommandReader({ command: () => undefined, goAhead: () => undefined, refused: () => assert.fail('refused'), sink: () => null }, readerLimits)
  reader.push(Buffer.from('a SEARCH TEXT {1000000+}\r\n'))
  const before = process.memoryUsage().heapUsed
  const octet = Buffer.from('x')
  for (let at = 0; at < 999_999; at++) reader.push(octet)
  assert.ok(process.memoryUsage().heapUsed - before < 30_000_000)
})

const inbox = { id: 1, accountId: '1', name: 'INBOX', special: null, subscribed: true, uidValidity: 1, uidNext: 1, modseq: 1, messages: 0, unseen: 0, deleted: 0, size: 0, isOwn: true, rights: ALL_RIGHTS } as Mailbox & { isOwn: boolean; rights: string }
const planned = new Error('the database is away')
let happened = (): void => undefined
/** An INBOX without messages, whose changes cannot be read the third time, and in which a search never ends. */
function account(): ImapAccount {
  let asked = 0
  const does: Partial<ImapAccount> = {
    id: '1', name: 'a', find: async () => inbox as never, open: async () => ({ mailbox: inbox, uids: [], firstUnseen: null }), rights: async () => ALL_RIGHTS,
    changes: async () => (++asked > 2 ? Promise.reject(planned) : { modseq: 1, changed: [], vanished: [] }),
    search: () => new Promise(() => undefined),
    watch: (_id, changed) => ((happened = changed), () => undefined),
  }
  return does as ImapAccount
}

const errors: unknown[] = []
const inside: Socket[] = []
let server: Server
before(async () => {
  server = createServer((socket) => {
    inside.push(socket)
    serveImap(socket, { store: { login: async () => account() }, tls: null, plainLogin: true, log: (error) => void errors.push(error) })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
})
after(() => {
  for (const socket of inside) socket.destroy()
  server.close()
})

async function signedIn(): Promise<{ readonly socket: Socket; until(pattern: RegExp): Promise<string> }> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
  let heard = ''
  socket.on('data', (chunk) => void (heard += chunk.toString('latin1')))
  socket.on('error', () => undefined)
  const until = async (pattern: RegExp): Promise<string> => {
    while (!pattern.test(heard)) await once(socket, 'data')
    return heard
  }
  socket.write('a LOGIN a b\r\nb SELECT INBOX\r\n')
  await until(/^b OK/m)
  return { socket, until }
}

test('a database that fails while a client is idle: it is told goodbye, the log hears why, and the process goes on', { timeout: 20_000 }, async () => {
  const { socket, until } = await signedIn()
  socket.write('c IDLE\r\n')
  await until(/^\+ idling/m)
  happened()
  await until(/^\* BYE internal error/m)
  await once(socket, 'close')
  assert.deepEqual(errors.splice(0), [planned])
  assert.ok((await signedIn()).socket.writable)
})

test('megabytes that wait behind a command that takes long are not read', { timeout: 20_000 }, async () => {
  const { socket } = await signedIn()
  const own = inside.at(-1) ?? assert.fail('not there')
  const start = own.bytesRead
  socket.write('c SEARCH ALL\r\n')
  const command = Buffer.concat([Buffer.from('d SEARCH TEXT {1000000+}\r\n'), Buffer.alloc(1_000_000, 'x'), Buffer.from('\r\n')])
  for (let sent = 0; sent < 100; sent++) socket.write(command)
  while (!own.isPaused()) await new Promise((resolve) => setImmediate(resolve))
  assert.ok(own.bytesRead - start < 6_000_000)
  socket.destroy()
})
