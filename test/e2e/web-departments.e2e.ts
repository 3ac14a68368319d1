/** 会签 by departments on PC and phone: the unit's clerk assigns to a colleague, who is chosen in the dialog; the picture shows each unit's branch once. */
import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { servePages } from '#apps/pages.ts'
import { services } from '#apps/services.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import { countersignModule, countersignTable } from '../countersign-module.ts'
import { PASSWORD, testServer } from '../http.ts'
import type { TestServer } from '../http.ts'
import { ok } from '../proof-papers.ts'
import { unitId } from '../world/units.ts'
import { launchBrowser, signedInPage } from './browser.ts'
import { layoutFaults } from './walk.ts'

let server: TestServer
let browser: Browser
let address: string
before(async () => {
  execFileSync(process.execPath, ['tools/build.ts', '--if-changed'], { cwd: join(import.meta.dirname, '../..') })
  server = await testServer({ services: [countersignTable, ...services], modules: [countersignModule], clock: () => new Date('2026-11-25T02:03:00Z') })
  await servePages(server.app)
  await server.app.listen({ port: 0, host: '127.0.0.1' })
  address = `http://127.0.0.1:${(server.app.server.address() as AddressInfo).port}`
  browser = await launchBrowser()
})
after(async () => {
  await browser.close()
  await server.close()
})

const visit = (login: string, path: string, viewport = { width: 1366, height: 768 }): Promise<Page> => signedInPage({ browser, address }, { login, password: PASSWORD }, path, { viewport })

async function station(page: Page, name: string): Promise<void> {
  if (process.env['SCREENSHOTS'] !== undefined) await page.screenshot({ path: `${process.env['SCREENSHOTS']}/departments-${name}.png` })
  assert.deepEqual(await layoutFaults(page), [], name)
}

test('a unit’s clerk assigns the paper to a colleague, and the picture shows where the units are', async () => {
  const writer = await server.as('jiangheping')
  const { id, version } = ok<RecordDetailWire>(await writer('POST', '/api/records/countersign_paper', { values: { subject: '关于防汛的请示', offices: ['market', 'construction'].map(unitId) } }))
  ok(await writer('POST', `/api/records/countersign_paper/${id}/start`, { version }))
  const path = `/app/countersign_paper/${id}`

  const clerk = await visit('zhangyan', path)
  await clerk.getByText('部门会签·接收').first().waitFor()
  await station(clerk, 'clerk')
  await clerk.getByRole('button', { name: /^分\s?办$/ }).click()
  const dialog = clerk.getByRole('dialog', { name: '分办' })
  await dialog.getByText('交给谁办理').waitFor()
  await dialog.getByRole('combobox').fill('叶清青')
  await clerk.locator('.ant-select-item-option').filter({ hasText: '叶清青' }).first().click()
  await station(clerk, 'assign')
  await dialog.getByRole('button', { name: /^分\s?办$/ }).click()
  await dialog.waitFor({ state: 'hidden' })
  await clerk.context().close()

  const colleague = await visit('yeqingqing', path)
  await colleague.getByText('部门会签·承办').first().waitFor()
  await station(colleague, 'colleague')
  await colleague.context().close()

  const drafter = await visit('jiangheping', path)
  await drafter.getByText('流程图', { exact: true }).first().click()
  await drafter.getByText('分别办理').first().waitFor()
  await station(drafter, 'picture')
  await drafter.context().close()
})

test('on the phone the other unit assigns the same way', async () => {
  const writer = await server.as('jiangheping')
  const { id, version } = ok<RecordDetailWire>(await writer('POST', '/api/records/countersign_paper', { values: { subject: '关于抢险的请示', offices: [unitId('construction')] } }))
  ok(await writer('POST', `/api/records/countersign_paper/${id}/start`, { version }))
  const clerk = await visit('lida', `/m/app/countersign_paper/${id}`, { width: 390, height: 844 })
  await clerk.getByText('部门会签·接收').first().waitFor()
  await station(clerk, 'phone')
  await clerk.getByRole('button', { name: '分办' }).click()
  await clerk.getByText('交给谁办理').waitFor()
  await station(clerk, 'phone-assign')
  assert.equal(await clerk.getByText('请选择人员').count(), 0)
  await clerk.getByRole('dialog').getByRole('button', { name: '分办' }).click()
  await clerk.getByText('请选择人员').waitFor()
  await clerk.context().close()
})
