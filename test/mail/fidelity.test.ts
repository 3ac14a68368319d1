/** Every message of the suite, in by every way and out by every way: octets equal. */
import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { FORMATS } from '#mail/archive/formats.ts'
import { exportAccount } from '#mail/archive/server/export.ts'
import { Importer } from '#mail/archive/server/import.ts'
import { listening, type Listening, rawClient as smtpClient } from '#mail/smtp/test/client.ts'
import { mailParts } from '#mail/store/server/parts.ts'
import { verifyMail } from '#mail/store/server/verify.ts'
import { noteAnswered, type Answered } from '#mail/transport/server/answered.ts'
import { transportParts } from '#mail/transport/server/parts.ts'
import { smtpService } from '#mail/transport/server/smtp-service.ts'
import { absent, suiteFolder } from '../conformance/suites.ts'
import { openImap, PASSWORD, type TestImap } from './imap.ts'

const suite = suiteFolder('mime')
const skip = suite === null ? absent('mime') : false
/** Nearly every attachment of the suite is kept by itself. */
const LEAST = 64
const WAYS = ['smtp', 'bdat', 'lmtp', 'append', 'import'] as const

let it: TestImap
let folder = ''
let answered: Answered
let mx: Listening
let lmtp: Listening
/** Lines as the protocols want them; some files of the suite have those of Unix. */
let messages: readonly { readonly name: string; readonly raw: Buffer }[] = []

const crlf = (raw: Buffer): Buffer => Buffer.from(raw.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1')
/** What SMTP may not carry (RFC 5321 2.3.8, 4.5.2): refused as a whole, never mended. */
const isCarried = (raw: Buffer): boolean => !/\0|\r(?!\n)|(?<!\r)\n/.test(raw.toString('latin1'))
/** DATA always ends a line. */
const ended = (raw: Buffer): Buffer => (/(?:^|\r\n)$/.test(raw.toString('latin1')) ? raw : Buffer.concat([raw, Buffer.from('\r\n')]))

before(async () => {
  if (suite === null) return
  folder = await mkdtemp(join(tmpdir(), 'chengming-fidelity-'))
  const files = (await readdir(suite, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile() && entry.name !== 'LICENSE').toSorted((a, b) => (a.name < b.name ? -1 : 1))
  messages = await Promise.all(files.map(async ({ parentPath, name }) => ({ name, raw: crlf(await readFile(join(parentPath, name))) })))
  it = await openImap([...WAYS], 1e9, null, LEAST)
  answered = noteAnswered(it.runtime)
  const service = smtpService(transportParts(it.runtime, { host: 'mail.cn.example' }), () => ({ login: async () => null }), answered)
  const options = { name: 'mail.cn.example', tls: null, plainLogin: false, log: (error: unknown) => assert.fail(String(error)) }
  mx = await listening(service, { ...options, kind: 'mx' })
  lmtp = await listening(service, { ...options, kind: 'lmtp' })
})
after(async () => {
  if (suite === null) return
  await Promise.all([mx.close(), lmtp.close(), answered.stop()])
  await it.close()
  await rm(folder, { recursive: true })
})

/** Hands a message in; the last reply. */
async function hand(way: 'smtp' | 'bdat' | 'lmtp', raw: Buffer): Promise<string> {
  const client = await smtpClient((way === 'lmtp' ? lmtp : mx).port)
  await client.say(`${way === 'lmtp' ? 'LHLO' : 'EHLO'} c.example\r\nMAIL FROM:<a@far.example> BODY=8BITMIME SMTPUTF8\r\nRCPT TO:<${way}@cn.example>\r\n`, /^250 2\.1\.5/m)
  const said = way === 'bdat'
    ? await client.say(Buffer.concat([Buffer.from(`BDAT ${raw.length} LAST\r\n`), raw]), /^\d{3} .*\r\n/m)
    : await client.say('DATA\r\n', /^354/m).then(() => client.say(Buffer.concat([Buffer.from(raw.toString('latin1').replace(/^\./gm, '..'), 'latin1'), Buffer.from('.\r\n')]), /^\d{3} .*\r\n/m))
  client.socket.destroy()
  return said
}

/** All messages of an account by IMAP, octets as characters. */
async function byImap(name: string): Promise<readonly string[]> {
  const client = await it.signedIn(name)
  await client.say('s SELECT INBOX\r\n', /^s OK/m)
  const text = await client.say('f UID FETCH 1:* BODY.PEEK[]\r\n', /^f OK/m)
  client.socket.destroy()
  const found: string[] = []
  for (let at = 0; ;) {
    const head = /BODY\[\] \{(\d+)\}\r\n/g
    head.lastIndex = at
    const match = head.exec(text)
    if (match === null) return found
    at = head.lastIndex + Number(match[1])
    found.push(text.slice(head.lastIndex, at))
  }
}

/** The same by POP3, dots taken away. */
async function byPop(name: string): Promise<readonly string[]> {
  const socket = connect(it.popPort, '127.0.0.1')
  let heard = ''
  let wake = (): void => undefined
  socket.on('data', (chunk) => {
    heard += chunk.toString('latin1')
    wake()
  })
  const say = async (text: string, until: RegExp): Promise<string> => {
    heard = ''
    if (text !== '') socket.write(text)
    while (!until.test(heard)) {
      const { promise, resolve } = Promise.withResolvers<void>()
      wake = resolve
      await promise
    }
    return heard
  }
  await say('', /^\+OK/)
  await say(`USER ${name}\r\n`, /^\+OK/)
  await say(`PASS ${PASSWORD}\r\n`, /^\+OK/)
  const count = Number(/^\+OK (\d+)/.exec(await say('STAT\r\n', /^\+OK \d+ .*\r\n/))?.[1])
  const found: string[] = []
  for (let n = 1; n <= count; n++) found.push((await say(`RETR ${n}\r\n`, /^\+OK[^]*\r\n\.\r\n$/)).replace(/^\+OK.*\r\n/, '').slice(0, -3).replace(/^\.\./gm, '.'))
  socket.destroy()
  return found
}

async function byExport(name: string): Promise<readonly (readonly string[])[]> {
  const parts = mailParts(it.runtime)
  return Promise.all(FORMATS.map(async (format) => {
    const path = join(folder, name, format.id)
    await it.runtime.query(null, (ctx) => exportAccount(parts, ctx, it.ids.get(name) ?? '', { format, folder: path, mailbox: 'INBOX' }, () => undefined))
    const found: string[] = []
    for await (const { raw } of format.read(path)) found.push(raw.toString('latin1'))
    return found
  }))
}

const latin = (all: readonly Buffer[]): readonly string[] => all.map((raw) => raw.toString('latin1'))

async function goesOut(name: string, expected: readonly Buffer[]): Promise<void> {
  assert.ok(expected.length > 50, `${expected.length} messages`)
  assert.deepEqual(await byImap(name), latin(expected))
  assert.deepEqual((await byPop(name)).map((text) => Buffer.from(text, 'latin1').toString('latin1')), latin(expected.map(ended)))
  for (const found of await byExport(name)) assert.deepEqual(found, latin(expected))
}

for (const way of ['smtp', 'lmtp', 'bdat'] as const) {
  test(`in by ${way}, out by IMAP, POP3 and export`, { skip, timeout: 120_000 }, async () => {
    const kept: Buffer[] = []
    for (const { name, raw } of messages) {
      const whole = way === 'bdat' ? raw : ended(raw)
      const said = await hand(way, whole)
      assert.match(said, isCarried(whole) ? /^250 /m : /^550 5\.6\.0/m, name)
      if (isCarried(whole)) kept.push(whole)
    }
    await goesOut(way, kept)
  })
}

test('in by APPEND, out by IMAP, POP3 and export', { skip, timeout: 120_000 }, async () => {
  const client = await it.signedIn('append')
  for (const { raw } of messages) await client.say(`p APPEND INBOX ${/\0/.test(raw.toString('latin1')) ? '~' : ''}{${raw.length}+}\r\n${raw.toString('latin1')}\r\n`, /^p OK/m)
  client.socket.destroy()
  await goesOut('append', messages.map(({ raw }) => raw))
})

test('in by import, out by IMAP, POP3 and export', { skip, timeout: 120_000 }, async () => {
  const importer = new Importer(mailParts(it.runtime), it.ids.get('import') ?? '')
  for (const { raw } of messages) await importer.take({ mailbox: 'INBOX', raw, flags: [], internalAt: null })
  assert.deepEqual(await importer.finish(), { added: messages.length, there: 0 })
  await goesOut('import', messages.map(({ raw }) => raw))
})

test('attachments stood by themselves meanwhile, each once, and all is found whole', { skip }, async () => {
  const { rows: [counted] } = await sql<{ recipes: number; named: number; parts: number }>`
    select (select count(*)::int from mail_message where recipe is not null) as recipes, count(*)::int as named, count(distinct part)::int as parts from mail_message_part`.execute(it.runtime.db)
  assert.ok(counted !== undefined && counted.recipes > 5 * WAYS.length && counted.parts * 2 < counted.named, JSON.stringify(counted))
  const { problems } = await it.runtime.query(null, (ctx) => verifyMail(ctx, mailParts(it.runtime).blobs, () => undefined))
  assert.deepEqual(problems, [])
})
