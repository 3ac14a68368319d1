/** 邮件管理 in the browser: servers, certificates, rules, quotas, leavers, migrations, figures. */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { hostname } from 'node:os'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { syncAccounts } from '#mail/accounts/server/sync.ts'
import { deliver } from '#mail/transport/server/deliver.ts'
import { transportParts } from '#mail/transport/server/parts.ts'
import { authority, issuedPair } from '#mail/listeners/test/authority.ts'
import { Identity } from '#platform/identity/contract.ts'
import { freePort } from '../hostile/program.ts'
import { message, openImap, PASSWORD as MAIL_PASSWORD } from '../mail/imap.ts'
import { signedInPage } from './browser.ts'
import { openDistrict, PASSWORD } from './district.ts'
import type { District } from './district.ts'
import { layoutFaults } from './walk.ts'

let district: District
let imap = 0
/** Scanners that only say who they are. */
const greeters = [createServer((socket) => void socket.end('ClamAV 1.4.6/27823/Wed Nov 25 08:41:12 2026\0')), createServer((socket) => void socket.end('HTTP/1.1 200 OK\r\nServer: rspamd/3.4\r\nContent-Length: 6\r\n\r\npong\r\n'))]
before(async () => {
  imap = await freePort()
  const [clamd = 0, rspamd = 0] = await Promise.all(greeters.map(async (greeter) => {
    await once(greeter.listen(0, '127.0.0.1'), 'listening')
    return (greeter.address() as AddressInfo).port
  }))
  district = await openDistrict(() => new Date('2026-11-25T06:00:00Z'), 0, { smtp: await freePort(), submission: await freePort(), smtps: await freePort(), lmtp: 0, imap, imaps: await freePort(), pop3: 0, pop3s: await freePort() },
    { clamd: { host: '127.0.0.1', port: clamd }, rspamd: `http://127.0.0.1:${rspamd}`, onFailure: 'later', most: 26_214_400 })
})
after(async () => {
  await district.close()
  for (const greeter of greeters) greeter.close()
})

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

test('scanners are greeted; one that is gone is told with the reason', async () => {
  const page = await admin('/mail/admin?part=servers')
  const table = page.getByRole('table', { name: '查毒与反垃圾' })
  const check = page.getByRole('button', { name: '立即检查' })
  await check.click()
  await table.getByRole('row', { name: /ClamAV .* 已连接 1\.4\.6 2026-11-25 08:41:12/ }).waitFor()
  await table.getByRole('row', { name: /Rspamd .* 已连接 3\.4/ }).waitFor()
  const [, rspamd] = greeters
  rspamd?.close()
  await check.click()
  await table.getByRole('row', { name: /Rspamd .* 不可用 3\.4 .*连接不上（ECONNREFUSED）/ }).waitFor()
  await shot(page, 'mail-scanners')
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

for (const phone of [false, true]) {
  test(`an official sets his automatic reply and a forward on the ${phone ? 'phone' : 'PC'}; the administrator sees and ends them`, async () => {
    const page = await signedInPage(district, { login: phone ? 'guyuncheng' : 'linxiaowen', password: PASSWORD }, phone ? '/m/mail/rules' : '/mail/rules', phone ? { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true } : {})
    const reply = page.getByRole('region', { name: '自动回复' })
    await reply.getByRole('switch', { name: '启用自动回复' }).click()
    await reply.getByLabel('内容').fill('我出差到周五，急事请联系何向东。')
    await reply.getByRole('button', { name: '保存' }).or(reply.getByRole('button', { name: '保 存' })).click()
    await reply.getByText('已保存').waitFor()
    const forward = page.getByRole('region', { name: '转发' })
    await forward.getByLabel('转发到').fill('me@home.example')
    await forward.getByRole('button', { name: /保\s*存/ }).click()
    await forward.getByText('目前不允许转发到外部').waitFor()
    await forward.getByLabel('转发到').fill('hexiangdong@mail.changning.example')
    await forward.getByRole('button', { name: /保\s*存/ }).click()
    await forward.getByText('正在转发到 1 个地址').waitFor()
    await shot(page, phone ? 'mail-rules-phone' : 'mail-rules')
    assert.deepEqual(await layoutFaults(page), [])
    const office = await admin('/mail/admin?part=rules')
    const line = office.getByRole('row', { name: phone ? /顾云程/ : /林晓雯/ })
    await line.getByText('hexiangdong@mail.changning.example').waitFor()
    await shot(office, 'mail-all-rules')
    await line.getByRole('button', { name: '停止转发' }).click()
    await office.getByRole('tooltip').getByRole('button', { name: '停止转发' }).click()
    await line.getByText('hexiangdong@mail.changning.example').waitFor({ state: 'detached' })
    await page.reload()
    await forward.getByText('未启用').waitFor()
    await page.context().close()
    await office.context().close()
  })
}

test('room by rank is changed; a leaver’s mailbox is kept until a day', async () => {
  const page = await admin('/mail/admin?part=quotas')
  const line = page.getByRole('row', { name: /其他人员/ })
  await line.getByLabel('其他人员容量（GB）').fill('12')
  await line.getByRole('button', { name: /保\s*存/ }).click()
  await line.getByText(/已调整 \d+ 个邮箱/).waitFor()
  await line.getByText('12.0 GB').or(line.getByText('12 GB')).first().waitFor()
  await shot(page, 'mail-quotas')
  assert.deepEqual(await layoutFaults(page), [])
  await district.runtime().command(null, (ctx) => ctx.use(Identity).setState('tangjianing', 'disabled'))
  await district.runtime().command(null, syncAccounts)
  await page.getByRole('tab', { name: '离任邮箱' }).click()
  const left = page.getByRole('row', { name: /唐佳凝/ })
  await left.getByText('未交接').waitFor()
  await left.getByLabel('唐佳凝 保留至').click()
  await page.getByText('1 年', { exact: true }).click()
  await page.waitForFunction(() => [...document.querySelectorAll('input')].some(({ value }) => /^20\d\d-\d\d-\d\d$/.test(value)))
  await shot(page, 'mail-leavers')
  assert.deepEqual(await layoutFaults(page), [])
  await page.context().close()
})

test('mailboxes of another server are brought over: the list with its faults, progress, the report', async () => {
  const old = await openImap(['lin', 'gu'], 1e8)
  try {
    const client = await old.signedIn('lin')
    for (const n of [1, 2, 3]) await old.append(client, 'INBOX', message(`notice ${n}`))
    const page = await admin('/mail/admin?part=migrations')
    await page.getByText('还没有迁移').waitFor()
    await page.getByRole('button', { name: '新建迁移' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('名称').fill('区机关旧邮箱')
    await dialog.getByLabel('原服务器', { exact: true }).fill('127.0.0.1')
    await dialog.getByLabel('加密').click()
    await page.getByTitle('不加密（仅限内网）').click()
    await dialog.getByLabel('端口').fill(String(old.port))
    await dialog.getByLabel('账号清单').fill('nobody@mail.changning.example,lin,x')
    await dialog.getByRole('button', { name: '开始迁移' }).click()
    await dialog.getByText('第 1 行没有“nobody@mail.changning.example”这个邮箱').waitFor()
    await dialog.getByLabel('账号清单').fill(`本系统地址,原账号,原密码\nlinxiaowen@mail.changning.example,lin,${MAIL_PASSWORD}\nguyuncheng@mail.changning.example,gu,wrong`)
    await dialog.getByRole('button', { name: '开始迁移' }).click()
    await page.getByRole('row', { name: /林晓雯/ }).getByText('1 个邮件夹，内容齐全').waitFor()
    await page.getByRole('row', { name: /顾云程/ }).getByText('原服务器不接受账号或密码').waitFor()
    await page.getByText('有失败，待处理').waitFor()
    await shot(page, 'mail-migration')
    assert.deepEqual(await layoutFaults(page), [])
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: '导出比对报告' }).click()
    assert.equal((await download).suggestedFilename(), '邮箱迁移比对-区机关旧邮箱.xlsx')
    await page.getByRole('button', { name: '结束并清除密码' }).click()
    await page.getByRole('tooltip').getByRole('button', { name: /结\s*束$/ }).click()
    await page.getByText('已结束').waitFor()
    await page.getByRole('button', { name: '返回' }).click()
    await page.getByRole('row', { name: /区机关旧邮箱/ }).getByText('1 / 2').waitFor()
    await page.context().close()
  } finally {
    await old.close()
  }
})

test('figures of mail: by day as picture and table, by reason and person, exported', async () => {
  const { db } = district.runtime()
  for (const to of ['linxiaowen', 'guyuncheng', 'nobody']) await deliver(transportParts(district.runtime()), { way: 'smtp', accountId: null, sender: 'office@far.example', recipients: [{ address: `${to}@mail.changning.example`, notify: null, original: null }], raw: Buffer.from('From: office@far.example\r\nSubject: notice\r\n\r\ntext\r\n'), envelopeId: null, returns: null, utf8: false, origin: null, verdict: null })
  await sql`insert into mail_day (day, domain, received, received_octets, sent, sent_octets, refused, infected, spam) select d, 'mail.changning.example', 900 + n * n * 7 % 400, 9e7, 400 + n * 31 % 200, 4e7, n % 9, n % 3, 20 + n * 13 % 30 from generate_series(1, 29) n, lateral (select '2026-11-25'::date - n as d) x where extract(isodow from d) < 6`.execute(db)
  await sql`insert into mail_day_top (day, kind, address, messages, octets) select '2026-11-24'::date, k, login || '@mail.changning.example', 40 - length(login), 1e6 from mail_account, (values ('sender'), ('recipient')) v(k) where login is not null order by login limit 24`.execute(db)
  const page = await admin('/mail/admin?part=statistics')
  await page.getByRole('img', { name: /每天收到，最多 [\d,]+ 封/ }).waitFor()
  await page.getByRole('table', { name: '发信最多' }).waitFor()
  await shot(page, 'mail-statistics')
  assert.deepEqual(await layoutFaults(page), [])
  await page.getByText('发出', { exact: true }).last().click()
  await page.getByRole('img', { name: /每天发出/ }).waitFor()
  await page.getByText('表', { exact: true }).click()
  await page.getByRole('table', { name: '每天' }).waitFor()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: '导出 XLSX' }).click()
  assert.match((await download).suggestedFilename(), /^邮件统计 .* 至 .*\.xlsx$/)
  await page.context().close()
})

test('who may not manage mail is told so', async () => {
  const page = await admin('/mail/admin?part=servers', 'linxiaowen')
  await page.getByText(/没有权限|无权|不存在|没有这个页面/).first().waitFor()
  await page.context().close()
})
