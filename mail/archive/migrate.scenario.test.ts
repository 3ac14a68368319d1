/** Many accounts of another server brought over: refused with reasons, paused, killed, tried again, compared. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { setTimeout as later } from 'node:timers/promises'
import { sql } from 'kysely'
import { dovecot, type Peer } from '../../bench/mail/peers.ts'
import type { Actor } from '#kit/context.ts'
import { Failure } from '#kit/failure.ts'
import { service as registry } from '#platform/registry/server/index.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { message, openImap, PASSWORD, type TestImap } from '#test/mail/imap.ts'
import { testRuntime, type TestRuntime } from '#test/runtime.ts'
import { openAccount } from '../store/server/accounts.ts'
import { service as store } from '../store/server/index.ts'
import { reportMigration } from '../server/admin/migrations.ts'
import { actOnMigration, endForgotten, listAccounts, listMigrations, retryFailed } from './server/migrate/admin.ts'
import { startMigration, type Wish } from './server/migrate/start.ts'
import { startWorker, type Worker, workerLimits } from './server/migrate/worker.ts'

const DOVECOT_MESSAGES = 1_500
const actor: Actor = { accountId: 'a', personId: '00000000-0000-4000-8000-000000000001', name: '沈知砚', postId: 'p', unitId: 'u', unitName: '', organisationId: 'o', organisationName: '', roles: ['system-admin'], sessionId: 's' }
let old: TestImap
let it: TestRuntime
let worker: Worker | null = null

before(async () => {
  old = await openImap(['lin', 'gu', 'chen'], 1e8)
  it = await testRuntime({ services: [registry, store] })
  for (const name of ['lin', 'gu', 'chen', 'wang', 'few']) await run((ctx) => openAccount(ctx, { kind: 'shared', ownerId: null, name, address: `${name}@cn.example`, quota: name === 'wang' ? 200 : 1e9 }))
  const client = await old.signedIn('lin')
  for (const n of [1, 2, 3]) await old.append(client, 'INBOX', message(`notice ${n}`), '(\\Seen) ')
  await client.say('c CREATE Projects\r\n', /^c OK/m)
  await old.append(client, 'Projects', message('plan'))
  client.socket.destroy()
})
after(async () => {
  await worker?.stop()
  await it.close()
  await old.close()
})

const run = <T>(work: (ctx: ServerContext) => Promise<T>): Promise<T> => it.runtime.command(actor, work)
const wish = (accounts: string, more: Partial<Wish> = {}): Wish => ({ title: '旧系统', host: '127.0.0.1', port: old.port, security: 'none', anyCertificate: false, accounts, ...more })
const begin = async (given: Wish): Promise<string> => (await run((ctx) => startMigration(ctx, it.runtime.dataDir, given))).id
const work = (): void => { worker ??= startWorker(it.runtime, { ...workerLimits, everyMs: 30, leaseMs: 2_000, pauseMs: 10, attempts: 3 }) }
const rowsOf = (id: string) => run((ctx) => listAccounts(ctx, id, { limit: 100 }))
const stateOf = async (id: string): Promise<string> => (await run((ctx) => listMigrations(ctx, id)))[0]?.state ?? ''

async function until(what: () => Promise<boolean>): Promise<void> {
  while (!(await what())) await later(25)
}
const settled = (id: string): Promise<void> => until(async () => (await rowsOf(id)).every(({ state }) => state === 'done' || state === 'failed'))
const passwords = async (id: string): Promise<number> => (await sql<{ n: number }>`select count(password)::int as n from mail_migration_account where migration_id = ${id}`.execute(it.runtime.db)).rows[0]?.n ?? -1
const held = async (address: string): Promise<{ n: number; different: number }> => (await sql<{ n: number; different: number }>`
  select count(*)::int as n, count(distinct g.blob)::int as different from mail_entry e join mail_message g on g.id = e.message_id join mail_mailbox m on m.id = e.mailbox_id join mail_address d on d.account_id = m.account_id where d.address = ${address}`.execute(it.runtime.db)).rows[0] ?? assert.fail()

test('a list with faults is refused as a whole, each with its line', async () => {
  await assert.rejects(begin(wish('lin@cn.example,lin,x\nnobody@cn.example,n,x\nlin@cn.example,lin,y\ngu@cn.example,,x')), (error) =>
    error instanceof Failure && error.code === 'mail.migration.rows' && error.details['problems'] === '第 4 行缺少原账号；第 2 行没有“nobody@cn.example”这个邮箱；第 3 行与第 1 行是同一个邮箱')
  await assert.rejects(begin(wish('本系统地址,原账号,原密码\n')), (error) => error instanceof Failure && error.code === 'mail.migration.empty')
  assert.deepEqual(await run((ctx) => listMigrations(ctx)), [])
})

test('accounts come over and are compared; a wrong password and a full mailbox say so; tried again it works; passwords are erased', { timeout: 60_000 }, async () => {
  const id = await begin(wish(`lin@cn.example,lin,${PASSWORD}\ngu@cn.example,gu,wrong\nwang@cn.example,lin,${PASSWORD}`))
  const { rows } = await sql<{ clear: boolean }>`select position(${Buffer.from(PASSWORD)} in password) > 0 as clear from mail_migration_account where migration_id = ${id}`.execute(it.runtime.db)
  assert.deepEqual(rows.map(({ clear }) => clear), [false, false, false])
  work()
  await settled(id)
  const [lin, gu, wang] = await rowsOf(id)
  assert.deepEqual([lin?.state, lin?.total, lin?.added, lin?.there, lin?.compared.map(({ names, messages, name, here, missing }) => [names, messages, name, here, missing])], ['done', 4, 4, 0, [[['INBOX'], 3, 'INBOX', 3, 0], [['Projects'], 1, 'Projects', 1, 0]]])
  assert.deepEqual([gu?.state, gu?.attempts], ['failed', 1])
  assert.match(gu?.error ?? '', /^原服务器不接受账号或密码/)
  assert.match(wang?.error ?? '', /“wang”的邮箱已满/)
  assert.deepEqual([await passwords(id), await stateOf(id)], [2, 'running'])
  await sql`update mail_account set quota = 1000000 where name = 'wang'`.execute(it.runtime.db)
  assert.equal(await run((ctx) => retryFailed(ctx, id)), 2)
  await settled(id)
  assert.deepEqual((await rowsOf(id)).map(({ state, added }) => [state, added]), [['done', 4], ['failed', 0], ['done', 4]])
  const report = await run((ctx) => reportMigration(ctx, { id }))
  assert.deepEqual(report.rows.map((row) => [row[0], row[3], row[4], row[10]]), [['lin@cn.example', '完成', 'INBOX', 0], ['lin@cn.example', '完成', 'Projects', 0], ['gu@cn.example', '失败', '', null], ['wang@cn.example', '完成', 'INBOX', 0], ['wang@cn.example', '完成', 'Projects', 0]])
  await run((ctx) => actOnMigration(ctx, id, 'end'))
  assert.deepEqual([await passwords(id), await stateOf(id)], [0, 'ended'])
  await assert.rejects(run((ctx) => retryFailed(ctx, id)), (error) => error instanceof Failure && error.code === 'mail.migration.ended')
  const { rows: left } = await sql`select from mail_migration_seen`.execute(it.runtime.db)
  assert.equal(left.length, 0)
})

test('run again, nothing is doubled', { timeout: 60_000 }, async () => {
  const id = await begin(wish(`lin@cn.example,lin,${PASSWORD}`))
  await settled(id)
  const [lin] = await rowsOf(id)
  assert.deepEqual([lin?.added, lin?.there, await stateOf(id), await held('lin@cn.example')], [0, 4, 'ended', { n: 4, different: 4 }])
})

test('a server that is not there is tried some times, then the account has failed', { timeout: 60_000 }, async () => {
  const id = await begin(wish('gu@cn.example,gu,x', { port: 1 }))
  await settled(id)
  const [gu] = await rowsOf(id)
  assert.deepEqual([gu?.state, gu?.attempts], ['failed', 3])
  assert.match(gu?.error ?? '', /^原服务器无法连接（ECONNREFUSED）/)
})

test('a migration nobody ends is ended after a month', async () => {
  const id = await begin(wish('chen@cn.example,chen,wrong'))
  await settled(id)
  await sql`update mail_migration set created_at = created_at - interval '31 days' where id = ${id}`.execute(it.runtime.db)
  await run(endForgotten)
  assert.deepEqual([await stateOf(id), await passwords(id)], ['ended', 0])
})

test('Dovecot: killed on the way, paused and gone on with, every message is there once', { timeout: 180_000 }, async (t) => {
  const peer: Peer | null = await dovecot(DOVECOT_MESSAGES)
  if (peer === null) return t.skip('Dovecot is not installed, or this user may not start it')
  try {
    await worker?.stop()
    worker = null
    const id = await begin(wish(`few@cn.example,few,${PASSWORD}`, { port: peer.imap }))
    const added = async (): Promise<number> => (await rowsOf(id))[0]?.added ?? 0
    let kills = 0
    for (const least of [100, 300]) {
      const child = spawn(process.execPath, [new URL('migrate.fixture.ts', import.meta.url).pathname, it.url, it.runtime.dataDir], { stdio: 'ignore' })
      await until(async () => (await added()) >= least)
      child.kill('SIGKILL')
      await once(child, 'exit')
      if ((await rowsOf(id))[0]?.state === 'running') kills++
    }
    work()
    await until(async () => (await added()) >= 600)
    await run((ctx) => actOnMigration(ctx, id, 'pause'))
    await until(async () => (await rowsOf(id))[0]?.state === 'waiting')
    const paused = await added()
    await later(500)
    assert.equal(await added(), paused)
    assert.ok(paused < DOVECOT_MESSAGES)
    await run((ctx) => actOnMigration(ctx, id, 'resume'))
    await settled(id)
    const [few] = await rowsOf(id)
    assert.deepEqual([few?.state, few?.total, (few?.added ?? 0) + (few?.there ?? 0), few?.compared.map(({ messages, here, missing }) => [messages, here, missing])], ['done', DOVECOT_MESSAGES, DOVECOT_MESSAGES, [[DOVECOT_MESSAGES, DOVECOT_MESSAGES, 0]]])
    assert.deepEqual([await held('few@cn.example'), await passwords(id), await stateOf(id), kills], [{ n: DOVECOT_MESSAGES, different: DOVECOT_MESSAGES }, 0, 'ended', 2])
  } finally {
    await peer.stop()
  }
})
