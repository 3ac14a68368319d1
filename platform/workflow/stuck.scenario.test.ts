/** Cases that need a hand: each kind of trouble is listed with its step and the ways out, the ways work, and no case breaks. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { services } from '#apps/services.ts'
import type { DeadTimerWire, FlowRunWire, TroubleWire } from '#kit/wire/flow-run.ts'
import type { ModelVersionDetailWire } from '#kit/wire/flow-model.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Identity } from '#platform/identity/contract.ts'
import { Org } from '#platform/org/contract.ts'
import { clientsOf, testServer } from '#test/http.ts'
import type { Answer, TestServer } from '#test/http.ts'
import { proofModule, proofTable } from '#test/proof-module.ts'
import { codeOf, ok, PROOF_CAST, proofPapers } from '#test/proof-papers.ts'
import { unitId } from '#test/world/units.ts'
import { personId, postOf } from '#test/world/world.ts'
import { element, event, flows, model, settings } from './bpmn/test/model.ts'
import { fireTimers } from './server/timers.ts'

const { writer: WRITER, head: HEAD, signer: SIGNER, side: SIDE, admin: ADMIN, manager: MANAGER } = PROOF_CAST
const FOREIGNER = 'linxiaowen'
const SECTION = '0199a000-0000-7000-8000-000000000001'
let broken: 'reply' | 'statement' | false = 'reply'
/** Who called, each time the service worked. */
const callers: (string | undefined)[] = []
let now = new Date('2026-09-01T02:03:00Z')
const effects = {
  ...proofModule.server.effects,
  'proof.fragile': async (ctx: ServerContext) => {
    if (broken === 'reply') throw new Error('接口无响应')
    if (broken === 'statement') await sql`select 1 from proof_nowhere`.execute(ctx.db())
    callers.push(ctx.actor?.name)
  },
}
let server: TestServer
before(async () => {
  server = await testServer({ services: [proofTable, ...services], modules: [{ ...proofModule, server: { ...proofModule.server, effects } }], clock: () => now })
  await server.runtime.command(null, (ctx) => ctx.use(Org).addUnit({ id: SECTION, parentId: unitId('emergency'), name: '综合科', shortName: '综合科', kind: '内设机构', isOrganisation: false, order: 99 }))
})
after(() => server.close())
const as = clientsOf(() => server, () => now)
const { started, todo, approve } = proofPapers(as)


const start = element('startEvent', 'apply', settings({ form: {} }))
const step = (id: string, more: object = {}): string => element('userTask', id, settings({ by: { kind: 'field', field: 'head' }, outcomes: ['approve'], ...more }))
async function inForce(second: string, beside = ''): Promise<void> {
  const admin = await as(ADMIN)
  const xml = model(`${start}${step('a')}${second}${step('c')}${element('endEvent', 'e')}${flows('apply>a>b>c>e')}`, beside)
  const { number } = ok<{ number: number }>(await admin('POST', '/api/flow-models/proof_paper/upload', { xml }))
  const { warnings } = ok<ModelVersionDetailWire>(await admin('GET', `/api/flow-models/proof_paper/${number}`))
  ok(await admin('POST', '/api/flow-models/proof_paper/publish', { number, note: '调整', warnings }))
}
const listed = async (login: string = MANAGER): Promise<FlowRunWire[]> => ok<{ items: FlowRunWire[] }>(await (await as(login))('GET', '/api/flow-runs?only=stuck&limit=100')).items
const troublesOf = async (id: string): Promise<readonly TroubleWire[]> => (await listed()).find(({ caseId }) => caseId === id)?.troubles ?? []
const onCase = async (id: string, body: object): Promise<Answer> => (await as(MANAGER))('POST', `/api/cases/${id}/act`, { opinion: '协调处理', ...body })

test('a unit of the form that is no more: the case stays where it is, the list says which unit, and moving it resolves it', async () => {
  await inForce(step('b', { by: { kind: 'rule', name: 'org.members', with: { of: 'field:office' } } }))
  const { id, caseId } = await started({ office: SECTION })
  await server.runtime.command(null, (ctx) => ctx.use(Org).closeUnit(SECTION))
  assert.equal(codeOf(await approve(HEAD, id)), 'workflow.assignee.none')
  assert.equal((await todo(HEAD, id))?.stepName, 'a')
  const [trouble] = await troublesOf(caseId)
  assert.deepEqual([trouble?.kind, trouble?.step, trouble?.ways], ['unit', 'b', ['jump', 'hand-over', 'terminate']])
  assert.match(trouble?.text ?? '', /“b”环节未找到办理人.*主办部门“综合科”已撤销/u)
  now = new Date(now.getTime() + 1000)
  ok(await onCase(caseId, { operation: 'jump', target: 'c' }))
  assert.deepEqual([(await todo(HEAD, id))?.stepName, await troublesOf(caseId)], ['c', []])
})

test('the same with a configured rule: the step goes to whom the model says', async () => {
  await inForce(step('b', { by: { kind: 'rule', name: 'org.members', with: { of: 'field:office' } }, nobody: 'initiator' }))
  const { id, caseId } = await started({ office: SECTION })
  ok(await approve(HEAD, id))
  assert.deepEqual([(await todo(WRITER, id))?.stepName, await troublesOf(caseId)], ['b', []])
})

test('everybody at a step has left: listed with its step, and handing it over resolves it', async () => {
  await inForce(step('b', { by: { kind: 'field', field: 'side' } }))
  const { id, caseId } = await started()
  ok(await approve(HEAD, id))
  assert.deepEqual(await troublesOf(caseId), [])
  await sql`update org_post set valid_from = '2020-01-01', valid_to = '2020-12-31' where person_id = ${personId(SIDE)}`.execute(server.runtime.db)
  const [trouble] = await troublesOf(caseId)
  assert.deepEqual([trouble?.kind, trouble?.step, trouble?.text, trouble?.ways[0]], ['left', 'b', '“b”的办理人均已不在岗，请移交给在岗人员', 'hand-over'])
  const part = (await listed()).find((run) => run.caseId === caseId)?.steps[0]?.parts[0]?.id
  ok(await onCase(caseId, { operation: 'hand-over', part, people: [postOf(SIGNER)] }))
  assert.deepEqual([await troublesOf(caseId), (await todo(SIGNER, id))?.stepName], [[], 'b'])
  ok(await approve(SIGNER, id))
})

test('who may not sign in any more is listed as well; what has stood longest comes first', async () => {
  await sql`update org_post set valid_to = null where person_id = ${personId(SIDE)}`.execute(server.runtime.db)
  const older = await started()
  now = new Date(now.getTime() + 60_000)
  const newer = await started()
  ok(await approve(HEAD, newer.id))
  now = new Date(now.getTime() + 60_000)
  ok(await approve(HEAD, older.id))
  assert.deepEqual([await troublesOf(older.caseId), await troublesOf(newer.caseId)], [[], []])
  await server.runtime.command(null, (ctx) => ctx.use(Identity).setState(SIDE, 'disabled'))
  const both = (await listed()).filter(({ caseId }) => caseId === older.caseId || caseId === newer.caseId)
  assert.deepEqual(both.map(({ caseId, troubles }) => [caseId, troubles[0]?.kind]), [[newer.caseId, 'left'], [older.caseId, 'left']])
  const { items, next } = ok<{ items: FlowRunWire[]; next: string | null }>(await (await as(MANAGER))('GET', '/api/flow-runs?only=stuck&limit=1'))
  const { items: following } = ok<{ items: FlowRunWire[] }>(await (await as(MANAGER))('GET', `/api/flow-runs?only=stuck&limit=1&after=${encodeURIComponent(next ?? '')}`))
  assert.deepEqual([...items, ...following].map(({ caseId }) => caseId), both.map(({ caseId }) => caseId).slice(0, 2))
  await server.runtime.command(null, (ctx) => ctx.use(Identity).setState(SIDE, 'active'))
  assert.deepEqual(await troublesOf(older.caseId), [])
})

/** A service step whose error 库存不足 has a way of its own. */
const fragile = (): string => `${element('serviceTask', 'b', settings({ does: 'proof.fragile' }))}${event('boundaryEvent', 'short', '<bpmn:errorEventDefinition errorRef="x" />', 'attachedToRef="b"')}${step('amend')}${element('endEvent', 'e2')}${flows('short>amend>e2')}`
/** Lets the minutes pass in which a broken call is tried ten times. */
async function wearOut(): Promise<void> {
  for (let time = 0; time < 12; time++) {
    now = new Date(now.getTime() + 61_000 * 2 ** time)
    await fireTimers(server.runtime)
  }
}
const deadCall = async (id: string): Promise<DeadTimerWire> =>
  ok<{ items: DeadTimerWire[] }>(await (await as(MANAGER))('GET', '/api/flow-timers')).items.find(({ caseId, kind }) => caseId === id && kind === 'call') ?? assert.fail('not listed')

test('a service that breaks holds nobody up: it is called again with growing pauses, and a case whose service works again goes on', async () => {
  await inForce(fragile(), '<bpmn:error id="x" errorCode="库存不足" />')
  broken = 'reply'
  const { id, caseId } = await started()
  ok(await approve(HEAD, id))
  assert.equal(await todo(HEAD, id), undefined, 'the act stands, the case waits for the service')
  now = new Date(now.getTime() + 61_000)
  await fireTimers(server.runtime)
  const [trouble] = await troublesOf(caseId)
  assert.deepEqual([trouble?.kind, trouble?.step, trouble?.text], ['effect', 'b', '调用服务出错，正在自动重试。“b”：接口无响应'])
  broken = false
  await fireTimers(server.runtime)
  assert.equal(await todo(HEAD, id), undefined, 'not before its time')
  now = new Date(now.getTime() + 121_000)
  await fireTimers(server.runtime)
  assert.deepEqual([(await todo(HEAD, id))?.stepName, await troublesOf(caseId)], ['c', []])
})

test('an error of the database in a service is such a fault as well, and the service is called again in the name of who set it off', async () => {
  broken = 'statement'
  const { id, caseId } = await started()
  ok(await approve(HEAD, id))
  assert.equal(await todo(HEAD, id), undefined, 'the act stands')
  now = new Date(now.getTime() + 61_000)
  await fireTimers(server.runtime)
  assert.match((await troublesOf(caseId))[0]?.text ?? '', /调用服务出错.*proof_nowhere/u)
  broken = false
  callers.length = 0
  now = new Date(now.getTime() + 121_000)
  await fireTimers(server.runtime)
  assert.deepEqual([callers, (await todo(HEAD, id))?.stepName], [['宋亦然'], 'c'])
})

test('how often a service is called is a setting', async () => {
  broken = 'reply'
  const { id, caseId } = await started()
  ok(await approve(HEAD, id))
  const runtime = { ...server.runtime, workflow: { attempts: 2, historyDays: 7 } }
  const kinds: (string | undefined)[] = []
  for (let attempt = 0; attempt < 2; attempt++) {
    now = new Date(now.getTime() + 3_600_000)
    await fireTimers(runtime)
    kinds.push((await troublesOf(caseId))[0]?.kind)
  }
  assert.deepEqual([kinds, (await deadCall(caseId)).attempts], [['effect', 'timer'], 2])
  broken = false
  now = new Date(now.getTime() + 3_600_000)
  await fireTimers(runtime)
  assert.equal(await todo(HEAD, id), undefined, 'it waits for the manager')
})

test('after ten times it waits for the manager, who tries once more, goes on without it, or lets it count as refused, with reason and record', async () => {
  broken = 'reply'
  const cases = [await started(), await started(), await started()] as const
  for (const { id } of cases) ok(await approve(HEAD, id))
  await wearOut()
  const [retried, passed, refused] = cases
  const dead = await deadCall(retried.caseId)
  assert.deepEqual([dead.attempts, dead.error], [10, '“b”：接口无响应'])
  assert.deepEqual((await troublesOf(retried.caseId)).map(({ kind, ways }) => [kind, ways[0]]), [['timer', 'retry']])
  const giveUp = async (caseId: string, order: object, login: string = MANAGER): Promise<Answer> => (await as(login))('POST', '/api/flow-timers/give-up', { caseId, timer: (await deadCall(caseId)).id, reason: '对方系统停用', ...order })
  assert.equal((await giveUp(passed.caseId, { as: 'done', reason: ' ' })).status, 400)
  assert.equal(codeOf(await giveUp(passed.caseId, { as: 'done' }, WRITER)), 'access.denied')
  assert.equal(codeOf(await giveUp(refused.caseId, { as: 'refused', code: '没有这种错误' })), 'workflow.error.uncaught')
  ok(await giveUp(passed.caseId, { as: 'done' }))
  ok(await giveUp(refused.caseId, { as: 'refused', code: '库存不足' }))
  broken = false
  ok(await (await as(MANAGER))('POST', '/api/flow-timers/retry', { caseId: retried.caseId, timer: dead.id }))
  await fireTimers(server.runtime)
  assert.deepEqual(await Promise.all(cases.map(async ({ id }) => (await todo(HEAD, id))?.stepName)), ['c', 'c', 'amend'])
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from audit_entry where action = 'workflow.give-call-up'`.execute(server.runtime.db)
  assert.equal(rows[0]?.n, 2)
  assert.equal(codeOf(await (await as(MANAGER))('POST', '/api/flow-timers/give-up', { caseId: passed.caseId, timer: '1', as: 'done', reason: '重复' })), 'workflow.timer.unknown')
})

test('a case in which nothing is under way any more, as behind a join that nothing reaches, is listed and can be ended', async () => {
  const { caseId } = await started()
  await sql`delete from workflow_live where case_id = ${caseId} and kind = 'tokens'`.execute(server.runtime.db)
  await sql`update workflow_task set data = data || '{"status": "cancelled"}' where case_id = ${caseId} and status = 'open'`.execute(server.runtime.db)
  assert.deepEqual((await troublesOf(caseId)).map(({ kind, ways }) => [kind, ways]), [['still', ['rollback', 'terminate']]])
  ok(await onCase(caseId, { operation: 'terminate' }))
  assert.deepEqual(await troublesOf(caseId), [])
})

test('the list is for whoever manages flows, of her own organisation', async () => {
  assert.equal(codeOf(await (await as(FOREIGNER))('GET', '/api/flow-runs?only=stuck')), 'access.denied')
  assert.equal(codeOf(await (await as(WRITER))('GET', '/api/flow-runs?only=stuck')), 'access.denied')
})
