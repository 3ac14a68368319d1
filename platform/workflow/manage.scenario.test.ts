/** What whoever manages the flows of an organisation sees and may do, and what everybody else is refused, over HTTP on a real database. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { services } from '#apps/services.ts'
import type { DeadTimerWire, FlowRunDetailWire, FlowRunWire, FlowSummaryWire, HandedOverWire, RescheduleWire } from '#kit/wire/flow-run.ts'
import type { DutyWire } from '#kit/wire/duty.ts'
import type { LeaverWire } from '#kit/wire/leaver.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { DiagramWire, TimelineWire, TodoWire } from '#kit/wire/task.ts'
import { fireTimers } from '#platform/workflow/server/timers.ts'
import { clientsOf, testServer } from '#test/http.ts'
import type { Answer, TestServer } from '#test/http.ts'
import { proofModule, proofTable } from '#test/proof-module.ts'
import { unitId } from '#test/world/units.ts'
import { personId } from '#test/world/world.ts'

let server: TestServer
let now = new Date('2026-09-01T02:03:00Z')
before(async () => { server = await testServer({ services: [proofTable, ...services], modules: [proofModule], clock: () => now }) })
after(() => server.close())

/** All of 应急管理局 but the last, who manages another organisation's nothing. */
const [WRITER, HEAD, SIGNER, SIDE, MANAGER] = ['jiangheping', 'songyiran', 'luzhengyang', 'xujingxing', 'panyueming']
const [STRANGER, FOREIGNER] = ['wangjie', 'linxiaowen']

function ok<T = Answer['body']>({ status, body }: Answer): T {
  assert.equal(status, 200, JSON.stringify(body))
  return body as T
}
const codeOf = ({ body }: Answer): string => (body['error'] as { code: string } | undefined)?.code ?? 'done'

/** A session of her own for each hour of the test. */
const as = clientsOf(() => server, () => now)
const postOf = async (login: string): Promise<string> => (ok(await (await as(login))('GET', '/api/session'))['post'] as { postId: string }).postId

async function started(): Promise<RecordDetailWire & { caseId: string }> {
  const writer = await as(WRITER)
  const values = { subject: '关于防汛的请示', head: personId(HEAD), signers: [SIGNER].map(personId), side: personId(SIDE), chain: [SIGNER].map(personId), until: '2026-12-01' }
  const { id, version } = ok<RecordDetailWire>(await writer('POST', '/api/records/proof_paper', { values }))
  return ok(await writer('POST', `/api/records/proof_paper/${id}/start`, { version }))
}
const onCase = async (login: string, caseId: string, body: object): Promise<Answer> => (await as(login))('POST', `/api/cases/${caseId}/act`, body)
const detail = async (caseId: string): Promise<FlowRunDetailWire> => ok<FlowRunDetailWire>(await (await as(MANAGER))('GET', `/api/flow-runs/${caseId}`))
const runs = async (query = ''): Promise<FlowRunWire[]> => ok<{ items: FlowRunWire[] }>(await (await as(MANAGER))('GET', `/api/flow-runs?limit=100${query}`)).items
async function todo(login: string, recordId: string): Promise<TodoWire | undefined> {
  return ok<{ items: TodoWire[] }>(await (await as(login))('GET', '/api/todos?box=todo&limit=100')).items.find((item) => item.recordId === recordId)
}
const reason = { opinion: '制度调整，暂缓办理' }

test('suspend and resume, with the reason in the timeline and the audit log', async () => {
  const { id, caseId } = await started()
  assert.equal(codeOf(await onCase(MANAGER, caseId, { operation: 'suspend' })), 'workflow.reason.required')
  ok(await onCase(MANAGER, caseId, { operation: 'suspend', ...reason }))
  assert.deepEqual([(await detail(caseId)).status, (await detail(caseId)).acts], ['suspended', ['resume', 'terminate']])
  const line = (await todo(HEAD, id)) ?? assert.fail('no line')
  assert.equal(codeOf(await (await as(HEAD))('POST', `/api/tasks/${line.id}/act`, { operation: 'complete', outcome: 'approve', revision: line.revision })), 'workflow.case.suspended')
  ok(await onCase(MANAGER, caseId, { operation: 'resume' }))
  assert.equal(codeOf(await onCase(MANAGER, caseId, { operation: 'resume' })), 'workflow.case.notSuspended')
  const { entries } = ok<TimelineWire>(await (await as(MANAGER))('GET', `/api/cases/${caseId}/timeline`))
  assert.deepEqual(entries.filter(({ state }) => state === 'note').map(({ step, note, people }) => [step, note, people[0]?.name]), [['挂起', reason.opinion, '潘岳茗'], ['恢复', null, '潘岳茗']])
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from audit_entry where action = 'workflow.case' and object_id = ${caseId}`.execute(server.runtime.db)
  assert.equal(rows[0]?.n, 2)
})

test('jump to a step, terminate, and hand one part over', async () => {
  const { id, caseId } = await started()
  const { tokens: [{ targets } = { targets: [] }], steps } = await detail(caseId)
  assert.ok(targets.some(({ name }) => name === '会签') && !targets.some(({ name }) => name === '审核'))
  const part = steps[0]?.parts[0]?.id
  ok(await onCase(MANAGER, caseId, { operation: 'hand-over', part, people: [await postOf(STRANGER)], ...reason }))
  assert.deepEqual([await todo(HEAD, id), (await todo(STRANGER, id))?.stepName], [undefined, '审核'])
  assert.equal(codeOf(await onCase(MANAGER, caseId, { operation: 'jump', target: 'nowhere', ...reason })), 'workflow.jump.target')
  ok(await onCase(MANAGER, caseId, { operation: 'jump', target: 'turn', ...reason }))
  assert.deepEqual([await todo(STRANGER, id), (await todo(SIGNER, id))?.stepName], [undefined, '逐级审批'])
  ok(await onCase(MANAGER, caseId, { operation: 'terminate', ...reason }))
  assert.deepEqual([await todo(SIGNER, id), ok<RecordDetailWire>(await (await as(WRITER))('GET', `/api/records/proof_paper/${id}`)).state], [undefined, 'stopped'])
  assert.equal(codeOf(await onCase(MANAGER, caseId, { operation: 'suspend', ...reason })), 'workflow.case.ended')
})

test('of several places under way the manager moves the one she chooses, knows what it cancels, and takes it back', async () => {
  const { id, caseId } = await started()
  const line = (await todo(HEAD, id)) ?? assert.fail('no line')
  ok(await (await as(HEAD))('POST', `/api/tasks/${line.id}/act`, { operation: 'complete', outcome: 'approve', revision: line.revision }))
  const { tokens } = await detail(caseId)
  const at = (node: string) => tokens.find((one) => one.node === node) ?? assert.fail(`no token at ${node}`)
  assert.deepEqual(tokens.map(({ name }) => name).toSorted(), ['会签', '协办'])
  const cancels = (node: string, to: string) => at(node).targets.find((one) => one.node === to)?.cancels
  assert.deepEqual([cancels('side', 'turn'), cancels('joint', 'last'), cancels('joint', 'side')], [['会签'], ['协办'], undefined], 'into a branch beside it nothing is moved')
  assert.equal(codeOf(await onCase(MANAGER, caseId, { operation: 'jump', target: 'turn', ...reason })), 'workflow.jump.several')
  assert.equal(codeOf(await onCase(MANAGER, caseId, { operation: 'jump', target: 'turn', token: 9999, ...reason })), 'workflow.token.unknown')
  ok(await onCase(MANAGER, caseId, { operation: 'jump', target: 'last', token: at('side').token, ...reason }))
  assert.deepEqual([(await todo(WRITER, id))?.stepName, await todo(SIGNER, id), await todo(SIDE, id)], ['确认', undefined, undefined])
  const { rows: [jumped] } = await sql<{ data: { data: { before: { node: string }[]; after: { node: string }[] } } }>`select data from workflow_event where case_id = ${caseId} and kind = 'jumped'`.execute(server.runtime.db)
  const nodes = (marking: readonly { node: string }[] | undefined): string[] => (marking ?? []).map(({ node }) => node).toSorted()
  assert.deepEqual([nodes(jumped?.data.data.before), nodes(jumped?.data.data.after)], [['joint', 'side'], ['last']])
  ok(await onCase(MANAGER, caseId, { operation: 'rollback', ...reason }))
  assert.deepEqual([await todo(WRITER, id), (await todo(SIGNER, id))?.stepName, (await todo(SIDE, id))?.stepName], [undefined, '会签', '协办'])
  assert.deepEqual((await detail(caseId)).tokens.map(({ node }) => node).toSorted(), ['joint', 'side'])
})

test('回滚 of the last act, 撤销 by the initiator and 唤醒 of a finished case, each by whom it belongs to and with its reason', async () => {
  const { id, caseId } = await started()
  const detailOf = async (login: string) => ok<RecordDetailWire>(await (await as(login))('GET', `/api/records/proof_paper/${id}`))
  const passes = async (login: string): Promise<void> => {
    const line = (await todo(login, id)) ?? assert.fail(`${login} has nothing to do`)
    ok(await (await as(login))('POST', `/api/tasks/${line.id}/act`, { operation: 'complete', outcome: line.stepName === '确认' ? 'next' : 'approve', revision: line.revision }))
  }
  assert.deepEqual((await detail(caseId)).acts.includes('rollback'), false)
  await passes(HEAD)
  assert.equal(codeOf(await onCase(HEAD, caseId, { operation: 'rollback', ...reason })), 'access.denied')
  assert.equal(codeOf(await onCase(MANAGER, caseId, { operation: 'rollback' })), 'workflow.reason.required')
  ok(await onCase(MANAGER, caseId, { operation: 'rollback', ...reason }))
  assert.deepEqual([(await todo(HEAD, id))?.stepName, await todo(SIGNER, id)], ['审核', undefined])
  await passes(HEAD)
  assert.equal(codeOf(await onCase(HEAD, caseId, { operation: 'revoke', ...reason })), 'workflow.case.initiator')
  ok(await onCase(WRITER, caseId, { operation: 'revoke', ...reason }))
  assert.deepEqual([(await todo(WRITER, id))?.stepName, await todo(SIGNER, id), (await detailOf(WRITER)).state], ['申请', undefined, 'draft'])
  ok(await onCase(MANAGER, caseId, { operation: 'jump', target: 'last', ...reason }))
  await passes(WRITER)
  assert.equal((await detailOf(WRITER)).state, 'done')
  assert.equal(codeOf(await onCase(MANAGER, caseId, { operation: 'reopen', target: 'turn', ...reason })), 'workflow.reopen.target')
  const targets = async (login: string) => ok<{ items: { node: string }[] }>(await (await as(login))('GET', `/api/cases/${caseId}/reopen-targets`)).items.map(({ node }) => node)
  assert.deepEqual([await targets(MANAGER), await targets(WRITER)], [['apply', 'first', 'last'], []])
  assert.equal(codeOf(await onCase(WRITER, caseId, { operation: 'reopen', target: 'first', ...reason })), 'access.denied')
  ok(await onCase(MANAGER, caseId, { operation: 'reopen', target: 'first', ...reason }))
  assert.deepEqual([(await todo(HEAD, id))?.stepName, (await detailOf(WRITER)).state], ['审核', 'open'])
  const { entries } = ok<TimelineWire>(await (await as(MANAGER))('GET', `/api/cases/${caseId}/timeline`))
  assert.deepEqual(entries.filter(({ state, step }) => state === 'note' && step !== '办结').map(({ step, note }) => [step, note]), ['回滚', '撤销', '调整环节', '唤醒'].map((step) => [step, reason.opinion]))
})

test('the initiator may void what the flow lets her, nobody else manages anything', async () => {
  const { id, caseId } = await started()
  for (const operation of ['suspend', 'resume', 'jump', 'hand-over']) {
    assert.equal((await onCase(WRITER, caseId, { operation, ...reason })).status, 403, operation)
    assert.equal((await onCase(HEAD, caseId, { operation, ...reason })).status, 403, operation)
    assert.equal((await onCase(FOREIGNER, caseId, { operation, ...reason })).status, 404, operation)
  }
  assert.equal(codeOf(await onCase(HEAD, caseId, { operation: 'void', ...reason })), 'workflow.case.notYours')
  assert.equal(codeOf(await onCase(MANAGER, caseId, { operation: 'void', ...reason })), 'workflow.operation.notAllowed')
  const acts = async (login: string) => ok<RecordDetailWire>(await (await as(login))('GET', `/api/records/proof_paper/${id}`)).acts.filter((act) => act !== 'edit' && act !== 'delete')
  assert.deepEqual([await acts(WRITER), await acts(HEAD)], [['withdraw', 'revoke', 'urge', 'void'], []])
  for (const [method, path, body] of [
    ['GET', '/api/flow-runs', undefined], ['GET', '/api/flow-runs/summary', undefined], ['GET', `/api/flow-runs/${caseId}`, undefined], ['GET', '/api/flow-timers', undefined],
    ['POST', '/api/flow-timers/retry', { caseId, timer: '1' }],
  ] as const) assert.equal((await (await as(HEAD))(method, path, body)).status, 403, path)
  ok(await onCase(WRITER, caseId, { operation: 'void', ...reason }))
  assert.equal(await todo(HEAD, id), undefined)
})

test('the list has the organisation’s cases by process, step, unit, person, age and trouble, in pages', async () => {
  const first = await started()
  now = new Date(now.getTime() + 1000)
  const second = await started()
  now = new Date('2026-09-03T02:03:00Z')
  const ids = (items: readonly FlowRunWire[]) => items.map(({ caseId }) => caseId).filter((id) => id === first.caseId || id === second.caseId)
  assert.deepEqual(ids(await runs()), [first.caseId, second.caseId])
  assert.deepEqual(ids(await runs(`&entity=proof_paper&node=first&person=${personId(HEAD)}`)), [first.caseId, second.caseId])
  assert.deepEqual([ids(await runs('&node=joint')), ids(await runs(`&person=${personId(SIDE)}`)), ids(await runs('&only=suspended'))], [[], [], []])
  assert.deepEqual([ids(await runs('&only=overdue')), ids(await runs('&only=stuck'))], [[first.caseId, second.caseId], []])
  const { units, items } = ok<FlowSummaryWire>(await (await as(MANAGER))('GET', '/api/flow-runs/summary'))
  const [unit] = units
  assert.ok(unit && ids(await runs(`&unit=${unit.id}`)).length === 2 && unit.name !== '')
  const row = items.find(({ node }) => node === 'first') ?? assert.fail('no row')
  assert.deepEqual([row.process, row.name, row.n >= 2, row.overdue >= 2], ['试验件办理', '审核', true, true])
  const manager = await as(MANAGER)
  const page = ok<{ items: FlowRunWire[]; next: string }>(await manager('GET', '/api/flow-runs?limit=1'))
  const then = ok<{ items: FlowRunWire[] }>(await manager('GET', `/api/flow-runs?limit=1&after=${page.next}`))
  assert.deepEqual([page.items.length, then.items.length, page.items[0]?.caseId === then.items[0]?.caseId], [1, 1, false])
  now = new Date('2026-09-20T02:03:00Z')
  assert.deepEqual(ids(await runs('&only=stuck')), [first.caseId, second.caseId])
  assert.equal(ok<DiagramWire>(await (await as(MANAGER))('GET', `/api/cases/${first.caseId}/diagram`)).nodes.find(({ name }) => name === '审核')?.state, 'now')
})

test('a timer that failed too often is listed with its reason and fires after a retry', async () => {
  const { id, caseId } = await started()
  ok(await onCase(MANAGER, caseId, { operation: 'jump', target: 'last', ...reason }))
  const other = await started()
  await sql`update workflow_timer set attempts = 10, dead = true, error = '历法未公布' where case_id = ${other.caseId} and data->>'kind' = 'due'`.execute(server.runtime.db)
  const manager = await as(MANAGER)
  const { items } = ok<{ items: DeadTimerWire[] }>(await manager('GET', '/api/flow-timers'))
  const dead = items.find((timer) => timer.caseId === other.caseId) ?? assert.fail('not listed')
  assert.deepEqual([dead.step, dead.kind, dead.error, dead.title], ['审核', 'due', '历法未公布', '关于防汛的请示'])
  assert.deepEqual([(await runs('&only=stuck')).some((run) => run.caseId === other.caseId && run.dead === 1), await todo(HEAD, id)], [true, undefined])
  now = new Date('2026-09-25T02:03:00Z')
  await fireTimers(server.runtime)
  const overdue = async (): Promise<boolean> => (await sql`select from workflow_event where case_id = ${other.caseId} and kind = 'task.overdue'`.execute(server.runtime.db)).rows.length === 1
  assert.equal(await overdue(), false)
  const later = await as(MANAGER)
  ok(await later('POST', '/api/flow-timers/retry', { caseId: other.caseId, timer: dead.id }))
  assert.equal(codeOf(await later('POST', '/api/flow-timers/retry', { caseId: other.caseId, timer: dead.id })), 'workflow.timer.unknown')
  await fireTimers(server.runtime)
  assert.equal(await overdue(), true)
})

test('limits that a changed calendar has moved are listed to whoever manages the cases, newest first', async () => {
  const { id, caseId, organisationId } = { ...(await started()), organisationId: unitId('emergency') }
  for (const day of ['2026-09-03', '2026-09-04']) {
    await sql`insert into workflow_reschedule (at, organisation_id, case_id, entity, record_id, step, old_due, new_due)
      values (${now}, ${organisationId}, ${caseId}, 'proof_paper', ${id}, '审核', '2026-09-02T09:30:00Z', ${`${day}T09:30:00Z`})`.execute(server.runtime.db)
  }
  const first = ok<{ items: RescheduleWire[]; next: string }>(await (await as(MANAGER))('GET', '/api/flow-reschedules?limit=1'))
  assert.deepEqual(first.items.map(({ step, process, to }) => [step, process, to]), [['审核', '试验件办理', '2026-09-04T09:30:00.000Z']])
  const { items, next } = ok<{ items: RescheduleWire[]; next: string | null }>(await (await as(MANAGER))('GET', `/api/flow-reschedules?after=${first.next}`))
  assert.deepEqual([items.map(({ to }) => to), next], [['2026-09-03T09:30:00.000Z'], null])
  assert.equal(codeOf(await (await as(WRITER))('GET', '/api/flow-reschedules')), 'access.denied')
})

test('a leaver: everything on one page, handed over piece by piece to several people, with record', async () => {
  const [one, two] = [await started(), await started()]
  const leaver = async (login = MANAGER): Promise<Answer> => (await as(login))('GET', `/api/leavers/${personId(HEAD)}`)
  const hand = async (parts: readonly string[], to: string, login = MANAGER): Promise<Answer> => (await as(login))('POST', `/api/leavers/${personId(HEAD)}/hand-over`, { parts, to: await postOf(to), reason: '工作调动' })
  const before = ok<LeaverWire>(await leaver())
  const part = (recordCase: string): string => before.parts.find(({ caseId }) => caseId === recordCase)?.id ?? assert.fail('no part')
  assert.deepEqual([before.name, before.roles.some(({ role }) => role === '办公室主任')], ['宋亦然', true])
  assert.equal(codeOf(await leaver(WRITER)), 'access.denied')
  assert.equal(codeOf(await hand([part(one.caseId)], SIDE, WRITER)), 'access.denied')

  assert.equal(ok<HandedOverWire>(await hand([part(one.caseId)], SIDE)).done, 1)
  assert.equal(ok<HandedOverWire>(await hand([part(two.caseId)], STRANGER)).done, 1)
  assert.deepEqual([(await todo(SIDE, one.id))?.stepName, (await todo(STRANGER, two.id))?.stepName, await todo(HEAD, one.id)], ['审核', '审核', undefined])
  const again = ok<HandedOverWire>(await hand([part(one.caseId), `${one.id}.a1`], SIDE))
  assert.deepEqual([again.done, again.failed.map(({ problem }) => problem)], [0, ['该事项已不在办理中（已转办），请刷新后查看', '未找到该事项，可能已被取消，请刷新']])
  assert.equal((await hand(['nonsense'], SIDE)).status, 400)
  const after = ok<LeaverWire>(await leaver())
  assert.deepEqual(after.parts.filter(({ caseId }) => caseId === one.caseId || caseId === two.caseId), [])
  assert.deepEqual(after.done.slice(0, 2).map(({ to, by, step, reason: why }) => [to, by, step, why]), [['王㛃', '潘岳茗', '审核', '工作调动'], ['许景行', '潘岳茗', '审核', '工作调动']])
})

test('a part that still waits for its turn can be handed over as well', async () => {
  const { caseId } = await started()
  ok(await onCase(MANAGER, caseId, { operation: 'jump', target: 'turn', ...reason }))
  await sql`update workflow_actor set data = data || '{"status": "waiting"}' where case_id = ${caseId} and person_id = ${personId(SIGNER)}`.execute(server.runtime.db)
  const { parts } = ok<LeaverWire>(await (await as(MANAGER))('GET', `/api/leavers/${personId(SIGNER)}`))
  const waiting = parts.find((part) => part.caseId === caseId)
  assert.equal(waiting?.state, 'waiting')
  assert.equal(ok<HandedOverWire>(await (await as(MANAGER))('POST', `/api/leavers/${personId(SIGNER)}/hand-over`, { parts: [waiting?.id], to: await postOf(SIDE), reason: '工作调动' })).done, 1)
})

test('the duty list is kept day by day by whoever manages the flows, for the own organisation only', async () => {
  const put = async (login: string, body: object): Promise<Answer> => (await as(login))('PUT', '/api/duty', body)
  ok(await put(MANAGER, { day: '2026-11-28', people: [personId(SIDE), personId(HEAD), personId(SIDE)] }))
  ok(await put(MANAGER, { day: '2026-11-29', people: [personId(HEAD)] }))
  ok(await put(MANAGER, { day: '2026-11-29', people: [] }))
  const list = ok<DutyWire>(await (await as(MANAGER))('GET', '/api/duty?first=2026-11-01&last=2026-11-30'))
  assert.deepEqual(list.days.map(({ day, people }) => [day, people.map(({ name }) => name)]), [['2026-11-28', ['许景行', '宋亦然']]])
  assert.equal(codeOf(await put(MANAGER, { day: '2026-11-28', people: [personId(FOREIGNER)] })), 'workflow.duty.outside')
  assert.equal((await put(MANAGER, { day: '2026-02-30', people: [] })).status, 400)
  assert.equal(codeOf(await put(WRITER, { day: '2026-11-28', people: [] })), 'access.denied')
})
