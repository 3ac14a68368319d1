/** What a manager does on PC when a case does not go on by itself: moves one of several things under way, gives a broken service up; and what starts by itself. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { LeaveRequest } from '#modules/leave/model.ts'
import { cycle, element, event, flows, model, settings } from '#platform/workflow/bpmn/test/model.ts'
import { fireTimers } from '#platform/workflow/server/timers.ts'
import { personId } from '../world/world.ts'
import { signedInPage } from './browser.ts'
import { openDistrict, PASSWORD } from './district.ts'
import type { District } from './district.ts'
import { layoutFaults } from './walk.ts'

let now = new Date('2026-11-20T02:00:00Z')
let district: District
before(async () => { district = await openDistrict(() => now) })
after(() => district.close())

const [WRITER, MANAGER, PUBLISHER] = ['songyiran', 'panyueming', 'sysadmin']
const visit = (login: string, path: string): Promise<Page> => signedInPage(district, { login, password: PASSWORD }, path, { viewport: { width: 1280, height: 800 } })

async function station(page: Page, name: string): Promise<void> {
  assert.deepEqual(await layoutFaults(page), [], name)
  if (process.env['SCREENSHOTS'] !== undefined) await page.screenshot({ path: `${process.env['SCREENSHOTS']}/trouble-${name}.png` })
}
async function call<T>(page: Page, method: 'get' | 'post', path: string, data?: object): Promise<T> {
  const answer = await page.request[method](district.address + path, data === undefined ? {} : { data })
  assert.ok(answer.ok(), await answer.text())
  return (await answer.json()) as T
}
const choose = async (page: Page, label: string, option: string): Promise<void> => {
  await page.getByRole('combobox', { name: label, exact: true }).click()
  await page.locator('.ant-select-dropdown:visible .ant-select-item-option').filter({ hasText: option }).first().click()
}

const values = (day: string) => ({
  applicant: personId(WRITER), kind: 'personal', place: 'local', reason: '办理家庭事务', standIn: personId('wangjie'), period: { start: day, startHalf: 'am', end: day, endHalf: 'pm' },
})
const step = (id: string, name: string): string =>
  `<bpmn:userTask id="${id}" name="${name}">${settings({ by: { kind: 'persons', persons: [personId('xujingxing')] }, outcomes: ['approve'] })}</bpmn:userTask>`
/** 审核 and 备案 side by side, then a service; every Monday morning one starts by itself. */
const MODEL = model([
  element('startEvent', 'apply', settings({ form: {} })), event('startEvent', 'weekly', `${settings({ initiator: { person: personId(WRITER) }, values: values('2026-12-10') })}${cycle('R/2026-11-23T09:00/P7D')}`, ''),
  element('exclusiveGateway', 'begin'), element('parallelGateway', 'split'), step('check', '审核'), step('file', '备案'), step('again', '复核'), element('parallelGateway', 'join'), element('serviceTask', 'grant', settings({ does: 'leave.grant' })), step('tell', '告知'), element('endEvent', 'e'),
  flows('apply>begin', 'weekly>begin', 'begin>split', 'split>check>again>join', 'split>file>join', 'join>grant>tell>e'),
].join('')).replace('id="weekly" name="weekly"', 'id="weekly" name="每周启动"').replace('id="grant" name="grant"', 'id="grant" name="登记休假"').replace('name="试验"', 'name="请假审批"').replace('name="apply"', 'name="申请"')

let address = ''
test('what starts by itself stands with its version, and when it does so next', async () => {
  const page = await visit(PUBLISHER, '/models')
  const { number } = await call<{ number: number }>(page, 'post', `/api/flow-models/${LeaveRequest.name}/upload`, { xml: MODEL, note: '每周自动启动' })
  const { warnings, findings } = await call<{ warnings: number; findings: { level: string; message: string }[] }>(page, 'get', `/api/flow-models/${LeaveRequest.name}/${number}`)
  assert.deepEqual(findings.filter(({ level }) => level === 'error'), [])
  await call(page, 'post', `/api/flow-models/${LeaveRequest.name}/publish`, { number, warnings, note: '每周自动启动' })
  await page.goto(`${district.address}/models?open=${LeaveRequest.name}&version=${number}`)
  const starts = page.getByRole('region', { name: '自动启动' })
  await starts.getByText('每周启动').waitFor()
  await starts.getByText(/定时，下次 .*11.*23.* 09:00/u).waitFor()
  await starts.scrollIntoViewIfNeeded()
  await station(page, 'starts')
  await sql`update workflow_start set attempts = 10, dead = true, error = '没有可用的发起人'`.execute(district.runtime().db)
  await page.reload()
  await starts.getByText('多次失败，已停止：没有可用的发起人').waitFor()
  await station(page, 'starts-dead')
  await starts.getByRole('button', { name: '重试' }).click()
  await starts.getByText('多次失败，已停止').waitFor({ state: 'detached' })
  await page.context().close()
})

test('of several things under way one is chosen, moved, and the page says beforehand what that cancels', async () => {
  const writer = await visit(WRITER, '/')
  const url = `/api/records/${LeaveRequest.name}`
  const { id, version } = await call<{ id: string; version: number }>(writer, 'post', url, { values: values('2026-12-01') })
  await call(writer, 'post', `${url}/${id}/start`, { version })
  await writer.context().close()
  const page = await visit(MANAGER, '/flows')
  await page.locator('tr[data-row]', { hasText: '2026年12月1日）' }).click()
  const run = page.getByRole('article', { name: /宋亦然 事假/ })
  await run.getByRole('button', { name: '调整环节' }).click()
  const asked = page.getByRole('dialog', { name: '调整环节' })
  assert.equal(await asked.getByRole('combobox', { name: '转到' }).isDisabled(), true, 'not before it is clear from where')
  await choose(page, '从哪一处', '审核')
  await choose(page, '转到', '复核')
  await station(page, 'jump')
  await asked.getByLabel('理由').fill('审核人出差')
  await asked.getByRole('button', { name: '调整环节' }).click()
  await asked.waitFor({ state: 'detached' })
  await run.getByRole('complementary', { name: '流程' }).getByText('复核', { exact: true }).waitFor()
  await run.getByRole('complementary', { name: '流程' }).getByText('备案', { exact: true }).waitFor()
  await station(page, 'jumped')
  address = page.url()
  await page.context().close()
})

test('a service that does not work is given up, with the reason, and the case goes on', async () => {
  const { db } = district.runtime()
  const head = await visit('xujingxing', '/')
  await sql`alter table leave_grant rename to leave_grant_away`.execute(db)
  const mine = async () => (await call<{ items: { id: string; revision: number }[] }>(head, 'get', '/api/todos?box=todo&limit=50')).items
  for (let open = await mine(); open.length > 0; open = await mine()) {
    for (const { id, revision } of open) await call(head, 'post', `/api/tasks/${id}/act`, { operation: 'complete', outcome: 'approve', revision })
  }
  await head.context().close()
  for (let time = 0; time < 12; time++) {
    now = new Date(now.getTime() + 61_000 * 2 ** time)
    await fireTimers(district.runtime())
  }
  const page = await visit(MANAGER, '/flows?tab=timers')
  const row = page.getByRole('row', { name: /宋亦然 事假.*12月1日/u })
  await row.getByText('调用服务', { exact: true }).waitFor()
  await row.getByText('请假审批 · 登记休假').waitFor()
  await station(page, 'timers')
  await row.getByRole('button', { name: '放弃' }).click()
  const asked = page.getByRole('dialog', { name: '放弃调用' })
  await asked.getByText('跳过，办理下一环节').click()
  await asked.getByLabel('理由').fill('休假台账另行补记')
  await station(page, 'give-up')
  await asked.getByRole('button', { name: '放弃调用' }).click()
  await row.waitFor({ state: 'detached' })
  await page.goto(address)
  await page.getByRole('complementary', { name: '流程' }).getByText('告知', { exact: true }).waitFor()
  await page.context().close()
  await sql`alter table leave_grant_away rename to leave_grant`.execute(db)
})
