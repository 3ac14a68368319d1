/** People from a spreadsheet: what is wrong is shown by row and column; put right, they are there at once. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openDistrict, PASSWORD } from './district.ts'
import type { District } from './district.ts'

let district: District
before(async () => { district = await openDistrict() })
after(() => district.close())

const csv = (...lines: string[]) => ({ name: '新进人员.csv', mimeType: 'text/csv', buffer: Buffer.from(['姓名,账号,单位,部门,职务,手机', ...lines].join('\r\n')) })

test('a sheet with a fault is refused as a whole; the corrected one comes in and its people are found', async () => {
  const context = await district.browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  await page.request.post(`${district.address}/api/session`, { data: { login: 'sysadmin', password: PASSWORD } })
  await page.goto(district.address)
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: '机构人员导入' }).click()
  const template = await page.request.get(`${district.address}/api/roster/template?kind=people`)
  assert.match(template.headers()['content-type'] ?? '', /spreadsheetml/)
  await page.locator('input[type=file]').setInputFiles(csv('周明远,zhoumingyuan,区应急局,办公室,科员,169000', '吴思齐,wusiqi,区应急局,办公室,科员,16900009993'))
  const row = page.getByRole('row', { name: /手机/ })
  await row.waitFor()
  assert.equal(await row.innerText(), '2\t手机\t169000\t应为 11 位手机号')
  await page.locator('input[type=file]').setInputFiles(csv('周明远,zhoumingyuan,区应急局,办公室,科员,16900009991', '吴思齐,wusiqi,区应急局,办公室,科员,16900009993'))
  await page.getByRole('button', { name: '导入 2 行' }).click()
  await page.getByText('已导入 2 人').waitFor()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('wusiqi')
  await page.getByRole('option', { name: /吴思齐/ }).waitFor()
  await context.close()
})
