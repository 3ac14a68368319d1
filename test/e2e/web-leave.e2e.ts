import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { LeaveRequest } from '#modules/leave/model.ts'
import { personId } from '../world/world.ts'
import { openDistrict, PASSWORD } from './district.ts'
import type { District } from './district.ts'

let district: District
before(async () => { district = await openDistrict() })
after(() => district.close())

/** A desk with the smallest screen that is supported. */
async function signedIn(login: string): Promise<Page> {
  const context = await district.browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  const answer = await page.request.post(`${district.address}/api/session`, { data: { login, password: PASSWORD } })
  assert.equal(answer.status(), 200)
  await page.goto(district.address)
  await page.getByRole('navigation', { name: '主菜单' }).waitFor()
  return page
}

const period = (day: string) => ({ start: day, startHalf: 'am', end: day, endHalf: 'pm' })

/** A second request, so that there is something to approve together. */
async function askLeave(page: Page, day: string): Promise<void> {
  const url = `${district.address}/api/records/${LeaveRequest.name}`
  const values = { kind: 'personal', place: 'local', reason: '办理家庭事务', standIn: personId('linxiaowen'), period: period(day) }
  const draft = await page.request.post(url, { data: { values } })
  const { id, version } = (await draft.json()) as { id: string; version: number }
  const started = await page.request.post(`${url}/${id}/start`, { data: { version } })
  assert.equal(started.status(), 200, await started.text())
}

async function pick(page: Page, label: RegExp, option: string): Promise<void> {
  await page.getByLabel(label).fill(option)
  await page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', { hasText: option }).first().click()
}

async function day(page: Page, label: string, text: string): Promise<void> {
  await page.getByLabel(label).fill(text)
  await page.keyboard.press('Enter')
}

test('the palette opens a new form; what is typed saves itself, outlives a reload and is handed in', async () => {
  const page = await signedIn('guyuncheng')
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: '搜索' }).fill('请假单')
  await page.getByRole('option', { name: /新建请假单/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByLabel(/事由/).fill('照顾家人')
  await page.getByText(/已自动保存/).waitFor()
  await page.reload()
  assert.equal(await page.getByLabel(/事由/).inputValue(), '照顾家人')
  await page.getByRole('button', { name: '提交', exact: true }).click()
  await page.getByText(/还有 \d+ 处需要完善/).waitFor()
  await pick(page, /假别/, '事假')
  await day(page, '开始日期', '2026-12-01')
  await page.getByRole('radio', { name: '本市' }).check()
  await page.getByLabel(/工作交接人/).first().fill('林晓雯')
  await page.locator('.ant-select-item-option', { hasText: '林晓雯' }).first().click()
  await page.getByRole('button', { name: '提交', exact: true }).click()
  await page.getByRole('heading', { name: /顾云程 事假/ }).waitFor()
  await page.getByText('审批中').first().waitFor()
  await askLeave(page, '2026-12-02')
  await page.context().close()
})

test('in the to-do centre arrows go from one to the next, and several are agreed to together', async () => {
  const page = await signedIn('hexiangdong')
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: /待办中心/ }).click()
  const row = page.locator('tr[data-row]')
  await row.nth(1).waitFor()
  await row.first().focus()
  await page.keyboard.press('Enter')
  const head = page.locator('.record-title')
  await head.waitFor()
  const first = await head.textContent()
  await page.getByRole('button', { name: '下一件' }).click()
  await page.getByText('2 / 2').waitFor()
  assert.notEqual(await head.textContent(), first)
  await page.getByRole('button', { name: '关闭' }).click()
  await page.getByRole('checkbox', { name: '全选可批量办理的事项' }).check()
  await page.getByRole('button', { name: '批量同意' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '同意 2 件' }).click()
  await page.getByText('没有等您办理的事项').waitFor()
  await page.getByRole('dialog').getByText('已同意 2 件').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: '完成' }).click()
  await page.getByRole('tab', { name: '已办' }).click()
  await row.nth(1).waitFor()
  await page.context().close()
})

test('a row opens beside the list with the way it went; the address carries the list', async () => {
  const page = await signedIn('guyuncheng')
  await page.goto(`${district.address}/app/${LeaveRequest.name}`)
  const row = page.locator('tr[data-row]')
  await row.nth(1).waitFor()
  await row.first().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  assert.equal(await row.nth(1).getByRole('checkbox').isChecked(), true)
  await page.keyboard.press('Space')
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: '导出' }).click()])
  assert.equal(file.suggestedFilename(), '请假单.xlsx')
  await row.nth(1).focus()
  await page.keyboard.press('Enter')
  await page.getByText('2 / 2').waitFor()
  await page.getByLabel('办理过程').getByText('同意。').first().waitFor()
  assert.match(page.url(), /open=/)
  await page.reload()
  await page.getByText('2 / 2').waitFor()
  await page.getByRole('button', { name: '关闭' }).click()
  await page.getByRole('tab', { name: '待销假' }).click()
  await page.getByText('“待销假”里没有请假单').waitFor()
  await page.context().close()
})

test('a session that ended asks again above the form, and nothing typed is lost', async () => {
  const page = await signedIn('linxiaowen')
  await page.goto(`${district.address}/app/${LeaveRequest.name}/new`)
  await page.getByLabel(/事由/).fill('照顾家人')
  await page.context().clearCookies()
  await page.getByRole('button', { name: '存为草稿' }).click()
  const again = page.getByRole('dialog', { name: '登录已过期' })
  await again.getByPlaceholder('密码').fill(PASSWORD)
  await again.getByRole('button', { name: '登录' }).click()
  await again.waitFor({ state: 'detached' })
  assert.equal(await page.getByLabel(/事由/).inputValue(), '照顾家人')
  await page.context().close()
})
