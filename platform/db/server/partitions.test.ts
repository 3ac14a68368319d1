import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { testDatabase } from '#test/database.ts'
import { testLog } from '#test/runtime.ts'
import { type Database, type OpenDatabase, openDatabase } from './database.ts'
import { attachMonth, detachMonth, listPartitions, makePartitions, months } from './partitions.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let open: OpenDatabase
const NOW = new Date('2031-11-30T17:00:00Z')

before(async () => {
  database = await testDatabase()
  open = openDatabase(database.url, testLog)
  await sql`create table diary (at timestamptz not null, n integer not null) partition by range (at)`.execute(open.db)
  await sql`create table diary_other partition of diary default`.execute(open.db)
})
after(async () => {
  await open.close()
  await database.drop()
})

const make = (now: Date): Promise<void> => open.db.transaction().execute((db) => makePartitions(db as Database, 'diary', now))
const names = async (): Promise<readonly string[]> => (await listPartitions(open.db, 'diary')).map(({ name, attached }) => `${name} ${attached ? 'attached' : 'off'}`)
const count = async (): Promise<number> => (await sql<{ n: number }>`select count(*)::int as n from diary`.execute(open.db)).rows[0]?.n ?? 0

test('months are Shanghai’s and cross the year', () => {
  assert.deepEqual(months('diary', NOW, 2), [{ name: 'diary_2031_12', from: '2031-12-01', to: '2032-01-01' }, { name: 'diary_2032_01', from: '2032-01-01', to: '2032-02-01' }])
})

test('partitions are made ahead, once; a month with rows in the rest is left to it', async () => {
  await sql`insert into diary values ('2032-01-10', 1)`.execute(open.db)
  await Promise.all([make(NOW), make(NOW)])
  assert.deepEqual(await names(), ['diary_2031_12 attached', 'diary_2032_02 attached'])
  await sql`insert into diary values ('2031-12-24', 2), ('2032-02-02', 3), ('2040-01-01', 4)`.execute(open.db)
  assert.equal(await count(), 4)
})

test('a month is taken off and put back with its rows', async () => {
  assert.equal(await detachMonth(open.db, 'diary', '2031-12'), true)
  assert.deepEqual([await count(), await names()], [3, ['diary_2031_12 off', 'diary_2032_02 attached']])
  for (const month of ['2031-12', '2031-11', '2031-13', 'x; drop table diary']) assert.equal(await detachMonth(open.db, 'diary', month), false, month)
  assert.equal(await attachMonth(open.db, 'diary', '2031-12'), true)
  assert.equal(await attachMonth(open.db, 'diary', '2031-12'), false)
  assert.deepEqual([await count(), (await names())[0]], [4, 'diary_2031_12 attached'])
})
