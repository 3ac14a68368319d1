/** Cases from the draft to the end, over HTTP on a real database. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import Excel from 'exceljs'
import { sql } from 'kysely'
import { services } from '#apps/services.ts'
import type { RecordDetailWire, RecordListWire, RevisionWire } from '#kit/wire/record.ts'
import type { BatchWire, DiagramWire, NextStepWire, OperationWire, PreviewWire, TaskWire, TimelineWire, TodoWire } from '#kit/wire/task.ts'
import { Identity } from '#platform/identity/contract.ts'
import { fireTimers } from '#platform/workflow/server/timers.ts'
import { PASSWORD, testServer } from '#test/http.ts'
import type { Answer, Client, TestServer } from '#test/http.ts'
import { granted, proofModule, proofTable } from '#test/proof-module.ts'
import { personId } from '#test/world/world.ts'

let server: TestServer
/** Only goes forward, test by test; a Tuesday, 10:03 in Shanghai. */
let now = new Date('2026-09-01T02:03:00Z')
before(async () => { server = await testServer({ services: [proofTable, ...services], modules: [proofModule], clock: () => now }) })
after(() => server.close())

const [WRITER, HEAD, SIGNER, OTHER, SIDE, FIRST, SECOND] = ['linxiaowen', 'hexiangdong', 'zhugening', 'guyuncheng', 'hanxuemei', 'wanglei', 'zhoumuyuan']
const MANAGER = 'panyueming'

function ok<T = Answer['body']>({ status, body }: Answer): T {
  assert.equal(status, 200, JSON.stringify(body))
  return body as T
}
const errorOf = ({ body }: Answer) => (body['error'] as { code: string; message: string } | undefined) ?? { code: 'done', message: '' }

const cookies = new Map<string, Promise<string>>()
let places = 0
/** One sign-in an hour for each person, from a place of her own: many are slowed down. */
function cookieOf(login: string): Promise<string> {
  const key = `${login} ${now.toISOString().slice(0, 13)}`
  const made = cookies.get(key) ?? server.ask('POST', '/api/session', { body: { login, password: PASSWORD }, from: `10.3.0.${(places += 1)}` }).then(({ cookie }) => cookie ?? assert.fail(login))
  cookies.set(key, made)
  return made
}
async function as(login: string): Promise<Client> {
  const cookie = await cookieOf(login)
  return (method, url, body) => server.ask(method, url, { cookie, body })
}
const postOf = async (login: string): Promise<string> => (ok(await (await as(login))('GET', '/api/session'))['post'] as { postId: string }).postId

const values = (more: object = {}) => ({
  subject: '关于防汛的请示', remark: '仅供经办', head: personId(HEAD), signers: [SIGNER, OTHER].map(personId), side: personId(SIDE), chain: [FIRST, SECOND].map(personId), until: '2026-12-01', ...more,
})
async function draft(more: object = {}): Promise<RecordDetailWire> {
  return ok<RecordDetailWire>(await (await as(WRITER))('POST', '/api/records/proof_paper', { values: values(more) }))
}
async function started(more: object = {}): Promise<RecordDetailWire & { caseId: string }> {
  const { id, version } = await draft(more)
  return ok(await (await as(WRITER))('POST', `/api/records/proof_paper/${id}/start`, { version }))
}
const read = async (login: string, id: string): Promise<RecordDetailWire> => ok<RecordDetailWire>(await (await as(login))('GET', `/api/records/proof_paper/${id}`))
const taskOf = async (login: string, id: string): Promise<TaskWire> => ok<TaskWire>(await (await as(login))('GET', `/api/tasks/${(await read(login, id)).taskIds[0] ?? assert.fail(`${login} has no task`)}`))

async function act(login: string, id: string, more: object = {}): Promise<Answer> {
  const { id: task, revision, operations } = await taskOf(login, id)
  const outcome = operations.find((one) => one.id === 'complete')?.outcome
  return (await as(login))('POST', `/api/tasks/${task}/act`, { operation: 'complete', revision, ...(!('operation' in more) && outcome !== undefined && { outcome }), ...more })
}
const acts = async (login: string, id: string, more: object = {}): Promise<Answer['body']> => ok(await act(login, id, more))
async function passes(id: string, ...logins: string[]): Promise<void> {
  for (const login of logins) await acts(login, id)
}
const onCase = async (login: string, caseId: string, body: object): Promise<Answer> => (await as(login))('POST', `/api/cases/${caseId}/act`, body)

/** The line of a record in a box, or undefined. */
async function line(login: string, box: TodoWire['box'], id: string): Promise<TodoWire | undefined> {
  const { items } = ok<{ items: TodoWire[] }>(await (await as(login))('GET', `/api/todos?box=${box}&limit=100`))
  return items.find(({ recordId }) => recordId === id)
}
const has = async (login: string, box: TodoWire['box'], id: string): Promise<boolean> => (await line(login, box, id)) !== undefined
/** Who has the record in 待办. */
async function waiting(id: string): Promise<string[]> {
  const people = [WRITER, HEAD, SIGNER, OTHER, SIDE, FIRST, SECOND]
  const found = await Promise.all(people.map((login) => has(login, 'todo', id)))
  return people.filter((_, index) => found[index])
}
async function goTo(time: string): Promise<void> {
  now = new Date(time)
  await fireTimers(server.runtime)
}

test('a case from the draft to the end, with every box right at each step', async () => {
  const made = await draft()
  assert.equal(await has(WRITER, 'mine', made.id), false)
  const foreseen = ok<{ steps: NextStepWire[] }>(await (await as(WRITER))('GET', `/api/flows/proof_paper/preview?values=${encodeURIComponent(JSON.stringify(values()))}`))
  assert.deepEqual(foreseen.steps.map(({ name }) => name), ['审核', '会签', '协办', '逐级审批', '等待', '确认'])
  assert.equal((await (await as(HEAD))('GET', `/api/records/proof_paper/${made.id}`)).status, 404)
  const stale = await (await as(WRITER))('PATCH', `/api/records/proof_paper/${made.id}`, { values: { subject: '旧' }, version: made.version + 1 })
  assert.deepEqual([stale.status, errorOf(stale).code], [409, 'records.stale'])
  const { id, caseId } = await (async () => ok<RecordDetailWire & { caseId: string }>(await (await as(WRITER))('POST', `/api/records/proof_paper/${made.id}/start`, { version: made.version })))()
  assert.deepEqual(await waiting(id), [HEAD])
  assert.equal((await line(WRITER, 'mine', id))?.where, '审核：何向东')
  const task = await taskOf(HEAD, id)
  assert.deepEqual(task.writes, ['advice'])
  assert.equal((await (await as(HEAD))('PATCH', `/api/records/proof_paper/${id}`, { values: { subject: '改' }, version: (await read(HEAD, id)).version })).status, 422)
  ok(await (await as(HEAD))('PATCH', `/api/records/proof_paper/${id}`, { values: { advice: '拟同意' }, version: (await read(HEAD, id)).version }))
  await acts(HEAD, id, { outcome: 'approve', opinion: '同意报会签' })
  assert.deepEqual([await has(HEAD, 'todo', id), await has(HEAD, 'done', id)], [false, true])
  assert.deepEqual(await waiting(id), [SIGNER, OTHER, SIDE])
  await passes(id, SIGNER, SIDE)
  assert.deepEqual(await waiting(id), [OTHER])
  await passes(id, OTHER)
  assert.deepEqual(await waiting(id), [FIRST])
  await passes(id, FIRST)
  assert.deepEqual(await waiting(id), [SECOND])
  await passes(id, SECOND)
  assert.deepEqual([await waiting(id), (await read(WRITER, id)).state, granted.includes(id)], [[], 'waiting', false])
  const { nodes, edges } = ok<DiagramWire>(await (await as(WRITER))('GET', `/api/cases/${caseId}/diagram`))
  assert.deepEqual(nodes.filter(({ state }) => state === 'now').map(({ name }) => name), ['等待'])
  assert.ok(edges.some(({ from, to, taken }) => from === 'split' && to === 'joint' && taken))
  await goTo('2026-12-02T02:03:00Z')
  assert.deepEqual([await waiting(id), granted.includes(id)], [[WRITER], true])
  await passes(id, WRITER)
  assert.deepEqual([(await read(WRITER, id)).state, (await line(WRITER, 'mine', id))?.where], ['done', '已办结'])
  const { entries } = ok<TimelineWire>(await (await as(WRITER))('GET', `/api/cases/${caseId}/timeline`))
  assert.deepEqual(entries.map(({ step }) => step).filter((step) => step === '会签' || step === '办结'), ['会签', '办结'])
  const { items } = ok<{ items: RevisionWire[] }>(await (await as(WRITER))('GET', `/api/records/proof_paper/${id}/revisions`))
  assert.deepEqual(items[0]?.changes.map(({ label, after: value }) => [label, value]), [['拟办意见', '拟同意']])
})

test('the fields of a step are written with the act or not at all', async () => {
  const { id } = await started()
  const { version } = await read(HEAD, id)
  const form = { values: { advice: '拟同意，请会签' }, version }
  assert.equal(errorOf(await act(HEAD, id, { form: { ...form, version: version - 1 } })).code, 'records.stale')
  assert.equal((await act(HEAD, id, { form: { ...form, values: { subject: '改' } } })).status, 422)
  assert.equal((await act(HEAD, id, { form, outcome: 'nonsense' })).status, 422)
  assert.deepEqual([await waiting(id), (await read(HEAD, id)).values['advice'] ?? null], [[HEAD], null])
  const task = await taskOf(HEAD, id)
  await acts(HEAD, id, { form })
  assert.deepEqual([(await read(HEAD, id)).values['advice'], await waiting(id)], ['拟同意，请会签', [SIGNER, OTHER, SIDE]])
  const late = errorOf(await (await as(HEAD))('POST', `/api/tasks/${task.id}/act`, { operation: 'complete', outcome: 'approve', revision: task.revision, form }))
  assert.deepEqual([late.code, late.message], ['workflow.task.done', '已由 何向东 于 10:03 办理，无需重复办理'])
})

test('hidden fields are hidden in record, list, export, revisions and search while the step is held', async () => {
  const { id } = await started({ subject: '隐藏试验', remark: '机密内容甲' })
  await passes(id, HEAD)
  const signer = await as(SIGNER)
  assert.equal('remark' in (await read(SIGNER, id)).values, false)
  assert.equal((await read(SIDE, id)).values['remark'], '机密内容甲')
  const { items } = ok<RecordListWire>(await signer('GET', '/api/records/proof_paper'))
  assert.deepEqual(items.filter((one) => one.id === id).map((one) => 'remark' in one.values), [false])
  const answer = await server.app.inject({ method: 'GET', url: '/api/records/proof_paper/export?columns=subject,remark', headers: { cookie: await cookieOf(SIGNER) } })
  const book = new Excel.Workbook()
  await book.xlsx.load(answer.rawPayload as unknown as Parameters<typeof book.xlsx.load>[0])
  const lines = (book.worksheets[0]?.getSheetValues() ?? []).map((row) => String(row))
  assert.ok(lines.some((one) => one.includes('隐藏试验')) && !lines.some((one) => one.includes('机密内容甲')))
  assert.equal(JSON.stringify((await signer('GET', `/api/records/proof_paper/${id}/revisions`)).body).includes('机密内容甲'), false)
  const probed = async (client: Client, op: string, value?: unknown): Promise<boolean> => {
    const filter = encodeURIComponent(JSON.stringify({ kind: 'or', any: [{ kind: 'field', field: 'remark', op, value }] }))
    const found = ok<RecordListWire>(await client('GET', `/api/records/proof_paper?filter=${filter}&limit=200`)).items
    const { count } = ok<{ count: number }>(await client('GET', `/api/records/proof_paper/count?filter=${filter}`))
    assert.equal(count, found.length, 'list and count agree')
    return found.some((one) => one.id === id)
  }
  for (const [op, value] of [['contains', '机密'], ['=', '机密内容甲'], ['empty'], ['filled'], ['in', ['机密内容甲']]] as const) assert.equal(await probed(signer, op, value), false, op)
  assert.equal(await probed(await as(SIDE), 'contains', '机密'), true)
  for (const sort of ['remark', '-remark']) {
    const { items: sorted } = ok<RecordListWire>(await signer('GET', `/api/records/proof_paper?sort=${sort}&limit=200`))
    const valued = sorted.findLastIndex((one) => typeof one.values['remark'] === 'string')
    assert.ok(sorted.findIndex((one) => one.id === id) > valued, `${sort}: hidden counts as without a value, which comes last`)
  }
  assert.equal(JSON.stringify((await signer('GET', `/api/search?query=${encodeURIComponent('机密内容甲')}`)).body).includes(id), false)
})

test('退回 to the previous step and to the initiator, out of and inside a parallel branch, done again or straight back', async () => {
  const { id } = await started()
  await acts(HEAD, id, { operation: 'return', target: 'initiator', opinion: '请补充' })
  assert.deepEqual([await waiting(id), (await read(WRITER, id)).state], [[WRITER], 'draft'])
  assert.ok((await read(WRITER, id)).fields['subject'])
  await passes(id, WRITER, HEAD, SIGNER)
  await acts(SIDE, id, { operation: 'return', target: 'first', afterwards: 'jump-back', opinion: '请核对' })
  assert.deepEqual(await waiting(id), [HEAD, OTHER], 'the other branch goes on')
  await passes(id, HEAD)
  assert.deepEqual(await waiting(id), [OTHER, SIDE])
  await acts(OTHER, id, { operation: 'return', target: 'first', afterwards: 'rerun', opinion: '重来' })
  assert.deepEqual(await waiting(id), [HEAD])
  await passes(id, HEAD, SIGNER, OTHER, SIDE, FIRST)
  await acts(SECOND, id, { operation: 'return', target: 'side', afterwards: 'rerun', opinion: '协办重做' })
  assert.deepEqual(await waiting(id), [SIDE], '会签 keeps its result')
  await passes(id, SIDE)
  assert.deepEqual(await waiting(id), [FIRST])
})

test('退回 out of a 会签 and straight back leaves the other signer alone, and says beforehand what each way means', async () => {
  const { id } = await started()
  await passes(id, HEAD)
  const [target] = (await taskOf(SIGNER, id)).operations.find((one) => one.id === 'return')?.targets ?? []
  assert.deepEqual([target?.name, target?.cancels], ['审核', '整个并行环节一并退回：取消正在办理的协办（韩雪湄）；本环节顾云程的待办取消'])
  assert.equal(target?.back, '对方办完后直接回到您处，已有的办理结果保留，其他人照常办理')
  await acts(SIGNER, id, { operation: 'return', target: 'first', afterwards: 'jump-back', opinion: '请补充附件' })
  assert.deepEqual(await waiting(id), [HEAD, OTHER, SIDE])
  assert.deepEqual([await has(SIGNER, 'done', id), (await line(WRITER, 'mine', id))?.where], [true, '会签：顾云程；协办：韩雪湄；审核：何向东'])
  await passes(id, OTHER, HEAD)
  assert.deepEqual(await waiting(id), [SIGNER, SIDE])
  await passes(id, SIGNER, SIDE)
  assert.deepEqual(await waiting(id), [FIRST])
})

test('the picture and the preview say who has it, who is expected and why, and which ways back were taken', async () => {
  const writer = await as(WRITER)
  const before = ok<DiagramWire>(await writer('GET', `/api/flows/proof_paper/diagram?values=${encodeURIComponent(JSON.stringify(values()))}`))
  assert.deepEqual([new Set(before.nodes.map(({ state }) => state)), before.nodes.find(({ name }) => name === '会签')?.people], [new Set(['next']), ['诸葛凝', '顾云程']])
  const { id, caseId } = await started()
  await passes(id, HEAD)
  await acts(SIGNER, id, { operation: 'return', target: 'first', afterwards: 'jump-back', opinion: '请核对' })
  const { nodes, returns } = ok<DiagramWire>(await writer('GET', `/api/cases/${caseId}/diagram`))
  const of = (name: string) => nodes.find((node) => node.name === name)
  assert.deepEqual(returns, [{ from: 'joint', to: 'first', times: 1 }])
  assert.deepEqual([of('审核')?.state, of('审核')?.people, of('会签')?.people, of('逐级审批')?.people], ['now', ['何向东'], ['顾云程'], ['王磊', '周牧原']])
  assert.equal(typeof of('审核')?.due, 'string')
  const { steps, after } = ok<PreviewWire>(await writer('GET', `/api/cases/${caseId}/preview`))
  assert.deepEqual(steps.find(({ node }) => node === 'turn')?.why, '表单中指定')
  const first = after.find(({ node }) => node === 'first')
  assert.deepEqual(first?.next.map(({ name, people }) => [name, people]), [['会签', ['诸葛凝', '顾云程']]])
  assert.deepEqual(after.find(({ node }) => node === 'side')?.waitsFor.includes('会签'), true)
  const { entries } = ok<TimelineWire>(await writer('GET', `/api/cases/${caseId}/timeline`))
  assert.ok(entries.filter(({ state }) => state === 'now').every(({ people }) => people.every(({ why }) => why !== '')))
  assert.equal((await (await as(MANAGER))('GET', `/api/cases/${caseId}/diagram`)).status, 404, 'who may not see the record sees no picture')
})

test('撤回 until somebody acted, of a step and of a vote', async () => {
  const { id, caseId } = await started()
  await passes(id, HEAD)
  ok(await onCase(HEAD, caseId, { operation: 'withdraw' }))
  assert.deepEqual(await waiting(id), [HEAD])
  await passes(id, HEAD, SIGNER)
  assert.equal(errorOf(await onCase(HEAD, caseId, { operation: 'withdraw' })).code, 'workflow.withdraw.acted')
  ok(await onCase(SIGNER, caseId, { operation: 'withdraw' }))
  assert.deepEqual(await waiting(id), [SIGNER, OTHER, SIDE])
})

test('转办, 加签, 减签, 传阅 with 已阅, 催办, counts and titles that follow', async () => {
  const { id, caseId } = await started()
  await acts(HEAD, id, { operation: 'hand-over', people: [await postOf(FIRST)] })
  assert.deepEqual([await waiting(id), await has(HEAD, 'todo', id)], [[FIRST], false])
  await acts(FIRST, id, { operation: 'add-before', people: [await postOf(SECOND)] })
  assert.deepEqual(await waiting(id), [SECOND])
  await passes(id, SECOND)
  await acts(FIRST, id, { operation: 'add-beside', people: [await postOf(SIDE)] })
  const offered: OperationWire[] = (await taskOf(FIRST, id)).operations
  assert.ok(offered.some((one) => one.id === 'remove-signer'))
  await acts(FIRST, id, { operation: 'remove-signer', people: [await postOf(SIDE)] })
  assert.equal(await has(SIDE, 'todo', id), false)
  await acts(FIRST, id, { operation: 'copy', people: [await postOf(OTHER)], opinion: '请阅' })
  const reading = (await line(OTHER, 'toread', id)) ?? assert.fail('no reading')
  assert.equal((ok(await (await as(OTHER))('GET', '/api/counts'))['toread'] as number) > 0, true)
  ok(await onCase(WRITER, caseId, { operation: 'urge', opinion: '请尽快' }))
  const notices = ok<{ items: { text: string | null }[] }>(await (await as(FIRST))('GET', '/api/notices'))
  assert.ok(notices.items.some(({ text }) => text === '请尽快'))
  ok(await (await as(OTHER))('POST', `/api/readings/${reading.id}/read`, { opinion: '已阅' }))
  assert.deepEqual([await has(OTHER, 'toread', id), await has(OTHER, 'read', id)], [false, true])
  await acts(FIRST, id, { operation: 'return', target: 'initiator', opinion: '改题目' })
  const { version } = await read(WRITER, id)
  const changed = await (await as(WRITER))('PATCH', `/api/records/proof_paper/${id}`, { values: { subject: '新题目', urgency: 'urgent' }, version })
  ok(changed)
  assert.deepEqual([(await line(OTHER, 'read', id))?.title, (await line(WRITER, 'mine', id))?.urgency], ['新题目', 'urgent'])
})

test('顺序传阅 goes from one to the next, 参阅 asks for an opinion, 转阅 passes a copy on', async () => {
  const { id } = await started()
  await acts(HEAD, id, { operation: 'circulate', people: [await postOf(FIRST), await postOf(SECOND)] })
  assert.deepEqual([await has(FIRST, 'toread', id), await has(SECOND, 'toread', id)], [true, false])
  assert.equal((await (await as(SECOND))('GET', `/api/records/proof_paper/${id}`)).status, 404, 'not seen before her turn')
  const reads = async (login: string, body: object = {}): Promise<Answer> => (await as(login))('POST', `/api/readings/${(await line(login, 'toread', id))?.id ?? ''}/read`, body)
  ok(await reads(FIRST))
  assert.deepEqual([await has(FIRST, 'read', id), await has(SECOND, 'toread', id)], [true, true])
  ok(await (await as(SECOND))('POST', `/api/readings/${(await line(SECOND, 'toread', id))?.id ?? ''}/pass-on`, { people: [await postOf(OTHER)] }))
  assert.equal((await line(OTHER, 'toread', id))?.from.includes('周牧原'), true)
  ok(await reads(SECOND))
  await acts(HEAD, id, { operation: 'refer', people: [await postOf(SIDE)], opinion: '请提意见' })
  assert.equal(errorOf(await reads(SIDE)).code, 'workflow.read.opinion')
  ok(await reads(SIDE, { opinion: '无不同意见' }))
  assert.deepEqual([(await line(SIDE, 'read', id))?.stepName, await waiting(id)], ['参阅', [HEAD]])
})

test('沟通 and 自由流 in the pages: a question is answered, a step is added and another skipped in one case', async () => {
  const { id, caseId } = await started()
  assert.deepEqual((await taskOf(HEAD, id)).operations.filter((one) => ['consult', 'add-step', 'skip-step'].includes(one.id)).map((one) => [one.id, one.asks, one.targets?.length]), [['consult', undefined, undefined], ['add-step', '环节名称', undefined], ['skip-step', undefined, 4]])
  assert.equal(errorOf(await act(HEAD, id, { operation: 'consult', people: [await postOf(SIDE)] })).code, 'workflow.consult.question')
  await acts(HEAD, id, { operation: 'consult', people: [await postOf(SIDE)], opinion: '经费从何处列支？' })
  assert.equal((await line(SIDE, 'todo', id))?.stepName, '审核 · 沟通')
  assert.equal((await line(WRITER, 'mine', id))?.where, '审核：何向东')
  const asked = await taskOf(SIDE, id)
  assert.deepEqual([asked.writes, asked.why, asked.operations.map(({ label, opinion }) => [label, opinion])], [[], '何向东 沟通：经费从何处列支？', [['答复', 'required']]])
  await acts(SIDE, id, { outcome: 'answer', opinion: '由公用经费列支' })
  const { items } = ok<{ items: { text: string | null }[] }>(await (await as(HEAD))('GET', '/api/notices'))
  assert.ok(items.some(({ text }) => text === '由公用经费列支'))
  await acts(HEAD, id, { operation: 'add-step', name: '分管领导过目', people: [await postOf(FIRST)] })
  await acts(HEAD, id, { operation: 'skip-step', target: 'side', opinion: '不涉及' })
  const foreseen = ok<PreviewWire>(await (await as(HEAD))('GET', `/api/cases/${caseId}/preview`)).steps.map(({ name }) => name)
  assert.deepEqual(foreseen.slice(0, 2), ['分管领导过目', '会签'])
  await passes(id, HEAD)
  assert.deepEqual([await waiting(id), (await line(FIRST, 'todo', id))?.stepName], [[FIRST], '分管领导过目'])
  await acts(FIRST, id, { outcome: 'approve' })
  assert.deepEqual(await waiting(id), [SIGNER, OTHER], '协办 is skipped')
  const { nodes } = ok<DiagramWire>(await (await as(WRITER))('GET', `/api/cases/${caseId}/diagram`))
  assert.deepEqual(nodes.filter(({ mark }) => mark !== null).map(({ name, mark }) => [name, mark]).toSorted(), [['分管领导过目', 'added'], ['协办', 'skipped']].toSorted())
  const { entries } = ok<TimelineWire>(await (await as(WRITER))('GET', `/api/cases/${caseId}/timeline`))
  assert.deepEqual(entries.filter(({ state }) => state === 'note').map(({ step, note }) => [step, note]), [['沟通', '经费从何处列支？'], ['答复沟通', '由公用经费列支'], ['增加环节', '“分管领导过目”'], ['跳过环节', '“协办”：不涉及']])
})

test('挂起, 恢复 and 跳转 belong to who manages flows, 终止 also to the initiator', async () => {
  const { id, caseId } = await started()
  for (const operation of ['suspend', 'jump', 'resume']) assert.equal((await onCase(WRITER, caseId, { operation })).status, 403)
  assert.equal((await onCase(MANAGER, caseId, { operation: 'suspend' })).status, 404, 'of another organisation')
  assert.equal((await onCase(HEAD, caseId, { operation: 'terminate' })).status, 403)
  ok(await onCase(WRITER, caseId, { operation: 'terminate', opinion: '不再需要' }))
  assert.deepEqual([await waiting(id), (await read(WRITER, id)).state, (await line(WRITER, 'mine', id))?.where], [[], 'stopped', '已终止'])
})

test('reminders and due times fire with the clock; a suspended case is left alone', async () => {
  const { id, caseId } = await started({ until: '2027-12-01' })
  const due = (await line(HEAD, 'todo', id))?.due ?? assert.fail('no due time')
  await sql`update workflow_case set status = 'suspended' where id = ${caseId}`.execute(server.runtime.db)
  await goTo(due)
  assert.equal((await sql`select 1 from workflow_timer where case_id = ${caseId} and attempts > 0`.execute(server.runtime.db)).rows.length, 0)
  await sql`update workflow_case set status = 'running' where id = ${caseId}`.execute(server.runtime.db)
  await goTo(due)
  const { rows } = await sql<{ kind: string }>`select kind from workflow_event where case_id = ${caseId} order by seq`.execute(server.runtime.db)
  assert.deepEqual(rows.map(({ kind }) => kind).filter((kind) => kind === 'reminded' || kind === 'task.overdue'), ['reminded', 'task.overdue'])
  assert.deepEqual(await waiting(id), [HEAD])
})

test('several are approved at once, each with its own result', async () => {
  const papers = [await started(), await started()]
  await Promise.all(papers.map(({ id }) => passes(id, HEAD)))
  const items = await Promise.all(papers.map(async ({ id }) => (await line(SIGNER, 'todo', id)) ?? assert.fail('no line')))
  await passes(papers[0]?.id ?? '', SIGNER)
  const results = ok<BatchWire>(await (await as(SIGNER))('POST', '/api/tasks/batch', { items: items.map(({ id, revision }) => ({ id, revision })), opinion: '同意' })).items
  assert.deepEqual(results.map(({ done }) => done), [false, true])
  const taken = results[1] ?? assert.fail('no result')
  ok(await (await as(SIGNER))('POST', `/api/tasks/${taken.id}/act`, { operation: 'withdraw', revision: 1 }))
  assert.equal((await line(SIGNER, 'todo', papers[1]?.id ?? ''))?.id, taken.id, 'taken back')
  const kinds = async (login: string, box: string) => ok<{ items: object[] }>(await (await as(login))('GET', `/api/todos/kinds?box=${box}`)).items
  assert.deepEqual([await kinds(SIGNER, 'done'), await kinds(SECOND, 'toread')], [[{ entity: 'proof_paper', label: '试验件' }], []])
  assert.match(results[0]?.problem ?? '', /^已由 诸葛凝 于 \d\d:\d\d 办理/u)
})

test('two clicks at once: one does it, the other is told who and when; the same key answers the same', async () => {
  const { id } = await started()
  const { id: task, revision } = await taskOf(HEAD, id)
  const cookie = await cookieOf(HEAD)
  const click = (key: string) => server.ask('POST', `/api/tasks/${task}/act`, { cookie, headers: { 'idempotency-key': key }, body: { operation: 'complete', outcome: 'approve', revision } })
  const answers = await Promise.all([click('first-click'), click('second-click'), click('first-click')])
  const lost = answers.filter(({ status }) => status === 409)
  assert.ok(lost.length === 1 || lost.length === 2, JSON.stringify(answers.map(({ status, body }) => [status, body])))
  assert.equal((await click('short')).status, 400)
  for (const one of lost) assert.match(errorOf(one).message, /^已由 何向东 于 \d\d:\d\d 办理/u)
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from workflow_event e join workflow_case c on c.id = e.case_id where c.record_id = ${id} and kind = 'actor.done' and e.data->>'node' = 'first'`.execute(server.runtime.db)
  assert.equal(rows[0]?.n, 1)
})

test('kill -9 in the middle of a 会签: nothing lost, nothing doubled, nothing left over', async () => {
  const { id } = await started()
  await passes(id, HEAD, SIDE, SIGNER)
  const { id: task, revision } = await taskOf(OTHER, id)
  const actor = await server.runtime.query(null, async (ctx) => ctx.use(Identity).actorOf((await cookieOf(OTHER)).replace('cm_session=', '')))
  const snapshot = async () => (await sql`select 'actor' as kind, id, data from workflow_actor where case_id = ${task.slice(0, 36)} union all select 'live', kind || id, data from workflow_live where case_id = ${task.slice(0, 36)}
    union all select 'event', seq::text, data from workflow_event where case_id = ${task.slice(0, 36)} union all select 'todo', id, to_jsonb(t) from todo_item t where record_id = ${id} order by 1, 2`.execute(server.runtime.db)).rows
  const before = await snapshot()
  const child = spawn(process.execPath, [new URL('server/victim.fixture.ts', import.meta.url).pathname, server.url, JSON.stringify({ actor, task, revision, now: now.toISOString() })], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [word] = (await once(child.stdout, 'data')) as [Buffer]
  assert.equal(word.toString(), 'in hand')
  child.kill('SIGKILL')
  await once(child, 'exit')
  assert.deepEqual(await snapshot(), before)
  await passes(id, OTHER)
  assert.deepEqual(await waiting(id), [FIRST])
})
