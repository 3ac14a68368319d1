import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { dkimSign } from 'mailauth'
import type { DmarcWay } from '#platform/config/contract.ts'
import { within } from '#platform/config/server/networks.ts'
import { listening, type Listening, rawClient } from '../smtp/test/client.ts'
import type { Verdict } from './arrival/verdict.ts'
import { type Answered, noteAnswered } from './server/answered.ts'
import { arrivalChecks, isNear } from './server/arrival/check.ts'
import { boundedDns } from './server/arrival/bounded-dns.ts'
import { transportParts } from './server/parts.ts'
import type { Dns } from './server/queue/dns.ts'
import { smtpService } from './server/smtp-service.ts'
import { letter, type Office, openOffice } from './test/office.fixture.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const KEY = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')

/** What the DNS says of the domains of this test; 127.0.0.1 may send for good.example alone. */
const ZONES: Readonly<Record<string, string>> = {
  'good.example': 'v=spf1 ip4:127.0.0.1 -all', '_dmarc.good.example': 'v=DMARC1; p=reject', 'k1._domainkey.good.example': `v=DKIM1; k=rsa; p=${KEY}`,
  'strict.example': 'v=spf1 -all', '_dmarc.strict.example': 'v=DMARC1; p=reject',
  'soft.example': 'v=spf1 ~all', '_dmarc.soft.example': 'v=DMARC1; p=quarantine',
  'open.example': 'v=spf1 ?all',
}
const dns: Dns = async (name, type) => {
  if (name.endsWith('silent.example')) return new Promise(() => undefined)
  const text = ZONES[name]
  if (type !== 'TXT' || text === undefined) throw Object.assign(new Error(`no ${type} of ${name}`), { code: 'ENOTFOUND' })
  return [text.match(/.{1,200}/g)]
}

let office: Office
let answered: Answered
const servers = new Map<DmarcWay, Listening>()
before(async () => {
  office = await openOffice({ lin: 10_000_000 })
  await sql`insert into mail_domain (name, created_at) values ('changning.example', now())`.execute(office.it.runtime.db)
  answered = noteAnswered(office.it.runtime)
  for (const dmarc of ['record', 'junk', 'policy'] as const) {
    const arrival = arrivalChecks(office.it.runtime, { dns, host: 'mail.cn.example', dmarc, bounds: { questions: 40, each: 100, all: 300 }, isNear: () => false })
    const service = smtpService(transportParts(office.it.runtime, { host: 'mail.cn.example', arrival }), () => ({ login: async () => null }), answered)
    servers.set(dmarc, await listening(service, { name: 'mail.cn.example', kind: 'mx', tls: null, plainLogin: false, log: (error) => assert.fail(String(error)) }))
  }
})
after(async () => {
  for (const server of servers.values()) await server.close()
  await answered.stop()
  await office.close()
})

async function send(dmarc: DmarcWay, sender: string, text: string): Promise<string> {
  const client = await rawClient(servers.get(dmarc)?.port ?? 0)
  await client.say('EHLO out.far.example\r\n', /^250 /m)
  await client.say(`MAIL FROM:<${sender}>\r\nRCPT TO:<lin@cn.example>\r\nDATA\r\n`, /^354 /m)
  const said = await client.say(`${text}.\r\n`, /^\d{3} .*\r\n/)
  client.socket.write('QUIT\r\n')
  await client.rest()
  return said
}

async function signed(text: string): Promise<string> {
  const key = { signingDomain: 'good.example', selector: 'k1', privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() }
  const { signatures } = await dkimSign(Buffer.from(text), { canonicalization: 'relaxed/relaxed', algorithm: 'rsa-sha256', signTime: new Date(), ...key, signatureData: [key] })
  return signatures + text
}

const verdictOf = async (subject: string): Promise<Verdict | undefined> =>
  (await sql<{ verdict: Verdict }>`select s.verdict from mail_submission s join mail_message m on m.id = s.message_id where m.subject = ${subject}`.execute(office.it.runtime.db)).rows[0]?.verdict

test('a message of its author is taken, and what was found is written down', async () => {
  const text = await signed(letter('proven', { from: 'a@good.example' }))
  assert.match(await send('policy', 'a@good.example', text), /^250 /)
  assert.deepEqual(await verdictOf('proven'), {
    spf: { result: 'pass', domain: 'good.example' }, dkim: [{ result: 'pass', domain: 'good.example', selector: 'k1' }], dmarc: { result: 'pass', domain: 'good.example', policy: 'reject' }, arc: 'none', imitates: null, action: 'pass',
  })
  assert.deepEqual(await office.subjects('lin'), ['proven'])
})

test('a forged author is recorded, put aside or refused, as is set', async () => {
  for (const dmarc of ['record', 'junk', 'policy'] as const) {
    const said = await send(dmarc, 'b@open.example', letter(`forged ${dmarc}`, { from: '"区委办" <chief@strict.example>' }))
    assert.match(said, dmarc === 'policy' ? /^550 5\.7\.1 .*DMARC/ : /^250 /, dmarc)
  }
  assert.match(await send('policy', 'c@soft.example', letter('soft', { from: 'c@soft.example' })), /^250 /)
  assert.deepEqual((await verdictOf('forged junk'))?.dmarc, { result: 'fail', domain: 'strict.example', policy: 'reject' })
  assert.deepEqual((await verdictOf('soft'))?.spf, { result: 'softfail', domain: 'soft.example' })
  assert.deepEqual(await office.subjects('lin'), ['proven', 'forged record'])
  assert.deepEqual(await office.subjects('lin', '垃圾邮件'), ['forged junk', 'soft'])
})

test('a signature does not fit a changed text, and another sender does not help', async () => {
  const text = (await signed(letter('changed', { from: 'a@good.example', body: 'pay 100\r\n' }))).replace('pay 100', 'pay 900')
  assert.match(await send('policy', 'b@open.example', text), /^550 5\.7\.1/)
})

test('a domain that looks like ours is put aside even when it proves itself', async () => {
  assert.match(await send('junk', 'x@changn1ng.example', letter('twin', { from: 'x@changn1ng.example' })), /^250 /)
  assert.equal((await verdictOf('twin'))?.imitates, 'changning.example')
  assert.deepEqual(await office.subjects('lin', '垃圾邮件'), ['forged junk', 'soft', 'twin'])
})

test('a DNS that never answers costs little time and no mail', async () => {
  const begin = performance.now()
  assert.match(await send('policy', 'a@silent.example', letter('silent', { from: 'a@silent.example' })), /^250 /)
  assert.ok(performance.now() - begin < 5_000)
  assert.equal((await verdictOf('silent'))?.spf.result, 'temperror')
})

test('questions about one message are bounded', async () => {
  let asked = 0
  const bounded = boundedDns(async () => void asked++, { questions: 3, each: 1_000, all: 1_000 })
  for (let n = 0; n < 3; n++) await bounded('x', 'A')
  await assert.rejects(bounded('x', 'A'), { code: 'ETIMEOUT' })
  assert.equal(asked, 3)
})

test('behind a gateway it is the client of the gateway that is judged, and nobody when it is not told', async () => {
  const checks = arrivalChecks(office.it.runtime, { dns, host: 'mail.cn.example', dmarc: 'policy', isGateway: within([{ address: '203.0.113.8', prefix: 32 }, { address: '127.0.0.1', prefix: 32 }]) })
  const origin = { address: '203.0.113.8', helo: 'gate', tls: null, protocol: 'ESMTP' }
  const table: readonly (readonly [received: string, spf: string | undefined])[] = [
    ['from localhost (localhost [127.0.0.1]) by gate\r\nReceived: from far (far [198.51.100.7]) by gate', 'fail'],
    ['from far ([127.0.0.2]) by gate', undefined], ['from far (far [192.0.2.9]) by gate', 'fail'], ['by gate', undefined],
  ]
  for (const [received, spf] of table) assert.equal((await checks({ raw: Buffer.from(`Received: ${received}\r\n${letter('gate', { from: 'a@strict.example' })}`), sender: 'a@strict.example', origin }))?.spf.result, spf, received)
})

test('servers of the house are not asked for proofs', async () => {
  for (const address of ['127.0.0.1', '::1', '10.1.2.3', '192.168.0.1', '172.16.0.1', 'fd00::1']) assert.ok(isNear(address), address)
  for (const address of ['172.32.0.1', '8.8.8.8', '2001:db8::1', '110.0.0.1']) assert.ok(!isNear(address), address)
  const checks = arrivalChecks(office.it.runtime, { dns: () => assert.fail('nobody is asked'), host: 'mail.cn.example', dmarc: 'policy' })
  assert.equal(await checks({ raw: Buffer.from(letter('near')), sender: 'a@strict.example', origin: { address: '10.0.0.1', helo: 'gate', tls: null, protocol: 'ESMTP' } }), null)
})
