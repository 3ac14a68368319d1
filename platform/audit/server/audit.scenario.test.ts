import assert from 'node:assert/strict'
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { Failure } from '#kit/failure.ts'
import { Identity } from '#platform/identity/contract.ts'
import { openRuntime } from '#test/runtime.ts'
import { baseServices, PASSWORD, testServer } from '#test/http.ts'
import type { TestServer } from '#test/http.ts'
import { personId, postOf } from '#test/world/world.ts'
import { Audit } from '../contract.ts'
import type { AuditVerdict } from '../contract.ts'
import type { AuditEntryWire } from '../wire.ts'
import { service } from './index.ts'

describe('audit', () => {
  let server: TestServer

  before(async () => {
    server = await testServer()
  })
  after(() => server.close())

  const verify = (): Promise<AuditVerdict> => server.runtime.query(null, (ctx) => ctx.use(Audit).verify())
  const record = async (count: number): Promise<void> => {
    const actor = await server.runtime.query(null, (ctx) => ctx.use(Identity).actorInPost(postOf('songyiran')))
    for (let index = 0; index < count; index += 1) {
      await server.runtime.command(actor, (ctx) => ctx.use(Audit).record({ action: 'test.write', object: { type: 'test', id: String(index), title: '𠮷祥' }, difference: { z: 1, a: [1.5, null, '\u0000'] } }))
    }
  }
  /** Runs statements as somebody with the database's own powers would, then undoes them. */
  const tampered = async (...statements: string[]): Promise<AuditVerdict> => {
    const saved = `audit_saved_${Math.trunc(performance.now())}`
    const run = async (text: string): Promise<void> => void (await sql.raw(text).execute(server.runtime.db))
    await run(`create table ${saved} as table audit_entry`)
    await run('alter table audit_entry disable trigger all')
    try {
      for (const statement of statements) await run(statement)
      return await verify()
    } finally {
      await run('delete from audit_entry')
      await run(`insert into audit_entry select * from ${saved}`)
      await run(`drop table ${saved}`)
      await run('alter table audit_entry enable trigger all')
    }
  }
  const kinds = ({ problems }: AuditVerdict): string[] => problems.map(({ kind }) => kind)
  const longest = "(select chain from audit_entry group by chain order by count(*) desc limit 1)"

  test('what is written stands unbroken, also with many commands at once', async () => {
    await record(20)
    const actor = await server.runtime.query(null, (ctx) => ctx.use(Identity).actorInPost(postOf('songyiran')))
    await Promise.all(Array.from({ length: 60 }, (_, index) =>
      server.runtime.command(actor, async (ctx) => {
        await ctx.use(Audit).record({ action: 'test.first' })
        await ctx.use(Audit).record({ action: 'test.second' })
        if (index % 5 === 0) ctx.fail('http.invalid')
      }).catch((error: unknown) => assert.ok(error instanceof Failure))))
    const verdict = await verify()
    assert.deepEqual(verdict.problems, [])
    const { rows } = await sql<{ n: number }>`select count(*)::integer as n from audit_entry where action like 'test.%'`.execute(server.runtime.db)
    assert.equal(rows[0]?.n, 20 + 48 * 2)
  })

  test('rows cannot be changed, deleted or cut off by the application', async () => {
    for (const statement of ["update audit_entry set action = 'x'", 'delete from audit_entry', 'truncate audit_entry']) {
      await assert.rejects(sql.raw(statement).execute(server.runtime.db), /takes new rows only/)
    }
  })

  test('deletion is found', async () => {
    const verdict = await tampered(`delete from audit_entry where chain = ${longest} and seq = 7`)
    assert.deepEqual(verdict.problems.map(({ kind, seq, count }) => ({ kind, seq, count })), [{ kind: 'missing', seq: 7, count: 1 }])
  })

  test('a change of any column is found', async () => {
    for (const change of ["action = 'test.other'", "person_name = '别人'", "at = at + interval '1 second'", "difference = '{\"z\":2}'", 'object_title = null', "result = 'refused'", "address = '1.1.1.1'"]) {
      const verdict = await tampered(`update audit_entry set ${change} where chain = ${longest} and seq = 5`)
      assert.deepEqual(kinds(verdict), ['changed'], change)
    }
  })

  test('reordering is found', async () => {
    const verdict = await tampered(...[[5, 1005], [6, 5], [1005, 6]].map(([from, to]) => `update audit_entry set seq = ${to} where chain = ${longest} and seq = ${from}`))
    assert.ok(kinds(verdict).includes('changed'))
  })

  test('a row put in with the right shape but without the key is found', async () => {
    const verdict = await tampered(`insert into audit_entry select (jsonb_populate_record(e, jsonb_build_object('seq', e.seq + 1, 'id', gen_random_uuid()))).* from audit_entry e where chain = ${longest} order by seq desc limit 1`)
    assert.deepEqual(kinds(verdict), ['changed'])
  })

  test('a cut-off end and a whole missing chain are found by the anchors', async () => {
    await service.stop?.(server.runtime)
    const cut = await tampered(`delete from audit_entry where chain = ${longest} and seq > 10`)
    assert.deepEqual(kinds(cut), ['truncated'])
    const gone = await tampered(`delete from audit_entry where chain = ${longest}`)
    assert.deepEqual(kinds(gone), ['truncated'])
    assert.deepEqual((await verify()).problems, [])
  })

  test('a forged anchor is found', async () => {
    const file = join(server.runtime.dataDir, 'audit-anchors.jsonl')
    const text = await readFile(file, 'utf8')
    await appendFile(file, '{"at":"2026-01-01T00:00:00.000Z","heads":[],"mac":"00"}\n')
    assert.deepEqual(kinds(await verify()), ['anchor'])
    await writeFile(file, text)
  })

  test('what a killed process wrote is anchored at the next start', async () => {
    await service.stop?.(server.runtime)
    const other = openRuntime(server.url, server.runtime.dataDir, { services: baseServices })
    await service.sync?.(other)
    await other.command(null, (ctx) => ctx.use(Audit).record({ action: 'test.killed' }))
    await other.database.close()
    await service.start?.(server.runtime)
    const verdict = await tampered("delete from audit_entry where action = 'test.killed'")
    assert.deepEqual(kinds(verdict), ['truncated'])
  })

  test('failed sign-ins and refusals are kept although their command is not', async () => {
    await server.ask('POST', '/api/session', { body: { login: 'songyiran', password: 'Wrong-Password-1' }, from: '203.0.113.5', headers: { 'user-agent': 'attack/1' } })
    const clerk = await server.as('linxiaowen')
    assert.equal((await clerk('GET', '/api/audit')).status, 403)
    const auditor = await server.as('auditor')
    const failed = (await auditor('GET', '/api/audit?action=identity.login-failed')).body['items'] as AuditEntryWire[]
    assert.deepEqual([failed[0]?.object?.title, failed[0]?.address, failed[0]?.device, failed[0]?.result], ['songyiran', '203.0.113.5', 'attack/1', 'failed'])
    assert.ok(!JSON.stringify(failed).includes('Wrong-Password-1'))
    const refused = (await auditor('GET', `/api/audit?result=refused&person=${personId('linxiaowen')}`)).body['items'] as AuditEntryWire[]
    assert.deepEqual([refused[0]?.action, refused[0]?.title], ['GET /api/audit', '查阅审计日志'])
  })

  test('only the auditor reads the log; the other two administrations do not', async () => {
    for (const login of ['sysadmin', 'secadmin', 'luzhengyang']) assert.equal((await (await server.as(login))('GET', '/api/audit')).status, 403, login)
  })

  test('pages follow one another without gap or repeat; filters by time and action', async () => {
    const auditor = await server.as('auditor')
    const ids: string[] = []
    let after = ''
    do {
      const page = (await auditor('GET', `/api/audit?action=test.&limit=17${after}`)).body as { items: AuditEntryWire[]; next: string | null }
      ids.push(...page.items.map(({ id }) => id))
      after = page.next === null ? '' : `&after=${page.next}`
    } while (after !== '')
    assert.equal(ids.length, 117)
    assert.equal(new Set(ids).size, ids.length)
    assert.deepEqual((await auditor('GET', '/api/audit?action=test.&to=2020-01-01T00:00:00Z')).body['items'], [])
    assert.equal((await auditor('GET', '/api/audit?after=nonsense')).status, 400)
  })

  test('everybody reads the own log, and only that', async () => {
    const clerk = await server.as('wanglei', PASSWORD)
    const own = (await clerk('GET', `/api/audit/mine?person=${personId('songyiran')}`)).body['items'] as AuditEntryWire[]
    assert.ok(own.length > 0)
    assert.ok(own.every(({ person }) => person?.id === personId('wanglei')))
    assert.equal(own[0]?.title, '登录')
  })
})
