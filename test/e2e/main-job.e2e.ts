/** A notice from its draft to the organisation that receives it, clicked through in the browser by everybody who has a part in it. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Document, Packer, Paragraph } from 'docx'
import type { Locator, Page } from 'playwright-core'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import { bodyText } from '#modules/documents/body.ts'
import type { Block } from '#modules/documents/body.ts'
import { DEMO_NOTICE } from '#modules/documents/data/samples/notice.ts'
import { OutgoingDocument } from '#modules/documents/outgoing/model.ts'
import { createPrinter } from '#platform/print/server/typst.ts'
import { measurePdf } from '../pdf/measure.ts'
import { generate } from '../world/world.ts'
import { signedInPage } from './browser.ts'
import { PASSWORD } from './district.ts'
import { openOwnProcess } from './own-process.ts'
import type { OwnProcess } from './own-process.ts'

const TITLE = DEMO_NOTICE.title
const LOGINS = new Map(generate().accounts.map(({ login, personId }) => [personId, login]))

let district: OwnProcess
before(async () => { district = await openOwnProcess('2026-11-20T02:00:00Z') })
after(() => district.close())

const DESK = { viewport: { width: 1366, height: 768 } }
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

const visit = (login: string, device: typeof DESK | typeof PHONE, path: string, deaf = false): Promise<Page> => signedInPage(district, { login, password: PASSWORD }, path, device, deaf)

/** Kept for people to look at, in the folder `SCREENSHOTS` names. */
async function station(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'] ?? ''
  if (folder === '') return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`) })
}

/** The record's id, once it is saved. */
let id = ''

async function read(page: Page): Promise<RecordDetailWire> {
  const answer = await page.request.get(`${district.address}/api/records/${OutgoingDocument.name}/${id}`)
  assert.equal(answer.status(), 200, await answer.text())
  return (await answer.json()) as RecordDetailWire
}

/** Logins with an open part in the document's case. */
async function holders(): Promise<string[]> {
  const rows = await district.rows<{ person_id: string }>(
    "select a.person_id from workflow_actor a join workflow_case c on c.id = a.case_id where c.record_id = $1 and a.status = 'open'", [id])
  return rows.map(({ person_id }) => LOGINS.get(person_id) ?? '').toSorted()
}

const option = (page: Page, text: string): Locator => page.locator('.ant-select-dropdown:not(.ant-select-dropdown-hidden) .ant-select-item-option', { hasText: text }).first()

/** Chooses from a list; with `typed` searched for first. */
async function pick(page: Page, label: RegExp, text: string, typed?: string): Promise<void> {
  const box = page.getByRole('combobox', { name: label })
  await box.click()
  if (typed !== undefined) await box.fill(typed)
  await option(page, text).click()
  await page.keyboard.press('Escape')
}

/** What the case and its boxes hold, to the last event. */
const state = (): Promise<object[]> => district.rows(
  `select 'event' as kind, e.seq::text as key, e.data::text as data from workflow_event e join workflow_case c on c.id = e.case_id where c.record_id = $1
   union all select 'actor', a.id::text, a.data::text from workflow_actor a join workflow_case c on c.id = a.case_id where c.record_id = $1
   union all select 'todo', t.id::text, to_jsonb(t)::text from todo_item t where t.record_id = $1 order by 1, 2`, [id])

/** A Word file and a PDF of three pages, as offices attach them. */
async function attachments(): Promise<{ name: string; mimeType: string; buffer: Buffer }[]> {
  const word = new Document({ sections: [{ children: ['重点检查事项清单', '消防安全', '建筑施工'].map((line) => new Paragraph(line)) }] })
  const pdf = await createPrinter().compilePdf('#set page(width: 210mm, height: 297mm)\nA\n#pagebreak()\nB\n#pagebreak()\nC')
  return [
    { name: '重点检查事项清单.docx', mimeType: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', buffer: await Packer.toBuffer(word) },
    { name: '检查点位图.pdf', mimeType: 'application/pdf', buffer: Buffer.from(pdf) },
  ]
}
const attached = await attachments()

/** The text as a word processor would hand it over, without its looks. */
async function paste(page: Page, text: string): Promise<void> {
  const editor = page.getByRole('textbox', { name: '正文' })
  await editor.click()
  await editor.evaluate((element, plain) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', plain)
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, text)
}

/** Finds the document among what waits for this person, as people do. */
async function openTodo(login: string, deaf = false): Promise<Page> {
  const page = await visit(login, DESK, '/', deaf)
  await page.getByRole('navigation', { name: '主菜单' }).getByRole('link', { name: /待办中心/ }).click()
  await page.locator('tr[data-row]', { hasText: TITLE }).first().click()
  await page.getByRole('heading', { name: TITLE }).waitFor()
  return page
}

async function agree(login: string, opinion: string): Promise<Page> {
  const page = await openTodo(login)
  const bar = page.getByRole('region', { name: '办理', exact: true })
  await bar.getByLabel('意见').fill(opinion)
  await bar.getByRole('button', { name: '同意', exact: true }).click()
  await page.getByRole('status').getByRole('button', { name: '返回' }).waitFor()
  return page
}

const agreeAndLeave = async (login: string, opinion: string): Promise<void> => (await agree(login, opinion)).context().close()

test('a notice of three pages is drafted with an attachment and handed in', async () => {
  const page = await visit('linxiaowen', DESK, `/app/${OutgoingDocument.name}/new`)
  await page.getByRole('textbox', { name: /标题/ }).fill(TITLE)
  await pick(page, /文种/, '通知')
  await page.getByRole('radio', { name: '加急' }).check()
  await page.getByRole('radio', { name: '主动公开' }).check()
  await pick(page, /主送机关/, '新泾镇', '新泾镇')
  await pick(page, /主送机关/, '区应急局', '应急')
  await page.getByRole('textbox', { name: /主送（印发用语）/ }).fill('各街道办事处、新泾镇政府，区政府各委、办、局')
  await paste(page, bodyText(DEMO_NOTICE.body))
  await page.getByRole('textbox', { name: '正文' }).getByText('总体要求').waitFor()
  await page.locator('.files input[type=file]').first().setInputFiles(attached)
  for (const { name } of attached) await page.getByRole('button', { name: `移除 ${name}` }).waitFor()
  await pick(page, /会签单位/, '区建设管理委', '建设')
  await pick(page, /会签单位/, '区市场监管局', '市场')
  await pick(page, /签发人/, '周牧原', '周牧原')
  await page.getByText(/已自动保存/).waitFor()
  await station(page, '01-draft')
  await page.getByRole('button', { name: '提交', exact: true }).click()
  // The form is left when it is handed in; its button says something else already while it is sent.
  await page.getByRole('button', { name: '存为草稿' }).waitFor({ state: 'detached', timeout: 60_000 })
  await page.getByText('部门审核').first().waitFor()
  id = /[0-9a-f-]{36}/.exec(page.url())?.[0] ?? assert.fail(page.url())
  await station(page, '02-handed-in')
  await page.context().close()
})

test('the department and the revisers agree; the last of them takes it back and agrees again', async () => {
  for (let round = 0; round < 4 && !(await holders()).includes('hexiangdong'); round++) await agreeAndLeave((await holders())[0] ?? assert.fail('nobody has it'), '拟同意')
  const page = await agree('hexiangdong', '请会签')
  assert.deepEqual(await holders(), ['fanqiuyu', 'gaozhiyuan'])
  await page.goto(`${district.address}/app/${OutgoingDocument.name}/${id}`)
  await page.getByRole('button', { name: '撤回' }).click()
  const asked = page.getByRole('dialog', { name: '撤回' })
  await asked.getByLabel('说明').fill('还要核对时间')
  await asked.getByRole('button', { name: '撤回' }).click()
  await asked.waitFor({ state: 'detached' })
  await page.getByRole('region', { name: '办理', exact: true }).waitFor()
  assert.deepEqual(await holders(), ['hexiangdong'])
  await station(page, '03-taken-back')
  await page.context().close()
  await agreeAndLeave('hexiangdong', '时间已核对，请会签')
  assert.deepEqual(await holders(), ['fanqiuyu', 'gaozhiyuan'])
})

test('one of those who countersign sends it back and gets it straight again; the server is killed in between', async () => {
  const page = await openTodo('gaozhiyuan')
  await page.getByRole('region', { name: '办理', exact: true }).getByRole('button', { name: '退回' }).click()
  const asked = page.getByRole('dialog', { name: '退回' })
  await asked.getByRole('radio', { name: /核稿/ }).check()
  await asked.getByRole('radio', { name: '直接回到本环节' }).check()
  await asked.getByLabel('意见').fill('请补充工程类检查要求')
  await station(page, '04-sent-back')
  await asked.getByRole('button', { name: '退回' }).click()
  await page.getByRole('status').getByRole('button', { name: '返回' }).waitFor()
  // The other one who countersigns is not disturbed: it stays with her while the reviser has it too.
  assert.deepEqual((await holders()).toSorted(), ['fanqiuyu', 'guyuncheng'])
  const before = await state()
  await district.crash()
  assert.deepEqual(await state(), before, 'nothing lost, nothing doubled')
  // The page that was open all the time goes on, and shows what was done before.
  await page.goto(`${district.address}/app/${OutgoingDocument.name}/${id}`)
  await page.getByLabel('流程').getByText('请补充工程类检查要求').first().waitFor()
  await page.context().close()
  const reviser = await openTodo('guyuncheng')
  await reviser.getByLabel('流程').getByText('请补充工程类检查要求').first().waitFor()
  await station(reviser, '05-after-the-crash')
  await reviser.context().close()
  const elsewhere = await openTodo('fanqiuyu', true)
  await agreeAndLeave('fanqiuyu', '无意见')
  // Who still has the page open reads who was faster, and nothing is done twice.
  const bar = elsewhere.getByRole('region', { name: '办理', exact: true })
  await bar.getByLabel('意见').fill('同意')
  await bar.getByRole('button', { name: '同意', exact: true }).click()
  await elsewhere.getByText(/已由 范秋屿 于 \d\d:\d\d 办理/).first().waitFor()
  await station(elsewhere, '05b-somebody-was-faster')
  await elsewhere.context().close()
  assert.deepEqual(await holders(), ['guyuncheng'])
  await agreeAndLeave('guyuncheng', '已补充')
  await agreeAndLeave('hexiangdong', '已核')
  assert.deepEqual(await holders(), ['gaozhiyuan'])
  await agreeAndLeave('gaozhiyuan', '同意')
  assert.deepEqual(await holders(), ['zhoumuyuan'])
})

test('the leader signs on the phone', async () => {
  const page = await visit('zhoumuyuan', PHONE, '/m')
  await page.getByRole('navigation', { name: '主导航' }).getByRole('link', { name: /待办/ }).tap()
  await page.getByRole('link', { name: TITLE }).first().tap()
  const bar = page.getByRole('region', { name: '办理', exact: true })
  await bar.getByLabel('意见').fill('同意，请印发。')
  await station(page, '06-signing-on-the-phone')
  await bar.getByRole('button', { name: '同意', exact: true }).tap()
  await page.getByRole('status').getByRole('button', { name: '返回' }).waitFor()
  assert.deepEqual(await holders(), ['hanxuemei'])
  await page.context().close()
})

test('it is registered and numbered, proofed and distributed; the print says what was drafted', async () => {
  const page = await openTodo('hanxuemei')
  await page.getByRole('region', { name: '办理', exact: true }).getByRole('button', { name: '提交', exact: true }).click()
  await page.getByRole('status').getByRole('button', { name: '返回' }).waitFor()
  await page.context().close()
  const proof = await openTodo('hanxuemei')
  await proof.getByText('长府办〔2026〕1号').first().waitFor()
  await station(proof, '07-proof')
  const { values } = await read(proof)
  const { blocks } = values['body'] as { blocks: Block[] }
  assert.equal(bodyText(blocks), bodyText(DEMO_NOTICE.body))
  const [pdf = ''] = values['pdf'] as string[]
  const pages = await measurePdf(await (await proof.request.get(`${district.address}/api/files/${pdf}`)).body())
  assert.ok(pages.length >= 3, `${pages.length} pages`)
  const printed = pages.map(({ texts }) => texts.map(({ text }) => text).join('')).join('').replaceAll(/\s/gu, '').replaceAll(/—\d+—/gu, '')
  for (const line of bodyText(DEMO_NOTICE.body).split('\n')) assert.ok(printed.includes(line.replaceAll(/\s/gu, '')), line)
  const around = ['长府办〔2026〕1号', TITLE, '各街道办事处、新泾镇政府，区政府各委、办、局：', '重点检查事项清单', '检查点位图', '上海市长宁区人民政府办公室2026年11月20日']
  for (const line of around) assert.ok(printed.includes(line), `${line} is not in ${printed.slice(0, 200)} … ${printed.slice(-400)}`)
  const sent = await Promise.all((values['attachments'] as string[]).map(async (file) => (await proof.request.get(`${district.address}/api/files/${file}`)).body()))
  assert.deepEqual(sent.map(({ length }) => length), attached.map(({ buffer }) => buffer.length))
  assert.ok(sent.every((bytes, index) => attached[index]?.buffer.equals(bytes)), 'attachments come back byte by byte')
  await proof.getByRole('region', { name: '办理', exact: true }).getByRole('button', { name: '分发', exact: true }).click()
  await proof.getByRole('status').getByRole('button', { name: '返回' }).waitFor()
  assert.equal((await read(proof)).state, 'issued')
  await station(proof, '08-issued')
  await proof.context().close()
})

test('the organisation it was sent to finds it, signs for it, and the sender sees that', async () => {
  const page = await openTodo('wangjie')
  await station(page, '09-received')
  await page.getByRole('region', { name: '办理', exact: true }).getByRole('button', { name: '签收', exact: true }).click()
  await page.getByRole('status').getByRole('button', { name: '返回' }).waitFor()
  await station(page, '10-signed-for')
  await page.context().close()
  const sender = await visit('linxiaowen', DESK, `/app/${OutgoingDocument.name}/${id}`)
  await sender.getByText('已印发').first().waitFor()
  const answer = await sender.request.get(`${district.address}/api/documents/deliveries?outgoingId=${id}`)
  const { items } = (await answer.json()) as { items: { state: string }[] }
  assert.deepEqual(items.map(({ state }) => state).toSorted(), ['delivered', 'signed'])
  await station(sender, '11-sender')
  await sender.context().close()
})
