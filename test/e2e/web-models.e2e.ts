/** Models of flows in the browser: taken out, changed, checked, published, and given back. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { LeaveRequest } from '#modules/leave/model.ts'
import { signedInPage } from './browser.ts'
import { openDistrict, PASSWORD } from './district.ts'
import type { District } from './district.ts'
import { layoutFaults } from './walk.ts'

let district: District
before(async () => { district = await openDistrict() })
after(() => district.close())

const visit = (login: string, path: string): Promise<Page> => signedInPage(district, { login, password: PASSWORD }, path, { acceptDownloads: true })

async function station(page: Page, name: string): Promise<void> {
  assert.deepEqual(await layoutFaults(page), [], name)
  if (process.env['SCREENSHOTS'] !== undefined) await page.screenshot({ path: `${process.env['SCREENSHOTS']}/models-${name}.png` })
}

const file = (name: string, text: string) => ({ name, mimeType: 'application/xml', buffer: Buffer.from(text) })

async function upload(page: Page, name: string, text: string): Promise<void> {
  await page.getByRole('button', { name: '上传新版本' }).click()
  const asked = page.getByRole('dialog', { name: '上传流程模型' })
  await asked.locator('input[type=file]').setInputFiles(file(name, text))
  await asked.getByText(name).first().waitFor()
  await asked.getByRole('button', { name: '上传并检查' }).click()
}

test('a flow is taken out, comes back changed, is checked and published, and the old one is restored', async () => {
  const page = await visit('sysadmin', '/')
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '流程模型' }).click()
  await page.locator('tr[data-row]').nth(2).waitFor()
  await station(page, 'list')
  await page.locator(`tr[data-row="${LeaveRequest.name}"]`).click()
  const model = page.getByRole('article')
  await model.getByRole('region', { name: '流程图' }).getByRole('button', { name: /^审批/ }).waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), model.getByRole('link', { name: '下载' }).click()])
  const xml = readFileSync(await download.path(), 'utf8')
  assert.match(xml, /name="审批"/)

  await upload(page, '不是流程.bpmn', '<html><body>你好</body></html>')
  const dialog = page.getByRole('dialog', { name: '上传流程模型' })
  await dialog.getByRole('alert').waitFor()
  await station(page, 'refused')
  await dialog.getByRole('button', { name: '取消' }).click()

  await upload(page, '请销假-新.bpmn', xml.replaceAll('name="审批"', 'name="领导审批"'))
  await model.getByRole('region', { name: '与在用版本的差异' }).getByText('领导审批').waitFor()
  await station(page, 'draft')
  await model.getByRole('button', { name: '发布', exact: true }).click()
  const publishing = page.getByRole('dialog', { name: '发布第 2 版' })
  assert.equal(await publishing.getByRole('button', { name: '发布', exact: true }).isDisabled(), true)
  await publishing.getByLabel('说明').fill('环节名称按新办法调整')
  const seen = publishing.getByRole('checkbox')
  if (await seen.count() > 0) await seen.check()
  await publishing.getByRole('button', { name: '发布', exact: true }).click()
  await model.getByRole('region', { name: '发布记录' }).getByText('环节名称按新办法调整').waitFor()
  await model.getByRole('row', { name: /第 2 版 在用/ }).waitFor()
  await station(page, 'published')

  const writer = await visit('linxiaowen', `/app/${LeaveRequest.name}/new`)
  await writer.getByRole('complementary', { name: '提交后的流程' }).getByText('领导审批', { exact: true }).waitFor()
  await writer.context().close()

  await model.getByRole('button', { name: '恢复系统自带流程' }).click()
  const back = page.getByRole('dialog', { name: '恢复系统自带流程' })
  await back.getByLabel('说明').fill('仍按原流程办理')
  await back.getByRole('button', { name: '恢复', exact: true }).click()
  await model.getByRole('row', { name: /第 1 版 在用/ }).waitFor()
  await page.context().close()
})

test('others have neither the menu entry nor the page', async () => {
  const page = await visit('linxiaowen', '/models')
  await page.getByText('没有权限').first().waitFor()
  assert.equal(await page.getByRole('link', { name: '流程模型' }).count(), 0)
  await page.context().close()
})
