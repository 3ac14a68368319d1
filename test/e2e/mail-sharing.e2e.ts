/** A folder shared in the browser: given, read by the other on PC and phone, limited right by right, taken away. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { seed } from '../../mail/seed.ts'
import { openDistrict, PASSWORD } from './district.ts'
import type { District } from './district.ts'
import { layoutFaults } from './walk.ts'

let district: District
before(async () => {
  district = await openDistrict(() => new Date('2026-11-25T06:00:00Z'))
  await seed(district.runtime())
})
after(() => district.close())

async function visit(path: string, login: string, phone = false): Promise<Page> {
  const context = await district.browser.newContext({ viewport: phone ? { width: 390, height: 844 } : { width: 1366, height: 768 }, isMobile: phone, hasTouch: phone, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  await page.request.post(`${district.address}/api/session`, { data: { login, password: PASSWORD } })
  await page.goto(`${district.address}${path}`)
  return page
}

const shot = async (page: Page, name: string): Promise<void> => {
  if (process.env['SCREENSHOTS'] !== undefined) await page.screenshot({ path: `${process.env['SCREENSHOTS']}/${name}.png` })
}

test('a folder is shared, seen by the other on PC and phone, and taken back', async () => {
  const lin = await visit('/mail', 'linxiaowen')
  await lin.getByRole('button', { name: '共享…' }).click()
  const dialog = lin.getByRole('dialog', { name: '共享“收件箱”' })
  await dialog.getByText('还没有共享给别人').waitFor()
  await dialog.getByPlaceholder('姓名、拼音或手机号').or(dialog.getByRole('combobox').first()).first().fill('guyuncheng')
  await lin.getByTitle('顾云程').first().click()
  await dialog.getByRole('button', { name: '添加' }).click()
  await dialog.getByRole('listitem').filter({ hasText: '顾云程' }).getByText('能看到邮件夹').waitFor()
  const adding = dialog.getByRole('region', { name: '添加' })
  await adding.getByText('单位', { exact: true }).click()
  await adding.getByRole('combobox').first().fill('应急局')
  await lin.getByTitle(/应急管理局$/).first().click()
  await adding.getByRole('combobox', { name: '新成员的权限' }).click()
  await lin.getByTitle('读写').click()
  await dialog.getByRole('button', { name: '添加' }).click()
  await dialog.getByRole('listitem').filter({ hasText: '应急局' }).getByText('还能标记已读').waitFor()
  await adding.getByText('全区人员', { exact: true }).click()
  await adding.getByRole('combobox', { name: '全区人员的权限' }).click()
  await lin.getByTitle('自定义').last().click()
  await adding.getByRole('checkbox', { name: '设置共享' }).waitFor()
  await shot(lin, 'mail-sharing')
  assert.deepEqual(await layoutFaults(lin), [])

  const gu = await visit('/mail', 'guyuncheng')
  await gu.getByRole('heading', { name: '他人共享' }).waitFor()
  await gu.getByRole('button', { name: /林晓雯 · 收件箱/ }).click()
  await gu.getByRole('region', { name: '收件箱' }).getByText('关于做好12月份区机关值班工作的通知').click()
  await gu.getByRole('button', { name: '更多操作' }).click()
  await gu.getByRole('menuitem', { name: '查看邮件头' }).waitFor()
  assert.equal(await gu.getByRole('menuitem', { name: '标为未读' }).count(), 0)
  assert.equal(await gu.getByRole('button', { name: '加星标' }).count(), 0)
  assert.equal(await gu.getByRole('button', { name: '共享…' }).count(), 0)
  await gu.keyboard.press('Escape')
  await shot(gu, 'mail-shared-pc')
  assert.deepEqual(await layoutFaults(gu), [])

  const phone = await visit('/m/mail', 'guyuncheng', true)
  await phone.getByRole('button', { name: /^收件箱/ }).tap()
  await phone.getByRole('dialog', { name: '邮件夹' }).getByRole('button', { name: /林晓雯 · 收件箱/ }).waitFor()
  await shot(phone, 'mail-shared-phone')
  await phone.getByRole('dialog', { name: '邮件夹' }).getByRole('button', { name: /林晓雯 · 收件箱/ }).tap()
  await phone.getByText('关于做好12月份区机关值班工作的通知').waitFor()
  await phone.getByRole('button', { name: /^林晓雯 · 收件箱/ }).waitFor()

  await dialog.getByRole('button', { name: '不再与顾云程共享' }).click()
  await dialog.getByRole('listitem').filter({ hasText: '顾云程' }).waitFor({ state: 'detached' })
  await gu.reload()
  await gu.getByText('您没有使用这个邮箱的权限').waitFor()
})
