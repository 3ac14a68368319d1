import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { within } from '#platform/config/server/networks.ts'
import { listening, type Listening, rawClient } from '../smtp/test/client.ts'
import { type Answered, noteAnswered } from './server/answered.ts'
import { forgetOld, networkOf } from './server/arrival/greylist.ts'
import { door } from './server/arrival/intake.ts'
import { transportParts } from './server/parts.ts'
import { smtpService } from './server/smtp-service.ts'
import { type Office, openOffice } from './test/office.fixture.ts'

const MINUTE = 60_000
let now = Date.UTC(2026, 10, 25, 8)
let office: Office
let answered: Answered
const servers: Listening[] = []

const serve = async (intake: { clientRate?: number; accountRate?: number; greylist?: number }, kind: 'mx' | 'submission' = 'mx', near = (_address: string): boolean => false): Promise<Listening> => {
  const { runtime } = office.it
  const parts = transportParts(runtime, { host: 'mail.cn.example', door: door(runtime, { clientRate: 0, accountRate: 0, greylist: 0, ...intake }, near) })
  const account = { id: office.accounts.get('lin') ?? '', login: 'lin' }
  const server = await listening(smtpService(parts, () => ({ login: async () => account }), answered), { name: 'mail.cn.example', kind, tls: null, plainLogin: true, log: (error) => assert.fail(String(error)) })
  servers.push(server)
  return server
}

before(async () => {
  office = await openOffice({ lin: 10_000_000, gu: 10_000_000 }, () => new Date(now))
  answered = noteAnswered(office.it.runtime)
})
after(async () => {
  for (const server of servers) await server.close()
  await answered.stop()
  await office.close()
})

/** What is said to a sender and a recipient. */
async function knock({ port }: Listening, sender: string, recipient: string, signIn = false): Promise<string> {
  const client = await rawClient(port)
  await client.say('EHLO out.far.example\r\n', /^250 /m)
  if (signIn) await client.say(`AUTH PLAIN ${Buffer.from('\0lin\0x').toString('base64')}\r\n`, /^235 /m)
  const from = await client.say(`MAIL FROM:<${sender}>\r\n`, /^\d{3} .*\r\n/)
  const to = from.startsWith('250') ? await client.say(`RCPT TO:<${recipient}>\r\n`, /^\d{3} .*\r\n/) : ''
  client.socket.destroy()
  return (from + to).split('\r\n').map((line) => line.slice(0, 9)).join(' ').trim()
}

test('a client that hands in too much is told to come later, and may after a while', async () => {
  const mx = await serve({ clientRate: 2 })
  const said = [await knock(mx, 'a@far.example', 'lin@cn.example'), await knock(mx, 'a@far.example', 'lin@cn.example'), await knock(mx, 'a@far.example', 'lin@cn.example')]
  assert.deepEqual(said, ['250 2.1.0 250 2.1.5', '250 2.1.0 250 2.1.5', '450 4.7.1'])
  now += MINUTE
  assert.equal(await knock(mx, 'a@far.example', 'lin@cn.example'), '250 2.1.0 250 2.1.5')
})

test('an account has so many recipients an hour', async () => {
  const submission = await serve({ accountRate: 2 }, 'submission')
  const said = []
  for (let n = 0; n < 3; n++) said.push(await knock(submission, 'lin@cn.example', `r${n}@far.example`, true))
  assert.deepEqual(said, ['250 2.1.0 250 2.1.5', '250 2.1.0 250 2.1.5', '250 2.1.0 450 4.7.1'])
})

test('an unknown server has to come back, then it and its neighbours are known', async () => {
  const mx = await serve({ greylist: 5 })
  assert.equal(await knock(mx, 'new@far.example', 'lin@cn.example'), '250 2.1.0 451 4.7.1')
  assert.equal(await knock(mx, 'new@far.example', 'nobody@cn.example'), '250 2.1.0 550 5.1.1')
  now += 4 * MINUTE
  assert.equal(await knock(mx, 'NEW@far.example', 'lin@cn.example'), '250 2.1.0 451 4.7.1')
  now += 2 * MINUTE
  assert.equal(await knock(mx, 'new@far.example', 'Lin@cn.example'), '250 2.1.0 250 2.1.5')
  assert.equal(await knock(mx, 'other@far.example', 'gu@cn.example'), '250 2.1.0 250 2.1.5')
  const count = async (): Promise<number> => (await sql<{ n: number }>`select count(*)::int as n from mail_greylist`.execute(office.it.runtime.db)).rows[0]?.n ?? -1
  assert.equal(await count(), 2)
  now += 40 * 24 * 60 * MINUTE
  await office.run(forgetOld)
  assert.equal(await count(), 0)
})

test('a gateway of ours is let in as often as it likes, for whom it likes', async () => {
  const mx = await serve({ clientRate: 1, greylist: 5 }, 'mx', within([{ address: '127.0.0.0', prefix: 8 }]))
  for (let n = 0; n < 3; n++) assert.equal(await knock(mx, `gate${n}@far.example`, 'lin@cn.example'), '250 2.1.0 250 2.1.5')
})

test('neighbours are one network', () => {
  assert.equal(networkOf('203.0.113.9'), networkOf('203.0.113.200'))
  assert.notEqual(networkOf('203.0.113.9'), networkOf('203.0.114.9'))
  assert.equal(networkOf('2001:db8::1'), networkOf('2001:0db8:0:0:ffff::2'))
  assert.notEqual(networkOf('2001:db8:0:1::1'), networkOf('2001:db8:0:2::1'))
})
