/** Accounts follow the directory; people sign in with addresses, names and passwords of programs. */
import assert from 'node:assert/strict'
import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { actorAs, loadWorld } from '#apps/demonstration.ts'
import { services } from '#apps/services.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Identity } from '#platform/identity/contract.ts'
import { Org } from '#platform/org/contract.ts'
import { testRuntime, type TestRuntime } from '#test/runtime.ts'
import { generate } from '#test/world/world.ts'
import { authenticateBy } from '../sasl/sasl.ts'
import { platformLogin, resolveAddress } from '../store/server/addresses.ts'
import { createAppPassword, listAppPasswords, revokeAppPassword } from '../store/server/app-passwords.ts'
import { authenticate, scramAccount } from '../store/server/authenticate.ts'
import { syncAccounts } from './server/sync.ts'

const PASSWORD = 'Changning-Test-2026'
const domain = 'mail.changning.example'
let it: TestRuntime
const run = <T>(work: (ctx: ServerContext) => Promise<T>): Promise<T> => it.runtime.command(null, work)
const signIn = (login: string, password = PASSWORD, protocol: 'imap' | 'pop' | 'smtp' = 'imap') => authenticate(it.runtime, { login, password, protocol, address: '10.1.1.1' })

before(async () => {
  it = await testRuntime({ services: services.filter(({ id }) => id !== 'records') })
  await loadWorld(it.runtime, generate(), PASSWORD)
  await run(syncAccounts)
})
after(() => it.close())

const accountOf = async (login: string): Promise<{ id: string; status: string; quota: string; name: string }> => {
  const { rows } = await sql<{ id: string; status: string; quota: string; name: string }>`select id, status, quota, name from mail_account where login = ${login}`.execute(it.runtime.db)
  return rows[0] ?? assert.fail(`no account of ${login}`)
}
const addressesOf = async (accountId: string): Promise<readonly string[]> =>
  (await sql<{ address: string }>`select address || case when is_primary then ' *' else '' end as address from mail_address where account_id = ${accountId} order by is_primary desc, address`.execute(it.runtime.db)).rows.map(({ address }) => address)

test('everybody has an account with folders, one primary address and the quota of the rank; a second run changes nothing', async () => {
  const { rows } = await sql<{ people: number; accounts: number; primaries: number; folders: number }>`
    select (select count(*)::int from identity_account) as people, count(*)::int as accounts, (select count(*)::int from mail_address d join mail_account a on a.id = d.account_id and a.kind = 'person' where is_primary) as primaries,
      (select count(*)::int from mail_mailbox m join mail_account a on a.id = m.account_id and a.kind = 'person') as folders from mail_account where kind = 'person'`.execute(it.runtime.db)
  const [all] = rows
  assert.ok(all !== undefined && all.accounts > 400)
  assert.deepEqual([all.accounts, all.primaries, all.folders], [all.people, all.people, all.people * 6])
  assert.ok(BigInt((await accountOf('chenliqun')).quota) > BigInt((await accountOf('linxiaowen')).quota), 'the district head has more room than a clerk')
  assert.deepEqual(await run(syncAccounts), { opened: 0, changed: 0, addresses: 0 })
})

test('an organisation’s account is read by its office; head of the office and secretary write in its name', async () => {
  const found = (await run((ctx) => resolveAddress(ctx, `yingjiju@${domain}`))) ?? assert.fail('no address')
  assert.deepEqual([found.kind, found.name], ['organisation', '区应急局'])
  const { rows } = await sql<{ login: string; may_send: boolean }>`select a.login, r.may_send from mail_account_right r join mail_account a on a.owner_id = r.person_id where r.account_id = ${found.accountId} order by a.login`.execute(it.runtime.db)
  const rights = new Map(rows.map(({ login, may_send }) => [login, may_send]))
  assert.deepEqual([rights.get('songyiran'), rights.get('wangjie'), rights.has('jiangheping')], [true, false, false])
  const song = await accountOf('songyiran')
  const { rows: sends } = await sql`select from mail_send_right where account_id = ${song.id} and address = ${`yingjiju@${domain}`}`.execute(it.runtime.db)
  assert.equal(sends.length, 1)
})

test('addresses lead to accounts, with folders behind a plus, in any width and case', async () => {
  const { id } = await accountOf('linxiaowen')
  for (const written of [`linxiaowen@${domain}`, ` LinXiaoWen@${domain.toUpperCase()} `, `linxiaowen+会议@${domain}`, `ｌｉｎｘｉａｏｗｅｎ@${domain}`]) assert.equal((await run((ctx) => resolveAddress(ctx, written)))?.accountId, id, written)
  assert.equal(await run((ctx) => resolveAddress(ctx, `nobody@${domain}`)), null)
})

for (const login of ['linxiaowen', `linxiaowen@${domain}`, '林晓雯', `LINXIAOWEN@${domain}`]) {
  test(`signs in as ${login}`, async () => assert.equal((await signIn(login))?.accountId, (await accountOf('linxiaowen')).id))
}

test('three people of one name and one password are told apart by their addresses', async () => {
  await assert.rejects(signIn('王磊'), { code: 'mail.login.ambiguous' })
  assert.equal((await signIn(`wanglei2@${domain}`))?.accountId, (await accountOf('wanglei2')).id)
})

test('a password of a program opens what it is for, and nothing when it is revoked', async () => {
  const { id: accountId } = await accountOf('wanglei3')
  const { id, password } = await run((ctx) => createAppPassword(ctx, accountId, '办公室电脑', ['imap', 'smtp']))
  assert.match(password, /^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
  assert.equal((await signIn('王磊', password))?.accountId, accountId, 'it also tells people of one name apart')
  assert.equal((await signIn('wanglei3', password.replaceAll('-', '').toUpperCase()))?.accountId, accountId, 'typed without hyphens')
  assert.equal(await signIn('wanglei3', password, 'pop'), null)
  assert.equal(await signIn('wanglei2', password), null)
  const [listed] = await run((ctx) => listAppPasswords(ctx, accountId))
  assert.deepEqual([listed?.name, listed?.lastAddress, typeof listed?.lastUsedAt], ['办公室电脑', '10.1.1.1', 'string'])
  await run((ctx) => revokeAppPassword(ctx, accountId, id))
  assert.equal(await signIn('wanglei3', password), null)
  await assert.rejects(run((ctx) => revokeAppPassword(ctx, accountId, id)), { code: 'mail.app-password.missing' })
})

test('wrong passwords by the dozen are stopped, the right one too until the wait is over', async () => {
  const attempts = await Promise.all(Array.from({ length: 12 }, () => signIn('hexiangdong', 'wrong')))
  assert.ok(attempts.every((one) => one === null))
  assert.equal(await signIn('hexiangdong'), null)
})

/** A client's side of SCRAM-SHA-256. */
async function byScram(name: string, password: string): Promise<{ readonly accountId: string } | null> {
  const scram = (login: string) => scramAccount(it.runtime, { login, protocol: 'imap', address: '10.2.2.2' })
  return authenticateBy('SCRAM-SHA-256', { login: async () => null, scram }, Buffer.from(`n,,n=${name},r=abc`), async (message) => {
    if (message.startsWith('v=')) return Buffer.alloc(0)
    const [, nonce = '', salt = '', rounds = ''] = /^r=([^,]+),s=([^,]+),i=(\d+)/.exec(message) ?? []
    const without = `c=biws,r=${nonce}`
    const salted = pbkdf2Sync(password, Buffer.from(salt, 'base64'), Number(rounds), 32, 'sha256')
    const key = createHmac('sha256', salted).update('Client Key').digest()
    const signature = createHmac('sha256', createHash('sha256').update(key).digest()).update(`n=${name},r=abc,${message},${without}`).digest()
    return Buffer.from(`${without},p=${Buffer.from(key.map((byte, at) => byte ^ (signature[at] ?? 0))).toString('base64')}`)
  })
}

test('SCRAM with a password of a program; unknown names look like known ones', async () => {
  const { id: accountId } = await accountOf('guyuncheng')
  const { password } = await run((ctx) => createAppPassword(ctx, accountId, '手机', ['imap']))
  assert.equal((await byScram(`guyuncheng@${domain}`, password))?.accountId, accountId)
  assert.equal(await byScram('guyuncheng', 'aaaa-bbbb-cccc-dddd'), null)
  const [known, one, again] = await Promise.all(['linxiaowen', 'nobody', 'nobody'].map((login) => scramAccount(it.runtime, { login, protocol: 'imap', address: '10.2.2.2' })))
  assert.deepEqual([one?.salt, one?.iterations], [again?.salt, known?.iterations])
})

test('a leaver’s mail is kept and receives, but nobody signs in; back again, all is as it was', async () => {
  await run((ctx) => ctx.use(Identity).setState('yeqingqing', 'disabled'))
  assert.equal((await run(syncAccounts)).changed, 1)
  const { id, status } = await accountOf('yeqingqing')
  assert.deepEqual([status, (await run((ctx) => resolveAddress(ctx, `yeqingqing@${domain}`)))?.accountId, await signIn('yeqingqing')], ['kept', id, null])
  await run((ctx) => ctx.use(Identity).setState('yeqingqing', 'active'))
  await run(syncAccounts)
  assert.equal((await signIn('yeqingqing'))?.accountId, id)
})

test('a renamed organisation keeps its old address beside the new one; the change itself calls for a look', async () => {
  const { unitId } = await it.runtime.query(await actorAs(it.runtime, 'luzhengyang'), async (ctx) => ({ unitId: ctx.actor?.organisationId ?? '' }))
  await run((ctx) => ctx.use(Org).renameUnit(unitId, '上海市长宁区应急保障局', '区应急保障局'))
  const { rows } = await sql`select from events_outbox where type = 'org.changed' and listener = 'mail-accounts'`.execute(it.runtime.db)
  assert.ok(rows.length > 0)
  await run(syncAccounts)
  const account = (await run((ctx) => resolveAddress(ctx, `yingjiju@${domain}`))) ?? assert.fail('the old address is gone')
  assert.deepEqual([account.name, await addressesOf(account.accountId)], ['区应急保障局', [`yingjibaozhangju@${domain} *`, `yingjiju@${domain}`]])
})

test('what is typed before the @ is understood', async () => {
  assert.equal(await run((ctx) => platformLogin(ctx, '林晓雯')), '林晓雯')
  assert.equal(await run((ctx) => platformLogin(ctx, `linxiaowen@${domain}`)), 'linxiaowen')
})
