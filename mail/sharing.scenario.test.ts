/** Sharing folders over HTTP: the same rule as for mail programs, for people, units and everybody. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { Org } from '#platform/org/contract.ts'
import { message } from '#test/mail/imap.ts'
import { type District, openDistrict } from '#test/mail/district.ts'
import type { TestRuntime } from '#test/runtime.ts'
import { personId } from '#test/world/world.ts'
import { syncAccounts } from './accounts/server/sync.ts'
import { StoredAccount } from './store/server/imap-account.ts'
import { mailParts } from './store/server/parts.ts'

let it: TestRuntime
let district: District
let base = ''
let lin = ''
let gu = ''
let song = ''
let folder = 0

before(async () => {
  district = await openDistrict()
  ;({ it, base } = district)
  ;[lin, gu, song] = [await signIn('linxiaowen'), await signIn('guyuncheng'), await signIn('songyiran')]
  const own = await account('linxiaowen')
  folder = (await own.create('督办', null)).id
  await own.create('督办/重点', null)
  await own.append(folder, [{ raw: Buffer.from(message('one')), flags: [], internalAt: null }])
})
after(async () => {
  await district.close()
})

const signIn = (login: string): Promise<string> => district.signIn(login)
/** The same person in a mail program. */
async function account(login: string): Promise<StoredAccount> {
  const { rows } = await sql<{ id: string; name: string }>`select id, name from mail_account where login = ${login}`.execute(it.runtime.db)
  return new StoredAccount(mailParts(it.runtime), rows[0]?.id ?? assert.fail(login), login)
}
type Answer = { readonly status: number; readonly code: string | undefined; readonly body: unknown }
async function ask(cookie: string, path: string, input?: object): Promise<Answer> {
  const answer = await fetch(`${base}/api/mail/${path}`, input === undefined ? { headers: { cookie } } : { method: 'POST', headers: { cookie, 'content-type': 'application/json' }, body: JSON.stringify(input) })
  const body = (await answer.json()) as { error?: { code: string } }
  return { status: answer.status, code: body.error?.code, body }
}
const refused = async (cookie: string, path: string, expected: readonly [number, string], input?: object): Promise<void> => {
  const { status, code } = await ask(cookie, path, input)
  assert.deepEqual([status, code], expected, path)
}
const read = async <T>(cookie: string, path: string): Promise<T> => {
  const answer = await ask(cookie, path)
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body as T
}
const say = async (subject: string, rights: string, more: object = {}): Promise<void> => assert.deepEqual((await ask(lin, 'share', { mailbox: folder, subject, rights, ...more })).body, { done: true })
type Folders = { account: { id: string; whole: boolean; quota: number }; accounts: { id: string; name: string }[]; items: { name: string; rights: string; shared: boolean }[]; shared: { account: string; owner: string; id: number; name: string }[] }
const sharedWith = async (cookie: string): Promise<readonly string[]> => (await read<Folders>(cookie, 'folders')).shared.map(({ owner, name }) => `${owner}/${name}`)
const lines = async (): Promise<readonly string[]> => (await read<{ lines: { name: string; negative: boolean; rights: string }[] }>(lin, `sharing?mailbox=${folder}`)).lines.map(({ name, negative, rights }) => `${negative ? '-' : ''}${name} ${rights}`)

test('what is not shared is not there; what is shared for reading is read, and nothing else', async () => {
  const lists = `messages?mailbox=${folder}`
  for (const path of [lists, `sharing?mailbox=${folder}`, `message?mailbox=${folder}&uid=1`]) await refused(gu, path, [404, 'mail.mailbox.missing'])
  await refused(gu, 'share', [404, 'mail.mailbox.missing'], { mailbox: folder, subject: 'anyone', rights: 'lr' })
  await say(`person:${personId('guyuncheng')}`, 'lr')
  const found = await read<Folders>(gu, 'folders')
  const [one] = found.shared
  assert.deepEqual(found.shared.map(({ owner, name, id }) => [owner, name, id]), [['林晓雯', '督办', folder]])
  const theirs = await read<Folders>(gu, `folders?account=${one?.account}`)
  assert.deepEqual([theirs.account.whole, theirs.account.quota, theirs.items.map(({ name, rights, shared }) => [name, rights, shared])], [false, 0, [['督办', 'lr', false]]])
  assert.equal((await read<{ rights: string }>(gu, `message?mailbox=${folder}&uid=1`)).rights, 'lr')
  assert.equal((await read<{ items: unknown[] }>(gu, lists)).items.length, 1)
  for (const change of [{ seen: true }, { flagged: true }]) await refused(gu, 'mark', [403, 'mail.mailbox.forbidden'], { mailbox: folder, uids: [1], ...change })
  await refused(gu, `sharing?mailbox=${folder}`, [403, 'mail.mailbox.forbidden'])
  assert.equal((await (await account('guyuncheng')).find('其他用户/linxiaowen/督办'))?.rights, 'lr')
  assert.deepEqual((await read<Folders>(lin, 'folders')).items.filter(({ shared }) => shared).map(({ name }) => name), ['督办'])
})

test('more is given, below too; the list tells it in the order in which it is kept', async () => {
  await say(`person:${personId('guyuncheng')}`, 'lrswite', { below: true })
  assert.deepEqual(await sharedWith(gu), ['林晓雯/督办', '林晓雯/督办/重点'])
  assert.equal((await ask(gu, 'mark', { mailbox: folder, uids: [1], seen: true, flagged: true })).status, 200)
  assert.deepEqual(await lines(), ['顾云程 lrswite'])
  await refused(lin, 'share', [422, 'mail.share.owner'], { mailbox: folder, subject: `person:${personId('linxiaowen')}`, rights: 'lr' })
  await refused(lin, 'share', [422, 'mail.share.nobody'], { mailbox: folder, subject: 'person:00000000-0000-4000-8000-000000000000', rights: 'lr' })
  await refused(lin, 'share', [400, 'http.invalid'], { mailbox: folder, subject: 'everybody', rights: 'lr' })
  await refused(lin, 'share', [400, 'http.invalid'], { mailbox: folder, subject: 'anyone', rights: 'rl' })
})

test('a unit is everybody with a post in it or its departments; who leaves it sees nothing more', async () => {
  const unit = await it.runtime.query(null, async (ctx) => (await ctx.use(Org).posts(personId('songyiran')))[0]) ?? assert.fail('no post')
  await say(`unit:${unit.organisationId}`, 'lr')
  assert.deepEqual(await sharedWith(song), ['林晓雯/督办'])
  const members = await sql<{ n: number }>`select count(*)::int as n from mail_unit_member where unit_id = ${unit.organisationId}`.execute(it.runtime.db)
  const staff = await it.runtime.query(null, (ctx) => ctx.use(Org).members(unit.organisationId, { below: true }))
  assert.equal(members.rows[0]?.n, new Set(staff.filter(({ organisationId }) => organisationId === unit.organisationId).map(({ personId: id }) => id)).size)
  await say(`unit:${unit.organisationId}`, '')
  await (await account('linxiaowen')).setAcl(await box(), `$unit:${unit.unitId}`, () => 'lr')
  assert.deepEqual(await sharedWith(song), ['林晓雯/督办'])
  await sql`update org_post set valid_to = current_date - 1 where id = ${unit.id}`.execute(it.runtime.db)
  await it.runtime.command(null, syncAccounts)
  assert.deepEqual((await it.runtime.query(null, (ctx) => ctx.use(Org).posts(personId('songyiran')))).filter(({ unitId }) => unitId === unit.unitId), [])
  assert.equal((await (await account('songyiran')).find('其他用户/linxiaowen/督办')), null)
  await say(`unit:${unit.unitId}`, '')
})

const box = async () => (await (await account('linxiaowen')).find('督办')) ?? assert.fail('no mailbox')

test('everybody, except one; taken away again; every change is in the audit with who did it', async () => {
  await say(`person:${personId('guyuncheng')}`, '', { below: true })
  await say('anyone', 'lr')
  assert.deepEqual(await sharedWith(gu), ['林晓雯/督办'])
  await say(`person:${personId('guyuncheng')}`, 'lrswipkxtea', { negative: true })
  assert.deepEqual(await sharedWith(gu), [])
  await refused(gu, `messages?mailbox=${folder}`, [404, 'mail.mailbox.missing'])
  assert.deepEqual(await lines(), ['全区人员 lr', '-顾云程 lrswipkxtea'])
  await say('anyone', '')
  await say(`person:${personId('guyuncheng')}`, '', { negative: true })
  assert.deepEqual(await lines(), [])
  const { rows } = await sql<{ person: string; n: number }>`select person_name as person, count(*)::int as n from audit_entry where action = 'mail.share' and object_type = 'mail_mailbox' and person_name is not null group by 1`.execute(it.runtime.db)
  assert.deepEqual(rows, [{ person: '林晓雯', n: 12 }])
})
