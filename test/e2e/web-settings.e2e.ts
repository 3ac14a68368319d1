/** Rules of the organisation's documents, kept by its administrator in the browser. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openDistrict, PASSWORD } from './district.ts'
import type { District } from './district.ts'
import { layoutFaults } from './walk.ts'

let district: District
before(async () => { district = await openDistrict() })
after(() => district.close())

test('an administrator turns a drafting rule into a hint and sets the time limits; what the law fixes stands', async () => {
  const context = await district.browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  await page.request.post(`${district.address}/api/session`, { data: { login: 'hexiangdong', password: PASSWORD } })
  await page.goto(`${district.address}/documents/settings`)
  const rules = page.getByRole('region', { name: '拟稿检查规则' })
  await rules.getByRole('row', { name: /涉密标志/ }).getByText('依法阻止，不可更改').waitFor()
  await rules.getByRole('combobox', { name: '日期：发现问题时' }).click()
  await page.getByTitle('只作提示').last().click()
  await rules.getByRole('status').getByText('已保存').waitFor()
  const limits = page.getByRole('region', { name: '收文办理时限' })
  await limits.getByLabel('加急').fill('4')
  await limits.getByRole('button', { name: '保存' }).click()
  await limits.getByRole('button', { name: '保存', disabled: true }).waitFor()
  assert.deepEqual(await layoutFaults(page), [])
  if (process.env['SCREENSHOTS'] !== undefined) await page.screenshot({ path: `${process.env['SCREENSHOTS']}/documents-settings.png` })
  await page.reload()
  await rules.getByRole('row', { name: /日期/ }).getByText('只作提示').waitFor()
  assert.equal(await limits.getByLabel('加急').inputValue(), '4')
  const asked = await page.request.get(`${district.address}/api/documents/rules`)
  assert.equal(((await asked.json()) as { items: { rule: string; severity: string }[] }).items.find(({ rule }) => rule === 'G10')?.severity, 'hint')
  await context.close()
})
