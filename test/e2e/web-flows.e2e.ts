/** The flow of a case as people see it on PC: before handing in, while it runs, and from the side of whoever manages it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { LeaveRequest } from '#modules/leave/model.ts'
import { personId } from '../world/world.ts'
import { signedInPage } from './browser.ts'
import { openDistrict, PASSWORD } from './district.ts'
import type { District } from './district.ts'

let district: District
before(async () => { district = await openDistrict(() => new Date('2026-11-20T02:00:00Z')) })
after(() => district.close())

const WRITER = 'jiangheping'

const visit = (login: string, path: string): Promise<Page> => signedInPage(district, { login, password: PASSWORD }, path)

/** The request's address, once it is handed in. */
let address = ''

test('beside a new form stands where it will go, and the picture of the flow', async () => {
  const page = await visit(WRITER, `/app/${LeaveRequest.name}/new`)
  const ahead = page.getByRole('complementary', { name: '提交后的流程' })
  await ahead.getByText('审批', { exact: true }).waitFor()
  await ahead.getByText(/^依据：/).first().waitFor()
  await ahead.getByRole('button', { name: '流程图' }).click()
  await page.getByRole('dialog', { name: '流程图' }).getByRole('button', { name: /^审批，未到/ }).waitFor()
  const url = `${district.address}/api/records/${LeaveRequest.name}`
  const period = { start: '2026-12-01', startHalf: 'am', end: '2026-12-01', endHalf: 'pm' }
  const made = await page.request.post(url, { data: { values: { kind: 'personal', place: 'local', reason: '办理家庭事务', standIn: personId('linxiaowen'), period } } })
  const { id, version } = (await made.json()) as { id: string; version: number }
  const started = await page.request.post(`${url}/${id}/start`, { data: { version } })
  assert.equal(started.status(), 200, await started.text())
  address = `/app/${LeaveRequest.name}/${id}`
  await page.context().close()
})

test('the record has the picture with its live state; a step tells what was done there', async () => {
  const page = await visit(WRITER, address)
  await page.getByRole('tab', { name: '流程图' }).click()
  const picture = page.getByRole('group', { name: '流程图' })
  await picture.getByRole('button', { name: /^审批，办理中/ }).waitFor()
  await picture.getByRole('button', { name: /^申请，已办，蒋和坪/ }).click()
  await page.getByRole('region', { name: '环节：申请' }).getByText('蒋和坪').waitFor()
  const scale = page.getByRole('status', { name: '比例' })
  const fits = await scale.textContent()
  await page.getByRole('button', { name: '缩小' }).click()
  await page.waitForFunction((was) => document.querySelector('[aria-label="比例"]')?.textContent !== was, fits)
  await page.context().close()
})

test('whoever manages the flows suspends the case with a reason, and lets it go on', async () => {
  const page = await visit('panyueming', '/')
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '流程运行' }).click()
  await page.locator('tr[data-row]', { hasText: '蒋和坪 事假' }).click()
  const run = page.getByRole('article', { name: /蒋和坪 事假/ })
  await run.getByRole('button', { name: '挂起' }).click()
  const asked = page.getByRole('dialog', { name: '挂起' })
  assert.equal(await asked.getByRole('button', { name: '挂起' }).isDisabled(), true)
  await asked.getByLabel('理由').fill('核对假期余额')
  await asked.getByRole('button', { name: '挂起' }).click()
  await run.getByText('核对假期余额').waitFor()
  await run.getByRole('button', { name: '恢复' }).click()
  await page.getByRole('dialog', { name: '恢复' }).getByRole('button', { name: '恢复' }).click()
  await run.getByRole('button', { name: '挂起' }).waitFor()
  await page.context().close()
})

test('the menu has no 流程运行 for others', async () => {
  const page = await visit(WRITER, '/')
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '通讯录' }).waitFor()
  assert.equal(await page.getByRole('link', { name: '流程运行' }).count(), 0)
  await page.context().close()
})
