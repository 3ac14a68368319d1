/** Figures by day from what was really taken, refused and sent; a year of a large district is read in a moment. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Actor } from '#kit/context.ts'
import { service as registry } from '#platform/registry/server/index.ts'
import { testRuntime, type TestRuntime } from '#test/runtime.ts'
import { openAccount } from '../store/server/accounts.ts'
import { service as store } from '../store/server/index.ts'
import { mailStatistics, reportStatistics } from '../server/admin/statistics.ts'
import type { Peer } from '../smtp/service.ts'
import type { StatisticsWire } from '../statistics-api.ts'
import { judged, type Scanned, unscanned } from '../transport/arrival/scanned.ts'
import { deliver } from '../transport/server/deliver.ts'
import { noteAnswered } from '../transport/server/answered.ts'
import { service as transport } from '../transport/server/index.ts'
import { transportParts, type TransportParts } from '../transport/server/parts.ts'
import { smtpService } from '../transport/server/smtp-service.ts'
import { submit } from '../transport/server/submit.ts'
import { reasonOf } from './reasons.ts'
import { countedService } from './server/counted-service.ts'
import { count } from './server/counters.ts'
import { service as statistics } from './server/index.ts'
import { rollDay, rollDue } from './server/roll.ts'

const actor: Actor = { accountId: 'a', personId: '00000000-0000-4000-8000-000000000001', name: '沈知砚', postId: 'p', unitId: 'u', unitName: '', organisationId: 'o', organisationName: '', roles: ['system-admin'], sessionId: 's' }
// Half past midnight in Shanghai: still yesterday in UTC.
let now = new Date('2026-11-24T16:30:00Z')
let it: TestRuntime
let parts: TransportParts
const ids = new Map<string, string>()

before(async () => {
  it = await testRuntime({ services: [registry, store, statistics, transport], clock: () => now })
  parts = transportParts(it.runtime, { host: 'mail.cn.example' })
  await sql`insert into mail_domain (name, is_default, created_at) values ('cn.example', true, now())`.execute(it.runtime.db)
  for (const [name, quota] of [['lin', 1e7], ['gu', 1e7], ['small', 10]] as const) ids.set(name, await it.runtime.command(null, (ctx) => openAccount(ctx, { kind: 'shared', ownerId: null, name, address: `${name}@cn.example`, quota })))
})
after(() => it.close())

const letter = (subject: string, from: string, octets = 10): Buffer => Buffer.from(`From: ${from}\r\nSubject: ${subject}\r\n\r\n${'x'.repeat(octets)}\r\n`)
const base = { envelopeId: null, returns: null, utf8: false, origin: null, verdict: null } as const
const wishes = (to: readonly string[]) => to.map((address) => ({ address, notify: null, original: null }))
const figures = (asked: { from?: string; to?: string; domain?: string } = {}): Promise<StatisticsWire> => it.runtime.query(actor, (ctx) => mailStatistics(ctx, asked))
const pairs = (items: readonly { key: string; n: number }[]): Readonly<Record<string, number>> => Object.fromEntries(items.filter(({ n }) => n > 0).map(({ key, n }) => [key, n]))

test('what comes in, goes out and is refused is told by day, domain, reason, size and person', async () => {
  await deliver(parts, { ...base, way: 'smtp', accountId: null, sender: 'a@far.example', recipients: wishes(['lin@cn.example', 'gu@cn.example']), raw: letter('in', 'a@far.example') })
  await deliver(parts, { ...base, way: 'smtp', accountId: null, sender: 'a@far.example', recipients: wishes(['small@cn.example']), raw: letter('too large', 'a@far.example', 20_000) })
  await submit(parts, { ...base, way: 'submission', accountId: ids.get('lin') ?? '', sender: 'lin@cn.example', recipients: wishes(['gu@cn.example', 'b@far.example']), raw: letter('out', 'lin@cn.example') })
  const service = countedService(it.runtime, smtpService(parts, () => ({ login: async () => null }), noteAnswered(it.runtime)))
  const peer: Peer = { kind: 'mx', address: '192.0.2.1', helo: 'x', extended: true, tls: null, account: null }
  const sender = { address: 'a@far.example', size: null, eightBit: false, utf8: false, envelopeId: null, returns: null }
  for (const address of ['nobody@cn.example', 'nobody@cn.example', 'who@elsewhere.example']) assert.notEqual(await service.recipient({ address, notify: null, original: null }, sender, peer), null)
  for (const [kind, protocol] of [['sign-in', 'imap'], ['sign-in', 'imap'], ['sign-in-failed', 'pop']] as const) count(it.runtime, kind, protocol)
  const found = await figures()
  assert.deepEqual([found.from, found.to, found.days.length], ['2026-10-27', '2026-11-25', 30])
  const last = found.days.at(-1)
  assert.deepEqual([last?.date, last?.received, last?.sent, last?.refused, last?.relayed], ['2026-11-25', 3, 1, 1, 0])
  assert.deepEqual(pairs(found.refusals), { unknown: 2, relay: 1, quota: 1 })
  assert.deepEqual(pairs(found.sizes), { '10K': 2, '100K': 1 })
  assert.deepEqual(found.signIns.map(({ key, n, failed }) => [key, n, failed]), [['imap', 2, 0], ['pop', 0, 1], ['smtp', 0, 0]])
  assert.deepEqual(found.senders.map(({ address, messages }) => [address, messages]), [['a@far.example', 2], ['lin@cn.example', 1]])
  assert.deepEqual(found.recipients.map(({ address, messages }) => [address, messages]), [['gu@cn.example', 2], ['lin@cn.example', 1]])
  assert.deepEqual([found.accounts, found.messages, found.domains], [3, 3, ['cn.example']])
})

test('counted again nothing is doubled; mail that left is counted for its sender, with how long it waited', async () => {
  const { rows: [row] } = await sql<{ id: string }>`select submission_id as id from mail_queue`.execute(it.runtime.db)
  await sql`insert into mail_trace (submission_id, recipient, step, at) values (${row?.id}, 'b@far.example', 'relayed', ${now}::timestamptz + interval '90 seconds')`.execute(it.runtime.db)
  now = new Date(now.getTime() + 10 * 60_000)
  const [first, again] = [await figures(), await figures()]
  const { received, relayed, queueMost } = first.days.at(-1) ?? assert.fail()
  assert.deepEqual([received, relayed, queueMost], [3, 1, 90])
  assert.deepEqual(again.sums, first.sums)
  assert.deepEqual((await figures({ domain: 'cn.example' })).sums.relayed, 1)
  assert.deepEqual((await figures({ domain: 'other.example' })).sums, { received: 0, receivedOctets: 0, sent: 0, sentOctets: 0, relayed: 0, bounced: 0, refused: 0, infected: 0, spam: 0 })
})

test('the next day both days are counted, and the day before stays', async () => {
  now = new Date('2026-11-25T16:10:00Z')
  assert.equal(await it.runtime.command(null, rollDue), 2)
  assert.equal(await it.runtime.command(null, rollDue), 1)
  const { days, stored } = await figures()
  assert.deepEqual(days.slice(-2).map(({ date, received }) => [date, received]), [['2026-11-25', 3], ['2026-11-26', 0]])
  assert.ok(stored > 0 && (days.at(-1)?.stored ?? 0) > 0)
})

test('reasons are told from our own replies', () => {
  const texts = ['not accepted: the policy of the domain of its author refuses it (DMARC)', 'too many messages from your address, try again in a minute', 'not known yet, try again in some minutes', 'not allowed to send as this address', 'mailbox is not in use', 'something new', 'bare <CR> or <LF> in the message', 'message too large']
  assert.deepEqual(texts.map((text) => reasonOf({ text, status: '5.7.1' })), ['dmarc', 'rate', 'greylist', 'sender', 'off', 'other', 'form', 'size'])
})

test('a day of 60,000 messages is counted in seconds, a year of 10,000 people read in a moment', { timeout: 120_000 }, async (t) => {
  await sql`insert into mail_submission (id, way, sender, size, received, fingerprint, answered, created_at)
    select gen_random_uuid(), 'smtp', 's' || n % 9000 || '@cn.example', 1000 + n, '', n::text, true, '2026-11-20T01:00:00Z'::timestamptz + n * interval '0.5 seconds' from generate_series(1, 60000) n`.execute(it.runtime.db)
  await sql`insert into mail_trace (submission_id, recipient, step, at) select id, 'r' || (row_number() over ()) % 9000 || '@cn.example', step, created_at from mail_submission, (values ('accepted'), ('delivered'), ('reported')) v(step) where created_at < '2026-11-21T00:00:00Z'`.execute(it.runtime.db)
  await sql`insert into mail_day (day, domain, received, sent) select d, 'd' || n || '.example', 20000, 20000 from generate_series('2025-11-01'::date, '2026-10-31'::date, interval '1 day') d, generate_series(1, 20) n`.execute(it.runtime.db)
  await sql`insert into mail_day_top (day, kind, address, messages, octets) select d, k, 'p' || (n * 37 + extract(doy from d)::int) % 10000 || '@cn.example', 100 - n, 1 from generate_series('2025-11-01'::date, '2026-10-31'::date, interval '1 day') d, (values ('sender'), ('recipient')) v(k), generate_series(1, 50) n on conflict do nothing`.execute(it.runtime.db)
  await sql`analyze mail_trace, mail_submission, mail_day, mail_day_top`.execute(it.runtime.db)
  const timed = async <T>(work: () => Promise<T>): Promise<readonly [T, number]> => {
    const from = performance.now()
    return [await work(), performance.now() - from]
  }
  const [, counting] = await timed(() => it.runtime.command(null, (ctx) => rollDay(ctx, '2026-11-20')))
  await figures()
  const [year, reading] = await timed(() => figures({ from: '2025-11-27', to: '2026-11-26' }))
  const [book] = await timed(() => it.runtime.query(actor, (ctx) => reportStatistics(ctx, { from: '2025-11-27', to: '2026-11-26' })))
  t.diagnostic(`a day counted in ${counting.toFixed(0)} ms, a year read in ${reading.toFixed(0)} ms`)
  assert.deepEqual([year.days.length, year.days.find(({ date }) => date === '2026-11-20')?.received, year.senders.length], [365, 60_000, 20])
  assert.ok(book.rows.length > 6_000)
  assert.ok(counting < 20_000, `${counting}`)
  assert.ok(reading < 1_500, `${reading}`)
})

test('viruses and spam are told by recipient; what was refused for its contents was not sent', async () => {
  now = new Date('2026-12-20T04:00:00Z')
  const verdicts: Readonly<Record<string, Scanned>> = { virus: judged({ clamd: { virus: 'Eicar' }, rspamd: null }, 'later'), spam: judged({ clamd: null, rspamd: { action: 'reject', score: 20, symbols: [] } }, 'later'), junk: judged({ clamd: 'clean', rspamd: { action: 'junk', score: 8, symbols: [] } }, 'later') }
  const scanning = transportParts(it.runtime, { host: 'mail.cn.example', scan: async ({ raw }) => verdicts[/^Subject: (.*)$/m.exec(raw.toString())?.[1]?.trim() ?? ''] ?? unscanned })
  const service = countedService(it.runtime, smtpService(scanning, () => ({ login: async () => null }), noteAnswered(it.runtime)))
  const sender = { address: 'a@far.example', size: null, eightBit: false, utf8: false, envelopeId: null, returns: null }
  const peer = (own: boolean): Peer => ({ kind: own ? 'submission' : 'mx', address: '192.0.2.1', helo: 'x', extended: true, tls: null, account: own ? { id: ids.get('lin') ?? '', login: 'lin' } : null })
  const send = async (subject: string, own = false) => (await service.message({ sender: own ? { ...sender, address: 'lin@cn.example' } : sender, recipients: wishes(['lin@cn.example', 'gu@cn.example']) }, letter(subject, own ? 'lin@cn.example' : 'a@far.example'), peer(own))).replies[0]?.code
  assert.deepEqual([await send('virus'), await send('spam'), await send('junk'), await send('good'), await send('virus', true), await send('good', true)], [554, 554, 250, 250, 554, 250])
  const { days, refusals, sums } = await figures({ from: '2026-12-20', to: '2026-12-20' })
  assert.deepEqual(pairs(refusals), { virus: 4, spam: 2 })
  assert.deepEqual([days[0]?.infected, days[0]?.spam, days[0]?.sent, days[0]?.received, sums.infected], [4, 4, 1, 6, 4])
})
