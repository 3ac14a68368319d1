/** 请销假 from the application to the account, over HTTP on a real database. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import Excel from 'exceljs'
import { sql } from 'kysely'
import { services } from '#apps/services.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { TaskWire } from '#kit/wire/task.ts'
import { Org } from '#platform/org/contract.ts'
import { fireTimers } from '#platform/workflow/server/timers.ts'
import { PASSWORD, testServer } from '#test/http.ts'
import type { Answer, Client, TestServer } from '#test/http.ts'
import { unitId } from '#test/world/units.ts'
import { generate, personId } from '#test/world/world.ts'
import type { BalanceWire, BoardWire, KindWire, PersonBalanceWire } from './api.ts'
import { definition } from './module.ts'
import { server as leaveServer } from './server/index.ts'

const LOGINS = new Map(generate().accounts.map(({ login, personId: id }) => [id, login]))

let server: TestServer
/** Only goes forward, test by test. */
let now = new Date('2026-09-01T01:00:00Z')
before(async () => {
  server = await testServer({ services, modules: [{ definition, server: leaveServer }], clock: () => now })
  const personnel = await as('wanglei')
  for (const login of ['linxiaowen', 'hexiangdong', 'zhoumuyuan', 'zhugening']) {
    ok(await personnel('POST', '/api/leave/service', { personId: personId(login), workedSince: '2010-07-01' }))
  }
  assert.deepEqual(ok(await personnel('POST', '/api/leave/grant-year', { year: 2026 })), { people: 4, days: 40 })
})
after(() => server.close())

function ok<T = Answer['body']>({ status, body }: Answer): T {
  assert.equal(status, 200, JSON.stringify(body))
  return body as T
}
const codeOf = ({ body }: Answer): string => (body['error'] as { code: string } | undefined)?.code ?? 'done'

let places = 0
async function signIn(login: string): Promise<Client> {
  const { cookie, status } = await server.ask('POST', '/api/session', { body: { login, password: PASSWORD }, from: `10.2.0.${(places += 1)}` })
  assert.equal(status, 200)
  return (method, url, body) => server.ask(method, url, { cookie, body })
}
const clients = new Map<string, Promise<Client>>()
/** One sign-in an hour for each person, from a place of her own: many are slowed down. */
function as(login: string): Promise<Client> {
  const key = `${login} ${now.toISOString().slice(0, 13)}`
  const client = clients.get(key) ?? signIn(login)
  clients.set(key, client)
  return client
}

const days = (start: string, end: string) => ({ period: { start, startHalf: 'am', end, endHalf: 'pm' } })
const request = (more: object) => ({ kind: 'annual', place: 'local', reason: '探望父母', standIn: personId('guyuncheng'), ...days('2026-09-14', '2026-09-18'), ...more })

/** Opens a request; handing it in is left to the test. */
async function draft(login: string, more: object = {}): Promise<RecordDetailWire> {
  return ok<RecordDetailWire>(await (await as(login))('POST', '/api/records/leave_request', { values: request(more) }))
}
async function start(login: string, { id, version }: RecordDetailWire): Promise<Answer> {
  return (await as(login))('POST', `/api/records/leave_request/${id}/start`, { version })
}
const apply = async (login: string, more: object = {}): Promise<RecordDetailWire> => ok<RecordDetailWire>(await start(login, await draft(login, more)))
/** What refuses a request, and that the draft is still there. */
async function refusal(login: string, more: object): Promise<string> {
  const made = await draft(login, more)
  const code = codeOf(await start(login, made))
  const kept = await read(login, made.id)
  assert.deepEqual([kept.state, kept.values['reason']], ['draft', '探望父母'])
  return code
}
const read = async (login: string, id: string): Promise<RecordDetailWire> => ok<RecordDetailWire>(await (await as(login))('GET', `/api/records/leave_request/${id}`))

/** Logins that hold an open part of the case, in turn. */
async function holders(id: string): Promise<string[]> {
  const { rows } = await sql<{ person_id: string }>`select a.person_id from workflow_actor a join workflow_case c on c.id = a.case_id where c.record_id = ${id} and a.status = 'open'`.execute(server.runtime.db)
  return rows.map(({ person_id }) => LOGINS.get(person_id) ?? '')
}
async function act(login: string, id: string, more: object): Promise<Answer> {
  const ask = await as(login)
  const [taskId = ''] = (await read(login, id)).taskIds
  const { revision } = ok<TaskWire>(await ask('GET', `/api/tasks/${taskId}`))
  return ask('POST', `/api/tasks/${taskId}/act`, { operation: 'complete', revision, ...more })
}
/** Everybody in turn agrees; answers who did. */
async function approve(id: string): Promise<string[]> {
  const by: string[] = []
  for (let [next] = await holders(id); next !== undefined; [next] = await holders(id)) {
    ok(await act(next, id, { outcome: 'approve', opinion: '同意' }))
    by.push(next)
  }
  return by
}
async function goTo(time: string): Promise<void> {
  now = new Date(time)
  await fireTimers(server.runtime)
}
async function balanceOf(login: string): Promise<BalanceWire> {
  const { items } = ok<{ items: BalanceWire[] }>(await (await as(login))('GET', '/api/leave/my-balances?year=2026'))
  return items.find(({ kind }) => kind === 'annual') ?? assert.fail('no annual leave')
}

describe('refused, with the draft kept', () => {
  const refused: readonly (readonly [what: string, more: object, code: string])[] = [
    ['long past', days('2026-08-03', '2026-08-04'), 'leave.period.past'],
    ['a weekend', days('2026-09-05', '2026-09-06'), 'leave.days.none'],
    ['over the balance', days('2026-10-12', '2026-10-30'), 'leave.balance.short'],
    ['a year without a calendar', days('2026-12-28', '2027-01-05'), 'calendar.year.unconfirmed'],
    ['no stand-in', { ...days('2026-09-07', '2026-09-08'), standIn: null }, 'leave.stand-in.missing'],
    ['herself as stand-in', { ...days('2026-09-07', '2026-09-08'), standIn: personId('linxiaowen') }, 'leave.stand-in.self'],
    ['marriage without proof', { kind: 'marriage', ...days('2026-09-07', '2026-09-08') }, 'leave.proof.missing'],
    ['more bereavement leave than the office gives', { kind: 'bereavement', ...days('2026-09-07', '2026-09-10') }, 'leave.limit.event'],
    ['a trip that stays', { kind: 'trip', ...days('2026-09-07', '2026-09-08') }, 'leave.trip.local'],
    ['nothing but the kind', { period: null }, 'records.invalid'],
    ['a birth beyond what the law gives', { kind: 'maternity', birth: 'early', ...days('2026-09-07', '2026-09-22') }, 'leave.limit.birth'],
    ['nursing beyond the first birthday', { kind: 'nursing', childBirth: '2025-09-08', children: 1, hours: 1, ...days('2026-09-07', '2026-09-08') }, 'leave.child.age'],
    ['nursing for more hours than children', { kind: 'nursing', childBirth: '2026-03-01', children: 1, hours: 1.5, ...days('2026-09-07', '2026-09-08') }, 'leave.nursing.hours'],
    ['parental leave past the third birthday', { kind: 'parental', childBirth: '2023-09-07', ...days('2026-09-07', '2026-09-08') }, 'leave.child.age'],
    ['parental leave beyond the child\'s year', { kind: 'parental', childBirth: '2024-03-01', ...days('2026-09-07', '2026-09-14') }, 'leave.limit.child-year'],
    ['for somebody else', { applicant: personId('hexiangdong'), ...days('2026-09-07', '2026-09-08') }, 'leave.applicant.other'],
  ]
  for (const [what, more, code] of refused) test(what, async () => assert.equal(await refusal('linxiaowen', more), code))

  test('home visits of the married: once in four years', async () => {
    const visit = { kind: 'visit-parents-married', place: 'outside', destination: '合肥' }
    const made = await apply('hexiangdong', { ...visit, ...days('2026-09-28', '2026-09-29') })
    assert.equal(await refusal('hexiangdong', { ...visit, ...days('2026-11-25', '2026-11-26') }), 'leave.limit.visit')
    ok(await (await as('hexiangdong'))('POST', '/api/leave/cancel', { id: made.id, reason: '改期' }))
  })

  test('two years\' home visits as one stand for the yearly ones', async () => {
    const visit = { place: 'outside', destination: '合肥' }
    const made = await apply('hexiangdong', { ...visit, kind: 'visit-parents-two-years', ...days('2026-09-28', '2026-11-11') })
    assert.equal(await refusal('hexiangdong', { ...visit, kind: 'visit-parents-single', ...days('2026-11-25', '2026-11-26') }), 'leave.limit.visit')
    ok(await (await as('hexiangdong'))('POST', '/api/leave/cancel', { id: made.id, reason: '改期' }))
  })

  test('leave within working time is kept in hours', async () => {
    const made = await apply('hexiangdong', { kind: 'nursing', childBirth: '2026-03-01', children: 2, hours: 2, ...days('2026-09-28', '2026-10-09') })
    assert.deepEqual([made.values['days'], made.values['hoursTotal']], [null, 10])
    assert.match(made.title, /何向东 哺乳时间 10小时（/)
    ok(await (await as('hexiangdong'))('POST', '/api/leave/cancel', { id: made.id, reason: '改期' }))
  })

  test('long past, registered by the personnel officer', async () => {
    const late = { kind: 'sick', applicant: personId('linxiaowen'), standIn: null, ...days('2026-08-03', '2026-08-03') }
    const made = await apply('wanglei', late)
    assert.equal((await read('linxiaowen', made.id)).state, 'running')
    ok(await (await as('linxiaowen'))('POST', '/api/leave/cancel', { id: made.id, reason: '登记有误' }))
  })

  test('two at once for the same days: one of them', async () => {
    const two = await Promise.all([draft('hexiangdong', days('2026-09-24', '2026-09-24')), draft('hexiangdong', days('2026-09-24', '2026-09-24'))])
    const answers = await Promise.all(two.map((made) => start('hexiangdong', made)))
    assert.deepEqual(answers.map(codeOf).toSorted(), ['done', 'leave.period.overlap'])
    const [made] = two.filter((_, index) => answers[index]?.status === 200)
    ok(await (await as('hexiangdong'))('POST', '/api/leave/cancel', { id: made?.id, reason: '重复申请' }))
  })

  test('overlapping one\'s own leave, and a stand-in who is away', async () => {
    const made = await apply('zhugening', days('2026-09-08', '2026-09-09'))
    assert.equal(await refusal('zhugening', days('2026-09-09', '2026-09-10')), 'leave.period.overlap')
    assert.equal(await refusal('zhoumuyuan', { ...days('2026-09-09', '2026-09-10'), standIn: personId('guyuncheng') }), 'leave.pair.away', 'head and deputy')
    await approve(made.id)
    assert.equal(await refusal('linxiaowen', { ...days('2026-09-09', '2026-09-10'), standIn: personId('zhugening') }), 'leave.stand-in.away')
  })
})

describe('the way of a leave', () => {
  test('the head of the office: leaders of the district, and the offices that are told', async () => {
    const made = await apply('zhoumuyuan', { kind: 'trip', place: 'outside', destination: '杭州', standIn: personId('zhugening'), ...days('2026-09-21', '2026-09-22') })
    assert.equal((await approve(made.id)).at(-1), 'chenliqun')
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from access_visibility where object_id = ${made.id} and principal like 'p:%'`.execute(server.runtime.db)
    assert.ok((rows[0]?.n ?? 0) > 3, 'mail clerks and personnel of three offices')
  })

  test('apply, approve by rank and length, away, report earlier, days back', async () => {
    const made = await apply('linxiaowen')
    assert.equal(made.values['days'], 5)
    assert.match(made.title, /林晓雯 年休假 5天/)
    assert.equal((await balanceOf('linxiaowen')).pending, 5)
    const [head, overseer, chief] = await approve(made.id)
    assert.equal(chief, 'zhoumuyuan', 'more than three days: up to the head')
    assert.notEqual(head, overseer)
    assert.equal((await read('linxiaowen', made.id)).state, 'approved')
    assert.deepEqual({ ...(await balanceOf('linxiaowen')), label: '' }, { kind: 'annual', label: '', year: 2026, granted: 10, carriedIn: 0, used: 5, pending: 0, available: 5 })
    await goTo('2026-09-14T01:00:00Z')
    assert.equal((await read('linxiaowen', made.id)).state, 'away')
    await goTo('2026-09-18T16:30:00Z')
    assert.deepEqual([(await read('linxiaowen', made.id)).state, await holders(made.id)], ['to-report', ['linxiaowen']])
    const ask = await as('linxiaowen')
    const open = await read('linxiaowen', made.id)
    const longer = await ask('PATCH', `/api/records/leave_request/${made.id}`, { values: days('2026-09-14', '2026-09-21'), version: open.version })
    assert.equal(codeOf(longer), 'leave.report.longer')
    ok(await ask('PATCH', `/api/records/leave_request/${made.id}`, { values: days('2026-09-14', '2026-09-16'), version: open.version }))
    ok(await act('linxiaowen', made.id, {}))
    const ended = await read('linxiaowen', made.id)
    assert.deepEqual([ended.state, ended.values['days']], ['done', 3])
    assert.deepEqual([(await balanceOf('linxiaowen')).used, (await balanceOf('linxiaowen')).available], [3, 7])
    const { items } = ok<{ items: { type: string; days: number }[] }>(await ask('GET', '/api/leave/entries?kind=annual'))
    assert.deepEqual(items.map(({ type, days: n }) => `${type} ${n}`), ['give-back 2', 'use -5', 'grant 10'])
  })

  test('not begun: cancelled by the applicant, all days back', async () => {
    const made = await apply('hexiangdong', days('2026-10-12', '2026-10-13'))
    assert.equal((await approve(made.id)).length, 1, 'the head of a department: the leader in charge')
    assert.equal((await balanceOf('hexiangdong')).available, 8)
    const colleague = await as('guyuncheng')
    assert.equal(codeOf(await colleague('POST', '/api/leave/cancel', { id: made.id, reason: '误操作' })), 'leave.not-yours')
    ok(await (await as('hexiangdong'))('POST', '/api/leave/cancel', { id: made.id, reason: '工作安排变化' }))
    assert.deepEqual([(await read('hexiangdong', made.id)).state, (await balanceOf('hexiangdong')).available], ['void', 10])
    assert.equal(codeOf(await (await as('hexiangdong'))('POST', '/api/leave/cancel', { id: made.id, reason: '再撤' })), 'leave.cancel.state')
  })

  test('back at work early: reported in one act', async () => {
    const made = await apply('hexiangdong', days('2026-11-02', '2026-11-04'))
    await approve(made.id)
    await goTo('2026-11-03T09:00:00Z')
    const ask = await as('hexiangdong')
    assert.equal(codeOf(await ask('POST', '/api/leave/return', { id: made.id, end: '2026-11-06' })), 'leave.return.period')
    ok(await ask('POST', '/api/leave/return', { id: made.id, end: '2026-11-03' }))
    const ended = await read('hexiangdong', made.id)
    assert.deepEqual([ended.state, ended.values['days'], (await balanceOf('hexiangdong')).available], ['done', 2, 8])
  })

  test('extended: the second request is approved, and only the last one is reported', async () => {
    const first = await apply('linxiaowen', { kind: 'personal', ...days('2026-11-16', '2026-11-16') })
    await approve(first.id)
    await goTo('2026-11-16T02:00:00Z')
    const ask = await as('linxiaowen')
    assert.equal(codeOf(await ask('POST', `/api/cases/${(await read('linxiaowen', first.id)).caseId}/act`, { operation: 'terminate', opinion: '行程取消' })), 'leave.cancel.state')
    const { id } = ok<{ id: string }>(await ask('POST', '/api/leave/extend', { id: first.id, end: '2026-11-17', reason: '火车停运' }))
    assert.deepEqual((await read('linxiaowen', id)).values['period'], days('2026-11-17', '2026-11-17').period)
    await approve(id)
    assert.match(String((await read('linxiaowen', first.id)).values['continuedBy']), /^假〔2026〕\d+号$/)
    await goTo('2026-11-16T16:30:00Z')
    assert.deepEqual([(await read('linxiaowen', first.id)).state, (await read('linxiaowen', id)).state], ['done', 'away'])
  })
})

interface Settings {
  readonly approval: { readonly value: readonly Record<string, unknown>[]; readonly version: number }
  readonly kinds: { readonly value: readonly KindWire[]; readonly version: number }
}

describe('the office', () => {
  test('the board: names and times, never kinds or reasons', async () => {
    const board = ok<BoardWire>(await (await as('guyuncheng'))('GET', '/api/leave/board?date=2026-11-17'))
    const away = board.units.flatMap((unit) => unit.away)
    assert.deepEqual(away.map(({ name, status, to }) => [name, status, to]), [['林晓雯', 'leave', '2026-11-17']])
    assert.equal(board.present, board.people - 1)
    assert.doesNotMatch(JSON.stringify(board), /事假|探望/)
    assert.equal(codeOf(await (await as('guyuncheng'))('GET', `/api/leave/board?organisationId=${unitId('emergency')}`)), 'access.denied')
    assert.equal(ok<BoardWire>(await (await as('chenliqun'))('GET', `/api/leave/board?organisationId=${unitId('emergency')}`)).organisationId, unitId('emergency'))
  })

  test('the approval table: gaps refused, asked before it is saved, used at once', async () => {
    const ask = await as('wanglei')
    const { approval } = ok<Settings>(await ask('GET', '/api/leave/settings'))
    assert.equal(codeOf(await ask('POST', '/api/leave/save-approval', { rows: approval.value.slice(0, -1), version: 0 })), 'leave.approval.gaps')
    const toChief = [{ bands: ['member'], upTo: 1, destinations: null, chain: ['unit-head'], record: [] }, ...approval.value.filter(({ bands, upTo }) => !(String(bands) === 'member' && upTo === 1))]
    const question = new URLSearchParams({ personId: personId('linxiaowen'), days: '1', destination: 'local', rows: JSON.stringify(toChief) })
    assert.deepEqual(ok(await ask('GET', `/api/leave/simulate?${question}`))['people'], [{ name: '周牧原', as: '单位主要领导' }])
    ok(await ask('POST', '/api/leave/save-approval', { rows: toChief.toSorted((a, b) => Number(b['destinations'] !== null) - Number(a['destinations'] !== null)), version: 0 }))
    assert.equal(codeOf(await ask('POST', '/api/leave/save-approval', { rows: toChief, version: 0 })), 'leave.setting.stale')
    const made = await apply('linxiaowen', { kind: 'personal', ...days('2026-11-23', '2026-11-23') })
    assert.deepEqual(await approve(made.id), ['zhoumuyuan'])
    assert.equal(codeOf(await (await as('linxiaowen'))('POST', '/api/leave/save-approval', { rows: toChief, version: 1 })), 'access.denied')
  })

  test('a kind by the rules of the office', async () => {
    const ask = await as('wanglei')
    ok(await ask('POST', '/api/leave/save-kind', { code: 'bereavement', change: { limit: { per: 'event', days: 5 } }, version: 0 }))
    const { kinds } = ok<Settings>(await ask('GET', '/api/leave/settings'))
    assert.deepEqual([kinds.value.find(({ code }) => code === 'bereavement')?.limit, kinds.version], [{ per: 'event', days: 5 }, 1])
    assert.equal((await apply('linxiaowen', { kind: 'bereavement', ...days('2026-11-24', '2026-11-27') })).state, 'running')
  })

  test('accounts by hand: a reason for each line, nothing below zero, the year closed when it is over', async () => {
    const ask = await as('wanglei')
    const line = { personId: personId('linxiaowen'), kind: 'annual', year: 2026, type: 'adjust', days: -1, reason: '核对考勤' }
    ok(await ask('POST', '/api/leave/book', line))
    assert.equal(codeOf(await ask('POST', '/api/leave/book', { ...line, reason: ' ' })), 'leave.balance.reason')
    assert.equal(codeOf(await ask('POST', '/api/leave/book', { ...line, days: -50 })), 'leave.balance.short')
    assert.equal(codeOf(await ask('POST', '/api/leave/book', { ...line, kind: 'sick' })), 'leave.balance.kind')
    assert.equal(codeOf(await ask('POST', '/api/leave/book', { ...line, personId: personId('jiangheping') })), 'leave.person')
    ok(await ask('POST', '/api/leave/book', { ...line, type: 'pay-out', days: 2, reason: '因工作未休' }))
    assert.equal((await balanceOf('linxiaowen')).available, 4)
    assert.equal(codeOf(await ask('POST', '/api/leave/close-year', { year: 2026 })), 'leave.year.open')
    assert.equal(codeOf(await (await as('linxiaowen'))('POST', '/api/leave/book', line)), 'access.denied')
    const { items } = ok<{ items: PersonBalanceWire[] }>(await ask('GET', '/api/leave/balances?year=2026'))
    assert.equal(items.find(({ name }) => name === '林晓雯')?.balances[0]?.available, 4)
  })

  test('workbooks of the accounts and of a month', async () => {
    const { cookie } = await server.ask('POST', '/api/session', { body: { login: 'wanglei', password: PASSWORD }, from: '10.3.0.1' })
    const sheet = async (url: string): Promise<Excel.Worksheet> => {
      const answer = await server.app.inject({ method: 'GET', url, headers: { cookie: cookie ?? '' } })
      assert.equal(answer.statusCode, 200, answer.body)
      assert.match(String(answer.headers['content-disposition']), /\.xlsx$/)
      const book = new Excel.Workbook()
      await book.xlsx.load(answer.rawPayload as unknown as Excel.Buffer)
      return book.worksheets[0] ?? assert.fail('no sheet')
    }
    const month = await sheet('/api/leave/export-month?month=2026-09')
    assert.deepEqual([month.getRow(1).values].flat(), ['姓名', '部门', '职务', '年休假', '外出报备', '合计'])
    assert.deepEqual(month.getColumn(1).values.slice(2).toSorted(), ['周牧原', '林晓雯', '诸葛凝'])
    assert.ok((await sheet('/api/leave/export-balances?year=2026')).rowCount > 4)
    assert.equal((await server.app.inject({ method: 'GET', url: '/api/leave/export-month?month=2026-13', headers: { cookie: cookie ?? '' } })).statusCode, 400)
  })

  test('an organisation below another has its own staff', async () => {
    const staffIn = (id: string) => server.runtime.query(null, (ctx) => ctx.use(Org).staff(id))
    const district = await server.runtime.query(null, async (ctx) => (await ctx.use(Org).lineage(unitId('office'))).at(-1))
    const [own, above] = [await staffIn(unitId('office')), await staffIn(district?.id ?? '')]
    assert.ok(own.length > 20 && own.every(({ organisationId, main }) => main && organisationId === unitId('office')))
    assert.ok(above.every(({ organisationId }) => organisationId === district?.id))
  })

  test('not reported back: told once a step', async () => {
    await goTo('2026-12-01T00:30:00Z')
    const remind = (): Promise<void> => server.runtime.command(null, (ctx) => leaveServer.jobs?.[0]?.run(ctx, {}) ?? assert.fail('no job'))
    await remind()
    await remind()
    const { items } = ok<{ items: { title: string; text: string | null }[] }>(await (await as('wanglei'))('GET', '/api/notices'))
    const told = items.filter(({ text }) => text?.includes('仍未销假')).map(({ title }) => title)
    assert.equal(told.length, 4, 'four leaves are over and nobody has come back')
    assert.equal(new Set(told).size, 4)
  })

  test('year end: closed person by person; what is done stays done, a repeat takes up the rest', async () => {
    await goTo('2027-01-04T01:00:00Z')
    const ask = await as('wanglei')
    const close = async (): Promise<number> => ok<{ people: number }>(await ask('POST', '/api/leave/close-year', { year: 2026 })).people
    const run = (login: string): Promise<void> => server.runtime.command(null, (ctx) =>
      leaveServer.jobs?.find(({ name }) => name === 'leave.close-person')?.run(ctx, { organisationId: unitId('office'), personId: personId(login), year: 2026, carry: true, by: personId('wanglei') }) ?? assert.fail('no job'))
    const people = await close()
    assert.equal(people, 4)
    const queued = async (): Promise<number> => (await sql<{ n: number }>`select count(*)::int as n from jobs.job where name = 'leave.close-person'`.execute(server.runtime.db)).rows[0]?.n ?? 0
    assert.equal(await queued(), 4)
    await run('linxiaowen')
    await run('linxiaowen')
    assert.equal(await close(), 3, 'whoever is closed is not closed again')
    assert.equal(await queued(), 4, 'who still waits does not wait twice')
    const { items } = ok<{ items: { year: number; type: string; days: number }[] }>(await ask('GET', `/api/leave/entries?kind=annual&personId=${personId('linxiaowen')}`))
    assert.deepEqual(items.slice(0, 2).map(({ year, type, days: n }) => `${year} ${type} ${n}`), ['2027 carry-in 4', '2026 carry-out -4'])
    await Promise.all(['hexiangdong', 'zhoumuyuan', 'zhugening'].map(run))
    assert.equal(await close(), 0)
  })
})
