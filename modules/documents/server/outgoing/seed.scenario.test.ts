/** The demonstration's issued and running documents, on a real database. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { actorAs } from '#apps/demonstration.ts'
import { services } from '#apps/services.ts'
import { testServer } from '#test/http.ts'
import type { TestServer } from '#test/http.ts'
import { definition } from '#modules/documents/module.ts'
import { server as documents } from '../index.ts'
import { seedOutgoing } from './seed.ts'

let server: TestServer
before(async () => {
  server = await testServer({ services, modules: [{ definition, server: documents }] })
  await seedOutgoing(server.runtime, (login) => actorAs(server.runtime, login))
})
after(() => server.close())

test('documents stand at every step, and the issued one has the next number of the office', async () => {
  const { rows } = await sql<{ state: string; number: string | null }>`select state, number from documents_outgoing order by state`.execute(server.runtime.db)
  assert.deepEqual(rows.map(({ state }) => state), ['cosigning', 'issued', 'numbering', 'revising', 'signing', 'signing'])
  assert.match(rows.find(({ state }) => state === 'issued')?.number ?? '', /^长府办〔\d{4}〕59号$/)
})

test('the cast finds work in 待办: signing, countersigning, revising, numbering, receiving', async () => {
  for (const login of ['zhoumuyuan', 'luzhengyang', 'gaozhiyuan', 'fanqiuyu', 'guyuncheng', 'hanxuemei', 'wangjie']) {
    const { body } = await (await server.as(login))('GET', '/api/todos?box=todo')
    assert.ok((body['items'] as unknown[]).length > 0, login)
  }
})
