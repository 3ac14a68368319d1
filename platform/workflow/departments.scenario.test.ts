/** 会签 by departments over HTTP on a real database: each unit receives, assigns among its own people, and signs. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { services } from '#apps/services.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { DiagramWire, TaskWire, TimelineWire, TodoWire } from '#kit/wire/task.ts'
import { countersignModule, countersignTable } from '#test/countersign-module.ts'
import { testServer } from '#test/http.ts'
import type { Answer, Client, TestServer } from '#test/http.ts'
import { ok } from '#test/proof-papers.ts'
import { unitId } from '#test/world/units.ts'

const WRITER = 'jiangheping'
/** Of each unit: who receives, a colleague, who speaks for it. */
const MARKET = { clerk: 'zhangyan', colleague: 'yeqingqing', head: 'fanqiuyu' }
const CONSTRUCTION = { clerk: 'lida', colleague: 'wanglei2', head: 'gaozhiyuan' }
const CHIEF = 'luzhengyang'

let server: TestServer
const clients = new Map<string, Promise<Client>>()
async function as(login: string): Promise<Client> {
  const client = clients.get(login) ?? server.as(login)
  clients.set(login, client)
  return client
}
before(async () => {
  server = await testServer({ services: [countersignTable, ...services], modules: [countersignModule], clock: () => new Date('2026-09-01T02:03:00Z') })
})
after(() => server.close())

type Paper = RecordDetailWire & { readonly caseId: string }
async function started(): Promise<Paper> {
  const client = await as(WRITER)
  const { id, version } = ok<RecordDetailWire>(await client('POST', '/api/records/countersign_paper', { values: { subject: '关于防汛的请示', offices: ['market', 'construction'].map(unitId) } }))
  return ok(await client('POST', `/api/records/countersign_paper/${id}/start`, { version }))
}
const todo = async (login: string, { id }: Paper): Promise<TodoWire | undefined> =>
  ok<{ items: TodoWire[] }>(await (await as(login))('GET', '/api/todos?box=todo&limit=100')).items.find((item) => item.recordId === id)
const taskOf = async (login: string, paper: Paper): Promise<TaskWire> => ok(await (await as(login))('GET', `/api/tasks/${(await todo(login, paper))?.id ?? assert.fail(`${login} has nothing to do`)}`))
async function act(login: string, paper: Paper, outcome: string, more: object = {}): Promise<Answer> {
  const item = (await todo(login, paper)) ?? assert.fail(`${login} has nothing to do`)
  return (await as(login))('POST', `/api/tasks/${item.id}/act`, { operation: 'complete', outcome, revision: item.revision, ...more })
}
const postOf = async (login: string): Promise<string> => ok<{ post: { postId: string } }>(await (await as(login))('GET', '/api/session')).post.postId
const stateOf = async ({ id }: Paper): Promise<string> => ok<RecordDetailWire>(await (await as(WRITER))('GET', `/api/records/countersign_paper/${id}`)).state
/** Who has something to do with a paper, by step. */
async function open(paper: Paper): Promise<string[]> {
  const found = await Promise.all([WRITER, ...Object.values(MARKET), ...Object.values(CONSTRUCTION), CHIEF].map(async (login) => [login, await todo(login, paper)] as const))
  return found.flatMap(([login, item]) => (item === undefined ? [] : [`${item.stepName}：${login}`]))
}

test('each unit goes its own way: one assigns inside, the other signs at once; then the case goes on', async () => {
  const paper = await started()
  assert.equal(await stateOf(paper), 'asking')
  assert.deepEqual(await open(paper), ['部门会签·接收：zhangyan', '部门会签·接收：lida'])
  const task = await taskOf(MARKET.clerk, paper)
  assert.deepEqual(task.operations.filter(({ id }) => id === 'complete').map(({ label, people }) => [label, people]), [['直接送签', 'none'], ['分办', 'several']], 'who assigns is asked for people')
  ok(await act(MARKET.clerk, paper, 'assign', { people: [await postOf(MARKET.colleague)] }))
  ok(await act(CONSTRUCTION.clerk, paper, 'direct'))
  assert.deepEqual(await open(paper), ['部门会签·承办：yeqingqing', '部门会签·签署：gaozhiyuan'])
  ok(await act(MARKET.colleague, paper, 'next', { opinion: '建议同意' }))
  ok(await act(CONSTRUCTION.head, paper, 'approve', { opinion: '无异议' }))
  assert.equal(await stateOf(paper), 'asking')
  ok(await act(MARKET.head, paper, 'approve', { opinion: '同意' }))
  assert.deepEqual([await open(paper), await stateOf(paper)], [['签发：luzhengyang'], 'signing'])
  const { areas } = ok<TimelineWire>(await (await as(WRITER))('GET', `/api/cases/${paper.caseId}/timeline`))
  assert.deepEqual(areas[0]?.opinions.map(({ text, name, superseded }) => [text, name, superseded]), [['无异议', '高致原', false], ['同意', '范秋屿', false]], 'the word of each unit counts')
  const { nodes } = ok<DiagramWire>(await (await as(WRITER))('GET', `/api/cases/${paper.caseId}/diagram`))
  assert.deepEqual(nodes.find(({ id }) => id === 'ask.sign')?.people, ['高致原', '范秋屿'])
  ok(await act(CHIEF, paper, 'approve'))
  assert.equal(await stateOf(paper), 'done')
})

test('assigning without naming anybody is refused; 退回 stays in the unit; one that does not agree sends it back to the drafter', async () => {
  const paper = await started()
  const refused = await act(MARKET.clerk, paper, 'assign')
  assert.deepEqual([refused.status, (refused.body['error'] as { code: string }).code], [422, 'workflow.assignee.none'])
  ok(await act(MARKET.clerk, paper, 'direct'))
  ok(await act(CONSTRUCTION.clerk, paper, 'assign', { people: [await postOf(CONSTRUCTION.colleague)] }))
  const { operations } = await taskOf(MARKET.head, paper)
  assert.deepEqual(operations.find(({ id }) => id === 'return')?.targets?.map(({ name, people, cancels }) => [name, people, cancels]), [
    ['部门会签·接收', '张䶮', '仅本分支重办，其他分支不受影响'],
    ['起草', '蒋和坪', '退出“部门会签”，其中的办理一并退回：取消正在办理的部门会签·承办（王磊）；已办的部门会签·接收需重新办理'],
  ])
  ok(await act(MARKET.head, paper, 'approve', { operation: 'return', target: 'ask.receive', opinion: '请先核实' }))
  assert.deepEqual(await open(paper), ['部门会签·接收：zhangyan', '部门会签·承办：wanglei2'])
  ok(await act(CONSTRUCTION.colleague, paper, 'next'))
  ok(await act(CONSTRUCTION.head, paper, 'reject', { opinion: '不宜由本委承担' }))
  assert.deepEqual([await open(paper), await stateOf(paper)], [['修改：jiangheping'], 'draft'])
  ok(await act(WRITER, paper, 'next'))
  assert.deepEqual(await open(paper), ['部门会签·接收：zhangyan', '部门会签·接收：lida'], 'all are asked again')
})
