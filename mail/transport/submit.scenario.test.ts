import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Taken } from './contract.ts'
import { deliver } from './server/deliver.ts'
import { decideHold, listHolds } from './server/holds.ts'
import { type Policy, transportParts, type TransportParts } from './server/parts.ts'
import { actOnQueue, listQueue, queueDomains } from './server/queue/admin.ts'
import { settleReports } from './server/reports/settle.ts'
import { submit, type Submitted } from './server/submit.ts'
import { letter, type Office, openOffice } from './test/office.fixture.ts'

let office: Office
let parts: TransportParts
let now = new Date('2026-11-25T02:00:00Z')
const policy: Policy = async (_ctx, { raw }, targets) => targets.map(({ address }) => (raw.includes('Subject: moderated') && address === 'gu@cn.example' ? { hold: '含有敏感词' } : 'pass'))

before(async () => {
  office = await openOffice({ lin: 10_000_000, gu: 10_000_000, chen: 10_000_000, wang: 10_000_000, zhao: 10_000_000 }, () => now)
  parts = transportParts(office.it.runtime, { host: 'mail.cn.example', policy })
  const list = async (address: string, posting: string, members: readonly string[]): Promise<void> => {
    const { rows } = await sql<{ id: string }>`insert into mail_list (id, address, name, posting) values (gen_random_uuid(), ${address}, ${address}, ${posting}) returning id`.execute(office.it.runtime.db)
    await sql`insert into mail_list_member select ${rows[0]?.id}::uuid, unnest(${[...members]}::text[])`.execute(office.it.runtime.db)
  }
  await list('all@cn.example', 'inside', ['lin@cn.example', 'gu@cn.example', 'inner@cn.example', 'far@far.example'])
  await list('inner@cn.example', 'members', ['gu@cn.example', 'chen@cn.example', 'all@cn.example'])
  await list('empty@cn.example', 'anyone', [])
})
after(() => office.close())

const id = (name: string): string => office.accounts.get(name) ?? assert.fail(name)
const send = (subject: string, to: readonly string[], { as = 'lin', from = 'lin@cn.example', raw = letter(subject, { from, to: to.join(', ') }) } = {}): Promise<Submitted> =>
  submit(parts, { way: 'web', accountId: id(as), sender: from, raw: Buffer.from(raw), recipients: to.map((address) => ({ address, notify: null, original: null })), envelopeId: null, returns: null, utf8: false, origin: null })
const takenOf = (submitted: Submitted): Taken => ('refused' in submitted ? assert.fail(submitted.refused.text) : submitted)
const arrive = (subject: string, to: readonly string[], more = '', sender = 'out@elsewhere.example'): Promise<Taken> =>
  deliver(parts, { way: 'smtp', accountId: null, sender, raw: Buffer.from(letter(subject, { to: to.join(', '), more })), recipients: to.map((address) => ({ address, notify: null, original: null })), envelopeId: null, returns: null, utf8: false, origin: null, verdict: null })
const reports = async (): Promise<number> => {
  let count = 0
  while (await settleReports(parts)) count++
  return count
}

test('a list reaches everybody once, lists in it included, also when they name each other', async () => {
  const { outcomes } = takenOf(await send('to all', ['all@cn.example']))
  assert.deepEqual(outcomes.map(({ code }) => code), [250])
  for (const name of ['lin', 'gu', 'chen']) assert.deepEqual((await office.subjects(name)).filter((one) => one === 'to all'), name === 'chen' ? [] : ['to all'], name)
  assert.deepEqual((await office.run((ctx) => listQueue(ctx, { limit: 10 }))).items.map(({ recipient, subject }) => [recipient, subject]), [['far@far.example', 'to all']])
})

test('who may write to a list is asked; an empty one leads nowhere', async () => {
  const refusal = async (subject: string, to: string): Promise<string> => {
    const { outcomes } = await arrive(subject, [to])
    return `${outcomes[0]?.step} ${outcomes[0]?.status}`
  }
  assert.deepEqual([await refusal('from outside', 'all@cn.example'), await refusal('from outside', 'empty@cn.example')], ['refused 5.7.1', 'refused 5.4.6'])
  const member = takenOf(await send('inner', ['inner@cn.example'], { as: 'gu', from: 'gu@cn.example' }))
  assert.deepEqual(member.outcomes.map(({ code }) => code), [250])
  assert.equal((await office.subjects('chen')).includes('inner'), true)
})

test('forwards are followed, copies kept where wished, and a circle leads nowhere', async () => {
  await sql`insert into mail_forward (account_id, address, keep_copy) values (${id('wang')}, 'zhao@cn.example', true), (${id('zhao')}, 'wang@cn.example', false)`.execute(office.it.runtime.db)
  assert.deepEqual((await arrive('to wang', ['wang@cn.example'])).outcomes.map(({ step }) => step), ['delivered'])
  assert.deepEqual([await office.subjects('wang'), await office.subjects('zhao')], [['to wang'], []])
  await sql`update mail_forward set keep_copy = false`.execute(office.it.runtime.db)
  assert.deepEqual((await arrive('circle', ['wang@cn.example'])).outcomes.map(({ step, status }) => [step, status]), [['refused', '5.4.6']])
  await sql`delete from mail_forward`.execute(office.it.runtime.db)
})

test('mail goes on to other domains only where that is permitted; until then it stays', async () => {
  await sql`insert into mail_forward (account_id, address, keep_copy) values (${id('wang')}, 'wang@home.example', false)`.execute(office.it.runtime.db)
  const to = async (subject: string): Promise<readonly (readonly [string, string])[]> => (await arrive(subject, ['wang@cn.example'])).outcomes.map(({ recipient, step }) => [recipient, step])
  assert.deepEqual(await to('kept here'), [['wang@cn.example', 'delivered']])
  await sql`insert into mail_setting (name, value, changed_at, changed_by) values ('forward-outside', 'true', now(), '')`.execute(office.it.runtime.db)
  assert.deepEqual((await to('gone on')).map(([, step]) => step), ['queued'])
  assert.deepEqual((await office.subjects('wang')).filter((subject) => /kept here|gone on/.test(subject)), ['kept here'])
  await sql`delete from mail_queue where recipient = 'wang@home.example'`.execute(office.it.runtime.db)
  await sql`delete from mail_forward`.execute(office.it.runtime.db)
  await sql`delete from mail_setting`.execute(office.it.runtime.db)
})

const rights: readonly (readonly [string, { as?: string; from?: string; raw?: string }, string])[] = [
  ['another\'s envelope', { from: 'gu@cn.example' }, '5.7.1'],
  ['another\'s name in From', { raw: letter('x', { from: 'gu@cn.example' }) }, '5.7.1'],
  ['one author too many', { raw: letter('x', { from: 'lin@cn.example, gu@cn.example' }) }, '5.7.1'],
  ['two From fields', { raw: letter('x', { from: 'lin@cn.example', more: 'From: gu@cn.example\r\n' }) }, '5.6.0'],
  ['another From behind a thousand fields', { raw: letter('x', { from: 'lin@cn.example', more: `${'X: y\r\n'.repeat(1_000)}From: gu@cn.example\r\n` }) }, '5.6.0'],
  ['another author behind ten thousand', { raw: letter('x', { from: `${'lin@cn.example, '.repeat(10_000)}gu@cn.example` }) }, '5.6.0'],
  ['no From', { raw: 'Subject: x\r\n\r\n' }, '5.6.0'],
]
for (const [name, given, status] of rights) {
  test(`nobody sends with ${name}`, async () => {
    const submitted = await send('forged', ['chen@cn.example'], given)
    assert.equal('refused' in submitted ? submitted.refused.status : 'taken', status)
  })
}

test('a right to send as an address is enough; what is missing is added and blind copies are taken out', async () => {
  await sql`insert into mail_send_right (account_id, address) values (${id('lin')}, 'chen@cn.example')`.execute(office.it.runtime.db)
  takenOf(await send('', ['zhao@cn.example'], { from: 'chen@cn.example', raw: 'From: chen@cn.example\r\nBcc: zhao@cn.example,\r\n gu@cn.example\r\nSubject: bare\r\n\r\nx\r\n' }))
  const { rows } = await sql<{ blob: string; rfc_id: string }>`select blob, rfc_id from mail_message where subject = 'bare'`.execute(office.it.runtime.db)
  let raw = ''
  for await (const chunk of parts.blobs.read(rows[0]?.blob ?? '')) raw += String(chunk)
  assert.match(raw, /^Date: Wed, 25 Nov 2026 10:00:00 \+0800\r\nMessage-ID: <[\da-f-]+@cn\.example>\r\nFrom: chen@cn\.example\r\nSubject: bare\r\n\r\nx\r\n$/)
})

test('an absence is told once in a while, to people only, and only to those who wrote to the owner', async () => {
  await sql`insert into mail_vacation (account_id, active, subject, body, every_days) values (${id('chen')}, true, '外出', '我出差到下周一，急事请联系顾。', 7)`.execute(office.it.runtime.db)
  await arrive('hello', ['chen@cn.example'], '', 'lin@cn.example')
  await arrive('hello again', ['chen@cn.example'], '', 'lin@cn.example')
  await arrive('a list', ['chen@cn.example'], 'List-Id: <x>\r\n', 'gu@cn.example')
  await arrive('a machine', ['chen@cn.example'], 'Auto-Submitted: auto-generated\r\n', 'gu@cn.example')
  await arrive('a report', ['chen@cn.example'], '', '')
  assert.equal(await reports(), 1)
  assert.deepEqual((await office.subjects('lin')).filter((one) => one === '外出'), ['外出'])
  now = new Date(now.getTime() + 8 * 86_400_000)
  await arrive('later', ['chen@cn.example'], '', 'lin@cn.example')
  assert.equal(await reports(), 1)
})

test('a recipient on hold waits alone; released it is delivered, refused its sender hears why', async () => {
  for (const _ of [1, 2]) takenOf(await send('moderated', ['gu@cn.example', 'zhao@cn.example']))
  assert.deepEqual([(await office.subjects('gu')).includes('moderated'), (await office.subjects('zhao')).filter((one) => one === 'moderated').length], [false, 2])
  const [first, second] = await office.run((ctx) => listHolds(ctx))
  assert.deepEqual([first?.recipient, first?.reason], ['gu@cn.example', '含有敏感词'])
  await office.run((ctx) => decideHold(ctx, first?.id ?? '', 'release'))
  await office.run((ctx) => decideHold(ctx, second?.id ?? '', { refuse: '内容不宜外发' }))
  await assert.rejects(office.run((ctx) => decideHold(ctx, first?.id ?? '', 'release')), { code: 'mail.hold.missing' })
  assert.equal((await office.subjects('gu')).filter((one) => one === 'moderated').length, 1)
  await reports()
  assert.equal((await office.subjects('lin')).includes('邮件未能送达'), true)
})

test('the administrator holds, releases, returns and deletes what waits', async () => {
  takenOf(await send('away', ['a@far.example', 'b@other.example']))
  const waiting = async (): Promise<readonly string[]> => (await office.run((ctx) => listQueue(ctx, { limit: 10 }))).items.map(({ recipient, state }) => `${recipient} ${state}`)
  const ids = (await office.run((ctx) => listQueue(ctx, { limit: 10 }))).items.map((one) => one.id)
  assert.deepEqual((await office.run((ctx) => queueDomains(ctx))).map(({ domain, waiting: n }) => [domain, n]), [['far.example', 3], ['other.example', 1]])
  assert.equal(await office.run((ctx) => actOnQueue(ctx, ids, 'hold')), 4)
  assert.deepEqual(await waiting(), ['far@far.example held', 'far@far.example held', 'a@far.example held', 'b@other.example held'])
  await office.run((ctx) => actOnQueue(ctx, ids.slice(1), 'release'))
  assert.equal((await office.run((ctx) => listQueue(ctx, { limit: 1, state: 'waiting' }))).next, ids[1])
  await office.run((ctx) => actOnQueue(ctx, ids.slice(0, 1), 'delete'))
  await office.run((ctx) => actOnQueue(ctx, ids.slice(1), 'return'))
  assert.deepEqual(await waiting(), [])
  await assert.rejects(office.run((ctx) => actOnQueue(ctx, ids, 'retry')), { code: 'mail.queue.missing' })
  assert.equal(await reports(), 2)
})
