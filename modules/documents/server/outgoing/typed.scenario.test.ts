/** What is typed and not saved: judged and set in type, but never kept. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { actorAs } from '#apps/demonstration.ts'
import { services } from '#apps/services.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import { Files } from '#platform/files/contract.ts'
import { testServer } from '#test/http.ts'
import type { Client, TestServer } from '#test/http.ts'
import { personId } from '#test/world/world.ts'
import { definition } from '#modules/documents/module.ts'
import { server as documents } from '../index.ts'
import { COLD_WAVE } from './seed-texts.ts'

let it: TestServer
let drafter: Client
before(async () => {
  it = await testServer({ services, modules: [{ definition, server: documents }], clock: () => new Date('2026-11-20T02:00:00Z') })
  drafter = await it.as('linxiaowen')
})
after(() => it.close())

const good = { secrecy: 'none', disclosure: 'on-request', signer: personId('zhoumuyuan'), ...COLD_WAVE }
async function rules(input: object): Promise<string[]> {
  const { status, body } = await drafter('POST', '/api/documents/checks-now', input)
  assert.equal(status, 200, JSON.stringify(body))
  return (body['findings'] as { rule: string }[]).map(({ rule }) => rule)
}

test('what is typed is judged before there is a record, and over what is kept once there is one', async () => {
  assert.ok(!(await rules({ values: good })).includes('G8'))
  assert.ok((await rules({ values: { ...good, subject: '关于做好寒潮应对工作的，通知' } })).includes('G8'))
  const made = (await drafter('POST', '/api/records/documents_outgoing', { values: good })).body as unknown as RecordDetailWire
  assert.ok((await rules({ id: made.id, values: { body: { blocks: [{ type: 'paragraph', text: [{ text: '机密★1年' }] }] } } })).includes('G12'))
  assert.ok(!(await rules({ id: made.id, values: {} })).includes('G12'))
  const kept = (await drafter('GET', `/api/records/documents_outgoing/${made.id}`)).body as unknown as RecordDetailWire
  assert.deepEqual([kept.version, kept.values['subject']], [made.version, good.subject])
  const { rows } = await sql<{ action: string }>`select action from audit_entry where action like 'documents.checks%'`.execute(it.runtime.db)
  assert.deepEqual(rows, [])
})

test('half-typed values do not stop the checks; a body no form sends is refused', async () => {
  assert.ok((await rules({ values: { ...good, subject: '长'.repeat(300), signer: '某人' } })).includes('G8'))
  const odd = await drafter('POST', '/api/documents/checks-now', { values: { ...good, body: { blocks: [{ type: 'script' }] } } })
  assert.equal((odd.body['error'] as { code: string }).code, 'documents.body.shape')
})

test('the present draft is set page by page, with what is typed over what is kept', async () => {
  const made = (await drafter('POST', '/api/records/documents_outgoing', { values: good })).body as unknown as RecordDetailWire
  const pages = async (values: object): Promise<string[]> => (await drafter('POST', '/api/documents/preview-now', { id: made.id, values })).body['pages'] as string[]
  const kept = await pages({})
  assert.match(kept[0] ?? '', /^<svg/u)
  const long = { blocks: Array.from({ length: 60 }, () => ({ type: 'paragraph', text: [{ text: '各单位要认真落实防范应对措施，确保城市运行安全有序。'.repeat(3) }] })) }
  assert.ok((await pages({ body: long })).length > kept.length)
})

test('records and files of others stay hidden', async () => {
  const made = (await drafter('POST', '/api/records/documents_outgoing', { values: good })).body as unknown as RecordDetailWire
  const stranger = await it.as('yeqingqing')
  assert.equal((await stranger('POST', '/api/documents/preview-now', { id: made.id, values: {} })).status, 404)
  const file = await it.runtime.command(await actorAs(it.runtime, 'linxiaowen'), (ctx) => ctx.use(Files).create('内部名单.txt', 'text/plain', Buffer.from('名单')))
  const page = async (client: Client): Promise<number> => ((await client('POST', '/api/documents/preview-now', { values: { ...good, attachments: [file.id] } })).body['pages'] as string[]).join('').length
  const [own, other] = [await page(drafter), await page(stranger)]
  assert.ok(own > other, `${own} ${other}`)
})

test('the list opens with the work of the person who looks: what to sign, to revise, to number, or what she drafted', async () => {
  const tabs = async (login: string): Promise<string[]> => {
    const { body } = await (await it.as(login))('GET', '/api/meta/documents_outgoing')
    return Object.keys((body['views'] as { list: { saved: object } }).list.saved)
  }
  assert.deepEqual(await Promise.all(['zhoumuyuan', 'guyuncheng', 'hanxuemei', 'linxiaowen'].map(async (login) => (await tabs(login))[0])), ['待我签发', '待核稿', '待登记', '我起草的'])
  assert.deepEqual(await tabs('linxiaowen'), ['我起草的', '在办', '已印发', '草稿'])
  assert.equal((await tabs('hanxuemei')).includes('待归档'), true)
})
