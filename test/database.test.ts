import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client } from 'pg'
import { testDatabase } from './database.ts'

test('every caller gets a migrated database of its own', async () => {
  const [one, two] = await Promise.all([testDatabase(), testDatabase()])
  assert.notEqual(one.url, two.url)
  const client = new Client({ connectionString: one.url })
  await client.connect()
  const { rows } = await client.query<{ name: string | null }>("select to_regclass('schema_migration')::text as name")
  assert.deepEqual(rows, [{ name: 'schema_migration' }])
  await client.end()
  await Promise.all([one.drop(), two.drop()])
  const gone = new Client({ connectionString: one.url })
  await assert.rejects(gone.connect(), /does not exist/)
})
