/** Signed mail in the browser: an administrator trusts an issuer, officials read what a signature proves, on PC and phone. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { syncAccounts } from '#mail/accounts/server/sync.ts'
import { hollow, pemOf, type Person, person, revocations, signedMail, wrappedMail } from '#mail/smime/test/people.fixture.ts'
import { deliver } from '#mail/transport/server/deliver.ts'
import { transportParts } from '#mail/transport/server/parts.ts'
import { signedInPage } from './browser.ts'
import { openDistrict, PASSWORD } from './district.ts'
import type { District } from './district.ts'
import { layoutFaults } from './walk.ts'

const ZHAO = 'zhao@partner.example'
const FROM = `=?utf-8?B?6LW15piO?= <${ZHAO}>`
let district: District
let root: Person
let zhao: Person
before(async () => {
  district = await openDistrict(() => new Date('2026-11-25T06:00:00Z'))
  await district.runtime().command(null, syncAccounts)
  root = await person({ name: '长三角电子认证中心', authority: true })
  zhao = await person({ name: '赵明', by: root, addresses: [ZHAO] })
})
after(() => district.close())

async function arrive(raw: Buffer, subject: string): Promise<void> {
  const named = Buffer.from(raw.toString('latin1').replace('=?utf-8?B?5YC854+t?=', `=?utf-8?B?${Buffer.from(subject).toString('base64')}?=`), 'latin1')
  await deliver(transportParts(district.runtime()), {
    way: 'smtp', accountId: null, sender: ZHAO, recipients: [{ address: 'linxiaowen@mail.changning.example', notify: null, original: null }], raw: named, envelopeId: null, returns: null, utf8: false, origin: null, verdict: null,
  })
}
const open = (path: string, login: string, phone = false): Promise<Page> => signedInPage(district, { login, password: PASSWORD }, path, phone ? { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } : {})
const shot = async (page: Page, name: string): Promise<void> => {
  if (process.env['SCREENSHOTS'] !== undefined) await page.screenshot({ path: `${process.env['SCREENSHOTS']}/${name}.png` })
}

test('an issuer and its list are added, what is none is refused', async () => {
  const page = await open('/mail/admin?part=servers', 'sysadmin')
  const card = page.getByRole('region', { name: '信任的颁发者' })
  await card.getByText('还没有信任的颁发者').waitFor()
  await card.getByRole('button', { name: '添加颁发者' }).click()
  const dialog = page.getByRole('dialog', { name: '添加证书颁发者' })
  await dialog.getByLabel('颁发者的证书').fill(pemOf(zhao.der))
  await dialog.getByRole('button', { name: '检查并添加' }).click()
  await dialog.getByText('“赵明”不是颁发机构的证书').waitFor()
  await dialog.locator('input[type=file]').setInputFiles({ name: 'ca.cer', mimeType: 'application/pkix-cert', buffer: root.der })
  await page.waitForFunction(() => document.querySelector('textarea')?.value.startsWith('MII') === true)
  await dialog.getByRole('button', { name: '检查并添加' }).click()
  await page.getByText('已添加：长三角电子认证中心').waitFor()
  await page.getByRole('button', { name: '知道了' }).click()
  await card.getByText('撤销状态未知').waitFor()
  await card.getByRole('button', { name: '上传撤销列表' }).click()
  await page.getByLabel('撤销列表（CRL）').fill(pemOf(await revocations(root, []), 'X509 CRL'))
  await page.getByRole('button', { name: '检查并使用' }).click()
  await page.getByText('共 0 个被撤销的证书').waitFor()
  await page.getByRole('button', { name: '知道了' }).click()
  await card.getByText('2029-01-01 08:00 前更新').waitFor()
  await card.scrollIntoViewIfNeeded()
  await shot(page, 'mail-trust')
  assert.deepEqual(await layoutFaults(page), [])
  await page.context().close()
})

test('on the PC: a good signature, its details, a changed text, wrapped content, encrypted mail', async () => {
  await arrive(wrappedMail(FROM, hollow('1.2.840.113549.1.7.3'), 'enveloped-data'), '加密的来信')
  await arrive(await signedMail(FROM, '随信附上合同文本，请查收。', zhao, { opaque: true }), '包在签名中的信')
  const raw = await signedMail(FROM, '请将款项 100 元汇至原账户。', zhao)
  await arrive(Buffer.from(raw.toString('latin1').replace('100', '900'), 'latin1'), '改动过的信')
  await arrive(raw, '付款通知')
  const page = await open('/mail', 'linxiaowen')
  const list = page.getByRole('region', { name: '收件箱' })
  const banner = page.getByRole('article').getByLabel('数字签名')
  await list.getByText('付款通知').click()
  await banner.getByText('赵明 的数字签名有效').waitFor()
  await banner.getByRole('button', { name: '详情' }).click()
  await banner.getByText('ECDSA prime256v1、SHA-256').waitFor()
  await shot(page, 'mail-signature-good')
  assert.deepEqual(await layoutFaults(page), [])
  await banner.getByRole('button', { name: '重新核验' }).click()
  await banner.getByText('收到时的结果：赵明 的数字签名有效').waitFor()
  await list.getByText('改动过的信').click()
  await banner.getByText('邮件内容与签名不符').waitFor()
  await shot(page, 'mail-signature-tampered')
  await list.getByText('包在签名中的信').click()
  await page.getByText('随信附上合同文本，请查收。', { exact: true }).locator('visible=true').last().waitFor()
  await banner.getByText('赵明 的数字签名有效').waitFor()
  await list.getByText('加密的来信').click()
  await banner.getByText('加密邮件，请用装有证书的邮件程序打开').waitFor()
  await shot(page, 'mail-signature-encrypted')
  await page.context().close()
})

test('on the phone: the same banner by touch', async () => {
  const page = await open('/m/mail', 'linxiaowen', true)
  await page.getByRole('button', { name: /改动过的信/ }).tap()
  const banner = page.getByLabel('数字签名')
  await banner.getByText('邮件内容与签名不符').waitFor()
  await shot(page, 'mail-signature-phone-tampered')
  await page.getByRole('button', { name: '返回' }).tap()
  await page.getByRole('button', { name: /付款通知/ }).tap()
  await banner.getByText('赵明 的数字签名有效').waitFor()
  await banner.getByRole('button', { name: '详情' }).tap()
  await banner.getByText('证书指纹').waitFor()
  assert.deepEqual(await layoutFaults(page), [])
  await shot(page, 'mail-signature-phone')
  await page.context().close()
})

test('an issuer that is taken away is trusted no longer', async () => {
  const page = await open('/mail/admin?part=servers', 'sysadmin')
  const card = page.getByRole('region', { name: '信任的颁发者' })
  await card.getByRole('button', { name: /移\s*除/ }).click()
  await page.getByText('不再信任“长三角电子认证中心”？').waitFor()
  await page.getByRole('tooltip').getByRole('button', { name: /移\s*除/ }).click()
  await card.getByText('还没有信任的颁发者').waitFor()
  await arrive(await signedMail(FROM, '再次来信', zhao), '不再信任之后')
  const reader = await open('/mail', 'linxiaowen')
  await reader.getByRole('region', { name: '收件箱' }).getByText('不再信任之后').click()
  await reader.getByLabel('数字签名').getByText('证书颁发者不在信任列表中').waitFor()
  await shot(reader, 'mail-signature-unknown')
  assert.deepEqual(await layoutFaults(reader), [])
  await Promise.all([page.context().close(), reader.context().close()])
})
