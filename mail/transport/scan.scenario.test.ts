/** Real clamd and rspamd of the machine behind a real server. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Listening as Settings, Scanning } from '#platform/config/contract.ts'
import { listening, type Listening, rawClient } from '../smtp/test/client.ts'
import type { Kind } from '../smtp/service.ts'
import { scanWithClamd } from '../scan/clamd.ts'
import { type Answered, noteAnswered } from './server/answered.ts'
import { service as transport } from './server/index.ts'
import { transportParts } from './server/parts.ts'
import { scanOf } from './server/scan/scanners.ts'
import { checkScanners, scannerStates } from './server/scan/state.ts'
import { smtpService } from './server/smtp-service.ts'
import { type Daemons, EICAR, gtube, scannersInstalled, startDaemons } from './test/daemons.fixture.ts'
import { letter, type Office, openOffice } from './test/office.fixture.ts'

const skip = scannersInstalled ? false : 'clamd or rspamd is not installed (apt install clamav-daemon rspamd)'
const MOST = 1_000_000
const PORTS = { smtp: 0, submission: 0, smtps: 0, lmtp: 0, imap: 0, imaps: 0, pop3: 0, pop3s: 0 }

let daemons: Daemons | null = null
let office: Office
let answered: Answered
const servers: Listening[] = []
const errors: unknown[] = []
before(async () => {
  daemons = scannersInstalled ? await startDaemons() : null
  office = await openOffice({ lin: 10_000_000 }, undefined, settings({ clamd: daemons?.clamd.address ?? { host: '127.0.0.1', port: 1 }, rspamd: daemons?.rspamd.address ?? null }))
  answered = noteAnswered(office.it.runtime)
})
after(async () => {
  for (const server of servers) await server.close()
  await answered.stop()
  await office.close()
  await daemons?.stop()
  assert.deepEqual(errors, [])
})

function settings(scanning: Partial<Scanning>): Settings {
  return { ports: PORTS, roles: [], tls: undefined, plainLogin: 'on', scanning: { clamd: null, rspamd: null, onFailure: 'later', most: MOST, ...scanning } }
}

/** A server of a kind; scanners as the office has them unless told. */
async function serve(kind: Kind, scanning?: Partial<Scanning>): Promise<number> {
  const { runtime } = office.it
  const parts = transportParts(runtime, { host: 'mail.cn.example', ...(scanning !== undefined && { scan: scanOf({ ...runtime, listening: settings(scanning) }) }) })
  const account = { id: office.accounts.get('lin') ?? '', login: 'lin' }
  const server = await listening(smtpService(parts, () => ({ login: async () => account }), answered), { name: 'mail.cn.example', kind, tls: null, plainLogin: true, log: (error) => void errors.push(error) })
  servers.push(server)
  return server.port
}

async function send(port: number, text: string, { kind = 'mx', utf8 = false }: { readonly kind?: Kind; readonly utf8?: boolean } = {}): Promise<string> {
  const client = await rawClient(port)
  await client.say(`${kind === 'lmtp' ? 'LHLO' : 'EHLO'} out.far.example\r\n`, /^250 /m)
  if (kind === 'submission') await client.say(`AUTH PLAIN ${Buffer.from('\0lin\0x').toString('base64')}\r\n`, /^235 /m)
  await client.say(`MAIL FROM:<${kind === 'submission' ? 'lin@cn.example' : 'out@elsewhere.example'}>${utf8 ? ' SMTPUTF8' : ''}\r\nRCPT TO:<lin@cn.example>\r\nDATA\r\n`, /^354 /m)
  const said = await client.say(`${text}.\r\n`, /^\d{3} .*\r\n/)
  client.socket.write('QUIT\r\n')
  await client.rest()
  return Buffer.from(said, 'latin1').toString()
}

/** What the trace tells of the last message handed in. */
const lastTrace = async (): Promise<readonly { step: string; detail: Record<string, unknown> }[]> =>
  (await sql<{ step: string; detail: Record<string, unknown> }>`select step, detail from mail_trace where submission_id = (select id from mail_submission order by created_at desc limit 1) order by id`.execute(office.it.runtime.db)).rows

const attached = (subject: string): string =>
  letter(subject, { more: 'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n', body: `--b\r\n\r\nsee\r\n--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=a.com\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(EICAR).toString('base64')}\r\n--b--\r\n` })

test('a virus is refused on every way in, in words for the client, and traced by its name', { skip }, async () => {
  const text = attached('virus')
  const mx = await serve('mx')
  assert.equal(await send(mx, text), '554 5.7.1 not accepted: infected (Eicar-Test-Signature.UNOFFICIAL)\r\n')
  assert.match(await send(mx, text, { utf8: true }), /^554 5\.7\.1 邮件含有病毒.* \/ not accepted: infected/)
  assert.deepEqual(await lastTrace(), [{ step: 'refused', detail: { code: 554, status: '5.7.1', text: 'not accepted: infected (Eicar-Test-Signature.UNOFFICIAL)', virus: 'Eicar-Test-Signature.UNOFFICIAL' } }])
  assert.match(await send(await serve('lmtp'), text, { kind: 'lmtp' }), /^554 5\.7\.1 not accepted/)
  assert.match(await send(await serve('submission'), text.replace('out@elsewhere.example', 'lin@cn.example'), { kind: 'submission' }), /^554 5\.7\.1 邮件含有病毒/)
  assert.match(await send(await serve('mx', { clamd: { path: daemons?.clamd.socket ?? '' } }), text), /^554 5\.7\.1/)
  const { rows } = await sql`select from mail_message`.execute(office.it.runtime.db)
  assert.deepEqual([rows.length, await office.subjects('lin')], [0, []])
})

test('spam is refused, or put aside with every octet as it came; what our own people send is not judged', { skip }, async () => {
  const mx = await serve('mx')
  assert.equal(await send(mx, letter('refused', { body: `${gtube('X')}\r\n` })), '554 5.7.1 not accepted: it looks like spam\r\n')
  assert.deepEqual((await lastTrace()).map(({ step, detail }) => [step, typeof detail['spam']]), [['refused', 'number']])
  const texts = [letter('headed', { body: `${gtube('Y')}\r\n` }), letter('renamed', { body: `${gtube('Z')}\r\n` })]
  for (const text of texts) assert.match(await send(mx, text), /^250 /)
  assert.deepEqual([await office.subjects('lin'), await office.subjects('lin', '垃圾邮件')], [[], ['headed', 'renamed']])
  const { rows } = await sql<{ blob: string }>`select blob from mail_message order by id`.execute(office.it.runtime.db)
  assert.deepEqual(rows.map(({ blob }) => blob), texts.map((text) => createHash('sha256').update(text).digest('hex')))
  assert.match(await send(await serve('submission'), letter('own', { from: 'lin@cn.example', body: `${gtube('X')}\r\n` }), { kind: 'submission' }), /^250 /)
  assert.deepEqual((await lastTrace())[0], { step: 'accepted', detail: { scan: { clamd: 'clean' } } })
})

test('a clean message is taken and says so; one that is too large says that nobody looked', { skip }, async () => {
  const mx = await serve('mx')
  assert.match(await send(mx, letter('clean')), /^250 /)
  const scan = (await lastTrace())[0]?.detail['scan'] as { clamd: string; rspamd: { action: string } } | undefined
  assert.deepEqual([scan?.clamd, scan?.rspamd.action], ['clean', 'pass'])
  assert.match(await send(mx, `${attached('large')}${'x'.repeat(70)}\r\n`.padEnd(MOST + 1_000, `${'y'.repeat(70)}\r\n`).replace(/y*$/, '\r\n')), /^250 /)
  assert.deepEqual((await lastTrace())[0]?.detail, { scan: { clamd: 'large', rspamd: 'large' } })
})

test('more than clamd takes is told as such, also when its word is lost as it hangs up on what is still sent', { skip }, async () => {
  const lines = Buffer.from(`Subject: x\r\n\r\n${`${'x'.repeat(70)}\r\n`.repeat(50_000)}`)
  for (let run = 0; run < 20; run++) assert.equal(await scanWithClamd(daemons?.clamd.address ?? { path: '' }, lines, AbortSignal.timeout(20_000)), 'large')
})

test('administrators see both scanners, and when one is away mail comes later or unscanned, as is set', { skip }, async () => {
  await office.run(checkScanners)
  const seen = await office.run(scannerStates)
  assert.deepEqual(seen.map(({ id, state, lastError }) => [id, state, lastError]), [['clamd', 'connected', null], ['rspamd', 'connected', null]])
  for (const { version } of seen) assert.match(version ?? '', /^\d+\.\d+/)
  await daemons?.clamd.stop()
  const mx = await serve('mx')
  assert.equal(await send(mx, letter('later')), '451 4.7.1 contents cannot be scanned now, try again later\r\n')
  const [clamd, rspamd] = await office.run(scannerStates)
  assert.deepEqual([clamd?.state, clamd?.lastError?.text, rspamd?.state], ['down', '连接不上（ECONNREFUSED）', 'connected'])
  const gauges = await transport.gauges?.(office.it.runtime)
  assert.deepEqual([gauges?.['chengming_mail_clamd_up'], gauges?.['chengming_mail_rspamd_up']], [0, 1])
  assert.match(await send(await serve('mx', { clamd: daemons?.clamd.address ?? null, onFailure: 'accept' }), letter('unscanned')), /^250 /)
  assert.deepEqual((await lastTrace())[0]?.detail, { scan: { clamd: 'down' } })
})

test('without scanners nothing is asked and nothing is told', async () => {
  assert.match(await send(await serve('mx', {}), letter('plain')), /^250 /)
  assert.deepEqual((await lastTrace())[0], { step: 'accepted', detail: {} })
})
