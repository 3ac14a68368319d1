/** 沟通 on PC: a question is asked from the flow bar, and answered by whoever was asked; the case stays where it is. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { LeaveRequest } from '#modules/leave/model.ts'
import { generate, personId } from '../world/world.ts'
import { openDistrict, PASSWORD } from './district.ts'
import type { District } from './district.ts'

let district: District
before(async () => { district = await openDistrict(() => new Date('2026-11-20T02:00:00Z')) })
after(() => district.close())

async function visit(login: string, path: string): Promise<Page> {
  const context = await district.browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  context.setDefaultTimeout(20_000)
  const page = await context.newPage()
  assert.equal((await page.request.post(`${district.address}/api/session`, { data: { login, password: PASSWORD } })).status(), 200)
  await page.goto(district.address + path)
  return page
}

/** Login of whoever has the case of a record now. */
async function holder(record: string): Promise<string> {
  const { rows } = await sql<{ person: string }>`select a.person_id as person from workflow_actor a join workflow_case c on c.id = a.case_id where c.record_id = ${record} and a.status = 'open'`.execute(district.runtime().db)
  return generate(0).accounts.find(({ login }) => personId(login) === rows[0]?.person)?.login ?? assert.fail('nobody has it')
}

test('the one who approves asks somebody, and the answer is in the way of the case', async () => {
  const writer = await visit('jiangheping', '/')
  const url = `${district.address}/api/records/${LeaveRequest.name}`
  const period = { start: '2026-12-01', startHalf: 'am', end: '2026-12-01', endHalf: 'pm' }
  const made = await writer.request.post(url, { data: { values: { kind: 'personal', place: 'local', reason: '办理家庭事务', standIn: personId('linxiaowen'), period } } })
  const { id, version } = (await made.json()) as { id: string; version: number }
  assert.equal((await writer.request.post(`${url}/${id}/start`, { data: { version } })).status(), 200)
  await writer.context().close()
  const path = `/app/${LeaveRequest.name}/${id}`

  const approver = await holder(id)
  const head = await visit(approver, path)
  await head.getByRole('button', { name: '更多' }).last().click()
  await head.getByRole('menuitem', { name: '沟通' }).click()
  const dialog = head.getByRole('dialog', { name: '沟通' })
  await dialog.getByRole('combobox').fill('许景行')
  await head.getByTitle('许景行').or(head.locator('.ant-select-item-option').filter({ hasText: '许景行' })).first().click()
  await dialog.getByRole('textbox', { name: '意见' }).fill('当天值班是否已有人替？')
  await dialog.getByRole('button', { name: /^沟\s?通$/ }).click()
  await dialog.waitFor({ state: 'hidden' })
  await head.context().close()

  const asked = await visit('xujingxing', path)
  await asked.getByText('当天值班是否已有人替？').first().waitFor()
  await asked.getByRole('textbox', { name: '意见' }).fill('已有人替')
  await asked.getByRole('button', { name: /^答\s?复$/ }).click()
  await asked.getByRole('button', { name: /^答\s?复$/ }).waitFor({ state: 'hidden' })
  await asked.context().close()

  const again = await visit(approver, path)
  await again.getByText('已有人替').first().waitFor()
  await again.getByRole('button', { name: /^同\s?意$/ }).waitFor()
  await again.context().close()
})
