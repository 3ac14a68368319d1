/** Input no one should send and everybody will: refused in Chinese with the way out, and nothing lost or written. README.md lists which test stands for which item. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { actorAs } from '#apps/demonstration.ts'
import { services } from '#apps/services.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import { Files } from '#platform/files/contract.ts'
import { loadModules } from '#platform/registry/server/load-modules.ts'
import { COLD_WAVE } from '#modules/documents/server/outgoing/seed-texts.ts'
import { testServer } from '#test/http.ts'
import type { Answer, Client, TestServer } from '#test/http.ts'
import { personId } from '#test/world/world.ts'

const HOUR_MS = 3_600_000
const NOTICE = { secrecy: 'none', disclosure: 'on-request', signer: personId('zhoumuyuan'), ...COLD_WAVE }

let it: TestServer
let drafter: Client
let now = new Date('2026-11-20T02:00:00Z')
before(async () => {
  it = await testServer({ services, modules: await loadModules(), clock: () => now })
  drafter = await it.as('linxiaowen')
})
after(() => it.close())

const errorOf = ({ status, body }: Answer): [status: number, code: string, message: string] => {
  const { code, message } = body['error'] as { code: string; message: string }
  return [status, code, message]
}
const ok = (answer: Answer): RecordDetailWire => {
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body as unknown as RecordDetailWire
}
const outgoing = async (more: object = {}): Promise<RecordDetailWire> => ok(await drafter('POST', '/api/records/documents_outgoing', { values: { ...NOTICE, ...more } }))
const change = (client: Client, { id, version }: Pick<RecordDetailWire, 'id' | 'version'>, values: object): Promise<Answer> => client('PATCH', `/api/records/documents_outgoing/${id}`, { version, values })
const read = async (id: string): Promise<RecordDetailWire> => ok(await drafter('GET', `/api/records/documents_outgoing/${id}`))
const documents = async (): Promise<number> => (await sql<{ n: number }>`select count(*)::int as n from documents_outgoing`.execute(it.runtime.db)).rows[0]?.n ?? 0

describe('who asks', () => {
  test('without a session, with a wrong one, with one that expired meanwhile', async () => {
    const expected = [401, 'identity.signed-out', '登录已失效，请重新登录']
    assert.deepEqual(errorOf(await it.ask('GET', '/api/todos?box=todo')), expected)
    assert.deepEqual(errorOf(await it.ask('GET', '/api/todos?box=todo', { cookie: 'cm_session=made-up' })), expected)
    const made = await outgoing()
    const client = await it.as('linxiaowen')
    now = new Date(now.getTime() + 2 * HOUR_MS)
    assert.deepEqual(errorOf(await change(client, made, { subject: '关于过期的通知' })), expected)
    drafter = await it.as('linxiaowen')
    assert.deepEqual([(await read(made.id)).version, (await read(made.id)).values['subject']], [made.version, made.values['subject']])
  })

  test('without the permission: 403 with whom to ask, and the refusal is in the log', async () => {
    assert.deepEqual(errorOf(await drafter('GET', '/api/audit')), [403, 'access.denied', '您没有办理这项操作的权限；如确需办理，请联系本单位管理员'])
    const { rows } = await sql<{ result: string }>`select result from audit_entry where action = 'GET /api/audit'`.execute(it.runtime.db)
    assert.deepEqual(rows, [{ result: 'refused' }])
  })

  test('a guessed id, by another organisation: as if it did not exist, whatever is asked', async () => {
    const { id, version } = await outgoing()
    const stranger = await it.as('yeqingqing')
    const url = `/api/records/documents_outgoing/${id}`
    const answers = [await stranger('GET', url), await change(stranger, { id, version }, { subject: '改一改' }), await stranger('DELETE', `${url}?version=1`), await stranger('POST', `${url}/start`, { version }), await stranger('GET', `${url}/revisions`)]
    for (const answer of answers) assert.deepEqual(errorOf(answer).slice(0, 2), [404, 'records.missing'])
    const unknown = errorOf(await stranger('GET', '/api/records/documents_outgoing/0197a000-0000-7000-8000-000000000001'))
    assert.deepEqual(errorOf(answers[0] ?? assert.fail()), unknown, 'no difference between hidden and missing')
  })
})

describe('the same thing twice', () => {
  test('a stale version: who was faster and when, and her change stays', async () => {
    const made = await outgoing()
    ok(await change(drafter, made, { note: '先改的' }))
    const [status, code, message] = errorOf(await change(drafter, made, { note: '后改的' }))
    assert.deepEqual([status, code], [409, 'records.stale'])
    assert.match(message, /^林晓雯 于 .*已修改本记录.*您填写的内容仍保/)
    assert.equal((await read(made.id)).values['note'], '先改的')
  })

  test('sent twice with one key: one record, one answer', async () => {
    const before = await documents()
    const cookie = await it.signIn('linxiaowen')
    const send = (key: string): Promise<Answer> => it.ask('POST', '/api/records/documents_outgoing', { cookie, body: { values: NOTICE }, headers: { 'idempotency-key': key } })
    const [one, two] = await Promise.all([send('twice-pressed'), send('twice-pressed')])
    assert.deepEqual(one.body, two.body)
    assert.equal(await documents(), before + 1)
  })

  test('handed in twice at the same moment: one case, the other is told', async () => {
    const { id, version } = await outgoing()
    const start = (): Promise<Answer> => drafter('POST', `/api/records/documents_outgoing/${id}/start`, { version })
    const answers = await Promise.all([start(), start()])
    const refused = answers.filter(({ status }) => status !== 200)
    assert.equal(refused.length, 1, JSON.stringify(answers.map(({ status }) => status)))
    assert.match(errorOf(refused[0] ?? assert.fail())[2], /已经提交，无需重复提交|已修改本记录/)
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from workflow_case where record_id = ${id}`.execute(it.runtime.db)
    assert.equal(rows[0]?.n, 1)
  })
})

describe('what is typed', () => {
  test('a title of 5,000 characters: the field, its limit and its length; the draft keeps the old one', async () => {
    const made = await outgoing()
    const [status, code, message] = errorOf(await change(drafter, made, { subject: '长'.repeat(5000) }))
    assert.deepEqual([status, code], [422, 'records.invalid'])
    assert.match(message, /标题.*5000|5000.*标题/)
    assert.equal((await read(made.id)).values['subject'], made.values['subject'])
  })

  test('an empty body is kept as a draft and not handed in', async () => {
    const made = await outgoing({ body: null })
    const [status, , message] = errorOf(await drafter('POST', `/api/records/documents_outgoing/${made.id}/start`, { version: made.version }))
    assert.equal(status, 422)
    assert.match(message, /正文/)
    assert.equal((await read(made.id)).state, 'draft')
  })

  test('control, invisible and direction-changing characters and halves of characters are taken out', async () => {
    const made = await outgoing({ subject: '关于\u0000防\u200B寒\u202E潮\u0007的\ud800通知' })
    assert.equal(String(made.values['subject']).replaceAll('\uFFFD', ''), '关于防寒潮的通知')
  })

  test('look-alike and private-use characters are shown where they stand', async () => {
    const { status, body } = await drafter('POST', '/api/documents/checks-now', { values: { ...NOTICE, subject: '关于做好Сhina\uE000标准工作的通知' } })
    assert.equal(status, 200)
    const said = (body['findings'] as { field: string; message: string }[]).filter(({ field }) => field === 'title').map(({ message }) => message).join('\n')
    assert.match(said, /U\+0421）是形近字符，疑为“C”/)
    assert.match(said, /U\+E000）是自造字，请改用规范字/)
  })

  test('rare characters come back as they were typed', async () => {
    const subject = '关于𠮷㛃䶮龘同志任职的通知'
    assert.equal((await read((await outgoing({ subject })).id)).values['subject'], subject)
  })
})

describe('files', () => {
  const bring = async (name: string, bytes: Buffer): Promise<[number, string, string]> => {
    const file = await it.runtime.command(await actorAs(it.runtime, 'linxiaowen'), (ctx) => ctx.use(Files).create(name, 'application/octet-stream', bytes))
    return errorOf(await drafter('POST', '/api/documents/import', { fileId: file.id }))
  }

  test('a .docx that is not one, a broken one and an old .doc: each with what to do', async () => {
    const before = await documents()
    assert.deepEqual((await bring('通知.docx', Buffer.from('只是文字'))).slice(0, 2), [422, 'documents.import.not-docx'])
    assert.deepEqual((await bring('通知.docx', Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(200)]))).slice(0, 2), [422, 'documents.import.damaged'])
    assert.match((await bring('通知.doc', Buffer.from('d0cf11e0a1b11ae1', 'hex')))[2], /另存为 \.docx/)
    assert.equal(await documents(), before)
  })
})
