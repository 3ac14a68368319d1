import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { testDatabase } from '#test/database.ts'
import { testLog } from '#test/runtime.ts'
import { openDatabase } from './database.ts'
import type { Database } from './database.ts'
import { inTransaction } from './transaction.ts'

let database: Awaited<ReturnType<typeof testDatabase>>
let open: ReturnType<typeof openDatabase>

before(async () => {
  database = await testDatabase()
  open = openDatabase(database.url, testLog, 1)
  await sql`create table note (id integer primary key, text text)`.execute(open.db)
})
after(async () => {
  await open.close()
  await database.drop()
})

const note = async (db: Database, id: number): Promise<unknown> => (await sql`select * from note where id = ${id}`.execute(db)).rows[0]

async function prepared(): Promise<string[]> {
  const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements where statement like '%note%' order by prepare_time`.execute(open.db)
  return rows.map(({ statement }) => statement)
}

test('statements of commands are prepared once, those outside transactions never', async () => {
  await note(open.db, 1)
  assert.deepEqual(await prepared(), [])
  for (const id of [1, 2, 3]) await inTransaction(open.db, (tx) => note(tx, id))
  assert.deepEqual(await prepared(), ['select * from note where id = $1'])
  await note(open.db, 1)
  assert.equal((await prepared()).length, 1)
})

test('after a roll-back the connection plans anew what comes outside transactions', async () => {
  await assert.rejects(inTransaction(open.db, async (tx) => {
    await sql`insert into note values (${7}, ${'seven'})`.execute(tx)
    throw new Error('taken back')
  }), /taken back/)
  const before = await prepared()
  assert.equal(await note(open.db, 7), undefined)
  assert.deepEqual(await prepared(), before)
})

test('a command whose table has been changed under its statement is carried out all the same', async () => {
  await inTransaction(open.db, (tx) => note(tx, 1))
  await sql`alter table note add column more text default ${sql.lit('new')}`.execute(open.db)
  await inTransaction(open.db, (tx) => sql`insert into note (id, text) values (${1}, ${'one'})`.execute(tx))
  assert.deepEqual(await inTransaction(open.db, (tx) => note(tx, 1)), { id: 1, text: 'one', more: 'new' })
})
