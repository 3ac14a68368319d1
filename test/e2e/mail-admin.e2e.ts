/** 邮件管理 in the browser: servers and certificates. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { hostname } from 'node:os'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { authority, issuedPair } from '#mail/listeners/test/authority.ts'
import { freePort } from '../hostile/program.ts'
import { signedInPage } from './browser.ts'
import { openDistrict, PASSWORD } from './district.ts'
import type { District } from './district.ts'
import { layoutFaults } from './walk.ts'

let district: District
let imap = 0
before(async () => {
  imap = await freePort()
  district = await openDistrict(() => new Date('2026-11-25T06:00:00Z'), 0, { smtp: await freePort(), submission: await freePort(), smtps: await freePort(), lmtp: 0, imap, imaps: await freePort(), pop3: 0, pop3s: await freePort() })
})
after(() => district.close())

const admin = (path: string, login = 'sysadmin'): Promise<Page> => signedInPage(district, { login, password: PASSWORD }, path)
const shot = async (page: Page, name: string): Promise<void> => {
  if (process.env['SCREENSHOTS'] !== undefined) await page.screenshot({ path: `${process.env['SCREENSHOTS']}/${name}.png` })
}

test('a server is switched off and on; when its port is taken the reason stands there and it stays off', async () => {
  const page = await admin('/mail/admin?part=servers')
  const line = page.getByRole('row', { name: /^IMAP / })
  const toggle = line.getByRole('switch')
  await line.getByText('运行中').waitFor()
  await toggle.click()
  await page.getByRole('tooltip').getByRole('button', { name: /关\s*闭/ }).click()
  await line.getByText('已关闭').waitFor()
  const squatter = createServer().listen(imap, '::')
  await once(squatter, 'listening')
  await toggle.click()
  await line.getByText('已被其他程序占用').first().waitFor()
  assert.equal(await toggle.getAttribute('aria-checked'), 'false')
  await shot(page, 'mail-servers-taken')
  squatter.close()
  await once(squatter, 'close')
  await toggle.click()
  await line.getByText('运行中').waitFor()
  assert.deepEqual(await layoutFaults(page), [])
  await page.context().close()
})

test('a certificate is refused with what to change, then taken, and shown with its end', async () => {
  const page = await admin('/mail/admin?part=servers')
  const signer = authority('长宁区证书服务')
  const { cert, key } = issuedPair(hostname(), signer)
  await page.getByText('系统自动生成').waitFor()
  await page.getByRole('button', { name: '上传证书' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('证书链').fill(signer.cert + cert)
  await dialog.getByLabel('私钥').fill(key)
  await dialog.getByRole('button', { name: '检查并启用' }).click()
  await dialog.getByText('请把它放在第一个').waitFor()
  await shot(page, 'mail-certificate-refused')
  await dialog.getByLabel('证书链').fill(cert + signer.cert)
  await dialog.getByRole('button', { name: '检查并启用' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await page.getByText('在此上传').waitFor()
  await page.getByRole('table', { name: '已上传的证书' }).getByText('使用中').waitFor()
  await shot(page, 'mail-servers')
  assert.deepEqual(await layoutFaults(page), [])
  assert.equal((await page.content()).includes('PRIVATE KEY'), false)
  await page.context().close()
})

test('who may not manage mail is told so', async () => {
  const page = await admin('/mail/admin?part=servers', 'linxiaowen')
  await page.getByText(/没有权限|无权|不存在|没有这个页面/).first().waitFor()
  await page.context().close()
})
