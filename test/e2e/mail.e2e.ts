/** Mail read in the browser on PC and phone: by mouse, keyboard and touch; hostile HTML does nothing. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { seed } from '../../mail/seed.ts'
import { deliver } from '../../mail/transport/server/deliver.ts'
import { transportParts } from '../../mail/transport/server/parts.ts'
import { submit } from '../../mail/transport/server/submit.ts'
import { hostileMail } from '../mail/hostile.ts'
import { openDistrict, PASSWORD } from './district.ts'
import type { District } from './district.ts'
import { layoutFaults } from './walk.ts'

let district: District
before(async () => {
  district = await openDistrict(() => new Date('2026-11-25T06:00:00Z'))
  await seed(district.runtime())
  await deliver(transportParts(district.runtime()), {
    way: 'smtp', accountId: null, sender: 'attacker@evil.example', recipients: [{ address: 'linxiaowen@mail.changning.example', notify: null, original: null }], raw: hostileMail(), envelopeId: null, returns: null, utf8: false, origin: null, verdict: null,
  })
})
after(() => district.close())

type Visit = { readonly page: Page; readonly asked: readonly string[]; readonly alerts: readonly string[]; close(): Promise<void> }

/** A signed-in browser that notes every address outside and every dialogue. */
async function visit(path: string, phone: boolean, login = 'linxiaowen'): Promise<Visit> {
  const context = await district.browser.newContext({ viewport: phone ? { width: 390, height: 844 } : { width: 1366, height: 768 }, isMobile: phone, hasTouch: phone, locale: 'zh-CN', timezoneId: 'Asia/Shanghai' })
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  const [asked, alerts]: [string[], string[]] = [[], []]
  context.on('request', (request) => { if (!request.url().startsWith(district.address) && /^(https?|ws):/.test(request.url())) asked.push(request.url()) })
  page.on('dialog', (dialog) => { alerts.push(dialog.message()); void dialog.dismiss() })
  await page.request.post(`${district.address}/api/session`, { data: { login, password: PASSWORD } })
  await page.goto(`${district.address}${path}`)
  return { page, asked, alerts, close: () => context.close() }
}

const shot = async (page: Page, name: string): Promise<void> => {
  if (process.env['SCREENSHOTS'] !== undefined) await page.screenshot({ path: `${process.env['SCREENSHOTS']}/${name}.png` })
}

/** The hostile message is open: its words are there, and nothing else happened. */
async function assertHarmless({ page, asked, alerts }: Visit): Promise<void> {
  const frame = page.frameLocator('iframe[title="邮件正文"]')
  await frame.getByText('这是正文').waitFor()
  await frame.getByText('外部图片未显示').waitFor()
  assert.equal(await frame.getByRole('img', { name: '标志' }).evaluate((picture) => (picture as HTMLImageElement).naturalWidth), 10, 'its own picture shows')
  await frame.getByText('点我').click()
  assert.doesNotMatch(await page.title(), /owned/)
  assert.deepEqual([asked, alerts], [[], []])
  const inside = page.frames().find((one) => one.url().includes('/api/mail/body')) ?? assert.fail('no frame')
  assert.equal(await inside.evaluate(() => { try { return window.top?.document.title ?? 'none' } catch { return 'apart' } }), 'apart', 'the frame cannot reach the page around it')
}

test('on the PC: hostile mail is shown and does nothing; arrows go on; what was opened is read', async () => {
  const one = await visit('/', false)
  const { page } = one
  await page.getByRole('link', { name: '邮件' }).first().click()
  const list = page.getByRole('region', { name: '收件箱' })
  await list.getByText('紧急<img src=x onerror=alert(1)>通知').click()
  await assertHarmless(one)
  assert.deepEqual(await layoutFaults(page), [])
  await list.locator('[aria-current]').press('ArrowDown')
  await page.getByRole('article', { name: /信访件/ }).waitFor()
  await page.getByRole('button', { name: '下一封' }).click()
  const folder = page.getByRole('navigation', { name: '邮件夹' }).getByRole('button', { name: /收件箱/ })
  await folder.getByLabel('2 封未读').waitFor()
  await page.getByRole('searchbox', { name: '搜索邮件' }).fill('值班')
  await page.keyboard.press('Enter')
  await list.getByText('关于做好12月份区机关值班工作的通知').click()
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: /值班安排表/ }).click()
  assert.equal((await download).suggestedFilename(), '区机关12月值班安排表.xlsx')
  await shot(page, 'mail-pc')
  await page.getByRole('navigation', { name: '邮件夹' }).getByRole('button', { name: /已发送/ }).click()
  await page.getByRole('region', { name: '已发送' }).getByText('周牧原').waitFor()
  await page.getByRole('navigation', { name: '邮件夹' }).getByRole('button', { name: /草稿箱/ }).click()
  await page.getByText('这个邮件夹是空的').waitFor()
  await one.close()
})

test('on the phone: a letter opens with a touch, back leads to the list, hostile mail does nothing', async () => {
  const one = await visit('/m/mail', true)
  const { page } = one
  await page.getByRole('button', { name: /紧急<img/ }).tap()
  await assertHarmless(one)
  assert.deepEqual(await layoutFaults(page), [])
  await page.getByRole('button', { name: '返回' }).tap()
  await shot(page, 'mail-phone')
  await page.getByRole('button', { name: /^收件箱/ }).tap()
  await page.getByRole('dialog', { name: '邮件夹' }).getByRole('button', { name: /垃圾邮件/ }).tap()
  await page.getByRole('button', { name: /邮箱即将停用/ }).waitFor()
  await one.close()
})

test('邮件管理: the queue is found, held and returned; a waiting recipient is let go; a signing key is prepared and put into use', async () => {
  const parts = transportParts(district.runtime(), { policy: async (_ctx, _handed, targets) => targets.map(({ address }) => (address.startsWith('held') ? { hold: '含敏感词' } : 'pass')) })
  const account = (await sql<{ id: string }>`select account_id as id from mail_address where address = 'linxiaowen@mail.changning.example'`.execute(district.runtime().db)).rows[0]?.id ?? ''
  await submit(parts, {
    way: 'web', accountId: account, sender: 'linxiaowen@mail.changning.example', raw: Buffer.from('From: linxiaowen@mail.changning.example\r\nSubject: =?utf-8?B?5Lya6K6u6YCa55+l?=\r\n\r\ntext\r\n'),
    recipients: ['a@far.example', 'b@far.example', 'c@other.example', 'held@other.example'].map((address) => ({ address, notify: null, original: null })), envelopeId: null, returns: null, utf8: false, origin: null,
  })
  const { page, close } = await visit('/mail/admin?part=queue', false, 'sysadmin')
  await page.getByRole('cell', { name: 'a@far.example', exact: true }).waitFor()
  await shot(page, 'mail-queue')
  await page.getByRole('button', { name: 'far.example', exact: true }).click()
  await page.getByRole('cell', { name: 'c@other.example', exact: true }).waitFor({ state: 'detached' })
  await page.getByRole('checkbox', { name: '全选' }).check()
  await page.getByText('已选 2 个收件人').waitFor()
  await page.getByRole('button', { name: '暂停' }).click()
  await page.locator('[aria-label="发信队列"]').getByText('已暂停').first().waitFor()
  await page.getByRole('checkbox', { name: '选择发给 b@far.example 的邮件' }).check()
  await page.getByRole('button', { name: '退回发件人' }).click()
  await page.getByRole('tooltip').getByRole('button', { name: /退\s*回$/ }).click()
  await page.getByRole('cell', { name: 'b@far.example', exact: true }).waitFor({ state: 'detached' })
  await page.getByRole('region', { name: '待放行' }).getByRole('button', { name: '放行' }).click()
  await page.getByRole('region', { name: '待放行' }).waitFor({ state: 'detached' })
  const { rows } = await sql<{ recipient: string; state: string }>`select recipient, state from mail_queue order by recipient`.execute(district.runtime().db)
  assert.deepEqual(rows, [{ recipient: 'a@far.example', state: 'held' }, { recipient: 'c@other.example', state: 'waiting' }, { recipient: 'held@other.example', state: 'waiting' }])

  const limits = page.getByRole('region', { name: '发送限额' })
  await limits.getByRole('row', { name: /所有其他域名\s*4\s*不限/ }).waitFor()
  await limits.getByRole('button', { name: '增加域名' }).click()
  const editor = page.getByRole('dialog')
  await editor.getByLabel('收件域名').fill('不是域名')
  await editor.getByRole('button', { name: /保\s*存/ }).click()
  await editor.getByRole('alert').getByText('域名不正确').waitFor()
  await editor.getByLabel('收件域名').fill('Far.example')
  await editor.getByLabel('每分钟封数').fill('30')
  await shot(page, 'mail-limit')
  await editor.getByRole('button', { name: /保\s*存/ }).click()
  await limits.getByRole('row', { name: /^far\.example\s*4\s*30/ }).waitFor()
  await shot(page, 'mail-limits')
  await limits.getByRole('button', { name: '取消限额' }).click()
  await page.getByRole('tooltip').getByRole('button', { name: '取消限额' }).click()
  await limits.getByRole('row', { name: /far\.example/ }).waitFor({ state: 'detached' })

  await page.getByRole('tab', { name: '域名' }).click()
  await page.getByRole('button', { name: '生成新密钥' }).first().click()
  await page.getByText('待启用').waitFor()
  await shot(page, 'mail-keys')
  await page.getByRole('button', { name: /启\s*用/ }).click()
  await page.getByRole('tooltip').getByRole('button', { name: /启\s*用/ }).click()
  await page.getByText('使用中').waitFor()
  await close()
})
