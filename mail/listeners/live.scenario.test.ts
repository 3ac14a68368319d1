/** Servers switched and certificates changed while they run. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { after, before, test } from 'node:test'
import { connect as connectSecurely, type TLSSocket } from 'node:tls'
import { setTimeout as later } from 'node:timers/promises'
import { sql } from 'kysely'
import { loadWorld } from '#apps/demonstration.ts'
import { services } from '#apps/services.ts'
import type { Actor } from '#kit/context.ts'
import { Failure } from '#kit/failure.ts'
import { freePort } from '#test/hostile/program.ts'
import { openRuntime, testRuntime, type TestRuntime } from '#test/runtime.ts'
import { generate, personId } from '#test/world/world.ts'
import type { PortId } from './contract.ts'
import { dropCertificate, keepCertificate, listCertificates, useCertificate } from './server/certificates.ts'
import { warnOfExpiry } from './server/expiry.ts'
import { portStates, renewTls, serversNow, service, switchServer } from './server/index.ts'
import { watchScanners } from '../transport/server/scan/watch.ts'
import { authority, issuedPair } from './test/authority.ts'

const actor: Actor = { accountId: 'a', personId: personId('sysadmin'), name: '沈知砚', postId: 'p', unitId: 'u', unitName: '', organisationId: 'o', organisationName: '', roles: ['system-admin'], sessionId: 's' }
let now = new Date('2026-11-25T00:00:00Z')
let it: TestRuntime
let [imap, imaps] = [0, 0]
const listeningTo = (ports: Partial<Record<PortId, number>>) => ({ ports: { imap: 0, imaps: 0, pop3: 0, pop3s: 0, smtp: 0, submission: 0, smtps: 0, lmtp: 0, ...ports }, roles: ['imap'], tls: undefined, plainLogin: 'off' }) as const

before(async () => {
  ;[imap, imaps] = [await freePort(), await freePort()]
  it = await testRuntime({ services, clock: () => now, listening: { ...listeningTo({ imap, imaps }), scanning: { clamd: { host: '127.0.0.1', port: 1 }, rspamd: null, onFailure: 'later', most: 1 } } })
  await loadWorld(it.runtime, generate(), 'Changning-Test-2026')
  await service.start?.(it.runtime)
})
after(() => it.close())

const turn = (id: PortId, on: boolean): Promise<void> => it.runtime.command(actor, (ctx) => switchServer(ctx, id, on))
const stateOf = (id: PortId): string | undefined => portStates(it.runtime).find((one) => one.id === id)?.state

async function refused(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  return Promise.race([once(socket, 'connect').then(() => false), once(socket, 'error').then(() => true)]).catch(() => true).finally(() => socket.destroy())
}

async function secured(port = imaps): Promise<TLSSocket> {
  const socket = connectSecurely({ port, host: '127.0.0.1', rejectUnauthorized: false })
  await once(socket, 'data')
  return socket
}
const nameSeen = (socket: TLSSocket): string => String(socket.getPeerCertificate().subject.CN)

async function answers(socket: Socket): Promise<string> {
  const heard = once(socket, 'data') as Promise<[Buffer]>
  socket.write('a NOOP\r\n')
  return (await heard)[0].toString()
}

test('a server that is switched off says goodbye and takes nobody; the others go on; on again it is there at once', async () => {
  const [held, other] = [connect(imap, '127.0.0.1'), await secured()]
  await once(held, 'data')
  const goodbye = once(held, 'data') as Promise<[Buffer]>
  await turn('imap', false)
  assert.match((await goodbye)[0].toString(), /^\* BYE/)
  assert.deepEqual([await refused(imap), stateOf('imap'), stateOf('imaps'), await answers(other)], [true, 'off', 'listening', 'a OK done\r\n'])
  await turn('imap', true)
  assert.deepEqual([await refused(imap), stateOf('imap')], [false, 'listening'])
  other.destroy()
})

test('a port that was taken meanwhile: the reason is told, and it stays off', async () => {
  await turn('imap', false)
  const squatter = createServer().listen(imap, '::')
  await once(squatter, 'listening')
  await assert.rejects(turn('imap', true), (error) => error instanceof Failure && error.code === 'mail.server.failed' && /已被其他程序占用/.test(String(error.details['reason'])))
  const [shown] = (await it.runtime.query(actor, serversNow)).filter(({ id }) => id === 'imap')
  assert.deepEqual([shown?.on, shown?.state, shown?.reason], [false, 'off', null])
  assert.match(shown?.lastError?.text ?? '', /已被其他程序占用/)
  squatter.close()
  await once(squatter, 'close')
  await turn('imap', true)
  assert.equal(stateOf('imap'), 'listening')
})

test('without a port it cannot be switched on, and that is said', async () => {
  await assert.rejects(turn('pop3', true), (error) => error instanceof Failure && error.code === 'mail.server.port')
})

test('another process takes it up within seconds', { timeout: 20_000 }, async () => {
  const port = await freePort()
  const other = openRuntime(it.url, it.runtime.dataDir, { services, clock: () => now, listening: listeningTo({ imaps: port }) })
  await service.start?.(other)
  assert.equal(await refused(port), false)
  await turn('imaps', false)
  while (!(await refused(port))) await later(100)
  await turn('imaps', true)
  while (await refused(port)) await later(100)
  await service.stop?.(other)
  await other.database.close()
})

test('an uploaded certificate is seen by new connections; those that are open go on', async () => {
  const signer = authority('承明中间证书')
  const upload = (host: string, anyName = false) => it.runtime.command(actor, async (ctx) => {
    const { cert, key } = issuedPair(host, signer)
    const kept = await keepCertificate(ctx, { dataDir: it.runtime.dataDir, host: 'mail.cn.example' }, { chain: cert + signer.cert, key, anyName })
    renewTls(ctx)
    return kept
  })
  const open = await secured()
  await assert.rejects(upload('oa.cn.example'), (error) => error instanceof Failure && error.code === 'mail.certificate.names')
  const { id, remarks } = await upload('mail.cn.example')
  assert.deepEqual(remarks, [])
  const fresh = await secured()
  assert.deepEqual([nameSeen(fresh), nameSeen(open) === nameSeen(fresh), await answers(open)], ['mail.cn.example', false, 'a OK done\r\n'])
  const second = await upload('oa.cn.example', true)
  const later1 = await secured()
  assert.deepEqual([nameSeen(later1), await answers(fresh)], ['oa.cn.example', 'a OK done\r\n'])
  await assert.rejects(it.runtime.command(actor, (ctx) => dropCertificate(ctx, second.id)), (error) => error instanceof Failure && error.code === 'mail.certificate.active')
  await it.runtime.command(actor, async (ctx) => { await useCertificate(ctx, id); renewTls(ctx) })
  await it.runtime.command(actor, (ctx) => dropCertificate(ctx, second.id))
  const last = await secured()
  assert.deepEqual([nameSeen(last), (await it.runtime.query(actor, listCertificates)).map(({ subject, active }) => [subject, active])], ['mail.cn.example', [['mail.cn.example', true]]])
  for (const socket of [open, fresh, later1, last]) socket.destroy()
})

test('the key stands nowhere in the database', async () => {
  const { rows } = await sql<{ found: boolean }>`select (position('PRIVATE'::bytea in private_key) > 0) as found from mail_certificate`.execute(it.runtime.db)
  assert.deepEqual(rows, [{ found: false }])
})

test('those who run the system are told before it ends, and not every day', async () => {
  const warned = async (at: string): Promise<number> => {
    now = new Date(at)
    await it.runtime.command(null, warnOfExpiry)
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from notify_notice where person_id = ${actor.personId} and title like '邮件服务器证书%'`.execute(it.runtime.db)
    return rows[0]?.n ?? 0
  }
  assert.deepEqual([await warned('2028-11-01T00:30:00Z'), await warned('2028-12-02T00:00:00Z'), await warned('2028-12-03T00:00:00Z'), await warned('2028-12-25T00:00:00Z'), await warned('2029-01-05T00:00:00Z')], [0, 1, 1, 2, 3])
})

test('those who run the system are told once of a scanner that stays away', async () => {
  const told: number[] = []
  for (let look = 0; look < 5; look++) {
    await it.runtime.command(null, watchScanners)
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from notify_notice where person_id = ${actor.personId} and title = '查毒服务（ClamAV）不可用'`.execute(it.runtime.db)
    told.push(rows[0]?.n ?? -1)
  }
  assert.deepEqual(told, [0, 0, 1, 1, 1])
})

test('a client that speaks no TLS is noted as the last problem', async () => {
  const socket = connect(imaps, '127.0.0.1')
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write('a CAPABILITY\r\n')
  await once(socket, 'close')
  assert.match(portStates(it.runtime).find(({ id }) => id === 'imaps')?.lastError?.text ?? '', /来自 127\.0\.0\.1 的加密连接没有建立/)
})
