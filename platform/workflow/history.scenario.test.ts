/** Cases that are over leave the tables of what runs: everything people see of them stays, and they come back when somebody acts on them. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { services } from '#apps/services.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { TodoWire } from '#kit/wire/task.ts'
import { Org } from '#platform/org/contract.ts'
import { countersignModule, countersignTable } from '#test/countersign-module.ts'
import { testServer } from '#test/http.ts'
import type { Answer, Client, TestServer } from '#test/http.ts'
import { ok } from '#test/proof-papers.ts'
import { unitId } from '#test/world/units.ts'
import { personId } from '#test/world/world.ts'
import { Workflow } from './contract.ts'
import { archiveCases } from './server/history/archive.ts'
import { pickAmong } from './server/pick.ts'
import { whoOfPost } from './server/people.ts'

const [WRITER, CLERK, HEAD, CHIEF, READER, MANAGER] = ['jiangheping', 'zhangyan', 'fanqiuyu', 'luzhengyang', 'songyiran', 'panyueming']
let now = new Date('2026-09-01T02:03:00Z')
let server: TestServer
before(async () => { server = await testServer({ services: [countersignTable, ...services], modules: [countersignModule], clock: () => now }) })
after(() => server.close())

/** Signed in anew each time: the clock of these tests passes over the ends of sessions. */
const as = (login: string): Promise<Client> => server.as(login)
type Paper = RecordDetailWire & { readonly caseId: string }
async function started(): Promise<Paper> {
  const client = await as(WRITER)
  const { id, version } = ok<RecordDetailWire>(await client('POST', '/api/records/countersign_paper', { values: { subject: '关于防汛的请示', offices: [unitId('market')] } }))
  return ok(await client('POST', `/api/records/countersign_paper/${id}/start`, { version }))
}
async function act(login: string, { id }: Paper, outcome: string, more: object = {}): Promise<Answer> {
  const client = await as(login)
  const item = ok<{ items: TodoWire[] }>(await client('GET', '/api/todos?box=todo&limit=100')).items.find((one) => one.recordId === id) ?? assert.fail(`${login} has nothing to do`)
  return client('POST', `/api/tasks/${item.id}/act`, { operation: 'complete', outcome, revision: item.revision, ...more })
}
const postOf = async (login: string): Promise<string> => ok<{ post: { postId: string } }>(await (await as(login))('GET', '/api/session')).post.postId

async function finished(): Promise<Paper> {
  const paper = await started()
  ok(await act(CLERK, paper, 'direct'))
  ok(await act(HEAD, paper, 'approve', { opinion: '无异议' }))
  ok(await act(CHIEF, paper, 'approve', { operation: 'copy', people: [await postOf(READER)], opinion: '请知悉' }))
  ok(await act(CHIEF, paper, 'approve', { opinion: '同意印发' }))
  return paper
}

const count = async (table: string, caseId: string): Promise<number> =>
  (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)} where case_id = ${caseId}`.execute(server.runtime.db)).rows[0]?.n ?? 0
const runtimeRows = async (caseId: string): Promise<number> => (await Promise.all(['workflow_task', 'workflow_actor', 'workflow_live'].map((table) => count(table, caseId)))).reduce((sum, n) => sum + n, 0)

const version = async (): Promise<string> => (await sql<{ ir: string }>`select ir from workflow_case limit 1`.execute(server.runtime.db)).rows[0]?.ir ?? assert.fail('no case')

/** All that people are told of a case. */
async function seen({ id, caseId }: Paper): Promise<unknown> {
  const [writer, chief, manager] = [await as(WRITER), await as(CHIEF), await as(MANAGER)]
  const get = async (client: Client, url: string) => ok(await client('GET', url))
  const box = async (client: Client, name: string) => ok<{ items: TodoWire[] }>(await client('GET', `/api/todos?box=${name}&limit=100`)).items.filter((item) => item.recordId === id)
  return {
    timeline: await get(writer, `/api/cases/${caseId}/timeline`), diagram: await get(writer, `/api/cases/${caseId}/diagram`), record: await get(writer, `/api/records/countersign_paper/${id}`),
    mine: await box(writer, 'mine'), done: await box(chief, 'done'), part: await get(chief, `/api/tasks/${(await box(chief, 'done'))[0]?.id ?? assert.fail('nothing done')}`),
    reopen: await get(manager, `/api/cases/${caseId}/reopen-targets`), statistics: await get(manager, '/api/flow-statistics?from=2026-08-01&to=2026-09-30'),
    replay: ok<{ items: unknown[] }>(await manager('GET', `/api/flow-replays/countersign_paper?version=${await version()}`)).items,
    opinions: await server.runtime.query(null, (ctx) => ctx.use(Workflow).opinions(caseId, { allRounds: true })), readings: await server.runtime.query(null, (ctx) => ctx.use(Workflow).readings([caseId])),
  }
}

test('a case that has been over for a week is one row of the history, and everybody sees of it what they saw', async () => {
  const [paper, running] = [await finished(), await started()]
  assert.equal(await archiveCases(server.runtime), 0, 'just over')
  now = new Date('2026-09-09T02:03:00Z')
  const before = await seen(paper)
  assert.equal(await archiveCases(server.runtime), 1)
  assert.deepEqual([await runtimeRows(paper.caseId), await count('workflow_history', paper.caseId)], [0, 1])
  assert.ok((await runtimeRows(running.caseId)) > 0)
  assert.deepEqual(await seen(paper), before)
  assert.equal(await archiveCases(server.runtime), 0, 'it stays where it is')
})

test('a copy of an archived case is read, and the case goes on where it is woken; then it leaves again', async () => {
  const paper = await finished()
  now = new Date(now.getTime() + 8 * 86_400_000)
  assert.ok((await archiveCases(server.runtime)) > 0)
  const reader = await as(READER)
  const [reading] = ok<{ items: TodoWire[] }>(await reader('GET', '/api/todos?box=toread&limit=100')).items.filter((item) => item.recordId === paper.id)
  ok(await reader('POST', `/api/readings/${reading?.id ?? assert.fail('no copy')}/read`, {}))
  assert.deepEqual([(await runtimeRows(paper.caseId)) > 0, await count('workflow_history', paper.caseId)], [true, 0])
  assert.equal(await archiveCases(server.runtime), 1)
  ok(await (await as(MANAGER))('POST', `/api/cases/${paper.caseId}/act`, { operation: 'reopen', target: 'sign', opinion: '文字有误' }))
  ok(await act(CHIEF, paper, 'approve', { opinion: '已改正' }))
  assert.equal(await archiveCases(server.runtime), 0, 'it is over anew')
  const { entries } = ok<{ entries: { step: string; people: { opinion: string | null }[] }[] }>(await (await as(WRITER))('GET', `/api/cases/${paper.caseId}/timeline`))
  assert.deepEqual(entries.filter(({ step }) => step === '签发').map(({ people }) => people[0]?.opinion), ['同意印发', '已改正'])
})

test('rotation still knows who had the step last, and what started cases is forgotten in the end', async () => {
  await sql`delete from workflow_task where data->>'node' = 'sign'`.execute(server.runtime.db)
  const posts = await server.runtime.query(null, (ctx) => ctx.use(Org).mainPosts([CHIEF, READER].map(personId)))
  const of = [CHIEF, READER].map((login) => ({ who: whoOfPost(posts.get(personId(login)) ?? assert.fail(login)), evidence: '' }))
  const record = { id: 'r', entity: 'countersign_paper' } as Parameters<typeof pickAmong>[1]
  const [next] = await server.runtime.query(null, (ctx) => pickAmong(ctx, record, 'sign', { kind: 'among', how: 'rotating', n: 1, of }))
  assert.equal(next?.who.person, personId(READER), 'the other one had it in an archived case')
  await sql`insert into workflow_started (entity, node, occurrence, at) values ('countersign_paper', 't', 'old', ${new Date(now.getTime() - 401 * 86_400_000)}), ('countersign_paper', 't', 'new', ${now})`.execute(server.runtime.db)
  await archiveCases(server.runtime)
  assert.deepEqual((await sql`select occurrence from workflow_started`.execute(server.runtime.db)).rows, [{ occurrence: 'new' }])
})

test('whoever acts just while a case is moved waits for it and finds it whole', async () => {
  const paper = await finished()
  now = new Date(now.getTime() + 8 * 86_400_000)
  const manager = await as(MANAGER)
  const [, answer] = await Promise.all([archiveCases(server.runtime), manager('POST', `/api/cases/${paper.caseId}/act`, { operation: 'reopen', target: 'sign', opinion: '文字有误' })])
  ok(answer)
  ok(await act(CHIEF, paper, 'approve'))
  assert.equal(await count('workflow_history', paper.caseId), 0)
})
