/** Documents on a phone: read, sent back, what changed since, signed with three touches, instructed, read, signed for. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Locator, Page } from 'playwright-core'
import { actorAs } from '#apps/demonstration.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { TaskWire } from '#kit/wire/task.ts'
import { seed } from '#modules/documents/seed.ts'
import { signedInPage } from './browser.ts'
import { openDistrict, PASSWORD } from './district.ts'
import type { District } from './district.ts'

const MORNING = new Date('2026-11-25T02:00:00Z').getTime()
const begun = Date.now()

let district: District
before(async () => {
  district = await openDistrict(() => new Date(MORNING + Date.now() - begun))
  await seed(district.runtime(), (login) => actorAs(district.runtime(), login))
})
after(() => district.close())

const SIGNED = '做好寒潮天气应对工作的通知'

/** A phone held upright, of the given size. */
const phone = (login: string, path = '/m/todo', size = { width: 390, height: 844 }): Promise<Page> => signedInPage(district, { login, password: PASSWORD }, path, { viewport: size, hasTouch: true, isMobile: true })

const bar = (page: Page): Locator => page.getByRole('region', { name: '办理', exact: true })
const result = (page: Page): Promise<void> => page.getByRole('status').getByRole('button', { name: '返回' }).waitFor()

/** One touch on the record of the list. */
const open = (page: Page, title: string): Promise<void> => page.getByRole('link', { name: title }).first().tap()

interface Asked {
  readonly page: Page
  readonly record: RecordDetailWire
  readonly task: TaskWire
}

/** The document and the task of whoever holds it, over HTTP: what happens at desks between the touches. */
async function ask(login: string, id: string): Promise<Asked> {
  const page = await phone(login, '/m/me')
  const record = (await (await page.request.get(`${district.address}/api/records/documents_outgoing/${id}`)).json()) as RecordDetailWire
  const task = (await (await page.request.get(`${district.address}/api/tasks/${record.taskIds[0] ?? assert.fail(`${login} holds nothing`)}`)).json()) as TaskWire
  return { page, record, task }
}

async function agree(login: string, id: string, values?: (record: RecordDetailWire) => Readonly<Record<string, unknown>>): Promise<void> {
  const { page, record, task } = await ask(login, id)
  const form = values === undefined ? {} : { form: { values: values(record), version: record.version } }
  const answer = await page.request.post(`${district.address}/api/tasks/${task.id}/act`, { data: { operation: 'complete', outcome: 'approve', revision: task.revision, ...form } })
  assert.equal(answer.status(), 200, await answer.text())
  await page.context().close()
}

/** Elements that stick out of the page sideways, other than rows made to be scrolled. */
const sticksOut = (page: Page): Promise<string[]> => page.evaluate(() =>
  [...document.querySelectorAll('.p-page *')].filter((element) => element.getBoundingClientRect().right > window.innerWidth + 1 && element.closest('.p-tabs, .p-chips, .body-wide, .p-reader') === null)
    .map((element) => element.outerHTML.slice(0, 100)))

let id = ''

test('who signs sees the text first, then what was said, and sends it back to whom the page says', async () => {
  const page = await phone('zhoumuyuan')
  await open(page, SIGNED)
  const text = page.getByRole('article', { name: '正文' })
  await text.getByText('上海市长宁区人民政府办公室文件').waitFor()
  await text.getByText('一、加强监测预警').waitFor()
  await page.getByRole('region', { name: '意见' }).getByRole('region', { name: '核稿' }).getByText('已核，请领导审签。').waitFor()
  await bar(page).getByText(/复核登记：韩雪湄/).waitFor()
  id = /documents_outgoing\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? assert.fail(page.url())
  await page.getByRole('tab', { name: '版式' }).tap()
  await page.getByRole('img', { name: '正文第 1 页' }).waitFor()
  await bar(page).getByRole('button', { name: '退回' }).tap()
  const asked = page.getByRole('dialog', { name: '退回' })
  await asked.getByRole('radio', { name: /核稿.*顾云程、何向东/ }).tap()
  assert.equal(await asked.getByRole('button', { name: '同意。' }).count(), 0, 'nobody sends back with 同意')
  await asked.getByRole('radio', { name: '直接回到本环节' }).tap()
  await asked.getByPlaceholder('填写意见（必填）').fill('请补充应急值守电话')
  await asked.getByRole('button', { name: '退回' }).tap()
  await result(page)
  await page.context().close()
})

test('an opinion begun outlives going back, reloading and closing the page', async () => {
  await agree('guyuncheng', id, ({ values }) => ({ body: { blocks: [...(values['body'] as { blocks: object[] }).blocks, { type: 'paragraph', text: [{ text: '应急值守电话：021-22050000。' }] }] } }))
  const { record } = await ask('zhoumuyuan', id).catch(async () => { await agree('hexiangdong', id); return ask('zhoumuyuan', id) })
  assert.equal(record.state, 'signing')
  const page = await phone('zhoumuyuan')
  await open(page, SIGNED)
  await bar(page).getByLabel('意见').fill('同意，抓紧')
  await page.goBack()
  await page.getByRole('heading', { name: '待办' }).waitFor()
  await open(page, SIGNED)
  assert.equal(await bar(page).getByLabel('意见').inputValue(), '同意，抓紧')
  await bar(page).getByRole('button', { name: '退回' }).tap()
  await page.getByRole('dialog', { name: '退回' }).waitFor()
  await page.goBack()
  await page.getByRole('dialog', { name: '退回' }).waitFor({ state: 'detached' })
  assert.equal(await bar(page).getByLabel('意见').inputValue(), '同意，抓紧')
  await page.reload()
  await bar(page).getByLabel('意见').waitFor()
  assert.equal(await bar(page).getByLabel('意见').inputValue(), '同意，抓紧')
  await bar(page).getByLabel('意见').fill('')
  await page.context().close()
})

test('the leader sees what changed since last time and signs with three touches from the list', async () => {
  const page = await phone('zhoumuyuan')
  await page.getByRole('link', { name: SIGNED }).first().waitFor()
  await open(page, SIGNED)
  await page.getByText('您上次办理后：顾云程改过').waitFor()
  await bar(page).getByRole('button', { name: '同意。' }).tap()
  await bar(page).getByRole('button', { name: '同意', exact: true }).tap()
  await result(page)
  await page.getByText('花脸稿').tap()
  await page.locator('.compared ins', { hasText: '应急值守电话' }).tap()
  await page.getByRole('status').getByText(/顾云程 增加，2026-11-25/).waitFor()
  await page.context().close()
})

test('in large type on the narrowest phone nothing sticks out, and the opinion stays above the keyboard', async () => {
  const page = await phone('chenliqun', '/m/todo', { width: 320, height: 640 })
  await page.request.patch(`${district.address}/api/session/preferences`, { data: { preferences: { large: true } } })
  await page.reload()
  await open(page, '追加2026年度')
  await page.getByText('拟办意见').waitFor()
  await page.getByRole('region', { name: '来文正文' }).getByText(/请示/).first().waitFor()
  assert.deepEqual(await sticksOut(page), [])
  await bar(page).getByLabel('意见').tap()
  await page.setViewportSize({ width: 320, height: 340 })
  await page.waitForFunction(() => (document.activeElement?.getBoundingClientRect().bottom ?? Infinity) <= window.innerHeight)
  assert.equal(await bar(page).getByRole('button', { name: '批示' }).isVisible(), true)
  await page.request.patch(`${district.address}/api/session/preferences`, { data: { preferences: { large: false } } })
  await page.context().close()
})

test('without a network no box shows the lines of another; what was open stays, and comes anew with the network', async () => {
  const page = await phone('chenliqun')
  const line = page.getByRole('link', { name: '追加2026年度' })
  await line.waitFor()
  await page.context().setOffline(true)
  await page.getByText('网络已断开').waitFor()
  assert.equal(await page.getByRole('heading', { name: '待办' }).isVisible(), true, 'the note covers nothing')
  await page.getByRole('tab', { name: '已办' }).tap()
  await page.getByRole('alert').getByText('网络不通', { exact: true }).waitFor()
  assert.equal(await line.count(), 0)
  await page.getByRole('tab', { name: '待办' }).tap()
  await line.waitFor()
  await page.getByRole('tab', { name: '已办' }).tap()
  await page.context().setOffline(false)
  await page.getByText('还没有办理过的事项').waitFor()
  await page.context().close()
})

test('an instruction is written on the phone, and a document passed round is read with a word about it', async () => {
  const page = await phone('chenliqun')
  await open(page, '追加2026年度')
  await page.getByText('请陈区长审定').waitFor()
  await bar(page).getByLabel('意见').fill('同意，请财政局落实。')
  await page.context().setOffline(true)
  await bar(page).getByRole('button', { name: '批示', exact: true }).tap()
  await bar(page).getByRole('alert').waitFor()
  assert.equal(await bar(page).getByLabel('意见').inputValue(), '同意，请财政局落实。')
  await page.context().setOffline(false)
  await bar(page).getByRole('button', { name: '批示', exact: true }).tap()
  await result(page)
  await page.goto(`${district.address}/m/todo?box=toread`)
  await open(page, '转发市数据局')
  const reading = page.getByRole('region', { name: '阅读' })
  await reading.getByRole('button', { name: '写意见' }).tap()
  await reading.getByLabel('意见').fill('请各部门对照落实')
  await reading.getByRole('button', { name: '已阅', exact: true }).tap()
  await result(page)
  await page.getByRole('tab', { name: '传阅' }).tap()
  await page.getByText(/请各部门对照落实/).waitFor()
  await page.context().close()
})

test('a signed document is numbered, sent out and signed for at the other end, all on phones', async () => {
  const page = await phone('hanxuemei')
  await open(page, '精简会议活动')
  await page.getByText('长府办〔2026〕60号').waitFor()
  await page.getByRole('region', { name: '本环节填写' }).getByLabel(/印制份数/).fill('80')
  await bar(page).getByRole('button', { name: '提交', exact: true }).tap()
  await result(page)
  await page.goto(`${district.address}/m/todo`)
  await open(page, '精简会议活动')
  await page.getByRole('article', { name: '正文' }).getByText('长府办〔2026〕60号').waitFor()
  await page.getByRole('tab', { name: '版式' }).tap()
  await page.getByRole('status', { name: /第 1 页，共 \d+ 页/ }).waitFor()
  await bar(page).getByRole('button', { name: '分发', exact: true }).tap()
  await result(page)
  await page.getByRole('tab', { name: '分发' }).tap()
  await page.getByText('共 3 家：未签收 3').waitFor()
  await page.context().close()
  const receiver = await phone('wangjie')
  await open(receiver, '精简会议活动')
  await receiver.getByRole('region', { name: '来文正文' }).getByText(/控制数量/).first().waitFor()
  await bar(receiver).getByRole('button', { name: '签收', exact: true }).tap()
  await result(receiver)
  await receiver.context().close()
})
