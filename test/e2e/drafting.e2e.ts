/** Drafting a document on the PC, clicked through in the browser: Word files, checks while typing, the pages beside the text, and nothing typed lost. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import { actorAs } from '#apps/demonstration.ts'
import { DEMO_NOTICE } from '#modules/documents/data/samples/notice.ts'
import { SAMPLE_NOTICE } from '#modules/documents/layout/samples.ts'
import { OutgoingDocument } from '#modules/documents/outgoing/model.ts'
import { toDocx } from '#modules/documents/server/layout/docx.ts'
import { COLD_WAVE } from '#modules/documents/server/outgoing/seed-texts.ts'
import { Records } from '#platform/records/contract.ts'
import { generate, personId } from '../world/world.ts'
import { zipBomb } from '../zip-bomb.ts'
import { openDistrict, PASSWORD } from './district.ts'
import type { District } from './district.ts'
import { WORD_CLIPBOARD } from './word-clipboard.ts'

const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const NEW = `/app/${OutgoingDocument.name}/new`

const LOGINS = new Map(generate().accounts.map(({ login, personId: id }) => [id, login]))

let district: District
let word: Buffer
before(async () => {
  district = await openDistrict(() => new Date('2026-11-20T02:00:00Z'))
  word = Buffer.from(await toDocx({ ...SAMPLE_NOTICE, title: DEMO_NOTICE.title, body: DEMO_NOTICE.body }))
})
after(() => district.close())

async function desk(login = 'linxiaowen'): Promise<BrowserContext> {
  const context = await district.browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  context.setDefaultTimeout(15_000)
  const answer = await context.request.post(`${district.address}/api/session`, { data: { login, password: PASSWORD } })
  assert.equal(answer.status(), 200)
  return context
}

async function open(context: BrowserContext, path = NEW): Promise<Page> {
  const page = await context.newPage()
  await page.goto(district.address + path)
  await text(page).waitFor()
  return page
}

const text = (page: Page): Locator => page.getByRole('textbox', { name: '正文' })
const subject = (page: Page): Locator => page.getByRole('textbox', { name: /标题/ })
const checks = (page: Page): Locator => page.getByRole('region', { name: '拟稿检查' })
const choose = (page: Page, name: string, buffer: Buffer): Promise<void> => page.getByLabel('Word 文件').setInputFiles({ name, mimeType: DOCX, buffer })
const view = (page: Page, name: string): Promise<void> => page.getByLabel('显示').getByText(name, { exact: true }).click()
const saved = (page: Page): Promise<void> => page.getByText(/已自动保存/).waitFor()

test('a Word file fills title, addressees and text with its headings; what was typed is replaced only after asking, and comes back', async () => {
  const context = await desk()
  const page = await open(context)
  await choose(page, '通知.docx', word)
  await page.getByText(/已从“通知.docx”导入/).waitFor()
  assert.equal(await subject(page).inputValue(), DEMO_NOTICE.title)
  assert.match(await page.getByRole('textbox', { name: /主送（印发用语）/ }).inputValue(), /各街道办事处/)
  assert.equal(await text(page).locator('h1').first().textContent(), '总体要求')
  assert.ok((await text(page).locator('h2').count()) > 0)
  await subject(page).fill('我写的标题')
  await choose(page, '再来.docx', word)
  const asked = page.getByRole('dialog', { name: '导入会替换已填写的内容' })
  await asked.getByText('标题', { exact: true }).waitFor()
  await asked.getByRole('button', { name: '替换', exact: true }).click()
  await asked.waitFor({ state: 'detached' })
  assert.equal(await subject(page).inputValue(), DEMO_NOTICE.title)
  await page.getByRole('button', { name: '撤销导入' }).click()
  assert.equal(await subject(page).inputValue(), '我写的标题')
  await context.close()
})

test('what cannot be imported is refused in words, and everything typed stays', async () => {
  const context = await desk()
  const page = await open(context)
  await subject(page).fill('写了一半的标题')
  const cases: readonly (readonly [string, Buffer, RegExp])[] = [
    ['扫描件.pdf', Buffer.from('%PDF-1.7'), /这不是 Word 文档/], ['改名.docx', Buffer.from('%PDF-1.7'), /这不是 Word 文档/], ['旧文件.doc', Buffer.from('旧'), /另存为 \.docx/],
    ['炸弹.docx', zipBomb('word/document.xml', 200 * 1024 * 1024), /文件结构异常/],
  ]
  for (const [name, bytes, says] of cases) {
    await choose(page, name, bytes)
    const alert = page.getByRole('alert').filter({ hasText: `没有导入“${name}”` })
    await alert.getByText(says).waitFor()
  }
  assert.equal(await subject(page).inputValue(), '写了一半的标题')
  await context.close()
})

test('a file dropped on the text is imported, and Ctrl+Z in the text takes it back', async () => {
  const context = await desk()
  const page = await open(context)
  await text(page).click()
  await page.keyboard.type('先写一句。')
  const data = await page.evaluateHandle(([bytes, type]) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File([Uint8Array.from(atob(bytes ?? ''), (char) => char.charCodeAt(0))], '拖入.docx', { type: type ?? '' }))
    return transfer
  }, [word.toString('base64'), DOCX])
  await text(page).dispatchEvent('dragover', { dataTransfer: data })
  await page.getByText('松开鼠标，导入 Word 文档').waitFor()
  await text(page).dispatchEvent('drop', { dataTransfer: data })
  await page.getByRole('dialog').getByRole('button', { name: '替换', exact: true }).click()
  await text(page).locator('h1', { hasText: '总体要求' }).waitFor()
  await text(page).locator('p').first().click()
  await page.keyboard.press('Control+z')
  await text(page).getByText('先写一句。').waitFor()
  await context.close()
})

test('faults are found while typing, lead to their place and are mended there; saving meanwhile moves nothing', async () => {
  const context = await desk()
  const page = await open(context)
  await subject(page).fill('上海市长宁区人民政府办公室关于防汛工作的通知')
  await text(page).click()
  await page.keyboard.type('各单位要抓好落实，')
  await saved(page)
  await page.keyboard.type('请于26年7月1日前报送。')
  await text(page).getByText('各单位要抓好落实，请于26年7月1日前报送。').waitFor()
  const finding = checks(page).getByRole('button', { name: /年份写全四位/ })
  await finding.waitFor()
  await subject(page).click()
  await finding.click()
  assert.equal(await page.evaluate(() => getSelection()?.toString()), '26年7月1日')
  await checks(page).getByRole('button', { name: '改为“2026年7月1日”' }).click()
  await text(page).getByText('请于2026年7月1日前报送。').waitFor()
  await finding.waitFor({ state: 'detached' })
  await context.close()
})

test('the pages stand beside the text and follow it; the text keeps its place and its undo', async () => {
  const context = await desk()
  const page = await open(context)
  await choose(page, '通知.docx', word)
  await page.getByText(/已从“通知.docx”导入/).waitFor()
  await view(page, '并排')
  const preview = page.getByRole('region', { name: '版面预览' })
  const pages = preview.getByRole('img')
  await pages.nth(2).waitFor()
  const first = await pages.first().getAttribute('src')
  await subject(page).fill('上海市长宁区人民政府办公室关于另一件事的通知')
  await page.waitForFunction((old) => document.querySelector('.live-preview img')?.getAttribute('src') !== old, first)
  await view(page, '预览')
  assert.equal(await text(page).isVisible(), false)
  assert.ok(await pages.first().isVisible())
  await view(page, '编辑')
  assert.ok(await text(page).isVisible())
  assert.equal(await subject(page).inputValue(), '上海市长宁区人民政府办公室关于另一件事的通知')
  await context.close()
})

test('what Word puts on the clipboard keeps headings of four levels, tables and emphasis, and nothing of its looks', async () => {
  const context = await desk()
  const page = await open(context)
  await text(page).click()
  await text(page).evaluate((element, html) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/html', html)
    clipboardData.setData('text/plain', '不应采用')
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, WORD_CLIPBOARD)
  await text(page).locator('h1').first().waitFor()
  const shape = await text(page).evaluate((element) => [...element.children].map((child) => `${child.tagName}:${child.getAttribute('data-number') ?? ''}${child.tagName === 'TABLE' ? child.querySelectorAll('tr').length : child.textContent}`))
  assert.deepEqual(shape, [
    'P:为切实做好冬春季安全防范工作，现就有关事项通知如下。', 'H1:一、总体要求', 'P:坚持人民至上、生命至上，压紧压实责任。', 'H1:二、主要任务', 'H2:（一）突出重点领域', 'H3:1.消防安全。重点检查人员密集场所。',
    'H4:（1）商场市场', 'P:逐家检查，建立台账。', 'TABLE:3', 'P:特此通知。',
  ])
  assert.equal(await text(page).locator('strong').allTextContents().then((all) => all.join()), '逐家检查')
  assert.equal(await text(page).locator('[style], font, o\\:p, img').count(), 0)
  await context.close()
})

test('a browser that dies before the first saving still has what was typed', async () => {
  const context = await desk()
  const page = await open(context)
  await subject(page).fill('还没有存到服务器的标题')
  await page.close({ runBeforeUnload: false })
  const again = await open(context)
  await again.getByText(/本机留有/).waitFor()
  await again.getByRole('button', { name: '恢复', exact: true }).click()
  assert.equal(await subject(again).inputValue(), '还没有存到服务器的标题')
  await saved(again)
  await context.close()
})

test('two windows on one draft: nothing is overwritten unasked, and the other text is one press away', async () => {
  const context = await desk()
  const one = await open(context)
  await subject(one).fill('第一个窗口的标题')
  await saved(one)
  const two = await open(context, new URL(one.url()).pathname + new URL(one.url()).search)
  await subject(two).fill('第二个窗口的标题')
  await saved(two)
  await subject(one).fill('第一个窗口又改的标题')
  await one.getByRole('button', { name: '载入最新内容，保留我填写的' }).click()
  const clash = one.getByRole('alert').filter({ hasText: '另一处也改过：标题' })
  await clash.waitFor()
  assert.equal(await subject(one).inputValue(), '第一个窗口又改的标题')
  await clash.getByRole('button', { name: '改用对方的' }).click()
  assert.equal(await subject(one).inputValue(), '第二个窗口的标题')
  await context.close()
})

/** A notice handed in by its drafter; its id. */
async function handIn(): Promise<string> {
  const drafter = await actorAs(district.runtime(), 'linxiaowen')
  const values = { ...COLD_WAVE, secrecy: 'none', disclosure: 'on-request', signer: personId('zhoumuyuan') }
  return (await district.runtime().command(drafter, (ctx) => ctx.use(Records).handIn(OutgoingDocument.name, values))).id
}

/** Whoever has it now agrees; `changed` is what is done on the page before. */
async function agree(login: string, id: string, changed?: (page: Page) => Promise<void>): Promise<void> {
  const context = await desk(login)
  const page = await context.newPage()
  await page.goto(`${district.address}/app/${OutgoingDocument.name}/${id}`)
  const bar = page.getByRole('region', { name: '办理', exact: true })
  await bar.getByRole('button', { name: '同意', exact: true }).waitFor()
  assert.equal(await page.getByRole('button', { name: '编辑', exact: true }).count(), 0)
  await changed?.(page)
  await bar.getByRole('button', { name: '同意', exact: true }).click()
  await page.getByRole('status').getByRole('button', { name: '返回' }).waitFor()
  await context.close()
}

const add = (sentence: string) => async (page: Page): Promise<void> => {
  await text(page).locator('p').last().click()
  await page.keyboard.press('End')
  await page.keyboard.type(sentence)
  await text(page).getByText(sentence).waitFor()
}

test('花脸稿 compares any two versions, by whom and when, and prints; who has a task edits in place and has no second 编辑', async () => {
  const id = await handIn()
  const holder = async (): Promise<string> => {
    const { rows } = await sql<{ person_id: string }>`select a.person_id from workflow_actor a join workflow_case c on c.id = a.case_id where c.record_id = ${id} and a.status = 'open'`.execute(district.runtime().db)
    return LOGINS.get(rows[0]?.person_id ?? '') ?? assert.fail('nobody has it')
  }
  await agree(await holder(), id, add('请抓紧落实。'))
  assert.equal(await holder(), 'guyuncheng')
  await agree('guyuncheng', id, add('联系人另行通知。'))
  const context = await desk()
  const page = await context.newPage()
  await page.goto(`${district.address}/app/${OutgoingDocument.name}/${id}`)
  await page.getByRole('tab', { name: '花脸稿' }).click()
  const sheet = page.getByRole('region', { name: '花脸稿' })
  const added = sheet.locator('.body-text ins')
  await added.filter({ hasText: '联系人另行通知。' }).waitFor()
  assert.match((await added.allTextContents()).join(), /请抓紧落实。/u)
  await sheet.getByLabel('从哪一版').click()
  await page.getByTitle(/第 1 次修改/u).last().click()
  await added.filter({ hasText: '请抓紧落实。' }).waitFor({ state: 'detached' })
  assert.match((await added.allTextContents()).join(), /联系人另行通知。/u)
  await page.emulateMedia({ media: 'print' })
  assert.deepEqual(await Promise.all([sheet.isVisible(), page.getByRole('navigation', { name: '主菜单' }).isVisible(), sheet.getByRole('button', { name: '打印花脸稿' }).isVisible()]), [true, false, false])
  await context.close()
})

test('the list opens with what waits for whoever looks at it', async () => {
  for (const [login, tab] of [['zhoumuyuan', '待我签发'], ['hanxuemei', '待登记'], ['linxiaowen', '我起草的']] as const) {
    const context = await desk(login)
    const page = await context.newPage()
    await page.goto(`${district.address}/app/${OutgoingDocument.name}`)
    await page.getByRole('tab', { name: tab, selected: true }).waitFor()
    await context.close()
  }
})
