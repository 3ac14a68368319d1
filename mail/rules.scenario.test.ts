/** Forwards, automatic replies, quotas by rank and leavers' mailboxes, over HTTP. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { Identity } from '#platform/identity/contract.ts'
import { type District, openDistrict } from '#test/mail/district.ts'
import type { TestRuntime } from '#test/runtime.ts'
import { endKeeping } from './accounts/server/keeping.ts'
import { syncAccounts } from './accounts/server/sync.ts'
import type { RuledWire, RulesWire } from './rules-api.ts'

const domain = 'mail.changning.example'
let now = new Date('2026-11-25T02:00:00Z')
let it: TestRuntime
let district: District
let base = ''
let admin = ''
let lin = ''

before(async () => {
  district = await openDistrict({ clock: () => now })
  ;({ it, base } = district)
  ;[admin, lin] = [await signIn('sysadmin'), await signIn('linxiaowen')]
})
after(async () => {
  await district.close()
})

const signIn = (login: string): Promise<string> => district.signIn(login)
async function ask<T>(cookie: string, path: string): Promise<T> {
  const answer = await fetch(`${base}/api/mail/${path}`, { headers: { cookie } })
  assert.equal(answer.status, 200, await answer.clone().text())
  return (await answer.json()) as T
}
const post = (cookie: string, name: string, body: unknown): Promise<Response> => fetch(`${base}/api/mail/${name}`, { method: 'POST', headers: { cookie, 'content-type': 'application/json' }, body: JSON.stringify(body) })
async function act<T>(cookie: string, name: string, body: unknown): Promise<T> {
  const answer = await post(cookie, name, body)
  assert.equal(answer.status, 200, await answer.clone().text())
  return (await answer.json()) as T
}
const refusal = async (cookie: string, name: string, body: unknown): Promise<string> => (await post(cookie, name, body)).text()
const away = { active: true, from: '2026-12-01', to: '2026-12-05', subject: '自动回复：出差', body: '急事请联系何向东。', everyDays: 3 }

test('what an official sets for himself is kept as he set it, by whole days here', async () => {
  await act(lin, 'save-vacation', away)
  await act(lin, 'save-forward', { addresses: [`hexiangdong@${domain}`], keepCopy: false })
  const { address, outside, forwards, blocked, keepCopy, vacation } = await ask<RulesWire>(lin, 'rules')
  assert.deepEqual({ address, outside, forwards, blocked, keepCopy, vacation }, { address: `linxiaowen@${domain}`, outside: false, forwards: [`hexiangdong@${domain}`], blocked: [], keepCopy: false, vacation: away })
  const { rows } = await sql<{ starts: Date; ends: Date }>`select starts_at as starts, ends_at as ends from mail_vacation`.execute(it.runtime.db)
  assert.deepEqual(rows.map(({ starts, ends }) => [starts.toISOString(), ends.toISOString()]), [['2026-11-30T16:00:00.000Z', '2026-12-05T15:59:59.000Z']])
})

test('whoever writes in the name of a mailbox sets its rules; who only reads it, or neither, does not', async () => {
  const shared = await act<{ id: string }>(admin, 'create-shared', { name: '信访接待', address: `xinfang@${domain}` })
  const people = await sql<{ login: string; id: string }>`select login, owner_id as id from mail_account where login in ('linxiaowen', 'guyuncheng')`.execute(it.runtime.db)
  const idOf = (login: string): string => people.rows.find((one) => one.login === login)?.id ?? assert.fail(login)
  await sql`insert into mail_account_right (account_id, person_id, may_send, source, granted_at) values (${shared.id}, ${idOf('linxiaowen')}, true, 'manual', now()), (${shared.id}, ${idOf('guyuncheng')}, false, 'manual', now())`.execute(it.runtime.db)
  const gu = await signIn('guyuncheng')
  await act(lin, 'save-vacation', { ...away, account: shared.id, body: '来信已收到。' })
  await act(lin, 'save-forward', { account: shared.id, addresses: [`linxiaowen@${domain}`], keepCopy: true })
  const { id, accounts, forwards, vacation } = await ask<RulesWire>(lin, `rules?account=${shared.id}`)
  assert.deepEqual([id, accounts.map(({ name }) => name).includes('信访接待'), forwards, vacation?.body], [shared.id, true, [`linxiaowen@${domain}`], '来信已收到。'])
  assert.equal((await ask<RulesWire>(lin, 'rules')).vacation?.body, away.body)
  assert.match(await refusal(lin, 'save-forward', { account: shared.id, addresses: [`xinfang@${domain}`], keepCopy: true }), /就是这个邮箱的地址/)
  for (const name of ['save-vacation', 'save-forward']) assert.equal((await post(gu, name, { ...away, account: shared.id, addresses: [], keepCopy: true })).status, 403, name)
  assert.equal((await fetch(`${base}/api/mail/rules?account=${shared.id}`, { headers: { cookie: gu } })).status, 403)
  await act(admin, 'end-rule', { id: shared.id, what: 'forward' })
  await act(admin, 'end-rule', { id: shared.id, what: 'vacation' })
  const { rows } = await sql<{ title: string; who: string }>`select n.title, a.login as who from notify_notice n join mail_account a on a.owner_id = n.person_id where n.title like '%信访接待%' order by 1, 2`.execute(it.runtime.db)
  assert.deepEqual(rows.map(({ title, who }) => [title, who]), [['邮箱“信访接待”的自动回复已被管理员停止', 'linxiaowen'], ['邮箱“信访接待”的转发已被管理员停止', 'linxiaowen']])
})

const wrong: readonly (readonly [what: string, name: string, body: unknown, told: RegExp])[] = [
  ['to oneself', 'save-forward', { addresses: [`linxiaowen@${domain}`], keepCopy: true }, /就是这个邮箱的地址/],
  ['to nobody', 'save-forward', { addresses: [`nobody@${domain}`], keepCopy: true }, /没有“nobody@mail\.changning\.example”这个地址/],
  ['outside', 'save-forward', { addresses: ['me@home.example'], keepCopy: true }, /目前不允许转发到外部/],
  ['no address', 'save-forward', { addresses: ['张三'], keepCopy: true }, /转发地址请按/],
  ['too many', 'save-forward', { addresses: Array.from({ length: 6 }, (_, n) => `a${n}@${domain}`), keepCopy: true }, /转发地址最多 5 个/],
  ['a period that ends before it begins', 'save-vacation', { ...away, to: '2026-11-01' }, /结束日期不能早于开始日期/],
  ['no text', 'save-vacation', { ...away, body: ' ' }, /请填写自动回复的内容/],
  ['a day that is none', 'save-vacation', { ...away, from: '2026-02-30' }, /日期请按/],
]
for (const [what, name, body, told] of wrong) test(`refused with the way out: ${what}`, async () => assert.match(await refusal(lin, name, body), told))

test('the administrator sees all of it, permits forwards outside or not, and ends what should not be; the owner is told', async () => {
  assert.equal((await post(lin, 'set-forward-policy', { outside: true })).status, 403)
  assert.equal((await fetch(`${base}/api/mail/all-rules`, { headers: { cookie: lin } })).status, 403)
  await act(admin, 'set-forward-policy', { outside: true })
  await act(lin, 'save-forward', { addresses: ['me@home.example', `hexiangdong@${domain}`], keepCopy: true })
  await act(admin, 'set-forward-policy', { outside: false })
  assert.deepEqual((await ask<RulesWire>(lin, 'rules')).blocked, ['me@home.example'])
  const { items } = await ask<{ items: RuledWire[] }>(admin, 'all-rules?what=outside')
  assert.deepEqual(items.map(({ name, forwards, vacation }) => [name, forwards.map(({ address, outside }) => [address, outside]), vacation?.subject]), [['林晓雯', [[`hexiangdong@${domain}`, false], ['me@home.example', true]], '自动回复：出差']])
  const id = items[0]?.id ?? ''
  await act(admin, 'end-rule', { id, what: 'forward' })
  await act(admin, 'end-rule', { id, what: 'vacation' })
  const { forwards, vacation } = await ask<RulesWire>(lin, 'rules')
  assert.deepEqual([forwards, vacation?.active, (await ask<{ items: unknown[] }>(admin, 'all-rules')).items], [[], false, []])
  const { rows } = await sql<{ title: string }>`select title from notify_notice where title like '您的邮件%' order by title`.execute(it.runtime.db)
  assert.deepEqual(rows.map(({ title }) => title), ['您的邮件自动回复已被管理员停止', '您的邮件转发已被管理员停止'])
})

type Band = { id: string; quota: number; changed: boolean }
type Account = { id: string; name: string; quota: number; quotaFixed: boolean; status: string; statusAt: string | null; keepUntil: string | null }
const account = async (search: string, status = ''): Promise<Account | undefined> => (await ask<{ items: Account[] }>(admin, `accounts?search=${search}${status && `&status=${status}`}`)).items[0]

test('another quota for a band reaches everybody of it at once, except where it was set by hand', async () => {
  const hand = await account('guyuncheng')
  await act(admin, 'set-quota', { id: hand?.id, gigabytes: 3 })
  const { accounts } = await act<{ accounts: number }>(admin, 'set-quota-band', { id: 'township', gigabytes: 12 })
  assert.ok(accounts > 10, String(accounts))
  const { items } = await ask<{ items: Band[] }>(admin, 'quota-bands')
  assert.deepEqual(items.filter(({ changed }) => changed).map(({ id, quota }) => [id, quota]), [['township', 12 * 1024 ** 3]])
  assert.deepEqual([(await account('linxiaowen'))?.quota, (await account('guyuncheng'))?.quota], [12 * 1024 ** 3, 3 * 1024 ** 3])
  await act(admin, 'set-quota-band', { id: 'township', gigabytes: null })
  assert.equal((await account('linxiaowen'))?.quota, 20 * 1024 ** 3)
  assert.match(await refusal(admin, 'set-quota-band', { id: 'staff', gigabytes: 0 }), /容量至少 0\.1 GB/)
})

test('a leaver’s mailbox is kept until its day, then switched off with everything in it; on again it has no day', async () => {
  const tang = (await account('tangjianing'))?.id
  assert.match(await refusal(admin, 'keep-until', { id: tang, until: '2027-01-01' }), /不是离任保留的邮箱/)
  await it.runtime.command(null, (ctx) => ctx.use(Identity).setState('tangjianing', 'disabled'))
  await it.runtime.command(null, syncAccounts)
  assert.match(await refusal(admin, 'keep-until', { id: tang, until: '2026-11-01' }), /保留期限不能早于今天/)
  await act(admin, 'keep-until', { id: tang, until: '2027-01-31' })
  const kept = await account('tangjianing', 'kept')
  assert.deepEqual([kept?.keepUntil, kept?.statusAt?.slice(0, 10)], ['2027-01-31', '2026-11-25'])
  now = new Date('2027-01-31T15:00:00Z')
  assert.equal(await it.runtime.command(null, endKeeping), 0)
  now = new Date('2027-01-31T16:30:00Z')
  assert.equal(await it.runtime.command(null, endKeeping), 1)
  admin = await signIn('sysadmin')
  assert.equal((await account('tangjianing'))?.status, 'off')
  await it.runtime.command(null, (ctx) => ctx.use(Identity).setState('tangjianing', 'active'))
  await sql`update mail_account set status = 'kept' where id = ${tang}`.execute(it.runtime.db)
  await it.runtime.command(null, syncAccounts)
  await it.runtime.command(null, endKeeping)
  assert.deepEqual([(await account('tangjianing'))?.status, (await account('tangjianing'))?.keepUntil], ['active', null])
})
