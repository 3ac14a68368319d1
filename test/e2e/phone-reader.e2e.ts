import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { LeaveRequest } from '#modules/leave/model.ts'
import { openDistrict, PASSWORD } from './district.ts'
import type { District } from './district.ts'

let district: District
before(async () => { district = await openDistrict() })
after(() => district.close())

const PAGES = 3

/** A PDF of three pages and the picture of a page, made by the browser itself. */
async function samples(): Promise<{ pdf: Buffer; png: Buffer }> {
  const page = await district.browser.newPage()
  await page.setContent(Array.from({ length: PAGES }, (_, index) => `<h1 style="page-break-after:always">第 ${index + 1} 页</h1>`).join(''))
  const made = { pdf: await page.pdf({ format: 'A4' }), png: await page.screenshot() }
  await page.close()
  return made
}

async function phone(): Promise<Page> {
  const context = await district.browser.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  await page.request.post(`${district.address}/api/session`, { data: { login: 'linxiaowen', password: PASSWORD } })
  return page
}

const widthOf = async (element: Locator): Promise<number> => (await element.boundingBox())?.width ?? 0

test('files are added on the phone and read there: the page at its width, enlarged by a double tap, closed by going back', async () => {
  const { pdf, png } = await samples()
  const page = await phone()
  await page.goto(`${district.address}/m/app/${LeaveRequest.name}/new`)
  const box = page.locator('input[type=file]')
  await box.setInputFiles({ name: '诊断证明.pdf', mimeType: 'application/pdf', buffer: pdf })
  await page.getByRole('button', { name: '移除 诊断证明.pdf' }).waitFor()
  await box.setInputFiles({ name: '照片.png', mimeType: 'image/png', buffer: png })
  await page.getByRole('button', { name: '移除 照片.png' }).waitFor()
  await page.getByRole('button', { name: /^诊断证明\.pdf/ }).tap()
  const reader = page.getByRole('dialog', { name: '诊断证明.pdf' })
  await reader.getByRole('status', { name: `第 1 页，共 ${PAGES} 页` }).waitFor()
  const first = reader.getByLabel('第 1 页', { exact: true })
  assert.equal(Math.round(await widthOf(first)), 390, 'fits the width')
  const place = await first.boundingBox()
  assert.ok(place)
  for (let tap = 0; tap < 2; tap += 1) await page.touchscreen.tap(place.x + 100, place.y + 100)
  await page.waitForFunction(() => (document.querySelector('.pdf-page')?.getBoundingClientRect().width ?? 0) > 700)
  await reader.getByRole('radio', { name: '文字' }).tap()
  await reader.getByText(new RegExp(`^第\\s*${PAGES}\\s*页$`)).waitFor()
  await page.goBack()
  await reader.waitFor({ state: 'detached' })
  assert.match(page.url(), new RegExp(`/m/app/${LeaveRequest.name}/new`))
  await page.getByRole('button', { name: /^照片\.png/ }).tap()
  await page.getByRole('dialog', { name: '照片.png' }).getByRole('img', { name: '照片.png' }).waitFor()
  await page.getByRole('button', { name: '关闭' }).tap()
  await page.getByRole('button', { name: '移除 照片.png' }).tap()
  await page.getByRole('button', { name: '移除 照片.png' }).waitFor({ state: 'detached' })
  await page.context().close()
})

test('large mode makes the type larger and is remembered; without a network the page says what still works', async () => {
  const page = await phone()
  await page.goto(`${district.address}/m/me`)
  const size = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).fontSize)
  await page.getByRole('switch', { name: '大字模式' }).tap()
  await page.waitForFunction(() => getComputedStyle(document.body).fontSize === '20px')
  await page.reload()
  await page.getByRole('switch', { name: '大字模式' }).waitFor()
  assert.equal(await size(), '20px')
  await page.context().setOffline(true)
  await page.getByText('网络已断开').waitFor()
  await page.context().setOffline(false)
  await page.getByText('网络已断开').waitFor({ state: 'detached' })
  await page.context().close()
})

test('what does not exist says so and leads back', async () => {
  const page = await phone()
  await page.goto(`${district.address}/m/app/${LeaveRequest.name}/01930000-0000-7000-8000-000000000001`)
  await page.getByRole('alert').getByText(/没有找到|没有权限/).waitFor()
  await page.getByText(/报修时请提供编号/).waitFor()
  await page.getByRole('button', { name: '返回' }).tap()
  await page.getByRole('navigation', { name: '主导航' }).waitFor()
  await page.goto(`${district.address}/m/no/such/page`)
  await page.getByRole('link', { name: '回到首页' }).tap()
  await page.getByRole('navigation', { name: '主导航' }).waitFor()
  await page.context().close()
})
