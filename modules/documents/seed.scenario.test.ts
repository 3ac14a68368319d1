/** The demonstration's documents, on a real database: a lively office for each of the cast. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { actorAs } from '#apps/demonstration.ts'
import { services } from '#apps/services.ts'
import { testServer } from '#test/http.ts'
import type { TestServer } from '#test/http.ts'
import { definition } from './module.ts'
import { seed } from './seed.ts'
import { doStep } from './server/incoming/seed-stage.ts'
import { server as documents } from './server/index.ts'

interface Outgoing {
  id: string
  state: string
  number: string | null
  title: string
  files: number
  case_id: string | null
}

let server: TestServer
let issued: Outgoing[]
before(async () => {
  server = await testServer({ services, modules: [{ definition, server: documents }] })
  await seed(server.runtime, (login) => actorAs(server.runtime, login))
  const { rows } = await sql<Outgoing>`select id, state, number, title, case_id, coalesce(cardinality(attachments), 0) as files from documents_outgoing order by number`.execute(server.runtime.db)
  issued = rows
})
after(() => server.close())

test('发文 stand at every step; those sent out have the next numbers of their organisations', () => {
  assert.deepEqual([...new Set(issued.map(({ state }) => state))].toSorted(), ['archived', 'cosigning', 'draft', 'issued', 'numbering', 'proofing', 'revising', 'signing'])
  const numbers = issued.filter(({ state }) => state === 'issued' || state === 'archived').map(({ number }) => number?.replace(/〔\d{4}〕/u, ' '))
  assert.deepEqual(numbers.toSorted(), ['长应急 31号', '长府办 58号', '长府办 59号', '长建管函 77号'])
  assert.ok(issued.filter(({ state, files }) => (state === 'issued' || state === 'archived') && files > 0).length === 4, 'with attachments')
})

test('every received document opens at its sender, with its sheet and who changed what', async () => {
  const { rows } = await sql<{ outgoing_id: string }>`select distinct outgoing_id from documents_dispatch`.execute(server.runtime.db)
  assert.deepEqual(rows.filter(({ outgoing_id: id }) => !issued.some((one) => one.id === id && one.case_id !== null)), [])
  const notice = issued.find(({ number }) => number?.endsWith('58号')) ?? assert.fail('no notice')
  const client = await server.as('linxiaowen')
  const { body } = await client('GET', `/api/records/documents_outgoing/${notice.id}`)
  assert.equal(body['state'], 'issued')
  const compared = JSON.stringify((await client('GET', `/api/documents/compare?id=${notice.id}`)).body)
  assert.ok(compared.includes('各类') && compared.includes('顾云程'), '花脸稿')
  const { items } = (await client('GET', `/api/documents/deliveries?outgoingId=${notice.id}`)).body as { items: { state: string }[] }
  assert.deepEqual([...new Set(items.map(({ state }) => state))].toSorted(), ['delivered', 'returned', 'signed'])
})

test('收文 stand at every stage, in several organisations, over several days', async () => {
  const { rows } = await sql<{ state: string; organisation_id: string; day: string }>`select state, organisation_id, created_at::date as day from documents_incoming`.execute(server.runtime.db)
  assert.deepEqual([...new Set(rows.map(({ state }) => state))].toSorted(), ['circulating', 'done', 'handling', 'instructing', 'received', 'registered', 'returned', 'signed'])
  assert.ok(new Set(rows.map((row) => row.organisation_id)).size >= 6)
  assert.ok(new Set(rows.map(({ day }) => day)).size >= 4)
})

test('each of the cast signs in to something to do, to read, or of their own', async () => {
  const todo = [
    'chenliqun', 'zhoumuyuan', 'guyuncheng', 'hanxuemei', 'linxiaowen', 'luzhengyang', 'gaozhiyuan', 'fanqiuyu', 'zhangyan', 'dengyichuan', 'qianboyan', 'lvmingche', 'wangjie',
  ]
  const idle: string[] = []
  for (const login of todo) {
    const { body } = await (await server.as(login))('GET', '/api/todos?box=todo')
    if ((body['items'] as unknown[]).length === 0) idle.push(login)
  }
  for (const login of ['chenliqun', 'panyueming']) {
    const { body } = await (await server.as(login))('GET', '/api/todos?box=toread')
    if ((body['items'] as unknown[]).length === 0) idle.push(`${login} to read`)
  }
  for (const login of ['linxiaowen', 'jiangheping', 'wanglei3', 'yeqingqing', 'shisongbai', 'tianji']) {
    const { body } = await (await server.as(login))('GET', '/api/records/documents_outgoing')
    if ((body['items'] as unknown[]).length === 0) idle.push(`${login} drafted`)
  }
  assert.deepEqual(idle, [])
})

test('a step nobody holds ends the seed with its name instead of being left out', async () => {
  const [draft] = issued.filter(({ case_id: caseId, state }) => caseId !== null && state === 'signing')
  await assert.rejects(doStep(server.runtime, await actorAs(server.runtime, 'tianji'), draft?.id ?? '', { entity: 'documents_outgoing', outcome: 'approve' }), /no task for 田𠮷/)
})
