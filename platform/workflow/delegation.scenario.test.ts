/** 工作委托 over HTTP on a real database: who gets the work and when, both ends, taking back, and what is refused. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { services } from '#apps/services.ts'
import type { DelegationsWire } from '#kit/wire/delegation.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { TaskWire, TimelineWire, TodoWire } from '#kit/wire/task.ts'
import { deliverNext } from '#platform/events/server/deliver.ts'
import { clientsOf, testServer } from '#test/http.ts'
import type { Answer, TestServer } from '#test/http.ts'
import { proofModule, proofTable } from '#test/proof-module.ts'
import { personId, postOf } from '#test/world/world.ts'
import { followDelegations } from './server/delegations/follow.ts'

let server: TestServer
let now = new Date('2026-09-01T02:03:00Z')
before(async () => { server = await testServer({ services: [proofTable, ...services], modules: [proofModule], clock: () => now }) })
after(() => server.close())

/** All of 应急管理局 but the last: 宋亦然 checks, 许景行 stands in for her, 王㛃 signs, 潘岳茗 manages. */
const [WRITER, HEAD, DELEGATE, SIGNER, MANAGER, STRANGER] = ['jiangheping', 'songyiran', 'xujingxing', 'wangjie', 'panyueming', 'linxiaowen']
const HOUR = 3_600_000

function ok<T = Answer['body']>({ status, body }: Answer): T {
  assert.equal(status, 200, JSON.stringify(body))
  return body as T
}
const codeOf = ({ body }: Answer): string => (body['error'] as { code: string } | undefined)?.code ?? 'done'
const textOf = ({ body }: Answer): string => (body['error'] as { message: string } | undefined)?.message ?? ''

const as = clientsOf(() => server, () => now)

async function started(): Promise<RecordDetailWire & { caseId: string }> {
  const writer = await as(WRITER)
  const values = { subject: '关于防汛的请示', head: personId(HEAD), signers: [personId(SIGNER)], side: personId(SIGNER), chain: [personId(SIGNER)], until: '2026-12-01' }
  const { id, version } = ok<RecordDetailWire>(await writer('POST', '/api/records/proof_paper', { values }))
  return ok(await writer('POST', `/api/records/proof_paper/${id}/start`, { version }))
}
async function line(login: string, recordId: string, box = 'todo'): Promise<TodoWire | undefined> {
  return ok<{ items: TodoWire[] }>(await (await as(login))('GET', `/api/todos?box=${box}&limit=100`)).items.find((item) => item.recordId === recordId)
}
const order = (more: object = {}) => ({ delegate: postOf(DELEGATE), from: now.toISOString(), until: new Date(now.getTime() + 48 * HOUR).toISOString(), ...more })
async function settle(): Promise<void> {
  while (await deliverNext(server.runtime));
}
async function delegate(login: string, more: object = {}): Promise<string> {
  const { id } = ok<{ id: string }>(await (await as(login))('POST', '/api/delegations', order(more)))
  await settle()
  return id
}
async function revoke(login: string, id: string): Promise<void> {
  ok(await (await as(login))('POST', `/api/delegations/${id}/revoke`))
  await settle()
}
async function act(login: string, todo: TodoWire | undefined, body: object = { operation: 'complete', outcome: 'approve' }): Promise<Answer> {
  const { id, revision } = todo ?? assert.fail('no line')
  return (await as(login))('POST', `/api/tasks/${id}/act`, { revision, ...body })
}
const sees = async (login: string, id: string): Promise<number> => (await (await as(login))('GET', `/api/records/proof_paper/${id}`)).status

test('open and new work goes to the delegate, is shown as 甲 代 乙 everywhere, and comes back at the end', async () => {
  const before = await started()
  assert.equal(await sees(DELEGATE, before.id), 404)
  const id = await delegate(HEAD, { reason: '外出培训' })
  const fresh = await started()
  for (const { id: record } of [before, fresh]) {
    assert.deepEqual([await line(HEAD, record), (await line(DELEGATE, record))?.agency], [undefined, '代 宋亦然'])
  }
  assert.deepEqual([(await line(DELEGATE, before.id))?.from, (await line(DELEGATE, fresh.id))?.from], ['应急指挥科 蒋和坪', '应急指挥科 蒋和坪'])
  assert.equal((await line(WRITER, fresh.id, 'mine'))?.where, '审核：许景行（代 宋亦然）')
  const task = ok<TaskWire>(await (await as(DELEGATE))('GET', `/api/tasks/${(await line(DELEGATE, fresh.id))?.id}`))
  assert.deepEqual([task.why, task.holders.map(({ name, onBehalfOf }) => [name, onBehalfOf])], ['表单中指定；宋亦然委托许景行代办', [['许景行', '宋亦然']]])
  ok(await act(DELEGATE, await line(DELEGATE, fresh.id), { operation: 'complete', outcome: 'approve', opinion: '同意' }))
  const { entries } = ok<TimelineWire>(await (await as(WRITER))('GET', `/api/cases/${fresh.caseId}/timeline`))
  assert.deepEqual(entries.find(({ node }) => node === 'first')?.people.map(({ name, onBehalfOf, opinion }) => [name, onBehalfOf, opinion]), [['许景行', '宋亦然', '同意']])

  now = new Date(now.getTime() + 49 * HOUR)
  assert.equal(await followDelegations(server.runtime), 1)
  assert.deepEqual([(await line(HEAD, before.id))?.agency, await line(DELEGATE, before.id)], [null, undefined])
  assert.deepEqual([await sees(DELEGATE, before.id), await sees(DELEGATE, fresh.id)], [404, 200])
  assert.equal(await followDelegations(server.runtime), 0)
  const { given } = ok<DelegationsWire>(await (await as(HEAD))('GET', '/api/delegations'))
  assert.deepEqual(given.filter((one) => one.id === id).map(({ state, delegate: name, reason }) => [state, name, reason]), [['over', '许景行', '外出培训']])
})

test('a delegation set for later begins by itself', async () => {
  const paper = await started()
  await delegate(HEAD, { from: new Date(now.getTime() + 2 * HOUR).toISOString() })
  assert.equal(await line(DELEGATE, paper.id), undefined)
  now = new Date(now.getTime() + 3 * HOUR)
  await followDelegations(server.runtime)
  assert.equal((await line(DELEGATE, paper.id))?.agency, '代 宋亦然')
  const [row] = ok<DelegationsWire>(await (await as(HEAD))('GET', '/api/delegations')).given
  await revoke(HEAD, row?.id ?? '')
  assert.deepEqual([await line(DELEGATE, paper.id), (await line(HEAD, paper.id))?.agency], [undefined, null])
  assert.equal(codeOf(await (await as(HEAD))('POST', `/api/delegations/${row?.id}/revoke`)), 'workflow.delegation.over')
})

test('both may act: the principal keeps a line, whoever is first does it', async () => {
  const [one, two] = [await started(), await started()]
  const id = await delegate(HEAD, { shared: true })
  assert.deepEqual([(await line(HEAD, one.id))?.agency, (await line(DELEGATE, one.id))?.agency], ['许景行可代办', '代 宋亦然'])
  const own = await line(HEAD, one.id)
  const task = ok<TaskWire>(await (await as(HEAD))('GET', `/api/tasks/${own?.id}`))
  assert.ok(task.operations.some(({ id: operation }) => operation === 'complete'))
  const stale = await line(DELEGATE, one.id)
  ok(await act(HEAD, own))
  assert.deepEqual([await line(DELEGATE, one.id), await line(HEAD, one.id), codeOf(await act(DELEGATE, stale))], [undefined, undefined, 'workflow.task.done'])
  ok(await act(DELEGATE, await line(DELEGATE, two.id)))
  assert.equal(await line(HEAD, two.id), undefined)
  await revoke(DELEGATE, id)
})

test('the principal sees what others hold, and takes one thing back', async () => {
  const paper = await started()
  const id = await delegate(HEAD)
  const held = ok<DelegationsWire>(await (await as(HEAD))('GET', '/api/delegations')).held.find(({ recordId }) => recordId === paper.id)
  assert.deepEqual([held?.who, held?.step], ['许景行', '审核'])
  assert.equal(codeOf(await (await as(WRITER))('POST', `/api/tasks/${held?.id}/take-back`)), 'workflow.task.notYours')
  ok(await (await as(HEAD))('POST', `/api/tasks/${held?.id}/take-back`))
  assert.deepEqual([await line(DELEGATE, paper.id), (await line(HEAD, paper.id))?.agency], [undefined, null])
  ok(await act(HEAD, await line(HEAD, paper.id)))
  await revoke(HEAD, id)
})

test('scope: chosen processes, excluded ones, one post', async () => {
  for (const more of [{ excluded: ['proof_paper'] }, { scope: 'processes', processes: ['leave_request'] }]) {
    const paper = await started()
    const sent = { ...order(more) }
    const answer = await (await as(HEAD))('POST', '/api/delegations', sent)
    if (codeOf(answer) === 'workflow.delegation.process-unknown') continue
    await settle()
    assert.equal((await line(HEAD, paper.id))?.agency, null)
    await revoke(HEAD, ok<{ id: string }>(answer).id)
  }
  const paper = await started()
  const id = await delegate(HEAD, { scope: 'post', post: postOf(HEAD) })
  assert.equal((await line(DELEGATE, paper.id))?.agency, '代 宋亦然')
  await revoke(HEAD, id)
})

test('what is refused says why', async () => {
  const head = await as(HEAD)
  const codes = async (more: object) => codeOf(await head('POST', '/api/delegations', order(more)))
  assert.equal(await codes({ delegate: postOf(HEAD) }), 'workflow.delegation.self')
  assert.equal(await codes({ delegate: postOf(STRANGER) }), 'workflow.delegation.outside')
  assert.equal(await codes({ until: now.toISOString() }), 'workflow.delegation.order')
  assert.equal(await codes({ from: '2020-01-01T00:00:00Z', until: '2020-02-01T00:00:00Z' }), 'workflow.delegation.past')
  assert.equal(await codes({ until: '2028-01-01T00:00:00Z' }), 'workflow.delegation.long')
  assert.equal(await codes({ scope: 'processes' }), 'workflow.delegation.processes')
  assert.equal(await codes({ scope: 'processes', processes: ['nothing'] }), 'workflow.delegation.process-unknown')
  assert.equal(await codes({ scope: 'post', post: postOf(SIGNER) }), 'workflow.delegation.post')
  const id = await delegate(HEAD)
  const twice = await head('POST', '/api/delegations', order({ delegate: postOf(SIGNER) }))
  assert.deepEqual([codeOf(twice), /该时段已委托 许景行 代办/u.test(textOf(twice))], ['workflow.delegation.twice', true])
  assert.equal(codeOf(await (await as(DELEGATE))('POST', '/api/delegations', order({ delegate: postOf(HEAD) }))), 'workflow.delegation.circle')
  assert.equal(codeOf(await (await as(SIGNER))('POST', `/api/delegations/${id}/revoke`)), 'workflow.delegation.missing')
  await revoke(HEAD, id)
})

test('a chain of delegations is followed, and its end gives the work one step back', async () => {
  const paper = await started()
  const first = await delegate(HEAD)
  const second = await delegate(DELEGATE, { delegate: postOf(SIGNER) })
  assert.equal((await line(SIGNER, paper.id))?.agency, '代 宋亦然')
  await revoke(DELEGATE, second)
  assert.equal((await line(DELEGATE, paper.id))?.agency, '代 宋亦然')
  await revoke(HEAD, first)
  assert.equal((await line(HEAD, paper.id))?.agency, null)
})

test('an administrator of the organisation does it for somebody absent, with a reason, audited; nobody else', async () => {
  const more = { principal: personId(HEAD), reason: '本人住院' }
  assert.equal(codeOf(await (await as(WRITER))('POST', '/api/delegations', order(more))), 'access.denied')
  assert.equal(codeOf(await (await as(MANAGER))('POST', '/api/delegations', order({ principal: personId(STRANGER), reason: '代设', delegate: postOf(STRANGER) }))), 'access.denied')
  assert.equal(codeOf(await (await as(MANAGER))('POST', '/api/delegations', order({ principal: personId(HEAD) }))), 'workflow.reason.required')
  assert.equal(codeOf(await (await as(WRITER))('GET', `/api/delegations?person=${personId(HEAD)}`)), 'access.denied')
  const id = await delegate(MANAGER, more)
  const { given } = ok<DelegationsWire>(await (await as(MANAGER))('GET', `/api/delegations?person=${personId(HEAD)}`))
  assert.deepEqual(given.filter((one) => one.id === id).map(({ createdBy, principal, state }) => [createdBy, principal, state]), [['潘岳茗', '宋亦然', 'active']])
  const { rows } = await sql<{ action: string }>`select action from audit_entry where object_id = ${id} order by at`.execute(server.runtime.db)
  assert.ok(rows.some(({ action }) => action === 'workflow.delegation'))
  const { items } = ok<{ items: { title: string }[] }>(await (await as(HEAD))('GET', '/api/notices?limit=100'))
  assert.ok(items.some(({ title }) => title === '潘岳茗已将您的工作委托许景行代办'))
  await revoke(MANAGER, id)
})
