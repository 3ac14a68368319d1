import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { FastifyInstance } from 'fastify'
import { services } from '#apps/services.ts'
import { createServer } from '#platform/http/server/server.ts'
import { openDatabase } from '#platform/db/server/database.ts'
import { createRuntime } from '#platform/registry/server/create-runtime.ts'
import { loadModules } from '#platform/registry/server/load-modules.ts'
import { createRegistry } from '#platform/registry/server/registry.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { testDatabase } from '#test/database.ts'
import type { TestDatabase } from '#test/database.ts'
import { testLog } from '#test/runtime.ts'
import { createSampleTable, sampleModule } from '#test/sample-module.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { cellText } from './copy-rows.ts'
import { seedPeople } from './people.ts'
import { seedRecords } from './records.ts'

const PASSWORD = 'Changning-Test-2026'
const PEOPLE = 800
const dataDir = mkdtempSync(join(tmpdir(), 'chengming-seed-'))
let database: TestDatabase
let runtime: Runtime
let app: FastifyInstance

before(async () => {
  database = await testDatabase()
  const opened = openDatabase(database.url, testLog)
  await createSampleTable(opened.db)
  runtime = createRuntime({ database: opened, registry: createRegistry(services, [sampleModule, ...(await loadModules())]), log: testLog, dataDir })
  for (const service of services) await service.sync?.(runtime)
  app = await createServer(runtime, { version: 'test', trustProxy: false })
})
after(async () => {
  await app.close()
  await runtime.database.close()
  await database.drop()
  rmSync(dataDir, { recursive: true })
})

const count = async (text: string): Promise<number> => (await sql.raw<{ n: number }>(`select count(*)::int as n from ${text}`).execute(runtime.db)).rows[0]?.n ?? 0

test('text for COPY', () => {
  assert.deepEqual([null, 'a\tb\\\n', 3, true, ['x', 'y"']].map(cellText), [String.raw`\N`, String.raw`a\tb\\` + String.raw`\n`, '3', 'true', String.raw`{"x","y\\""}`])
})

test('people are added to those that are there', async () => {
  const added = await seedPeople(runtime, 0, PASSWORD, () => undefined)
  assert.ok(added > 400)
  const more = await seedPeople(runtime, PEOPLE, PASSWORD, () => undefined)
  assert.equal(added + more, PEOPLE)
  assert.equal(await seedPeople(runtime, PEOPLE, PASSWORD, () => undefined), 0)
  assert.equal(await count('identity_account'), PEOPLE)
})

test('records of every module fit their tables', async () => {
  for (const { definition } of runtime.registry.modules) {
    for (const { name } of definition.entities) {
      await seedRecords(runtime, name, 40, 0, () => undefined)
      assert.equal(await count(`${name} where number like '数〔%'`), 40, name)
    }
  }
  await sql`truncate sample_record, access_visibility, todo_item`.execute(runtime.db)
})

test('records are listed by those who may see them, and stand in their boxes', async () => {
  const told: string[] = []
  await seedRecords(runtime, 'sample_record', 3_000, 0, (what, done, all) => void told.push(`${what} ${done}/${all}`))
  await seedRecords(runtime, 'sample_record', 500, 3_000, () => undefined)
  assert.ok(told.includes('记录 3000/3000'))
  assert.equal(await count('sample_record where unit_id is not null and title <> number'), 3_500)
  assert.equal(await count('todo_item'), 7_000)
  const signed = await app.inject({ method: 'POST', url: '/api/session', payload: { login: 'chenliqun', password: PASSWORD } })
  const cookie = /cm_session=[^;]*/.exec(String(signed.headers['set-cookie']))?.[0] ?? ''
  const list = (await app.inject({ url: '/api/records/sample_record?limit=50', headers: { cookie } })).json() as { items: { number: string }[]; next: string | null }
  assert.deepEqual([list.items.length, list.next !== null, list.items[0]?.number], [50, true, '数〔2020〕3500号'])
  const { rows: [busy] } = await sql<{ login: string }>`
    select a.login from identity_account a join todo_item t on t.person_id = a.person_id where t.box = 'todo' group by a.login order by count(*) desc limit 1`.execute(runtime.db)
  const other = await app.inject({ method: 'POST', url: '/api/session', payload: { login: busy?.login, password: PASSWORD } })
  const todos = await app.inject({ url: '/api/todos?box=todo', headers: { cookie: /cm_session=[^;]*/.exec(String(other.headers['set-cookie']))?.[0] ?? '' } })
  assert.ok((todos.json() as { items: unknown[] }).items.length > 0)
})
