/** 意见域 over HTTP on a real database: each opinion in its place of the form, in its order, and kept from whoever may not read it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { services } from '#apps/services.ts'
import type { TaskWire, TimelineWire } from '#kit/wire/task.ts'
import { testServer } from '#test/http.ts'
import type { Client, TestServer } from '#test/http.ts'
import { proofModule, proofTable } from '#test/proof-module.ts'
import { ok, PROOF_CAST, proofPapers } from '#test/proof-papers.ts'
import type { ProofPapers } from '#test/proof-papers.ts'
import { personId } from '#test/world/world.ts'
import { Workflow } from './contract.ts'

const { writer: WRITER, head: HEAD, signer: CHIEF, side: DEPUTY } = PROOF_CAST
let server: TestServer
let papers: ProofPapers
const clients = new Map<string, Promise<Client>>()
async function as(login: string): Promise<Client> {
  const client = clients.get(login) ?? server.as(login)
  clients.set(login, client)
  return client
}
before(async () => {
  server = await testServer({ services: [proofTable, ...services], modules: [proofModule], clock: () => new Date('2026-09-01T02:03:00Z') })
  papers = proofPapers(as)
})
after(() => server.close())

const both = { signers: [DEPUTY, CHIEF].map(personId), side: personId('wangjie') }
const wayOf = async (login: string, caseId: string): Promise<TimelineWire> => ok<TimelineWire>(await (await as(login))('GET', `/api/cases/${caseId}/timeline`))
/** 「会签意见：同意 陆正旸、…」, area by area. */
const areasFor = async (login: string, caseId: string): Promise<string[]> =>
  (await wayOf(login, caseId)).areas.map(({ label, opinions }) => `${label}：${opinions.map(({ text, name }) => `${text} ${name}`).join('、')}`)
async function says(login: string, recordId: string, opinion?: string, more: object = {}): Promise<void> {
  const { id, revision } = (await papers.todo(login, recordId)) ?? assert.fail(`${login} has nothing to do`)
  ok(await (await as(login))('POST', `/api/tasks/${id}/act`, { operation: 'complete', outcome: 'approve', revision, ...(opinion !== undefined && { opinion }), ...more }))
}
const taskOf = async (login: string, recordId: string): Promise<TaskWire> => ok<TaskWire>(await (await as(login))('GET', `/api/tasks/${(await papers.todo(login, recordId))?.id ?? assert.fail('no task')}`))

test('every opinion stands in the area of its step, by the standing of who gave it; a bare signature is agreement', async () => {
  const { id, caseId } = await papers.started(both)
  assert.deepEqual(await areasFor(WRITER, caseId), ['会签意见：', '审核意见：', '领导审批：'], 'in the order of the form, empty ones as well')
  assert.equal((await taskOf(HEAD, id)).area, '审核意见', 'who is to write knows where it will stand')
  await says(HEAD, id, '拟同意')
  await says(DEPUTY, id)
  await says(CHIEF, id, '请加强值守')
  assert.deepEqual(await areasFor(WRITER, caseId), ['会签意见：请加强值守 陆正旸、同意 许景行', '审核意见：拟同意 宋亦然', '领导审批：'], 'the head of the bureau stands first, though he signed last')
})

test('what a step hides is in no answer to whoever has the step, and stands again when she is done', async () => {
  const { id, caseId } = await papers.started(both)
  await says(HEAD, id, '拟同意')
  await says(CHIEF, id, '有保留，详见附件')
  const way = await wayOf(DEPUTY, caseId)
  assert.deepEqual(way.areas.map(({ label }) => label), ['审核意见', '领导审批'])
  const chief = way.entries.find(({ node }) => node === 'joint')?.people.find(({ name }) => name === '陆正旸')
  assert.deepEqual([chief?.opinion, chief?.outcome, chief?.signature], [null, '已办', null])
  assert.doesNotMatch(JSON.stringify(way), /有保留/u)
  const actor = await server.runtime.query(null, async (ctx) => ctx.use(Workflow).opinions(caseId))
  assert.ok(actor.some(({ opinion }) => opinion === '有保留，详见附件'), 'nobody in particular, as when a sheet is kept, reads all')
  await says(DEPUTY, id, '同意')
  assert.deepEqual((await areasFor(DEPUTY, caseId))[0], '会签意见：有保留，详见附件 陆正旸、同意 许景行')
})

test('a round that was sent back stays in its area and says so', async () => {
  const { id, caseId } = await papers.started()
  await says(HEAD, id, '拟同意')
  const { id: task, revision } = (await papers.todo(CHIEF, id)) ?? assert.fail('no task')
  ok(await (await as(CHIEF))('POST', `/api/tasks/${task}/act`, { operation: 'return', revision, target: 'first', opinion: '请补充依据' }))
  await says(HEAD, id, '已补充')
  assert.deepEqual(await areasFor(WRITER, caseId), ['会签意见：退回：请补充依据 陆正旸', '审核意见：拟同意（退回前） 宋亦然、已补充 宋亦然', '领导审批：'])
})

test('a step added to one case speaks in the area of the step it follows', async () => {
  const { id, caseId } = await papers.started()
  const { id: task, revision } = (await papers.todo(HEAD, id)) ?? assert.fail('no task')
  const side = ok<{ post: { postId: string } }>(await (await as(DEPUTY))('GET', '/api/session')).post.postId
  ok(await (await as(HEAD))('POST', `/api/tasks/${task}/act`, { operation: 'add-step', revision, name: '复核', people: [side] }))
  await says(HEAD, id, '请复核')
  await says(DEPUTY, id, '复核无误')
  assert.equal((await areasFor(WRITER, caseId))[1], '审核意见：请复核 宋亦然、复核无误 许景行')
})
