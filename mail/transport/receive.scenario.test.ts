import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { after, before, test } from 'node:test'
import { ImapFlow } from 'imapflow'
import { sql } from 'kysely'
import { serveImap } from '../imap/serve.ts'
import { listening, type Listening, rawClient } from '../smtp/test/client.ts'
import { StoredAccount } from '../store/server/imap-account.ts'
import { KnownMessages } from '../store/server/known-messages.ts'
import { watchMailboxes } from '../store/server/watch.ts'
import { type Answered, noteAnswered } from './server/answered.ts'
import { transportParts, type TransportParts } from './server/parts.ts'
import { smtpService } from './server/smtp-service.ts'
import { letter, type Office, openOffice } from './test/office.fixture.ts'

let office: Office
let parts: TransportParts
let answered: Answered
let mx: Listening
let lmtp: Listening
const errors: unknown[] = []

before(async () => {
  office = await openOffice({ lin: 10_000_000, gu: 10_000_000, full: 500, chen: 10_000_000, tight: 10 * letter('rush 10').length })
  parts = transportParts(office.it.runtime, { host: 'mail.cn.example' })
  answered = noteAnswered(office.it.runtime)
  const service = smtpService(parts, () => ({ login: async () => null }), answered)
  const options = { name: 'mail.cn.example', tls: null, plainLogin: false, log: (error: unknown) => void errors.push(error) }
  mx = await listening(service, { ...options, kind: 'mx' })
  lmtp = await listening(service, { ...options, kind: 'lmtp' })
})
after(async () => {
  await Promise.all([mx.close(), lmtp.close()])
  await answered.stop()
  await office.close()
  assert.deepEqual(errors, [])
})

async function send(port: number, recipients: readonly string[], text: string, { hello = 'EHLO out.elsewhere.example', sender = 'out@elsewhere.example' } = {}): Promise<string> {
  const client = await rawClient(port)
  await client.say(`${hello}\r\n`, /^250 /m)
  const commands = [`MAIL FROM:<${sender}>`, ...recipients.map((one) => `RCPT TO:<${one}>`), 'DATA']
  const begun = await client.say(`${commands.join('\r\n')}\r\n`, /^(?:354|5\d\d 5\.5\.1) /m)
  const done = begun.includes('354 ') ? await client.say(`${text.replace(/^\./gm, '..')}.\r\n`, new RegExp(`^(?:\\d{3} .*\\r\\n){${hello.startsWith('LHLO') ? (begun.match(/^250 2\.1\.5/gm)?.length ?? 1) : 1}}`)) : ''
  client.socket.write('QUIT\r\n')
  await client.rest()
  return begun + done
}

const steps = async (subject: string): Promise<readonly string[]> =>
  (await sql<{ line: string }>`select t.recipient || ' ' || t.step as line from mail_trace t join mail_submission s on s.id = t.submission_id join mail_message m on m.id = s.message_id where m.subject = ${subject} order by t.id`.execute(office.it.runtime.db)).rows.map(({ line }) => line)

test('what comes by SMTP is read by IMAP, octet for octet, and every step is written down', { timeout: 30_000 }, async () => {
  const text = letter('first', { body: '.dot\r\n..two\r\n中文\r\n' })
  assert.match(await send(mx.port, ['lin@cn.example', 'Gu+x@CN.example'], text), /250 2\.0\.0 ok/)
  const watch = watchMailboxes(office.it.runtime)
  const store = { login: async (name: string) => new StoredAccount({ runtime: office.it.runtime, blobs: parts.blobs, watch, known: new KnownMessages() }, office.accounts.get(name) ?? '', name) }
  const server = createServer((socket) => void serveImap(socket, { store, tls: null, plainLogin: true, log: (error) => void errors.push(error) }))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = new ImapFlow({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, secure: false, doSTARTTLS: false, auth: { user: 'gu', pass: 'x' }, logger: false })
  await client.connect()
  const lock = await client.getMailboxLock('INBOX')
  const read = await client.fetchOne('1', { source: true, envelope: true })
  assert.equal(read === false ? '' : read.source?.toString(), text)
  lock.release()
  await client.logout()
  server.close()
  watch.stop()
  assert.deepEqual(await steps('first'), ['lin@cn.example accepted', 'Gu+x@cn.example accepted', 'lin@cn.example delivered', 'gu@cn.example delivered'])
})

test('nobody relays, unknown recipients are refused at once, and plus addresses find their folder', async () => {
  const said = await send(mx.port, ['nobody@cn.example', 'somebody@far.example'], letter('refused'))
  assert.match(said, /^550 5\.1\.1 no such mailbox\r\n550 5\.7\.1 relaying denied\r\n554 5\.5\.1/m)
  await send(mx.port, ['lin+归档@cn.example'], letter('utf8'))
  await send(mx.port, ['chen+nothing@cn.example'], letter('plus'))
  assert.deepEqual(await office.subjects('chen'), ['plus'])
})

test('LMTP hears of each recipient; with SMTP the sender of a message refused for some gets a report', async () => {
  const text = letter('quota', { body: `${'x'.repeat(600)}\r\n` })
  assert.match(await send(lmtp.port, ['lin@cn.example', 'full@cn.example'], text, { hello: 'LHLO local' }), /^250 2\.1\.5 delivered\r\n552 5\.3\.4 message larger than the mailbox\r\n/m)
  assert.match(await send(mx.port, ['full@cn.example', 'gu@cn.example'], letter('part', { body: `${'x'.repeat(600)}\r\n` })), /250 2\.0\.0 ok/)
  assert.match(await send(mx.port, ['full@cn.example'], letter('alone', { body: `${'x'.repeat(600)}\r\n` })), /552 5\.3\.4 message larger/)
  const { rows } = await sql<{ kind: string; recipient: string; reply: string }>`select kind, recipient, reply from mail_report`.execute(office.it.runtime.db)
  assert.deepEqual(rows, [{ kind: 'failed', recipient: 'full@cn.example', reply: '552 5.3.4 message larger than the mailbox' }])
  assert.deepEqual(await office.subjects('full'), [])
})

test('a message whose answer got lost is taken once; sent again after an answer it is another', async () => {
  const text = letter('again')
  for (let time = 0; time < 2; time++) {
    const client = await rawClient(mx.port)
    await client.say('EHLO a\r\nMAIL FROM:<out@elsewhere.example>\r\nRCPT TO:<chen@cn.example>\r\nDATA\r\n', /^354/m)
    await client.say(`${text}.\r\n`, /^250 2\.0\.0/m)
    client.socket.resetAndDestroy()
  }
  assert.deepEqual((await office.subjects('chen')).filter((one) => one === 'again'), ['again'])
  for (let time = 0; time < 2; time++) {
    await send(mx.port, ['gu@cn.example'], letter('twice'))
    await answered.stop()
  }
  assert.deepEqual((await office.subjects('gu')).filter((one) => one === 'twice'), ['twice', 'twice'])
})

test('many at once for one mailbox: as many as it has room for, each with its number, and the counters are right', { timeout: 30_000 }, async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, (_, at) => send(mx.port, ['tight@cn.example'], letter(`rush ${at + 10}`))))
  const codes = answers.map((said) => /^(250 2\.0\.0|552 5\.2\.2)/m.exec(said)?.[0])
  assert.deepEqual([codes.filter((one) => one?.startsWith('250')).length, codes.filter((one) => one?.startsWith('552')).length], [10, 20])
  const { rows } = await sql<{ uids: number[]; counted: number; used: number; next: number }>`
    select (select array_agg(e.uid::int order by e.uid) from mail_entry e where e.mailbox_id = m.id) as uids, a.used_count as counted, a.used_size::int as used, m.uid_next::int as next
    from mail_mailbox m join mail_account a on a.id = m.account_id where a.id = ${office.accounts.get('tight')} and m.name = 'INBOX'`.execute(office.it.runtime.db)
  assert.deepEqual(rows, [{ uids: Array.from({ length: 10 }, (_, at) => at + 1), counted: 10, used: 10 * letter('rush 10').length, next: 11 }])
})

test('a port that is probed with HTTP hears one refusal', async () => {
  const client = await rawClient(mx.port)
  assert.match(await client.say('GET / HTTP/1.1\r\nHost: x\r\n\r\n', /\r\n/), /^521 5\.5\.2/)
  assert.equal(await client.rest(), '')
})
