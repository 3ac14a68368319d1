import assert from 'node:assert/strict'
import { createSecureContext } from 'node:tls'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { dkimVerify } from 'mailauth'
import { listening, type Listening } from '../smtp/test/client.ts'
import { pairOf } from '../smtp/test/pair.ts'
import { replies, type Reply, reply } from '../smtp/replies.ts'
import type { Envelope, Peer, SmtpService } from '../smtp/service.ts'
import { transportParts, type TransportParts } from './server/parts.ts'
import { activateKey, listKeys, prepareKey } from './server/queue/dkim.ts'
import type { Dns } from './server/queue/dns.ts'
import { type Queue, queueLimits, startQueue } from './server/queue/run.ts'
import { routesOf } from './server/queue/routes.ts'
import { stsPolicies } from './server/queue/sts.ts'
import { submit } from './server/submit.ts'
import { removeLimit, setLimit } from './server/queue/limits.ts'
import { listQueue } from './server/queue/admin.ts'
import { letter, type Office, openOffice } from './test/office.fixture.ts'

type Heard = { readonly envelope: Envelope; readonly raw: Buffer; readonly peer: Peer }
let office: Office
let parts: TransportParts
let far: Listening
let queue: Queue
let now = new Date('2026-11-25T02:00:00Z')
const heard: Heard[] = []
/** Transactions under way at the other server, and how many there were at most. */
let [talking, most] = [0, 0]
/** Opens when the other server may answer. */
let gate = Promise.resolve()
/** What the other server says about a recipient. */
const says = new Map<string, Reply>()

const remote: SmtpService = {
  accounts: () => ({ login: async () => null }),
  async sender() {
    most = Math.max(most, ++talking)
    return null
  },
  recipient: async ({ address }) => says.get(address) ?? null,
  async message(envelope, raw, peer) {
    heard.push({ envelope, raw, peer })
    await gate
    talking--
    return { replies: [replies.ok] }
  },
}

const zone: Readonly<Record<string, unknown>> = {
  'MX far.example': [{ exchange: 'mx.far.example', priority: 10 }], 'A mx.far.example': ['127.0.0.1'],
  'A plain.example': ['127.0.0.1'],
  'MX none.example': [{ exchange: '', priority: 0 }],
  'MX loop.example': [{ exchange: 'mail.cn.example', priority: 5 }, { exchange: 'mx.far.example', priority: 10 }],
  'MX down.example': [{ exchange: 'mx.down.example', priority: 10 }], 'A mx.down.example': ['127.0.0.2'],
}
const dns: Dns = async (name, type) => {
  if (name === 'servfail.example') throw Object.assign(new Error('no'), { code: 'ESERVFAIL' })
  return zone[`${type} ${name}`] ?? Promise.reject(Object.assign(new Error('nothing'), { code: 'ENOTFOUND' }))
}

before(async () => {
  office = await openOffice({ lin: 10_000_000, gu: 10_000_000 }, () => now)
  parts = transportParts(office.it.runtime, { host: 'mail.cn.example' })
  far = await listening(remote, { kind: 'mx', name: 'mx.far.example', tls: createSecureContext(pairOf()), plainLogin: false, log: (error) => assert.fail(String(error)) })
  queue = startQueue(parts, { dns, port: far.port, sts: async () => null, relay: null }, { ...queueLimits, everyMs: 20 })
})
after(async () => {
  await queue.stop()
  await far.close()
  await office.close()
})

async function send(subject: string, to: readonly string[], { body = 'text\r\n', notify = null }: { body?: string; notify?: readonly ('SUCCESS' | 'FAILURE')[] | null } = {}): Promise<string> {
  const taken = await submit(parts, {
    way: 'web', accountId: office.accounts.get('lin') ?? '', sender: 'lin@cn.example', raw: Buffer.from(letter(subject, { from: 'lin@cn.example', to: to.join(', '), body })),
    recipients: to.map((address) => ({ address, notify, original: null })), envelopeId: 'e1', returns: null, utf8: false, origin: null,
  })
  return 'refused' in taken ? assert.fail(taken.refused.text) : taken.submissionId
}

/** Waits until a question has the answer that is waited for. */
async function until<T>(ask: () => Promise<T>, fits: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask()
    if (fits(answer)) return answer
    queue.nudge()
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const stepsOf = async (id: string): Promise<readonly string[]> => (await sql<{ line: string }>`select recipient || ' ' || step as line from mail_trace where submission_id = ${id} order by id`.execute(office.it.runtime.db)).rows.map(({ line }) => line)
const came = (id: string, line: string): Promise<readonly string[]> => until(() => stepsOf(id), (steps) => steps.includes(line))

test('mail leaves by the exchange of its domain, over TLS, signed, with its trace line, several recipients at once', { timeout: 30_000 }, async () => {
  const key = await office.run((ctx) => prepareKey(ctx, office.it.runtime.dataDir, 'cn.example'))
  await office.run((ctx) => activateKey(ctx, 'cn.example', key.selector))
  const id = await send('out', ['a@far.example', 'b@far.example', 'gu@cn.example'], { body: '.dot\r\n\r\n..\r\nend\r\n' })
  await came(id, 'b@far.example relayed')
  const { envelope, raw, peer } = heard.at(-1) ?? assert.fail('nothing came')
  assert.deepEqual(envelope.recipients.map(({ address }) => address), ['a@far.example', 'b@far.example'])
  assert.equal(peer.tls?.startsWith('TLSv1.3'), true)
  assert.match(raw.toString(), /^DKIM-Signature: (?:.*\r\n)+?Received: by mail\.cn\.example with local id .*;\r\n\t.*\r\nFrom: lin@cn\.example\r\n/)
  assert.equal(raw.toString().endsWith('\r\n\r\n.dot\r\n\r\n..\r\nend\r\n'), true)
  const verified = await dkimVerify(raw, { resolver: async (name) => [[name === key.name ? key.record : '']] })
  assert.deepEqual(verified.results.map(({ status }) => status.result), ['pass'])
  assert.deepEqual(await office.subjects('gu'), ['out'])
})

test('keys rotate: a new one signs from its activation on, the old one is retired, and private parts are sealed', async () => {
  const key = await office.run((ctx) => prepareKey(ctx, office.it.runtime.dataDir, 'cn.example'))
  await office.run((ctx) => activateKey(ctx, 'cn.example', key.selector))
  assert.deepEqual((await office.run((ctx) => listKeys(ctx))).map(({ state }) => state).toSorted(), ['active', 'retired'])
  const { rows } = await sql<{ private_key: Buffer }>`select private_key from mail_dkim_key`.execute(office.it.runtime.db)
  assert.equal(rows.some(({ private_key }) => private_key.toString('latin1').includes('PRIVATE')), false)
  const id = await send('rotated', ['a@plain.example'])
  await came(id, 'a@plain.example relayed')
  assert.match(heard.at(-1)?.raw.toString() ?? '', new RegExp(`s=${key.selector}`))
})

test('what is refused for good comes back as a report with its status; the others have it', { timeout: 30_000 }, async () => {
  says.set('no@far.example', reply(550, '5.1.1', 'unknown user'))
  const id = await send('mixed', ['no@far.example', 'yes@far.example'])
  await came(id, 'no@far.example reported')
  assert.deepEqual((await stepsOf(id)).filter((line) => line.startsWith('yes')), ['yes@far.example accepted', 'yes@far.example queued', 'yes@far.example relayed'])
  const { rows } = await sql<{ subject: string; body: string; structure: string }>`select m.subject, t.body, m.structure from mail_message m join mail_text t on t.message_id = m.id where m.sender like '%postmaster@mail.cn.example%'`.execute(office.it.runtime.db)
  assert.deepEqual(rows.map(({ subject }) => subject), ['邮件未能送达'])
  assert.match(rows[0]?.body ?? '', /no@far\.example[\s\S]*550 5\.1\.1 unknown user[\s\S]*原邮件主题：mixed/)
  assert.match(rows[0]?.structure ?? '', /"delivery-status"/i)
  assert.deepEqual(await office.subjects('lin'), ['邮件未能送达'])
})

test('a passing refusal waits longer each time, warns once after four hours, and gives up after five days', { timeout: 30_000 }, async () => {
  says.set('later@far.example', reply(451, '4.7.1', 'greylisted'))
  const id = await send('later', ['later@far.example'])
  await came(id, 'later@far.example deferred')
  const row = async () => (await sql<{ due_at: Date; attempts: number; last_reply: string }>`select due_at, attempts, last_reply from mail_queue where submission_id = ${id}`.execute(office.it.runtime.db)).rows
  assert.deepEqual(await row(), [{ due_at: new Date(now.getTime() + 60_000), attempts: 1, last_reply: '451 4.7.1 greylisted' }])
  now = new Date(now.getTime() + 4 * 3_600_000)
  await until(row, ([one]) => one?.attempts === 2)
  now = new Date(now.getTime() + 3_600_000)
  await until(row, ([one]) => one?.attempts === 3)
  assert.deepEqual((await until(() => office.subjects('lin'), (subjects) => subjects.includes('邮件尚未送达，仍在重试'))).filter((one) => one.startsWith('邮件尚未')).length, 1)
  now = new Date(now.getTime() + 5 * 86_400_000)
  await came(id, 'later@far.example expired')
  await until(() => office.subjects('lin'), (subjects) => subjects.filter((one) => one === '邮件未能送达').length === 2)
  assert.deepEqual(await row(), [])
})

test('success reports come when wished: from the other server when it can, from us when it cannot', { timeout: 30_000 }, async () => {
  const id = await send('wished', ['gu@cn.example', 'c@far.example'], { notify: ['SUCCESS'] })
  await came(id, 'gu@cn.example reported')
  await came(id, 'c@far.example relayed')
  assert.deepEqual(heard.at(-1)?.envelope.recipients[0]?.notify, ['SUCCESS'])
  assert.equal((await office.subjects('lin')).includes('邮件已送达'), true)
})

const routes: readonly (readonly [string, string, unknown])[] = [
  ['an exchange', 'far.example', ['mx.far.example']], ['no exchange but an address', 'plain.example', ['plain.example']], ['the null exchange', 'none.example', '5.1.10'],
  ['ourselves as the best exchange', 'loop.example', '5.4.6'], ['no such domain', 'nothing.example', '5.1.2'], ['a silent DNS', 'servfail.example', '4.4.3'], ['a literal', '[127.0.0.9]', ['127.0.0.9']],
]
for (const [name, domain, expected] of routes) {
  test(`routes of a domain with ${name}`, async () => {
    const found = await routesOf({ dns, port: 25, sts: async () => null, relay: null }, domain, 'mail.cn.example')
    assert.deepEqual('code' in found ? found.status : found.map(({ host }) => host), expected)
  })
}

test('a domain that promises secure servers is reached by those alone; what it only tests is not enforced', async () => {
  const way = async (mode: 'enforce' | 'testing', mx: readonly string[]): Promise<unknown> => {
    const found = await routesOf({ dns, port: 25, sts: async () => ({ mode, mx: [...mx] }), relay: null }, 'far.example', 'mail.cn.example')
    return 'code' in found ? found.status : found.map(({ host, tls }) => `${host} ${tls}`)
  }
  assert.deepEqual(await way('enforce', ['*.far.example']), ['mx.far.example must'])
  assert.deepEqual(await way('enforce', ['mx.other.example']), '4.7.5')
  assert.deepEqual(await way('testing', ['mx.other.example']), ['mx.far.example try'])
})

test('a promise is kept as long as it was made for, also when nobody answers', async () => {
  const policy = { id: '1', version: 'STSv1', mode: 'enforce' as const, mx: ['mx.far.example'], maxAge: 86_400, expires: new Date(Date.now() + 86_400_000).toISOString() }
  assert.equal(await stsPolicies(office.it.runtime, dns, async () => ({ policy: { mode: 'none' }, status: 'not_found' }))('far.example'), null)
  assert.equal((await stsPolicies(office.it.runtime, dns, async () => ({ policy, status: 'found' }))('far.example'))?.mx?.[0], 'mx.far.example')
  // The real one asks a DNS that knows no policy host any more.
  assert.equal((await stsPolicies(office.it.runtime, dns)('far.example'))?.mode, 'enforce')
  assert.equal(await stsPolicies(office.it.runtime, dns)('plain.example'), null)
})

test('octets that could end a message early never leave; addresses beyond ASCII leave only to servers that know them', { timeout: 30_000 }, async () => {
  const count = heard.length
  const id = await send('smuggling', ['s@far.example'], { body: 'x\n.\nMAIL FROM:<evil@cn.example>\r\n' })
  await came(id, 's@far.example failed')
  assert.equal(heard.length, count)
  const utf8 = await send('utf8', ['李@far.example'])
  await came(utf8, '李@far.example relayed')
  assert.equal(heard.at(-1)?.envelope.sender.utf8, true)
})

test('a domain with a pace gets no more messages than it may; waiting is no failure, and is told', { timeout: 30_000 }, async () => {
  await office.run((ctx) => setLimit(ctx, { domain: 'far.example', conversations: 4, perMinute: 2 }))
  const ids = [await send('one', ['p@far.example']), await send('two', ['p@far.example', 'q@far.example'])]
  await came(ids[0] ?? '', 'p@far.example relayed')
  const waiting = () => office.run(async (ctx) => (await listQueue(ctx, { limit: 10, domain: 'far.example' })).items)
  const held = await until(waiting, (items) => items.every(({ state }) => state === 'waiting'))
  assert.deepEqual(held.map(({ attempts, lastReply, pacedUntil }) => [attempts, lastReply, pacedUntil]), Array.from({ length: 2 }, () => [0, null, new Date(now.getTime() + 30_000).toISOString()]))
  const other = await send('elsewhere', ['p@plain.example'])
  await came(other, 'p@plain.example relayed')
  assert.deepEqual((await waiting()).length, 2)
  now = new Date(now.getTime() + 30_000)
  await came(ids[1] ?? '', 'q@far.example relayed')
  const third = await send('three', ['p@far.example'])
  const fourth = await send('four', ['p@plain.example'])
  await came(fourth, 'p@plain.example relayed')
  assert.deepEqual((await stepsOf(third)).at(-1), 'p@far.example queued')
  // Without the limit there is nothing to wait for.
  await office.run((ctx) => removeLimit(ctx, 'far.example'))
  await came(third, 'p@far.example relayed')
})

test('a domain has no more conversations than it may, however many processes send', { timeout: 30_000 }, async () => {
  const others = [1, 2].map(() => startQueue(parts, { dns, port: far.port, sts: async () => null, relay: null }, { ...queueLimits, everyMs: 5, messages: 2 }))
  for (const conversations of [1, 2]) {
    await office.run((ctx) => setLimit(ctx, { domain: 'far.example', conversations, perMinute: null }))
    ;[talking, most] = [0, 0]
    const { promise, resolve } = Promise.withResolvers<void>()
    gate = promise
    const ids = await Promise.all(Array.from({ length: 12 }, (_, index) => send(`load ${index}`, ['l@far.example'])))
    await until(async () => talking, (now) => now === conversations)
    resolve()
    for (const id of ids) await came(id, 'l@far.example relayed')
    assert.equal(most, conversations)
  }
  for (const other of others) await other.stop()
  await until(async () => (await sql`select from mail_conversation`.execute(office.it.runtime.db)).rows.length, (count) => count === 0)
})

test('a conversation whose process died is over when its lease runs out', { timeout: 30_000 }, async () => {
  await office.run((ctx) => setLimit(ctx, { domain: 'far.example', conversations: 1, perMinute: null }))
  await sql`insert into mail_conversation (domain, slot, holder, lease_until) values ('far.example', 1, gen_random_uuid(), ${new Date(now.getTime() + 60_000)})`.execute(office.it.runtime.db)
  const id = await send('after a crash', ['a@far.example'])
  const other = await send('elsewhere', ['a@plain.example'])
  await came(other, 'a@plain.example relayed')
  assert.equal((await stepsOf(id)).at(-1), 'a@far.example queued')
  now = new Date(now.getTime() + 61_000)
  await came(id, 'a@far.example relayed')
})

test('a server that cannot be reached is tried again; its message is in nobody else\'s hands', { timeout: 30_000 }, async () => {
  const id = await send('down', ['d@down.example'])
  await came(id, 'd@down.example deferred')
  const { rows } = await sql<{ reply: string; outcome: string }>`select reply, outcome from mail_attempt where submission_id = ${id}`.execute(office.it.runtime.db)
  assert.match(rows[0]?.reply ?? '', /^421 4\.4\.1 no connection/)
})
