/** A leave in two browsers: one applies, the other approves, both see what came of it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { openDistrict, PASSWORD } from './district.ts'
import type { District } from './district.ts'

/** A Tuesday morning: the day after is a working day. */
const NOW = new Date('2026-09-01T01:00:00Z')
let district: District
before(async () => { district = await openDistrict(() => NOW) })
after(() => district.close())

async function pageOf(login: string, path: string): Promise<Page> {
  const context = await district.browser.newContext({ viewport: { width: 1366, height: 768 } })
  context.setDefaultTimeout(15_000)
  const answer = await context.request.post(`${district.address}/api/session`, { data: { login, password: PASSWORD } })
  assert.equal(answer.status(), 200)
  const page = await context.newPage()
  await page.goto(district.address + path)
  return page
}

async function pickDate(page: Page, at: number, date: string): Promise<void> {
  const input = page.getByPlaceholder('请选择日期').nth(at)
  await input.fill(date)
  await input.press('Enter')
}

async function fill(page: Page, day: string): Promise<void> {
  await page.getByLabel('假别').click()
  await page.getByLabel('假别').fill('事假')
  await page.getByTitle('事假', { exact: true }).click()
  await pickDate(page, 0, day)
  await pickDate(page, 1, day)
  await page.getByText('本市', { exact: true }).click()
  await page.getByLabel('事由').fill('办理户口迁移')
}

test('applied for on one page, approved on another, seen on the board', async () => {
  const applicant = await pageOf('guyuncheng', '/app/leave_request/new')
  await fill(applicant, '2026-09-05')
  await applicant.getByRole('button', { name: '提交' }).click()
  await applicant.getByText('所选时间内没有工作日').waitFor()
  assert.equal(await applicant.getByLabel('事由').inputValue(), '办理户口迁移', 'nothing typed is lost')
  await pickDate(applicant, 0, '2026-09-02')
  await pickDate(applicant, 1, '2026-09-02')
  await applicant.getByRole('button', { name: '提交' }).click()
  await applicant.getByText('审批中').first().waitFor()

  const approver = await pageOf('hexiangdong', '/todo')
  await approver.getByText('顾云程 事假 1天').first().click()
  await approver.getByPlaceholder('填写意见').fill('同意')
  const opinions = approver.getByRole('region', { name: '审批意见' })
  await opinions.getByText('您办理时填写的意见将显示在此处').waitFor()
  await approver.getByRole('button', { name: '同意' }).click()
  await opinions.getByText('同意', { exact: true }).waitFor()
  await opinions.getByText('何向东').waitFor()
  await approver.goto(`${district.address}/leave/board`)
  await approver.getByText('在编').waitFor()
  const date = approver.getByLabel('日期')
  await date.fill('2026-09-02')
  await date.press('Enter')
  await approver.getByText('9月2日').nth(1).waitFor()
  assert.equal(await approver.getByText('户口').count(), 0, 'never reasons')

  await applicant.goto(`${district.address}/app/leave_request`)
  await applicant.getByText('待休假').first().click()
  await applicant.getByRole('button', { name: '撤销' }).click()
  const dialog = applicant.getByRole('dialog')
  await dialog.getByLabel('理由').fill('改为线上办理')
  await dialog.getByRole('button', { name: '撤销' }).click()
  await applicant.getByText('已撤销').first().waitFor()
})
