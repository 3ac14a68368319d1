/** Mail that harms: disks and databases without room, reports and automatic replies to hostile senders, circles, and signatures without end. */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { rawClient as imapClient } from '#test/mail/imap.ts'
import { serveImap } from '../imap/serve.ts'
import { readHeader } from '../mime/header.ts'
import { listening, type Listening, rawClient } from '../smtp/test/client.ts'
import { StoredAccount } from '../store/server/imap-account.ts'
import { mailParts } from '../store/server/parts.ts'
import { reportMessage, vacationMessage } from './report.ts'
import { type Answered, noteAnswered } from './server/answered.ts'
import { arrivalChecks } from './server/arrival/check.ts'
import { transportParts, type TransportParts } from './server/parts.ts'
import { settleReports } from './server/reports/settle.ts'
import { smtpService } from './server/smtp-service.ts'
import { letter, type Office, openOffice } from './test/office.fixture.ts'

const limit = { timeout: 60_000 }
let office: Office
let parts: TransportParts
let answered: Answered
let mx: Listening
let lmtp: Listening
let imap: Server
const errors: unknown[] = []

before(async () => {
  office = await openOffice({ lin: 100_000_000, gu: 100_000_000, a: 1_000_000, b: 1_000_000, c: 1_000_000 })
  const { runtime } = office.it
  parts = transportParts(runtime, { host: 'mail.cn.example', arrival: arrivalChecks(runtime, { dns: async () => [], host: 'mail.cn.example', dmarc: 'record', isNear: () => false }) })
  answered = noteAnswered(runtime)
  const service = smtpService(parts, () => ({ login: async () => null }), answered)
  const options = { name: 'mail.cn.example', tls: null, plainLogin: false, log: (error: unknown) => void errors.push(error) }
  mx = await listening(service, { ...options, kind: 'mx' })
  lmtp = await listening(service, { ...options, kind: 'lmtp' })
  const own = mailParts(runtime)
  imap = createServer((socket) => void serveImap(socket, { store: { login: async (name) => new StoredAccount(own, office.accounts.get(name) ?? '', name) }, tls: null, plainLogin: true, log: (error) => void errors.push(error) }))
  imap.listen(0, '127.0.0.1')
  await once(imap, 'listening')
})
after(async () => {
  imap.close()
  await Promise.all([mx.close(), lmtp.close()])
  await answered.stop()
  await office.close()
  assert.deepEqual(errors, [])
})

async function send({ port }: Listening, recipients: readonly string[], text: string, sender = '<out@elsewhere.example>'): Promise<string> {
  const client = await rawClient(port)
  await client.say(port === lmtp.port ? 'LHLO x\r\n' : 'EHLO out.elsewhere.example\r\n', /^250 /m)
  const begun = await client.say(`MAIL FROM:${sender}\r\n${recipients.map((one) => `RCPT TO:<${one}>\r\n`).join('')}DATA\r\n`, /^(?:354|5\d\d 5\.5\.1) /m)
  const done = begun.includes('354 ') ? await client.say(`${text.replace(/^\./gm, '..')}.\r\n`, /^\d{3} .*\r\n/) : begun
  client.socket.write('QUIT\r\n')
  await client.rest()
  return done
}

async function appended(text: string): Promise<string> {
  const client = await imapClient((imap.address() as AddressInfo).port, /ready\r\n/)
  await client.say('l LOGIN gu x\r\n', /^l OK/m)
  const said = await client.say(`x APPEND INBOX {${text.length}+}\r\n${text}\r\n`, /^x /m)
  assert.match(await client.say('y NOOP\r\n', /^y /m), /^y OK/m)
  client.socket.destroy()
  return said
}

const large = (subject: string): string => letter(subject, { body: `${'x'.repeat(78)}\r\n`.repeat(30_000) })

test('a full disk: other servers and programs are told to try later, what is smaller fits, and with room again all is as before', limit, async (context) => {
  const folder = join(office.it.runtime.dataDir, 'mail')
  mkdirSync(folder, { recursive: true })
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder]).status !== 0) return context.skip('no rights to mount a small disk')
  try {
    assert.match(await send(mx, ['lin@cn.example'], large('full')), /^452 4\.3\.1 no room on the server/)
    assert.match(await send(lmtp, ['lin@cn.example'], large('full')), /^452 4\.3\.1 no room on the server/)
    assert.match(await appended(large('full')), /^x NO \[UNAVAILABLE\] no room on the server/)
    assert.match(await send(mx, ['lin@cn.example'], letter('small')), /^250 /)
  } finally {
    spawnSync('umount', [folder])
  }
  assert.match(await send(mx, ['lin@cn.example'], large('room again')), /^250 /)
  assert.deepEqual(await office.subjects('lin'), ['small', 'room again'])
})

test('a database without room: the same answers', limit, async () => {
  const { db } = office.it.runtime
  await sql`create function planned_full() returns trigger language plpgsql as $$ begin raise exception using errcode = '53100', message = 'could not extend file'; end $$`.execute(db)
  await sql`create trigger planned_full before insert on mail_message execute function planned_full()`.execute(db)
  assert.match(await send(mx, ['lin@cn.example'], letter('no rows')), /^452 4\.3\.1 no room on the server/)
  assert.match(await send(lmtp, ['lin@cn.example'], letter('no rows')), /^452 4\.3\.1/)
  assert.match(await appended(letter('no rows')), /^x NO \[UNAVAILABLE\] no room on the server/)
  await sql`drop trigger planned_full on mail_message`.execute(db)
  assert.match(await send(mx, ['lin@cn.example'], letter('rows again')), /^250 /)
})

test('a full quota: 552 by SMTP, 452 by LMTP, whose client keeps the message', limit, async () => {
  const text = (subject: string): string => letter(subject, { body: `${'x'.repeat(78)}\r\n`.repeat(8_000) })
  assert.match(await send(mx, ['a@cn.example'], text('quota 1')), /^250 /)
  assert.match(await send(mx, ['a@cn.example'], text('quota 2')), /^552 5\.2\.2 mailbox is full/)
  assert.match(await send(lmtp, ['a@cn.example'], text('quota 3')), /^452 4\.2\.2 mailbox is full/)
})

const HOSTILE = ['x\r\nBcc: evil@far.example', 'x\n\nbody', '\r\n\r\n--b\r\nContent-Type: text/html', 'x\0y', `${'长'.repeat(5_000)}`, '"><script>', '=?utf-8?q?=0D=0AX:_y?=']
const fieldsOf = (raw: Buffer): readonly string[] => readHeader(raw, 0, raw.length).fields.map(({ name }) => name)

test('reports: nothing a sender, a recipient or another server says makes a field or a part', () => {
  for (const text of HOSTILE) {
    const raw = reportMessage({
      kind: 'failed', host: 'mail.cn.example', to: 'out@elsewhere.example', messageId: 'm@cn.example', boundary: 'b', now: new Date(0), arrivedAt: new Date(0), envelopeId: 'e', subject: text,
      recipients: [{ address: 'a@cn.example', original: `rfc822;${text}`, reply: `550 5.1.1 ${text}` }], body: { whole: false, raw: Buffer.from('Subject: x\r\n\r\n') },
    })
    assert.deepEqual(fieldsOf(raw), ['From', 'To', 'Subject', 'Date', 'Message-ID', 'Auto-Submitted', 'MIME-Version', 'Content-Type'])
    const status = raw.toString().split('--b\r\n')[2] ?? ''
    assert.deepEqual(status.match(/^[A-Z][\w-]*(?=:)/gm), ['Content-Type', 'Reporting-MTA', 'Original-Envelope-Id', 'Arrival-Date', 'Original-Recipient', 'Final-Recipient', 'Action', 'Status', 'Diagnostic-Code'])
    assert.equal(raw.toString().match(/^--b(?:--)?\r$/gm)?.length, 4, 'three parts')
    assert.match(status, /^[\t\r\n\x20-\x7e]*$/, 'ASCII, as RFC 3464 wants it')
    assert.ok(raw.toString().split('\r\n').every((line) => line.length <= 998), 'lines that pass everywhere')
  }
})

test('automatic replies: the same', () => {
  for (const text of HOSTILE) {
    for (const inReplyTo of [`<a@b>\r\nX: y`, `<${'a'.repeat(2_000)}@b>`, text, '<ok@far.example>', null]) {
      const raw = vacationMessage({ from: 'lin@cn.example', to: 'out@elsewhere.example', name: text, subject: text, body: text, messageId: 'm@cn.example', inReplyTo, now: new Date(0) })
      const known = inReplyTo === '<ok@far.example>' ? ['In-Reply-To', 'References'] : []
      assert.deepEqual(fieldsOf(raw), ['From', 'To', 'Subject', 'Date', 'Message-ID', ...known, 'Auto-Submitted', 'MIME-Version', 'Content-Type', 'Content-Transfer-Encoding'])
      assert.ok(raw.toString().split('\r\n').every((line) => line.length <= 998))
    }
  }
})

async function reports(): Promise<number> {
  for (let count = 0; ; count++) {
    assert.ok(count < 20, 'reports without end')
    if (!(await settleReports(parts))) return count
  }
}
const waiting = async (): Promise<number> => (await sql<{ n: number }>`select count(*)::int as n from mail_report`.execute(office.it.runtime.db)).rows[0]?.n ?? 0

test('two who are away answer each other once and no more, and nobody answers a report', limit, async () => {
  for (const name of ['lin', 'gu']) await sql`insert into mail_vacation (account_id, active, subject, body, every_days) values (${office.accounts.get(name) ?? ''}, true, '外出', '下周一回来', 7)`.execute(office.it.runtime.db)
  await send(lmtp, ['gu@cn.example'], letter('hello', { from: 'lin@cn.example', to: 'gu@cn.example' }), '<lin@cn.example>')
  assert.equal(await reports(), 1)
  await send(lmtp, ['gu@cn.example'], letter('hello again', { from: 'lin@cn.example', to: 'gu@cn.example' }), '<lin@cn.example>')
  await send(lmtp, ['gu@cn.example'], letter('a report', { to: 'gu@cn.example' }), '<>')
  assert.deepEqual([await reports(), await waiting()], [0, 0])
})

test('a report that cannot be delivered is the end of it', limit, async () => {
  await sql`update mail_account set quota = 1 where id = ${office.accounts.get('b') ?? ''}`.execute(office.it.runtime.db)
  assert.match(await send(mx, ['b@cn.example', 'c@cn.example'], letter('from one who is full'), '<b@cn.example>'), /^250 /)
  assert.equal(await reports(), 1, 'b is told that b was refused, and has no room for it')
  assert.equal(await waiting(), 0)
  assert.match(await send(mx, ['b@cn.example'], letter('a report to one who is full'), '<>'), /^552 /)
  assert.equal(await waiting(), 0)
})

test('a message that has passed fifty servers goes round', limit, async () => {
  assert.match(await send(mx, ['lin@cn.example'], letter('round', { more: 'Received: from a by b\r\n'.repeat(51) })), /^554 5\.4\.6 too many hops/)
})

test('a thousand signatures, each over another length of a large body: ten are looked at', limit, async () => {
  const signature = (at: number): string => `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=far.example; s=s${at}; h=from; l=${1_000_000 + at};\r\n bh=AAAA; b=AAAA\r\n`
  const text = letter('signed', { more: Array.from({ length: 1_000 }, (_, at) => signature(at)).join(''), body: `${'x'.repeat(78)}\r\n`.repeat(60_000) })
  const begin = performance.now()
  assert.match(await send(mx, ['lin@cn.example'], text), /^250 /)
  assert.ok(performance.now() - begin < 20_000)
  const { rows } = await sql<{ n: number }>`select jsonb_array_length(verdict->'dkim') as n from mail_submission where verdict is not null order by created_at desc limit 1`.execute(office.it.runtime.db)
  assert.deepEqual(rows, [{ n: 10 }])
  assert.equal((await office.subjects('lin')).at(-1), 'signed')
})
