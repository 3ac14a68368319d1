import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Client } from 'pg'
import { emptyDatabase, type TestDatabase } from '#test/database.ts'
import { migrate } from './migrate.ts'
import { migrationPlan, pendingMigrations } from './migration-plan.ts'

const files = new Map([
  ['modules/leave/server/migrations/0001-start.sql', 'create table leave_request (id int primary key);'],
  ['modules/leave/server/migrations/0002-days.sql', 'alter table leave_request add days int; insert into leave_request values (1, 2);'],
  ['platform/org/server/migrations/0001-start.sql', 'create table org (id int);'],
  ['platform/audit/server/migrations/0001-start.sql', 'create table audit (id int);'],
  ['modules/leave/server/leave.ts', 'not a migration'],
])
const plan = migrationPlan(files, ['platform/org'])
const labels = plan.map(({ module, name }) => `${module}/${name}`)

let database: TestDatabase
before(async () => {
  database = await emptyDatabase()
})
after(() => database.drop())

async function rows(sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: database.url })
  await client.connect()
  const answer = await client.query<unknown[]>({ text: sql, rowMode: 'array' })
  await client.end()
  return answer.rows.flat()
}

test('platform before modules, named folders first, files by number', () => {
  assert.deepEqual(labels, ['platform/org/0001-start', 'platform/audit/0001-start', 'modules/leave/0001-start', 'modules/leave/0002-days'])
})

test('parallel callers wait for each other; each step runs once', async () => {
  const counts = await Promise.all([migrate(database.url, plan), migrate(database.url, plan), migrate(database.url, plan)])
  assert.deepEqual(counts.sort(), [0, 0, 4])
  assert.deepEqual(await rows('select days from leave_request'), [2])
})

test('a failing step leaves the state before it and is named', async () => {
  const broken = migrationPlan(new Map([...files, ['modules/leave/server/migrations/0003-broken.sql', 'create table leave_half (id int); select nonsense;']]), ['platform/org'])
  await assert.rejects(migrate(database.url, broken), /升级步骤 modules\/leave\/0003-broken 执行失败/)
  assert.deepEqual(await rows("select to_regclass('leave_half')::text"), [null])
})

test('a changed or unknown recorded step is refused', () => {
  const recorded = plan.map(({ module, name, hash }) => ({ module, name, hash }))
  assert.deepEqual(pendingMigrations(plan, recorded), [])
  assert.throws(() => pendingMigrations(plan, recorded.map((step) => ({ ...step, hash: 'other' }))), /被修改/)
  assert.throws(() => pendingMigrations(plan.slice(1), recorded), /数据库比程序新/)
})
