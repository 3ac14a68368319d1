/** 工作委托 and 签名 as people see them: given on PC, done by the delegate on the phone, taken back on the phone. */
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { LeaveRequest } from '#modules/leave/model.ts'
import { personId } from '../world/world.ts'
import { openDistrict, PASSWORD } from './district.ts'
import type { District } from './district.ts'

let district: District
/** The same moment on the server and in the browser. */
const NOW = new Date('2026-11-20T02:00:00Z')
before(async () => { district = await openDistrict(() => NOW) })
after(() => district.close())

const WRITER = 'linxiaowen'
const DELEGATE = '何向东'
/** Set to keep pictures of the pages for the guide. */
const shots = process.env['SHOTS']

async function shot(page: Page, name: string): Promise<void> {
  if (shots === undefined) return
  mkdirSync(shots, { recursive: true })
  await page.screenshot({ path: `${shots}/${name}.png` })
}

async function visit(login: string, path: string, phone = false): Promise<Page> {
  const look = phone ? { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 } : { viewport: { width: 1366, height: 768 } }
  const context = await district.browser.newContext({ ...look, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  context.setDefaultTimeout(15_000)
  await context.clock.setFixedTime(NOW)
  const page = await context.newPage()
  const answer = await page.request.post(`${district.address}/api/session`, { data: { login, password: PASSWORD } })
  assert.equal(answer.status(), 200)
  await page.goto(district.address + path)
  return page
}

async function apply(reason: string, writer = WRITER): Promise<string> {
  const page = await visit(writer, '/')
  const url = `${district.address}/api/records/${LeaveRequest.name}`
  const day = reason === '办理家庭事务' ? '2026-12-01' : '2026-12-08'
  const made = await page.request.post(url, { data: { values: { kind: 'personal', place: 'local', reason, standIn: personId('zhugening'), period: { start: day, startHalf: 'am', end: day, endHalf: 'pm' } } } })
  const { id, version } = (await made.json()) as { id: string; version: number }
  const started = await page.request.post(`${url}/${id}/start`, { data: { version } })
  const { caseId } = (await started.json()) as { caseId: string }
  const timeline = (await (await page.request.get(`${district.address}/api/cases/${caseId}/timeline`)).json()) as { entries: { state: string; people: { name: string }[] }[] }
  approver ||= timeline.entries.find(({ state }) => state === 'now')?.people[0]?.name ?? ''
  await page.context().close()
  return `/app/${LeaveRequest.name}/${id}`
}

let approver = ''
let address = ''

/** Nothing that can be touched is too small for a finger. */
const smallTargets = (page: Page): Promise<string[]> =>
  page.locator('button:visible, a:visible, input:visible, select:visible').evaluateAll((elements) =>
    elements.filter((element) => element.getBoundingClientRect().height < 44 && element.closest('.adm-switch') === null).map((element) => element.outerHTML.slice(0, 120)))

test('on PC somebody passes the work on; what was open goes at once', async () => {
  address = await apply('办理家庭事务')
  assert.notEqual(approver, '')
  const page = await visit(approver, '/me/delegations')
  await page.getByText('没有生效中的委托').waitFor()
  await page.getByRole('button', { name: '新建委托' }).click()
  const form = page.getByRole('dialog', { name: '新建工作委托' })
  await form.getByText('请选择受托人').waitFor()
  await form.getByRole('combobox').first().fill(DELEGATE)
  await page.locator('.ant-select-item-option', { hasText: DELEGATE }).first().click()
  await form.getByLabel('事由').fill('外出培训')
  await shot(page, 'delegation-form')
  await form.getByRole('button', { name: '确认委托' }).click()
  const given = page.getByRole('region', { name: '我委托他人' })
  await given.getByText('生效中', { exact: true }).waitFor()
  await given.getByText('外出培训').waitFor()
  await page.getByRole('region', { name: '正由他人代办' }).or(page.getByText('没有需要代办的委托')).first().waitFor()
  await page.waitForFunction(async () => ((await (await fetch('/api/delegations')).json()) as { held: unknown[] }).held.length === 1)
  await page.reload()
  await page.getByRole('region', { name: '正由他人代办' }).getByText(`现由${DELEGATE}代办`).waitFor()
  await shot(page, 'delegations')
  await page.context().close()
})

test('on the phone the delegate sees for whom, why, writes the name by hand and approves', async () => {
  const page = await visit(DELEGATE, '/m/todo', true)
  const line = page.getByRole('link', { name: /林晓雯.*事假/ })
  await line.getByText(`代 ${approver}`).waitFor()
  await shot(page, 'phone-agency')
  await line.tap()
  await page.getByRole('tab', { name: '流程' }).tap()
  await page.getByText(new RegExp(`${approver}委托${DELEGATE}代办`)).first().waitFor()
  await shot(page, 'phone-why')
  await page.getByRole('button', { name: '手写签名' }).tap()
  const pad = page.getByRole('img', { name: '手写签名区' })
  const box = (await pad.boundingBox()) ?? assert.fail('no pad')
  await page.mouse.move(box.x + 30, box.y + 40)
  await page.mouse.down()
  for (let step = 1; step <= 30; step++) await page.mouse.move(box.x + 30 + step * 8, box.y + 40 + (step % 6) * 12)
  await page.mouse.up()
  await shot(page, 'phone-signature')
  assert.deepEqual(await smallTargets(page), [])
  await page.getByRole('button', { name: '使用此签名' }).tap()
  await page.getByRole('img', { name: '本次手写签名' }).waitFor()
  await page.getByRole('button', { name: '同意。' }).tap()
  await page.getByRole('button', { name: '同意', exact: true }).tap()
  await page.getByRole('status').getByText(/./).first().waitFor()
  await page.context().close()
})

test('the applicant sees 甲（代 乙）and the signature, which really is a picture', async () => {
  const page = await visit(WRITER, address)
  await page.getByText(`${DELEGATE}（代 ${approver}）`).first().waitFor()
  const picture = page.getByRole('img', { name: `${DELEGATE}的签名` }).first()
  await picture.waitFor()
  assert.ok(await picture.evaluate((image) => (image as HTMLImageElement).naturalWidth >= 60))
  await shot(page, 'signed')
  const { items } = (await (await page.request.get(`${district.address}/api/notices?limit=50`)).json()) as { items: { text: string | null; link: string | null }[] }
  const proposal = items.find(({ link }) => link?.startsWith('/me/delegations?') === true)
  assert.equal(proposal?.text, '休假期间的待办可委托诸葛凝代办，点此确认')
  await page.goto(`${district.address}${proposal.link}`)
  const form = page.getByRole('dialog', { name: '新建工作委托' })
  await form.getByText('诸葛凝').waitFor()
  assert.equal(await form.getByLabel('事由').inputValue(), '林晓雯 事假 1天（2026年12月1日）')
  await form.getByRole('button', { name: '确认委托' }).click()
  await page.getByRole('region', { name: '我委托他人' }).getByText('未开始').waitFor()
  await page.context().close()
})

test('the principal takes it all back on the phone', async () => {
  const second = await apply('参加家长会')
  const page = await visit(approver, '/m/me/delegations', true)
  await page.getByText('现由何向东代办').waitFor()
  await shot(page, 'phone-delegations')
  assert.deepEqual(await smallTargets(page), [])
  await page.getByRole('button', { name: '收回', exact: true }).tap()
  await page.getByRole('dialog', { name: '结束委托' }).getByRole('button', { name: '确认' }).tap()
  await page.getByText('已收回').waitFor()
  await page.getByRole('button', { name: '新建委托' }).tap()
  await page.getByRole('dialog', { name: '新建工作委托' }).getByText('请选择受托人').waitFor()
  await shot(page, 'phone-delegation-form')
  assert.deepEqual(await smallTargets(page), [])
  await page.waitForFunction(async (path) => {
    const { items } = (await (await fetch('/api/todos?box=todo&limit=50')).json()) as { items: { recordId: string; agency: string | null }[] }
    return items.some(({ recordId, agency }) => path.endsWith(recordId) && agency === null)
  }, second)
  await page.context().close()
})

test('a signature is written on PC and kept for the next opinions', async () => {
  const page = await visit(DELEGATE, '/me')
  const card = page.getByRole('region', { name: '签名' })
  await card.getByRole('button', { name: '手写签名' }).click()
  const box = (await page.getByRole('img', { name: '手写签名区' }).boundingBox()) ?? assert.fail('no pad')
  await page.mouse.move(box.x + 60, box.y + 120)
  await page.mouse.down()
  for (let step = 1; step <= 40; step++) await page.mouse.move(box.x + 60 + step * 10, box.y + 120 + Math.round(Math.sin(step / 3) * 50))
  await page.mouse.up()
  await page.getByRole('button', { name: '保存为我的签名' }).click()
  await card.getByRole('img', { name: '我的签名' }).waitFor()
  await shot(page, 'signature')
  await page.context().close()
})

test('whoever manages the flows hands the open work of a leaver over, and sees the record of it', async () => {
  await apply('办理家庭事务', 'jiangheping')
  const page = await visit('panyueming', '/flows')
  await page.getByRole('link', { name: '人员离任移交' }).click()
  const pick = async (index: number, name: string): Promise<void> => {
    await page.getByRole('combobox').nth(index).fill(name)
    await page.locator('.ant-select-item-option:visible', { hasText: name }).first().click()
  }
  const found = (await (await page.request.get(`${district.address}/api/flow-runs?limit=10`)).json()) as { items: { steps: { parts: { name: string }[] }[] }[] }
  await pick(0, found.items[0]?.steps[0]?.parts[0]?.name ?? assert.fail('no case'))
  const parts = page.getByRole('region', { name: '在办事项' })
  await parts.getByText(/蒋和坪.*事假/).waitFor()
  await pick(1, '宋亦然')
  await parts.getByLabel('理由').fill('工作调动')
  await shot(page, 'leaver')
  await parts.getByRole('button', { name: '移交所选 1 件' }).click()
  await parts.getByText('已移交 1 件。').waitFor()
  await page.getByRole('region', { name: '移交记录' }).getByText('工作调动').waitFor()
  await page.getByRole('button', { name: '代为设置委托' }).click()
  await page.getByRole('dialog', { name: /设置工作委托/ }).getByText('请选择受托人').waitFor()
  await page.context().close()
})
