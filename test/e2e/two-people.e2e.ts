/** Two people with the same task before them: the faster one does it, the other reads who it was. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { IncomingDocument } from '#modules/documents/incoming/model.ts'
import { Org } from '#platform/org/contract.ts'
import { unitId } from '../world/units.ts'
import { personId } from '../world/world.ts'
import { openDistrict, PASSWORD } from './district.ts'
import type { District } from './district.ts'

const SUBJECT = '关于报送岁末年初安全生产工作情况的通知'
let district: District
before(async () => {
  district = await openDistrict(() => new Date('2026-11-20T02:00:00Z'))
  await district.runtime().command(null, (ctx) => ctx.use(Org).grant({ personId: personId('tangjianing'), role: 'doc-registrar', unitId: unitId('office') }))
})
after(() => district.close())

/** `deaf`: the page hears nothing of what others do, as behind a proxy that breaks streams. */
async function signIn(login: string, deaf: boolean): Promise<Page> {
  const context = await district.browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  context.setDefaultTimeout(15_000)
  if (deaf) await context.route('**/api/events', (route) => route.abort())
  const page = await context.newPage()
  const answer = await page.request.post(`${district.address}/api/session`, { data: { login, password: PASSWORD } })
  assert.equal(answer.status(), 200)
  return page
}

const bar = (page: Page) => page.getByRole('region', { name: '办理', exact: true })

async function openTask(page: Page): Promise<void> {
  await page.goto(`${district.address}/todo`)
  await page.getByText(SUBJECT).first().click()
  await bar(page).getByRole('button', { name: '提交', exact: true }).waitFor()
}

test('two registrars have the same paper open: one registers it, the other reads who did and loses nothing of the page', async () => {
  const [han, tang] = [await signIn('hanxuemei', false), await signIn('tangjianing', true)]
  const url = `${district.address}/api/records/${IncomingDocument.name}`
  const made = await han.request.post(url, { data: { values: { sender: '上海市应急管理局', subject: SUBJECT, urgency: 'normal', docType: 'notice', kind: 'handle' } } })
  assert.equal(made.status(), 200, await made.text())
  const { id, version } = (await made.json()) as { id: string; version: number }
  const started = await han.request.post(`${url}/${id}/start`, { data: { version } })
  assert.equal(started.status(), 200, await started.text())
  await Promise.all([openTask(han), openTask(tang)])
  await bar(han).getByRole('button', { name: '提交', exact: true }).click()
  await han.getByRole('status').getByRole('button', { name: '返回' }).waitFor()
  await bar(tang).getByLabel('意见').fill('已核对原件')
  await bar(tang).getByRole('button', { name: '提交', exact: true }).click()
  await tang.getByText(/已由 韩雪湄 于 \d\d:\d\d 办理/).first().waitFor()
  const registered = (await (await han.request.get(`${url}/${id}`)).json()) as { state: string; number: string }
  assert.deepEqual([registered.state, registered.number], ['registered', '收〔2026〕1号'])
})
