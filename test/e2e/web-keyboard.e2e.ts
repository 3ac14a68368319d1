/** The PC shell without a mouse: sign in, find a person, open what waits, agree to it. */
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

const DAY = '2026-12-01'
const WIDE = { viewport: { width: 1366, height: 768 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' } as const

/** A request of somebody else that waits for the head of the office. */
async function ask(): Promise<string> {
  const context = await district.browser.newContext(WIDE)
  const { request } = context
  const url = `${district.address}/api/records/${LeaveRequest.name}`
  await request.post(`${district.address}/api/session`, { data: { login: 'guyuncheng', password: PASSWORD } })
  const values = { kind: 'personal', place: 'local', reason: '办理家庭事务', standIn: personId('linxiaowen'), period: { start: DAY, startHalf: 'am', end: DAY, endHalf: 'pm' } }
  const { id, version } = (await (await request.post(url, { data: { values } })).json()) as { id: string; version: number }
  const started = await request.post(`${url}/${id}/start`, { data: { version } })
  assert.equal(started.status(), 200, await started.text())
  await context.close()
  return id
}

const focused = (page: Page): Promise<string> => page.evaluate(() => {
  const at = document.activeElement
  return (at?.getAttribute('aria-label') ?? at?.textContent ?? '').replaceAll(/\s/g, '')
})

/** Tab by Tab until something of this name has the focus; each stop must be seen. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const passed: string[] = []
  for (let step = 0; step < 80; step += 1) {
    await page.keyboard.press('Tab')
    const at = await focused(page)
    if (name.test(at)) return
    passed.push(at)
  }
  assert.fail(`the focus never came to ${String(name)}: ${passed.join(' › ')}`)
}

async function find(page: Page, typed: string, option: RegExp): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: '搜索' }).waitFor()
  await page.keyboard.type(typed)
  await page.getByRole('option', { name: option }).first().waitFor()
  await page.keyboard.press('Enter')
}

test('sign in, search a person, open a request, agree: by keyboard alone', async () => {
  const id = await ask()
  const context = await district.browser.newContext(WIDE)
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  await page.goto(district.address)
  await page.getByPlaceholder('密码').waitFor()
  await page.keyboard.type('hexiangdong')
  await page.keyboard.press('Tab')
  await page.keyboard.type(PASSWORD)
  await page.keyboard.press('Enter')
  await page.getByRole('navigation', { name: '主菜单' }).waitFor()

  await find(page, 'linxiaow', /林晓雯/)
  await page.locator('tr[aria-selected=true]', { hasText: '林晓雯' }).waitFor()
  await find(page, '谁在岗', /今天谁在岗/)
  await page.getByRole('heading', { name: /今天谁在岗/ }).waitFor()
  await find(page, '家庭事务', /顾云程 事假/)
  await page.getByRole('heading', { name: /顾云程 事假/ }).waitFor()
  assert.match(page.url(), new RegExp(id))
  await page.getByRole('button', { name: '同意', exact: true }).waitFor()
  await tabTo(page, /^同意$/)
  assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement ?? document.body).outlineStyle), 'none', 'the focus is seen')
  await page.keyboard.press('Enter')
  await page.locator('.done-bar').waitFor()
  await context.close()
})

test('Escape closes the palette and gives the focus back; what is typed at once is not lost; an act needs no page', async () => {
  const context = await district.browser.newContext(WIDE)
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  await page.request.post(`${district.address}/api/session`, { data: { login: 'hexiangdong', password: PASSWORD } })
  await page.goto(district.address)
  await page.getByRole('navigation', { name: '主菜单' }).waitFor()
  await tabTo(page, /^搜索事项/)
  await page.keyboard.press('Enter')
  await page.getByRole('combobox', { name: '搜索' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('combobox', { name: '搜索' }).waitFor({ state: 'detached' })
  assert.match(await focused(page), /^搜索事项/)
  await page.keyboard.press('Control+k')
  await page.keyboard.type('大字')
  assert.equal(await page.getByRole('combobox', { name: '搜索' }).inputValue(), '大字')
  await page.getByRole('option', { name: /大字模式/ }).waitFor()
  await page.keyboard.press('Enter')
  await page.locator('html[data-large]').waitFor()
  await context.close()
})
