import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { connect as connectSecurely } from 'node:tls'
import { ImapFlow } from 'imapflow'
import { sql } from 'kysely'
import { loadWorld } from '#apps/demonstration.ts'
import { services } from '#apps/services.ts'
import { freePort } from '#test/hostile/program.ts'
import { testRuntime, type TestRuntime } from '#test/runtime.ts'
import { generate } from '#test/world/world.ts'
import { flushCounts } from '../statistics/server/counters.ts'
import { openAccount } from '../store/server/accounts.ts'
import { portLines, portStates, service } from './server/index.ts'

const PASSWORD = 'Changning-Test-2026'
let it: TestRuntime
let [plain, secure, taken] = [0, 0, 0]
const squatter = createServer()

before(async () => {
  ;[plain, secure, taken] = [await freePort(), await freePort(), await freePort()]
  squatter.listen(taken, '::')
  await once(squatter, 'listening')
  it = await testRuntime({ services, listening: { ports: { imap: plain, imaps: secure, pop3: 0, pop3s: 0, smtp: 0, submission: 0, smtps: 0, lmtp: 0 }, roles: ['imap'], tls: undefined, plainLogin: 'off' } })
  await loadWorld(it.runtime, generate(), PASSWORD)
  const person = await it.runtime.db.selectFrom('org_person' as never).select(['id' as never]).where('name' as never, '=', '林晓雯' as never).executeTakeFirst()
  await it.runtime.command(null, (ctx) => openAccount(ctx, { kind: 'person', ownerId: (person as unknown as { id: string } | undefined)?.id ?? null, name: '林晓雯', address: 'linxiaowen@cn.example', quota: 1_000_000 }))
  await service.start?.(it.runtime)
})
after(async () => {
  squatter.close()
  await it.close()
})

async function greeting(socket: Socket): Promise<string> {
  const [data] = (await once(socket, 'data')) as [Buffer]
  return data.toString()
}

test('the plain port takes no password before TLS, and offers it', async () => {
  const socket = connect(plain, '127.0.0.1')
  assert.match(await greeting(socket), /^\* OK \[CAPABILITY IMAP4rev1 .*STARTTLS LOGINDISABLED\]/)
  socket.write('a LOGIN linxiaowen x\r\n')
  assert.match(await greeting(socket), /^a NO \[PRIVACYREQUIRED\]/)
  socket.destroy()
})

test('what is sent behind STARTTLS in the clear is not heard', async () => {
  const socket = connect(plain, '127.0.0.1')
  await greeting(socket)
  socket.write('a STARTTLS\r\nb NOOP\r\nc CAPABILITY')
  assert.equal(await greeting(socket), 'a OK begin TLS now\r\n')
  socket.removeAllListeners()
  const encrypted = connectSecurely({ socket, rejectUnauthorized: false })
  await once(encrypted, 'secureConnect')
  encrypted.write('d NOOP\r\n')
  assert.equal(await greeting(encrypted), 'd OK done\r\n')
  encrypted.destroy()
})

test('programs that prefer SCRAM sign in with everybody’s own password: it is announced where the site wants it', async () => {
  const socket = connectSecurely({ port: secure, host: '127.0.0.1', rejectUnauthorized: false })
  assert.match(await greeting(socket), / AUTH=PLAIN AUTH=LOGIN\]/)
  socket.destroy()
})

for (const [way, secureFirst] of [['STARTTLS', false], ['TLS from the start', true]] as const) {
  test(`a person reads mail with ${way}, and the certificate is kept for its owner alone`, { timeout: 30_000 }, async () => {
    const client = new ImapFlow({ host: '127.0.0.1', port: secureFirst ? secure : plain, secure: secureFirst, auth: { user: 'linxiaowen', pass: PASSWORD }, logger: false, tls: { rejectUnauthorized: false } })
    await client.connect()
    assert.equal((await client.status('INBOX', { messages: true }) as { messages?: number }).messages, 0)
    assert.equal((await service.gauges?.(it.runtime))?.[`chengming_mail_${secureFirst ? 'imaps' : 'imap'}_connections`], 1)
    await client.logout()
    assert.equal(statSync(join(it.runtime.dataDir, 'mail-tls.pem')).mode & 0o777, 0o600)
  })
}

test('who signed in is counted by protocol', async () => {
  await flushCounts(it.runtime)
  const { rows } = await sql<{ kind: string; key: string; n: string }>`select kind, key, n from mail_day_count order by kind`.execute(it.runtime.db)
  assert.deepEqual(rows, [{ kind: 'sign-in', key: 'imap', n: '2' }])
})

test('a port in use is told with the way out, and the others are open', async () => {
  const other = await testRuntime({ services, listening: { ports: { imap: taken, imaps: await freePort(), pop3: 0, pop3s: 0, smtp: 0, submission: 0, smtps: 0, lmtp: 0 }, roles: ['imap'], tls: undefined, plainLogin: 'loopback' } })
  await service.start?.(other.runtime)
  assert.deepEqual(portStates(other.runtime).filter(({ id }) => id.startsWith('imap')).map(({ state }) => state), ['failed', 'listening'])
  assert.equal(portLines(other.runtime)[1], `IMAP 端口 ${taken} 已被其他程序占用，这一项没有启动，其余照常；请停止占用的程序，或用 IMAP_PORT 换一个端口（0 为关闭）`)
  await other.close()
})

test('when the server stops, clients are told', async () => {
  const [port, other] = [await freePort(), await testRuntime({ services })]
  const runtime = { ...other.runtime, listening: { ports: { imap: port, imaps: 0, pop3: 0, pop3s: 0, smtp: 0, submission: 0, smtps: 0, lmtp: 0 }, roles: ['imap'], tls: undefined, plainLogin: 'on', scram: true } } as const
  await service.start?.(runtime)
  const socket = connect(port, '127.0.0.1')
  assert.match(await greeting(socket), / AUTH=SCRAM-SHA-256\]/)
  const [goodbye] = await Promise.all([greeting(socket), service.stop?.(runtime)])
  assert.match(goodbye, /^\* BYE the server stops/)
  assert.deepEqual(portStates(runtime).map(({ state }) => state).filter((state) => state !== 'off'), [])
  await other.close()
})

test('who shares a mailbox by a mail program stands in the audit, with the post', async () => {
  const socket = connectSecurely({ port: secure, host: '127.0.0.1', rejectUnauthorized: false })
  await greeting(socket)
  let heard = ''
  const { promise, resolve } = Promise.withResolvers<void>()
  socket.on('data', (data: Buffer) => { heard += data.toString(); if (/^b /m.test(heard)) resolve() })
  socket.write(`a LOGIN linxiaowen ${PASSWORD}\r\nb SETACL INBOX anyone lr\r\n`)
  await promise
  socket.destroy()
  assert.match(heard, /^b OK/m)
  const { rows } = await sql<{ name: string; post: boolean; said: unknown }>`select person_name as name, post_id is not null as post, difference as said from audit_entry where action = 'mail.share'`.execute(it.runtime.db)
  assert.deepEqual(rows, [{ name: '林晓雯', post: true, said: { subject: 'anyone', negative: false, before: null, after: 'lr' } }])
})
