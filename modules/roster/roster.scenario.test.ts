/** People and units from a sheet, over HTTP: checked first, then all or nothing, within the administrator's reach. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { services } from '#apps/services.ts'
import { testServer } from '#test/http.ts'
import type { Answer, Client, TestServer } from '#test/http.ts'
import type { PreviewWire } from './api.ts'
import { SHEET_COLUMNS } from './columns.ts'
import type { SheetKind } from './columns.ts'
import { definition } from './module.ts'
import { cellWords } from './words.ts'
import { server as rosterServer } from './server/index.ts'

let server: TestServer
let system: Client
let department: Client
before(async () => {
  server = await testServer({ services, modules: [{ definition, server: rosterServer }] })
  system = await server.as('sysadmin')
  department = await server.as('panyueming')
})
after(() => server.close())

function ok<T = Answer['body']>({ status, body }: Answer): T {
  assert.equal(status, 200, JSON.stringify(body))
  return body as T
}
const codeOf = ({ body }: Answer): string => (body['error'] as { code: string } | undefined)?.code ?? 'done'

/** A sheet with the template's head line and lines by column key. */
const sheet = (kind: SheetKind, ...lines: readonly Readonly<Record<string, string>>[]) => ({
  kind, rows: [SHEET_COLUMNS[kind].map(({ title, required }) => (required ? `${title}*` : title)), ...lines.map((line) => SHEET_COLUMNS[kind].map(({ key }) => line[key] ?? ''))],
})
const person = (more: object = {}) => ({ name: '周明远', login: 'zhoumingyuan', phone: '16900009991', organisation: '区应急局', department: '办公室', title: '科员', gradeRank: '一级科员', ...more })
const unit = (more: object = {}) => ({ name: '应急宣传科', parent: '区应急局', kind: '内设机构', ...more })
const problemsOf = async (ask: Client, input: object): Promise<string[]> =>
  ok<PreviewWire>(await ask('POST', '/api/roster/preview', input)).problems.map(({ row, column, text }) => `${row} ${column} ${text}`)

describe('what is wrong with a cell is said by row and column', () => {
  const people: readonly (readonly [what: string, more: object, problem: string])[] = [
    ['no name', { name: '' }, `2 姓名 ${cellWords.required}`],
    ['a formula for a name', { name: '=1+1' }, `2 姓名 ${cellWords.name}`],
    ['a login with spaces', { login: 'zhou ming' }, `2 账号 ${cellWords.login}`],
    ['a login of somebody else, in other width', { login: 'ＬＩＮＸＩＡＯＷＥＮ' }, `2 账号 ${cellWords.loginTaken}`],
    ['a short phone number', { phone: '1690000' }, `2 手机 ${cellWords.phone}`],
    ['an organisation that is not there', { organisation: '区航天局', department: '' }, `2 单位 ${cellWords.organisation}`],
    ['a department of another', { department: '火星科' }, `2 部门 ${cellWords.department}`],
    ['a rank of one\'s own', { gradeRank: '特级科员' }, `2 职级 ${cellWords.rank}`],
    ['a day that is none', { from: '2026-02-30' }, `2 任职日期 ${cellWords.date}`],
    ['an order that is no number', { order: '第一' }, `2 排序 ${cellWords.order}`],
  ]
  for (const [what, more, problem] of people) test(what, async () => assert.deepEqual(await problemsOf(system, sheet('people', person(more))), [problem]))

  const units: readonly (readonly [what: string, more: object, problem: string])[] = [
    ['a parent that is not there', { parent: '区航天局' }, `2 上级 ${cellWords.parent}`],
    ['itself above itself', { parent: '应急宣传科' }, `2 上级 ${cellWords.circle}`],
    ['a name that is there', { name: '办公室' }, `2 名称 ${cellWords.unitThere}`],
    ['a code with a wrong check digit', { code: '11310105MB2F000001' }, `2 统一社会信用代码 ${cellWords.code}`],
    ['neither yes nor no', { organisation: '也许' }, `2 独立单位 ${cellWords.choice(['是', '否'])}`],
  ]
  for (const [what, more, problem] of units) test(what, async () => assert.deepEqual(await problemsOf(system, sheet('units', unit(more))), [problem]))

  test('the same login twice; a column that is missing; an empty sheet', async () => {
    const double = sheet('people', person(), person({ phone: '16900009992' }))
    assert.deepEqual(await problemsOf(system, double), [`3 账号 ${cellWords.loginTwice(2)}`])
    const { rows } = double
    assert.deepEqual(await problemsOf(system, { kind: 'people', rows: rows.map((row) => row.slice(1)) }), [`1 姓名 ${cellWords.missingColumn('姓名')}`])
    assert.equal(codeOf(await system('POST', '/api/roster/apply', { kind: 'people', rows: rows.slice(0, 1) })), 'roster.empty')
  })
})

test('one wrong cell keeps the whole sheet out; put right, all of it comes in and signs in', async () => {
  const good = [person(), person({ name: '吴思齐', login: 'wusiqi', phone: '16900009993' })]
  assert.equal(codeOf(await system('POST', '/api/roster/apply', sheet('people', ...good, person({ login: 'x' })))), 'roster.rows')
  assert.deepEqual(ok<{ items: unknown[] }>(await system('GET', '/api/people?query=zhoumingyuan')).items, [])
  const { count, password } = ok<{ count: number; password: string }>(await system('POST', '/api/roster/apply', sheet('people', ...good)))
  assert.equal(count, 2)
  const { items } = ok<{ items: { name: string; title: string }[] }>(await system('GET', `/api/people?query=${encodeURIComponent('吴思齐')}`))
  assert.deepEqual(items.map(({ name, title }) => [name, title]), [['吴思齐', '科员']])
  assert.equal(codeOf(await server.ask('POST', '/api/session', { body: { login: 'wusiqi', password: 'wrong' } })), 'identity.wrong')
  const first = await server.ask('POST', '/api/session', { body: { login: 'wusiqi', password } })
  assert.notEqual(codeOf(first), 'identity.wrong', 'the first password fits')
})

test('units hang below one another; those above come first whatever their place in the sheet', async () => {
  const lines = [unit({ name: '宣传一组', parent: '应急宣传科' }), unit()]
  assert.equal(ok<{ count: number }>(await system('POST', '/api/roster/apply', sheet('units', ...lines))).count, 2)
  assert.deepEqual(await problemsOf(system, sheet('people', person({ login: 'zhengyan', phone: '16900009994', department: '应急宣传科/宣传一组' }))), [])
})

test('a department\'s administrator stays within her organisation; others may not at all', async () => {
  assert.deepEqual(await problemsOf(department, sheet('people', person({ login: 'heyun', phone: '16900009995' }))), [])
  assert.deepEqual(await problemsOf(department, sheet('people', person({ login: 'heyun', phone: '16900009995', organisation: '区市场监管局', department: '' }))), [`2 单位 ${cellWords.organisation}`])
  assert.deepEqual(await problemsOf(department, sheet('units', unit({ name: '宣传中心', organisation: '是' }))), [`2 独立单位 ${cellWords.ownOnly}`])
  const clerk = await server.as('linxiaowen')
  assert.equal(codeOf(await clerk('POST', '/api/roster/apply', sheet('people', person()))), 'access.denied')
  assert.equal(codeOf(await clerk('POST', '/api/roster/preview', sheet('people', person()))), 'access.denied')
})
