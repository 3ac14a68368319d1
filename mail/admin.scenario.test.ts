/** Mail administration and mail programs over HTTP. */
import assert from 'node:assert/strict'
import { get as httpGet } from 'node:http'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { provide } from '#platform/registry/server/service.ts'
import { type District, openDistrict, PASSWORD } from '#test/mail/district.ts'
import type { TestRuntime } from '#test/runtime.ts'
import { MailDns } from './accounts/contract.ts'
import { selfSigned } from './listeners/self-signed.ts'
import { authenticate } from './store/server/authenticate.ts'

const domain = 'mail.changning.example'
const NAMES: Readonly<Record<string, readonly string[]>> = { [`MX ${domain}`]: ['10 elsewhere.example'], [`TXT ${domain}`]: ['v=spf1 mx -all'] }
let it: TestRuntime
let district: District
let base = ''
let admin = ''
let lin = ''

before(async () => {
  district = await openDistrict({
    change: (service) => (service.id !== 'mail-accounts' ? service : {
      ...service, provides: [provide(MailDns, () => ({ resolve: async (type, name) => (name.startsWith('_dmarc') ? Promise.reject(new Error('time out')) : (NAMES[`${type} ${name}`] ?? [])) }))],
    }),
  })
  ;({ it, base } = district)
  ;[admin, lin] = [await signIn('sysadmin'), await signIn('linxiaowen')]
})
after(async () => {
  await district.close()
})

const signIn = (login: string): Promise<string> => district.signIn(login)
const get = (cookie: string, path: string): Promise<Response> => fetch(base + path, { headers: { cookie } })
const post = (cookie: string, name: string, body: unknown): Promise<Response> => fetch(`${base}/api/mail/${name}`, { method: 'POST', headers: { cookie, 'content-type': 'application/json' }, body: JSON.stringify(body) })
async function json<T>(answer: Promise<Response>, status = 200): Promise<T> {
  const got = await answer
  assert.equal(got.status, status, await got.clone().text())
  return (await got.json()) as T
}
const codeOf = async (answer: Promise<Response>): Promise<string> => ((await (await answer).json()) as { error: { code: string } }).error.code
type Account = { id: string; name: string; address: string; status: string; quota: number; aliases: { address: string; kind: string }[]; readers: { name: string; source: string; maySend: boolean }[] }
const find = async (search: string): Promise<Account> => (await json<{ items: Account[] }>(get(admin, `/api/mail/accounts?search=${encodeURIComponent(search)}`))).items[0] ?? assert.fail(`no account ${search}`)

test('only administrators see and change other people’s mailboxes', async () => {
  for (const path of ['accounts', 'domains', 'lists', 'servers', 'statistics']) assert.equal((await get(lin, `/api/mail/${path}`)).status, 403, path)
  assert.equal((await post(lin, 'set-state', { id: '00000000-0000-4000-8000-000000000000', on: false })).status, 403)
})

test('accounts page by page, each once', async () => {
  const seen: string[] = []
  for (let next: string | null = ''; next !== null;) {
    const page: { items: Account[]; next: string | null } = await json(get(admin, `/api/mail/accounts?kind=person&limit=100&after=${encodeURIComponent(next)}`))
    seen.push(...page.items.map(({ id }) => id))
    next = page.next
  }
  assert.ok(seen.length > 400)
  assert.equal(new Set(seen).size, seen.length)
})

test('room set by hand stays until it follows the rank again', async () => {
  const { id, quota } = await find('linxiaowen')
  await json(post(admin, 'set-quota', { id, gigabytes: 3 }))
  assert.equal((await find('linxiaowen')).quota, 3 * 1024 ** 3)
  await json(post(admin, 'set-quota', { id, gigabytes: null }))
  assert.equal((await find('linxiaowen')).quota, quota)
})

test('a policy for TLS is published under its own name, changes its id with its words, and can be taken back', async () => {
  const policy = (host: string): Promise<Response> => new Promise((resolve, reject) => {
    const { hostname, port } = new URL(base)
    httpGet(`http://${hostname}:${port}/.well-known/mta-sts.txt`, { headers: { host } }, (answer) => {
      let text = ''
      answer.on('data', (chunk: Buffer) => (text += chunk.toString()))
      answer.on('end', () => resolve(new Response(text, { status: answer.statusCode ?? 0 })))
    }).on('error', reject)
  })
  const record = async (): Promise<string | undefined> =>
    (await json<{ items: { name: string; records: { name: string; value: string }[] }[] }>(get(admin, '/api/mail/domains'))).items[0]?.records.find(({ name }) => name === `_mta-sts.${domain}`)?.value
  assert.equal((await policy(`mta-sts.${domain}`)).status, 404)
  assert.equal(await record(), undefined)
  assert.equal((await post(lin, 'set-sts', { name: domain, mode: 'testing' })).status, 403)
  await json(post(admin, 'set-sts', { name: domain, mode: 'testing' }))
  assert.match(await (await policy(`mta-sts.${domain}`)).text(), /^version: STSv1\r\nmode: testing\r\nmx: \S+\r\nmax_age: 86400\r\n$/)
  assert.match((await record()) ?? '', /^v=STSv1; id=\d{14}$/)
  for (const host of [domain, 'mta-sts.other.example', 'localhost']) assert.equal((await policy(host)).status, 404, host)
  await json(post(admin, 'set-sts', { name: domain, mode: 'none' }))
  assert.equal(await (await policy(`mta-sts.${domain}`)).text(), 'version: STSv1\r\nmode: none\r\nmax_age: 86400\r\n')
})

test('addresses: given once, in domains of ours, and never the primary one away', async () => {
  const { id, address } = await find('guyuncheng')
  await json(post(admin, 'add-address', { id, address: `Secretary@${domain}` }))
  assert.deepEqual((await find('secretary@')).aliases.map((one) => [one.address, one.kind]), [[`secretary@${domain}`, 'manual']])
  assert.equal(await codeOf(post(admin, 'add-address', { id: (await find('linxiaowen')).id, address: `secretary@${domain}` })), 'mail.address.taken')
  assert.equal(await codeOf(post(admin, 'add-address', { id, address: 'a@elsewhere.example' })), 'mail.domain.missing')
  assert.equal(await codeOf(post(admin, 'remove-address', { id, address })), 'mail.address.primary')
  await json(post(admin, 'remove-address', { id, address: `secretary@${domain}` }))
})

test('a mailbox that is switched off lets nobody in and is shown to nobody', async () => {
  const { id } = await find('tangjianing')
  const tang = await signIn('tangjianing')
  await json(post(admin, 'set-state', { id, on: false }))
  assert.equal(await authenticate(it.runtime, { login: 'tangjianing', password: PASSWORD, protocol: 'imap', address: '10.3.3.3' }), null)
  const { account } = await json<{ account: { id: string } }>(get(tang, '/api/mail/folders'))
  assert.notEqual(account.id, id, 'only the office’s mailbox is left')
  await json(post(admin, 'set-state', { id, on: true }))
  assert.equal((await find('tangjianing')).status, 'active')
})

test('a shared mailbox is read by those it is given to, until it is taken back', async () => {
  const { id } = await json<{ id: string }>(post(admin, 'create-shared', { name: '总值班室', address: `zhiban@${domain}` }))
  const { personId } = (await json<{ person: { personId?: string; id?: string } }>(get(lin, '/api/session')).then(({ person }) => ({ personId: person.personId ?? person.id ?? '' })))
  await json(post(admin, 'grant-reader', { id, personId, maySend: true }))
  assert.deepEqual((await find('zhiban')).readers.map(({ name, source, maySend }) => [name, source, maySend]), [['林晓雯', 'manual', true]])
  assert.equal((await get(lin, `/api/mail/folders?account=${id}`)).status, 200)
  await json(post(admin, 'revoke-reader', { id, personId }))
  assert.equal((await get(lin, `/api/mail/folders?account=${id}`)).status, 403)
})

test('lists: members, one address, and gone', async () => {
  const { id } = await json<{ id: string }>(post(admin, 'save-list', { address: `banggong@${domain}`, name: '各单位办公室', posting: 'inside', members: [`hexiangdong@${domain}`, `SongYiRan@${domain}`] }))
  await json(post(admin, 'save-list', { id, address: `bangong@${domain}`, name: '各单位办公室', posting: 'members', members: [`songyiran@${domain}`] }))
  assert.deepEqual((await json<{ items: unknown[] }>(get(admin, '/api/mail/lists'))).items, [{ id, address: `bangong@${domain}`, name: '各单位办公室', posting: 'members', active: true, members: [`songyiran@${domain}`] }])
  assert.equal(await codeOf(post(admin, 'save-list', { address: `linxiaowen@${domain}`, name: 'x', posting: 'inside', members: [] })), 'mail.address.taken')
  await json(post(admin, 'remove-list', { id }))
  assert.equal(await codeOf(post(admin, 'remove-list', { id })), 'mail.list.missing')
})

test('the name system is asked for every record', async () => {
  const { items } = await json<{ items: { type: string; name: string; state: string }[] }>(get(admin, `/api/mail/check-dns?name=${domain}`))
  const state = (type: string, name: string): string | undefined => items.find((one) => one.type === type && one.name === name)?.state
  assert.deepEqual([state('MX', domain), state('TXT', domain), state('TXT', `_dmarc.${domain}`), state('CNAME', `autoconfig.${domain}`)], ['different', 'ok', 'unknown', 'missing'])
})

test('another default domain: everybody’s address moves, the former one still leads there', async () => {
  assert.equal(await codeOf(post(admin, 'add-domain', { name: 'no domain' })), 'http.invalid')
  await json(post(admin, 'add-domain', { name: 'cn.gov.example' }))
  assert.ok((await json<{ addresses: number }>(post(admin, 'set-default-domain', { name: 'cn.gov.example' }))).addresses > 400)
  const account = await find('linxiaowen')
  assert.deepEqual([account.address, account.aliases.some(({ address, kind }) => address === `linxiaowen@${domain}` && kind === 'former')], ['linxiaowen@cn.gov.example', true])
  assert.equal(await codeOf(post(admin, 'remove-domain', { name: domain })), 'mail.domain.used')
  await json(post(admin, 'set-default-domain', { name: domain }))
})

test('state of the servers and statistics', async () => {
  const { items, certificate } = await json<{ items: { id: string; state: string }[]; certificate: unknown }>(get(admin, '/api/mail/servers'))
  assert.deepEqual([items.find(({ id }) => id === 'imap')?.state, certificate], ['off', null])
  const { accounts, days } = await json<{ accounts: number; days: unknown[] }>(get(admin, '/api/mail/statistics'))
  assert.ok(accounts > 400)
  assert.equal(days.length, 30)
})

test('a certificate is taken with its key, which is told to nobody; switching a server is audited with its name', async () => {
  const { cert, key } = selfSigned('mail.cn.example', new Date())
  assert.equal(await codeOf(post(admin, 'upload-certificate', { chain: cert, key: 'x' })), 'mail.certificate.key-none')
  assert.equal(await codeOf(post(admin, 'upload-certificate', { chain: cert, key })), 'mail.certificate.names')
  const { id, remarks } = await json<{ id: string; remarks: string[] }>(post(admin, 'upload-certificate', { chain: cert, key, anyName: true }))
  assert.deepEqual(remarks, ['self-signed'])
  const text = await (await get(admin, '/api/mail/servers')).text()
  assert.match(text, /"source":"uploaded".*"names":\["mail\.cn\.example"/)
  assert.doesNotMatch(text, /PRIVATE/)
  await json(post(admin, 'switch-server', { id: 'imap', on: false }))
  await json(post(admin, 'activate-certificate', { id: null }))
  await json(post(admin, 'remove-certificate', { id }))
  const { rows } = await sql<{ action: string; written: string }>`select action, row_to_json(e)::text as written from audit_entry e where action like 'mail.%certificate' or action = 'mail.switch-server' order by at`.execute(it.runtime.db)
  assert.ok(rows.some(({ action, written }) => action === 'mail.switch-server' && written.includes('imap')))
  assert.deepEqual(rows.filter(({ written }) => written.includes('PRIVATE') || written.includes(key.slice(40, 80))), [])
  assert.ok(['mail.upload-certificate', 'mail.activate-certificate', 'mail.remove-certificate'].every((action) => rows.some((row) => row.action === action)))
})

test('a person asks for a password for a program, uses it, and ends it', async () => {
  const { id, password } = await json<{ id: string; password: string }>(post(lin, 'create-password', { name: '办公室电脑', protocols: ['imap'] }))
  const use = () => authenticate(it.runtime, { login: `linxiaowen@${domain}`, password, protocol: 'imap', address: '10.4.4.4' })
  assert.notEqual(await use(), null)
  const { address, passwords } = await json<{ address: string; passwords: { name: string; lastAddress: string }[] }>(get(lin, '/api/mail/clients'))
  assert.deepEqual([address, passwords.map(({ name, lastAddress }) => [name, lastAddress])], [`linxiaowen@${domain}`, [['办公室电脑', '10.4.4.4']]])
  assert.equal(await codeOf(post(await signIn('guyuncheng'), 'revoke-password', { id })), 'mail.app-password.missing', 'not another’s')
  await json(post(lin, 'revoke-password', { id }))
  assert.equal(await use(), null)
})

test('programs find their settings: Thunderbird, Outlook, iOS', async () => {
  const thunderbird = await fetch(`${base}/.well-known/autoconfig/mail/config-v1.1.xml?emailaddress=lin@${domain}`)
  assert.deepEqual([thunderbird.status, thunderbird.headers.get('content-type')], [200, 'text/xml; charset=utf-8'])
  assert.match(await thunderbird.text(), new RegExp(`<domain>${domain}</domain>`))
  const outlook = await fetch(`${base}/autodiscover/autodiscover.xml`, { method: 'POST', headers: { 'content-type': 'text/xml' }, body: `<Autodiscover><Request><EMailAddress>lin@${domain}</EMailAddress></Request></Autodiscover>` })
  assert.match(await outlook.text(), /<Action>settings<\/Action>/)
  assert.equal((await fetch(`${base}/autodiscover/autodiscover.xml`, { method: 'POST', headers: { 'content-type': 'text/xml' }, body: '<x/>' })).status, 422)
  assert.equal((await fetch(`${base}/autodiscover/autodiscover.xml`)).status, 422, 'not the pages of the browser')
  const where = `${base}/autodiscover/autodiscover.json`
  for (const question of [`/v1.0/lin@${domain}?Protocol=AutodiscoverV1`, `?Email=lin%40${domain}&Protocol=Autodiscoverv1&RedirectCount=1`]) assert.deepEqual(await (await fetch(where + question)).json(), { Protocol: 'AutodiscoverV1', Url: `${base}/autodiscover/autodiscover.xml` })
  assert.equal((await fetch(`${where}/v1.0/nothing?Protocol=AutodiscoverV1`)).status, 422)
  assert.equal((await fetch(`${where}?Email=lin@${domain}&Protocol=ActiveSync`)).status, 404)
  const profile = await get(lin, '/api/mail/profile')
  assert.equal(profile.headers.get('content-type'), 'application/x-apple-aspen-config')
  assert.match(await profile.text(), new RegExp(`<key>EmailAddress</key><string>linxiaowen@${domain}</string>`))
  assert.equal((await fetch(`${base}/api/mail/profile`)).status, 401)
})
