/** The demonstration's received documents, on a real database. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { actorAs } from '#apps/demonstration.ts'
import { services } from '#apps/services.ts'
import { testServer } from '#test/http.ts'
import type { TestServer } from '#test/http.ts'
import { definition } from '#modules/documents/module.ts'
import { server as documents } from '../index.ts'
import { seedIncoming } from './seed.ts'

let server: TestServer
before(async () => {
  server = await testServer({ services, modules: [{ definition, server: documents }] })
  await seedIncoming(server.runtime, (login) => actorAs(server.runtime, login))
})
after(() => server.close())

test('documents stand at every stage, in several organisations, over several days', async () => {
  const { rows } = await sql<{ state: string; organisation_id: string; day: string; number: string | null }>`
    select state, organisation_id, created_at::date as day, number from documents_incoming`.execute(server.runtime.db)
  const states = new Set(rows.map(({ state }) => state))
  assert.deepEqual([...states].toSorted(), ['circulating', 'done', 'handling', 'instructing', 'received', 'registered', 'returned', 'signed'])
  assert.ok(new Set(rows.map((row) => row.organisation_id)).size >= 6)
  assert.ok(new Set(rows.map(({ day }) => day)).size >= 4)
})

test('every cast member signs in to something to do or to read', async () => {
  for (const [login, box] of [['chenliqun', 'toread'], ['chenliqun', 'todo'], ['gaozhiyuan', 'todo'], ['zhangyan', 'todo'], ['panyueming', 'toread']] as const) {
    const { body } = await (await server.as(login))('GET', `/api/todos?box=${box}`)
    assert.ok((body['items'] as unknown[]).length > 0, `${login} ${box}`)
  }
})
