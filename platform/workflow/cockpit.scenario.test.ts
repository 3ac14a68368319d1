/** 流程运行 over HTTP on a real database: running cases follow a new version, and what the steps took. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import Excel from 'exceljs'
import { sql } from 'kysely'
import { services } from '#apps/services.ts'
import type { FlowStatisticsWire, MigrationReportWire, MigrationStepsWire, MigrationVersionsWire, MigrationWire } from '#kit/wire/flow-cockpit.ts'
import type { FlowRunWire, ManagedFlowWire } from '#kit/wire/flow-run.ts'
import type { ReplayWire, SimulationWire } from '#kit/wire/flow-simulation.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { TimelineWire, TodoWire } from '#kit/wire/task.ts'
import { keepMonths } from '#platform/workflow/server/statistics/months.ts'
import { statisticsBook } from '#platform/workflow/server/statistics/statistics.ts'
import { clientsOf, testServer } from '#test/http.ts'
import type { Answer, TestServer } from '#test/http.ts'
import { proofModule, proofTable } from '#test/proof-module.ts'
import { personId } from '#test/world/world.ts'

let server: TestServer
let now = new Date('2026-09-01T02:03:00Z')
before(async () => { server = await testServer({ services: [proofTable, ...services], modules: [proofModule], clock: () => now }) })
after(() => server.close())

const [WRITER, HEAD, SIGNER, SIDE, MANAGER, STRANGER, PUBLISHER] = ['jiangheping', 'songyiran', 'luzhengyang', 'xujingxing', 'panyueming', 'wangjie', 'sysadmin']

function ok<T = Answer['body']>({ status, body }: Answer): T {
  assert.equal(status, 200, JSON.stringify(body))
  return body as T
}
const codeOf = ({ body }: Answer): string => (body['error'] as { code: string } | undefined)?.code ?? 'done'

const as = clientsOf(() => server, () => now)

async function started(): Promise<RecordDetailWire & { caseId: string }> {
  const writer = await as(WRITER)
  const values = { subject: '关于防汛的请示', head: personId(HEAD), signers: [SIGNER, HEAD].map(personId), side: personId(SIDE), chain: [SIGNER].map(personId), until: '2026-12-01' }
  const { id, version } = ok<RecordDetailWire>(await writer('POST', '/api/records/proof_paper', { values }))
  return ok(await writer('POST', `/api/records/proof_paper/${id}/start`, { version }))
}
async function todo(login: string, recordId: string): Promise<TodoWire | undefined> {
  return ok<{ items: TodoWire[] }>(await (await as(login))('GET', '/api/todos?box=todo&limit=100')).items.find((item) => item.recordId === recordId)
}
async function act(login: string, recordId: string, body: object): Promise<void> {
  const item = (await todo(login, recordId)) ?? assert.fail(`${login} has nothing to do`)
  ok(await (await as(login))('POST', `/api/tasks/${item.id}/act`, { revision: item.revision, ...body }))
}

/** The cells of a sheet that the manager gets, line by line. */
async function sheetOf(method: 'GET' | 'POST', url: string, payload?: object): Promise<readonly (readonly unknown[])[]> {
  const answer = await server.app.inject({ method, url, headers: { cookie: await server.signIn(MANAGER) }, ...(payload !== undefined && { payload }) })
  assert.equal(answer.statusCode, 200, answer.body.slice(0, 200))
  const book = new Excel.Workbook()
  await book.xlsx.load(answer.rawPayload as unknown as Parameters<typeof book.xlsx.load>[0])
  const lines: unknown[][] = []
  book.worksheets[0]?.eachRow((row) => lines.push((row.values as unknown[]).slice(1)))
  return lines
}

test('statistics count what was finished in the period, by process, step and unit; a sheet has the same', async () => {
  const { id } = await started()
  now = new Date('2026-09-01T06:03:00Z')
  await act(HEAD, id, { operation: 'complete', outcome: 'approve', opinion: '同意' })
  const other = await started()
  await act(HEAD, other.id, { operation: 'return', target: 'apply', after: 'rerun', opinion: '补充依据' })
  const manager = await as(MANAGER)
  const read = async (query: string): Promise<FlowStatisticsWire> => ok(await manager('GET', `/api/flow-statistics?${query}`))
  const { steps, units } = await read('from=2026-09-01&to=2026-09-01')
  const head = steps.find(({ label }) => label === '审核') ?? assert.fail('no line')
  assert.deepEqual([head.process, head.n, head.median, head.returned], ['试验件办理', 2, 2, 0.5])
  assert.deepEqual(units.map(({ n }) => n), [2])
  assert.deepEqual((await read('from=2026-08-01&to=2026-08-31')).steps, [])
  assert.equal(codeOf(await manager('GET', '/api/flow-statistics?from=2026-09-02&to=2026-09-01')), 'workflow.statistics.period')
  assert.equal(codeOf(await (await as(STRANGER))('GET', '/api/flow-statistics?from=2026-09-01&to=2026-09-01')), 'access.denied')
  const sheet = statisticsBook({ processes: [], steps, units })
  assert.deepEqual(sheet.rows[0], ['环节', '试验件办理', '审核', 2, 2, 3.6, 0, 50])
})

/** The flow with another id and name for 会签, published by whoever may. */
async function publishRenamed(): Promise<void> {
  const publisher = await as(PUBLISHER)
  const { rows } = await sql<{ xml: string }>`select xml from workflow_model_version where entity = 'proof_paper' and number = 1`.execute(server.runtime.db)
  const xml = String(rows[0]?.xml).replaceAll('joint', 'cosign').replaceAll('会签', '联合会签')
  const { number } = ok<{ number: number }>(await publisher('POST', '/api/flow-models/proof_paper/upload', { xml, note: '会签改名' }))
  const { warnings } = ok<{ warnings: number }>(await publisher('GET', `/api/flow-models/proof_paper/${number}`))
  ok(await publisher('POST', '/api/flow-models/proof_paper/publish', { number, note: '会签改名', warnings }))
}

const MIGRATION = '00000000-0000-4000-8000-0000000000aa'

test('a case at a half-filled join follows the new version: first tried, then carried out, with its people and what they did', async () => {
  const { id, caseId } = await started()
  await act(HEAD, id, { operation: 'complete', outcome: 'approve' })
  await act(SIDE, id, { operation: 'complete', outcome: 'next' })
  await act(SIGNER, id, { operation: 'complete', outcome: 'approve', opinion: '无意见' })
  await publishRenamed()
  const manager = await as(MANAGER)
  const versions = ok<MigrationVersionsWire>(await manager('GET', '/api/flow-migrations/proof_paper/versions'))
  const [from, to] = [versions.from.find(({ number }) => number === 1)?.ir ?? '', versions.to.find(({ state }) => state === 'published')?.ir ?? '']
  const { steps, targets } = ok<MigrationStepsWire>(await manager('GET', `/api/flow-migrations/proof_paper/steps?from=${from}&to=${to}`))
  assert.deepEqual(steps.filter((step) => step.to === null).map(({ node, at }) => [node, at]), [['joint', 2]])
  assert.ok(targets.some(({ node, name }) => node === 'cosign' && name === '联合会签'))
  const order = { from, to, plan: { renamed: {}, moved: {}, added: 'start' } }
  const tried = async (plan: object): Promise<MigrationWire['items'][number]> =>
    ok<MigrationWire>(await manager('POST', '/api/flow-migrations/proof_paper/try', { ...order, plan: { ...order.plan, ...plan }, limit: 50 })).items.find((item) => item.caseId === caseId) ?? assert.fail('not listed')
  assert.equal((await tried({})).problem, '新版本没有“会签”，请为它选择去处')
  const renamed = { renamed: { joint: 'cosign' } }
  assert.deepEqual((await tried(renamed)).moves.map(({ how, from: was, to: is, people }) => [how, was, is, people.length]), [['renamed', '会签', '联合会签', 1]])
  assert.equal((await todo(HEAD, id))?.stepName, '会签', 'nothing was written')
  const run = { ...order, plan: { ...order.plan, ...renamed }, cases: [caseId], reason: '执行新的会签办法' }
  assert.equal((await (await as(STRANGER))('POST', '/api/flow-migrations/proof_paper/run', run)).status, 403)
  assert.equal((await manager('POST', '/api/flow-migrations/proof_paper/run', { ...run, reason: ' ' })).status, 400)
  const { items } = ok<MigrationWire>(await manager('POST', '/api/flow-migrations/proof_paper/run', run))
  assert.deepEqual(items.map(({ problem, moves }) => [problem, moves.length]), [[null, 1]])
  const again = ok<MigrationWire>(await manager('POST', '/api/flow-migrations/proof_paper/run', { ...run, migration: MIGRATION }))
  assert.equal(again.items[0]?.problem, '该流程使用的是另一版本的流程定义')
  const { items: reports } = ok<{ items: MigrationReportWire[] }>(await manager('GET', '/api/flow-migration-reports?entity=proof_paper'))
  assert.deepEqual(reports.map(({ process, by, reason, carried, refused }) => [process, by, reason, carried, refused]).toSorted(), [['试验件办理', '潘岳茗', '执行新的会签办法', 0, 1], ['试验件办理', '潘岳茗', '执行新的会签办法', 1, 0]])
  const cases = async (login: string, report: string) => ok<MigrationWire>(await (await as(login))('GET', `/api/flow-migration-reports/${report}`)).items.map(({ caseId: id, problem, moves }) => [id, problem, moves.length])
  assert.deepEqual(await cases(MANAGER, reports.find(({ carried }) => carried === 1)?.id ?? ''), [[caseId, null, 1]])
  assert.deepEqual(await cases(MANAGER, MIGRATION), [[caseId, '该流程使用的是另一版本的流程定义', 0]])
  assert.deepEqual((await sheetOf('GET', `/api/flow-migration-reports/${MIGRATION}/export`)).map(([, result]) => result), ['结果', '不能迁移'])
  assert.equal((await (await as(STRANGER))('GET', `/api/flow-migration-reports/${MIGRATION}`)).status, 403)
  await sql`update workflow_case set organisation_id = ${personId('elsewhere')} where id = ${caseId}`.execute(server.runtime.db)
  assert.deepEqual([await cases(MANAGER, MIGRATION), ok<{ items: unknown[] }>(await manager('GET', '/api/flow-migration-reports')).items], [[], []], 'of cases of other organisations nothing is seen')
  await sql`update workflow_case c set organisation_id = p.organisation_id from proof_paper p where c.id = ${caseId} and p.id = c.record_id`.execute(server.runtime.db)
  assert.equal(codeOf(await manager('POST', '/api/flow-migrations/proof_paper/run', { ...run, from: to, to: from, migration: MIGRATION })), 'workflow.migrate.taken')
  const { entries } = ok<TimelineWire>(await manager('GET', `/api/cases/${caseId}/timeline`))
  assert.deepEqual(entries.filter(({ step }) => step === '迁移到新版本').map(({ note }) => note), ['执行新的会签办法'])
  await act(HEAD, id, { operation: 'complete', outcome: 'approve' })
  assert.equal((await todo(SIGNER, id))?.stepName, '逐级审批')
})

test('a simulation tells the way, the people with their reasons and the limits, and writes nothing; a replay tells what a version would change', async () => {
  const manager = await as(MANAGER)
  const { all } = ok<MigrationVersionsWire>(await manager('GET', '/api/flow-migrations/proof_paper/versions'))
  const version = all.find(({ number }) => number === 1)?.ir ?? ''
  const post = (ok(await (await as(WRITER))('GET', '/api/session'))['post'] as { postId: string }).postId
  const values = { subject: '试走', head: personId(HEAD), signers: [SIGNER].map(personId), side: personId(SIDE), chain: [SIGNER].map(personId), until: '2026-12-01' }
  const count = async (): Promise<unknown> => (await sql<{ n: string }>`select count(*) as n from workflow_case`.execute(server.runtime.db)).rows[0]?.n
  const cases = await count()
  const found = ok<SimulationWire>(await manager('POST', '/api/flow-simulations/proof_paper', { version, post, values }))
  assert.deepEqual(found.steps.map(({ name }) => name), ['审核', '会签', '协办', '逐级审批', '确认'])
  assert.deepEqual([found.steps[0]?.people.map(({ why }) => why), found.end, found.problem], [['表单中指定'], 'ended', null])
  assert.equal(await count(), cases)
  assert.equal((await (await as(STRANGER))('POST', '/api/flow-simulations/proof_paper', { version, post, values })).status, 403)
  assert.equal(codeOf(await manager('POST', '/api/flow-simulations/proof_paper', { version: '0'.repeat(64), post, values })), 'workflow.migrate.version')
  await sql`update workflow_case set status = 'ended', ended_at = ${now}, data = data || '{"status":"ended"}' where id = (select id from workflow_case where entity = 'proof_paper' and ir = ${version} limit 1)`.execute(server.runtime.db)
  const { items } = ok<ReplayWire>(await manager('GET', `/api/flow-replays/proof_paper?version=${version}`))
  assert.deepEqual([items.length, items[0]?.differences.some((text) => text.startsWith('增加“逐级审批”，由'))], [1, true])
})

test('running cases are filtered by how long they stand where they are, and all that fit go into a sheet', async () => {
  const { caseId } = await started()
  const began = now
  now = new Date(began.getTime() + 4 * 86_400_000)
  const manager = await as(MANAGER)
  const found = async (query: string): Promise<boolean> => ok<{ items: FlowRunWire[] }>(await manager('GET', `/api/flow-runs?limit=100&entity=proof_paper${query}`)).items.some((run) => run.caseId === caseId)
  assert.deepEqual([await found('&age=4'), await found('&age=5')], [true, false])
  assert.equal((await manager('GET', '/api/flow-runs?age=0')).status, 400)
  const { items } = ok<{ items: FlowRunWire[] }>(await manager('GET', '/api/flow-runs?limit=100&entity=proof_paper'))
  const rows = await sheetOf('GET', '/api/flow-runs/export?entity=proof_paper')
  assert.deepEqual(rows[0]?.slice(0, 5), ['标题', '流程', '环节', '办理人', '发起人'])
  assert.equal(rows.length - 1, items.length)
  assert.ok(rows.some((row) => row.includes('试验件办理') && row.includes(4)), 'days at its step')
  assert.equal((await (await as(STRANGER))('GET', '/api/flow-runs/export')).status, 403)
  assert.ok(ok<{ items: ManagedFlowWire[] }>(await manager('GET', '/api/flow-runs/flows')).items.some(({ process }) => process === '试验件办理'))
  now = began
})

test('the report of a migration is a sheet; a title that looks like a formula stays text', async () => {
  const item = { caseId: personId(HEAD), entity: 'proof_paper', recordId: personId(HEAD), title: '=1+1', problem: '新版本没有“会签”，请为它选择去处', moves: [] }
  const rows = await sheetOf('POST', '/api/flow-migrations/proof_paper/report', { done: true, items: [item, { ...item, title: '请示', problem: null }] })
  assert.deepEqual(rows.slice(1), [["'=1+1", '不能迁移', item.problem], ['请示', '已迁移', '等待中，按新版本继续']])
  assert.equal((await (await as(STRANGER))('POST', '/api/flow-migrations/proof_paper/report', { done: true, items: [] })).status, 403)
})

test('a long period is read from counted months and the days around them: the same counts and rates, times within a twentieth', async () => {
  const { rows: [one] } = await sql<{ id: string }>`select id from workflow_case where entity = 'proof_paper' and organisation_id is not null limit 1`.execute(server.runtime.db)
  await sql`
    insert into workflow_step (case_id, task_id, entity, node, name, organisation_id, unit_id, status, closed_at, hours, late)
    select c.id, 1000 + n, c.entity, 'head', '审核', c.organisation_id, c.unit_id, case when n % 5 = 0 then 'returned' else 'completed' end, timestamptz '2025-01-10 10:00+08' + n * interval '1 day', 1 + n % 50, n % 4 = 0
    from workflow_case c, generate_series(1, 500) n where c.id = ${one?.id}`.execute(server.runtime.db)
  const manager = await as(MANAGER)
  const read = async (more = '', from = '2025-01-15'): Promise<FlowStatisticsWire> => ok(await manager('GET', `/api/flow-statistics?from=${from}&to=2026-08-20${more}`))
  const [exact, whole] = [await read(), await read('', '2024-12-20')]
  await server.runtime.command(null, (ctx) => keepMonths(ctx))
  const summed = await read()
  const counts = ({ steps, units }: FlowStatisticsWire) => [...steps, ...units].map(({ key, n, overdue, returned }) => [key, n, overdue.toFixed(6), returned.toFixed(6)])
  assert.deepEqual(counts(summed), counts(exact))
  assert.notDeepEqual(summed, exact, 'read from the months')
  const { rows: years } = await sql<{ month: string; n: number }>`select to_char(month, 'YYYY-MM-DD') as month, count(*)::int as n from workflow_step_month where span = 'year' group by 1`.execute(server.runtime.db)
  assert.ok(years.some(({ month }) => month === '2025-01-01') && years.length === 1, 'the one year of which all months are over')
  await sql`update workflow_step_month set n = 0, late = 0 where span = 'month' and month < '2026-01-01'`.execute(server.runtime.db)
  assert.deepEqual(counts(await read('', '2024-12-20')), counts(whole), 'a whole year is read as one')
  await sql`delete from workflow_step_kept`.execute(server.runtime.db)
  await server.runtime.command(null, (ctx) => keepMonths(ctx))
  assert.deepEqual([counts(await read('&entity=proof_paper')), (await read('&entity=nothing')).steps], [counts(exact), []])
  for (const [index, { median, p90 }] of summed.steps.entries()) {
    const wanted = exact.steps[index] ?? assert.fail('no line')
    assert.ok(Math.abs(median / wanted.median - 1) < 0.05 && Math.abs(p90 / wanted.p90 - 1) < 0.05, JSON.stringify([wanted, median, p90]))
  }
  const { rows: [first] } = await sql<{ n: number }>`select count(*)::int as n from workflow_step_month`.execute(server.runtime.db)
  await server.runtime.command(null, (ctx) => keepMonths(ctx))
  const { rows: [second] } = await sql<{ n: number }>`select count(*)::int as n from workflow_step_month`.execute(server.runtime.db)
  assert.deepEqual(second, first, 'counted once')
})

test('a step that was rolled back and done again counts with its last time', async () => {
  const { id, caseId } = await started()
  const began = now
  await act(HEAD, id, { operation: 'complete', outcome: 'approve' })
  ok(await (await as(MANAGER))('POST', `/api/cases/${caseId}/act`, { operation: 'rollback', opinion: '意见有误' }))
  now = new Date(began.getTime() + 3 * 3_600_000)
  await act(HEAD, id, { operation: 'complete', outcome: 'approve' })
  now = began
  const { rows } = await sql<{ hours: number }>`select hours from workflow_step where case_id = ${caseId} and name = '审核'`.execute(server.runtime.db)
  assert.deepEqual(rows, [{ hours: 3 }])
})
