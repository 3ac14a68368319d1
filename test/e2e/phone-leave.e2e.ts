import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { LeaveRequest } from '#modules/leave/model.ts'
import { openDistrict, PASSWORD } from './district.ts'
import type { District } from './district.ts'

let district: District
before(async () => { district = await openDistrict() })
after(() => district.close())

/** A phone held upright, operated by touch. */
async function phone(): Promise<Page> {
  const context = await district.browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  context.setDefaultTimeout(10_000)
  return context.newPage()
}

async function signedIn(login: string): Promise<Page> {
  const page = await phone()
  await page.goto(`${district.address}/m`)
  await page.getByPlaceholder('账号、手机号或姓名').fill(login)
  await page.getByPlaceholder('密码').fill(PASSWORD)
  await page.getByRole('button', { name: '登录' }).tap()
  const places = page.getByRole('navigation', { name: '主导航' })
  const posts = page.getByRole('group', { name: /请选择本次办公的身份/ })
  await places.or(posts).waitFor()
  if (await posts.isVisible()) await posts.getByRole('button', { name: /主职/ }).tap()
  await places.waitFor()
  return page
}

/** Everything that can be touched is at least 44 px high; words inside a sentence do not count. */
async function smallTargets(page: Page): Promise<string[]> {
  return page.locator('button:visible, a:visible, input:visible, select:visible, [role=switch]:visible').evaluateAll((elements) =>
    elements.filter((element) => element.getBoundingClientRect().height < 44 && element.closest('.adm-switch') === null).map((element) => element.outerHTML.slice(0, 120)))
}

test('an expired or missing session leads back to the page that was asked for', async () => {
  const page = await phone()
  await page.goto(`${district.address}/m/directory`)
  await page.getByPlaceholder('账号、手机号或姓名').fill('周牧原')
  await page.getByPlaceholder('密码').fill('wrong-Password-1')
  await page.getByRole('button', { name: '登录' }).tap()
  await page.getByText('账号或密码不正确').waitFor()
  await page.getByPlaceholder('密码').fill(PASSWORD)
  await page.getByRole('button', { name: '登录' }).tap()
  await page.getByRole('heading', { name: '通讯录' }).waitFor()
  assert.match(page.url(), /\/m\/directory$/)
  await page.getByRole('link', { name: /给周牧原打电话/ }).waitFor()
  await page.getByPlaceholder('姓名、拼音首字母或手机号').fill('clq')
  await page.getByText('陈立群').waitFor()
  assert.deepEqual(await smallTargets(page), [])
  await page.context().close()
})

let title = ''
let approver = ''

test('leave is applied for on the phone', async () => {
  const page = await signedIn('linxiaowen')
  await page.getByRole('link', { name: '应用' }).tap()
  await page.getByRole('link', { name: LeaveRequest.label }).tap()
  await page.getByLabel(/假别/).waitFor()
  await page.getByRole('button', { name: '提交' }).tap()
  await page.getByText(/还有 \d+ 处需要完善/).waitFor()
  await page.getByLabel(/假别/).selectOption({ label: '事假' })
  await page.getByLabel('开始日期').fill('2026-12-01')
  assert.equal(await page.getByLabel('结束日期').inputValue(), '2026-12-01')
  await page.getByRole('radio', { name: '本市' }).tap()
  await page.getByLabel(/事由/).fill('办理家庭事务')
  await page.getByRole('button', { name: '工作交接人：未选择' }).tap()
  await page.getByPlaceholder('姓名、拼音首字母或手机号').fill('诸葛凝')
  await page.getByRole('checkbox', { name: /诸葛凝/ }).tap()
  await page.getByRole('button', { name: '确定' }).tap()
  await page.getByRole('button', { name: '工作交接人：诸葛凝' }).waitFor()
  assert.deepEqual(await smallTargets(page), [])
  await page.getByRole('button', { name: '提交' }).tap()
  await page.getByText('审批中').first().waitFor()
  title = (await page.getByRole('heading', { level: 2 }).first().textContent()) ?? ''
  assert.match(title, /林晓雯.*事假/)
  await page.goto(`${district.address}/m/todo?box=mine`)
  const where = await page.getByRole('link', { name: title }).getByText(/审批：/).last().textContent()
  approver = /审批：(\S+)$/.exec(where?.trim() ?? '')?.[1] ?? ''
  assert.notEqual(approver, '', 'says with whom it is')
  await page.context().close()
})

test('the approver finds it, going back closes what was asked, and approves it at the bottom', async () => {
  const page = await signedIn(approver)
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: /待办/ }).tap()
  await page.getByRole('link', { name: title }).tap()
  await page.getByRole('heading', { name: /审批/ }).waitFor()
  await page.getByRole('button', { name: '退回' }).tap()
  const asked = page.getByRole('dialog', { name: '退回' })
  await asked.getByRole('radio', { name: /申请/ }).waitFor()
  await page.goBack()
  await asked.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: '同意。' }).tap()
  assert.equal(await page.getByLabel('意见').inputValue(), '同意。')
  assert.deepEqual(await smallTargets(page), [])
  await page.getByRole('button', { name: '同意', exact: true }).tap()
  await page.getByRole('status').getByText(/./).first().waitFor()
  await page.getByRole('tab', { name: '流程' }).tap()
  await page.getByLabel('办理过程').getByText('同意。').waitFor()
  await page.getByText('流程图', { exact: true }).tap()
  const picture = page.getByRole('group', { name: '流程图' })
  await picture.getByRole('button', { name: /^申请，已办/u }).tap()
  await page.getByRole('region', { name: '环节：申请' }).waitFor()
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true, 'the picture stays within the phone')
  if (process.env['SCREENSHOTS'] !== undefined) await page.screenshot({ path: `${process.env['SCREENSHOTS']}/phone-picture.png` })
  await page.getByRole('status').getByRole('button', { name: '返回' }).tap()
  await page.getByText('没有等您办理的事项').waitFor()
  await page.context().close()
})

test('a session that ended while a form is open asks again above it, and nothing typed is lost', async () => {
  const page = await signedIn('linxiaowen')
  await page.goto(`${district.address}/m/app/${LeaveRequest.name}/new`)
  await page.getByLabel(/事由/).fill('照顾家人')
  await page.context().clearCookies()
  await page.getByRole('button', { name: '存为草稿' }).tap()
  const again = page.getByRole('dialog', { name: '登录已过期' })
  await again.getByPlaceholder('密码').fill(PASSWORD)
  await again.getByRole('button', { name: '登录' }).tap()
  await again.waitFor({ state: 'detached' })
  assert.equal(await page.getByLabel(/事由/).inputValue(), '照顾家人')
  await page.context().close()
})
