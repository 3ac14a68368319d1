/** Classes of attack, each by name, against the whole application. README.md lists those whose tests stand beside the code. */
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import Excel from 'exceljs'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { sql } from 'kysely'
import { services } from '#apps/services.ts'
import type { RecordDetailWire, RecordListWire } from '#kit/wire/record.ts'
import { sheetBytes } from '#platform/http/server/sheet.ts'
import { loadModules } from '#platform/registry/server/load-modules.ts'
import { COLD_WAVE } from '#modules/documents/server/outgoing/seed-texts.ts'
import { testServer } from '#test/http.ts'
import type { Client, TestServer } from '#test/http.ts'
import { personId } from '#test/world/world.ts'

const NOTICE = { secrecy: 'none', disclosure: 'on-request', signer: personId('zhoumuyuan'), ...COLD_WAVE }
const LIST = '/api/records/documents_outgoing'

let it: TestServer
let cookie = ''
let drafter: Client
before(async () => {
  it = await testServer({ services, modules: await loadModules(), clock: () => new Date('2026-11-20T02:00:00Z') })
  cookie = await it.signIn('linxiaowen')
  drafter = await it.as('linxiaowen')
})
after(() => it.close())

const send = (options: InjectOptions): Promise<LightMyRequestResponse> => it.app.inject({ ...options, headers: { cookie, ...options.headers } })
const codeOf = (answer: LightMyRequestResponse): string => answer.json<{ error: { code: string } }>().error.code
async function outgoing(values: object = NOTICE): Promise<RecordDetailWire> {
  const { status, body } = await drafter('POST', LIST, { values })
  assert.equal(status, 200, JSON.stringify(body))
  return body as unknown as RecordDetailWire
}

describe('requests made by other sites', () => {
  test('no writing request with the name of another origin, or none that a browser can hide', async () => {
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }]) {
      const answer = await send({ method: 'POST', url: '/api/notices/read', payload: {}, headers })
      assert.deepEqual([answer.statusCode, codeOf(answer)], [403, 'http.origin'], JSON.stringify(headers))
    }
  })

  test('a form of another site cannot speak JSON: other media types are not read', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const answer = await send({ method: 'POST', url: LIST, payload: '{"values":{"subject":"x"}}', headers: { 'content-type': type } })
      assert.ok(answer.statusCode >= 400 && answer.statusCode < 500, `${type} ${answer.statusCode}`)
    }
  })

  test('the cookie is kept from scripts and from other sites; no answer of the interface is stored; pages may not be framed elsewhere', async () => {
    const signedIn = await it.app.inject({ method: 'POST', url: '/api/session', payload: { login: 'songyiran', password: 'Changning-Test-2026' } })
    assert.match(String(signedIn.headers['set-cookie']), /HttpOnly; .*SameSite=Lax/i)
    assert.equal(signedIn.headers['cache-control'], 'no-store')
    const policy = String(signedIn.headers['content-security-policy'])
    for (const part of ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'self'", "form-action 'self'"]) assert.ok(policy.includes(part), part)
    assert.doesNotMatch(policy, /script-src|unsafe-eval|https?:/)
  })
})

describe('names and contents of files', () => {
  const upload = async (name: string, bytes: string): Promise<string> => {
    const answer = await send({ method: 'POST', url: '/api/files', payload: Buffer.from(bytes), headers: { 'x-file-name': encodeURIComponent(name), 'content-type': 'application/octet-stream' } })
    assert.equal(answer.statusCode, 200, answer.body)
    return answer.json<{ id: string }>().id
  }

  test('a name that climbs, breaks the header or is one of the system\'s stays a name', async () => {
    for (const name of ['../../../etc/passwd', '..\\..\\boot.ini', 'a\r\nSet-Cookie: cm_session=x\r\n\r\n<script>.txt', 'a"; filename=b.html', 'CON', '.htaccess']) {
      const answer = await send({ method: 'GET', url: `/api/files/${await upload(name, '正文')}` })
      assert.deepEqual([answer.statusCode, answer.body], [200, '正文'], name)
      assert.equal(answer.headers['set-cookie'], undefined)
      assert.doesNotMatch(String(answer.headers['content-disposition']), /[\r\n\\/]/, name)
    }
  })

  test('SVG, HTML and XML with scripts are handed out as bytes to save, in a sandbox, whatever they are called', async () => {
    const script = '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
    for (const [name, content] of [['图.svg', script], ['图.png', script], ['页.html', '<html><script>alert(1)</script></html>'], ['表.xml', `<?xml version="1.0"?>${script}`], ['文.pdf', '<html><script>1</script>']] as const) {
      const { headers } = await send({ method: 'GET', url: `/api/files/${await upload(name, content)}` })
      assert.match(String(headers['content-disposition']), /^attachment/, name)
      assert.doesNotMatch(String(headers['content-type']), /html|svg|xml|javascript/, name)
      assert.deepEqual([headers['content-security-policy'], headers['x-content-type-options']], ['sandbox', 'nosniff'])
    }
  })

  test('an id that is a path is none', async () => {
    for (const id of ['..%2f..%2fetc%2fpasswd', '%2e%2e', "1'--", '..;']) assert.ok([400, 404].includes((await send({ method: 'GET', url: `/api/files/${id}` })).statusCode), id)
  })
})

describe('what a body may do', () => {
  test('too large: 413; nested 10,000 deep: 400 at once; both in Chinese', async () => {
    const large = await send({ method: 'POST', url: LIST, payload: { values: { subject: 'x'.repeat(3_000_000) } } })
    assert.deepEqual([large.statusCode, codeOf(large)], [413, 'http.body.large'])
    const deep = await send({ method: 'POST', url: LIST, payload: `{"values":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_001)}`, headers: { 'content-type': 'application/json' } })
    assert.deepEqual([deep.statusCode, codeOf(deep)], [400, 'http.invalid'])
    assert.match(deep.body, /嵌套层级过深/)
  })

  test('__proto__ and constructor change nothing but their own request', async () => {
    for (const payload of ['{"values":{"__proto__":{"polluted":true}}}', '{"__proto__":{"polluted":true},"values":{}}', '{"values":{"constructor":{"prototype":{"polluted":true}}}}']) {
      const { statusCode } = await send({ method: 'POST', url: LIST, payload, headers: { 'content-type': 'application/json' } })
      assert.ok(statusCode < 500, payload)
      assert.equal(({} as { polluted?: boolean }).polluted, undefined, payload)
    }
  })

  test('fields that are not the writer\'s are refused by name: number, state, organisation, writer, signed version, case', async () => {
    const { id, version } = await outgoing()
    const before = (await sql`select * from documents_outgoing where id = ${id}`.execute(it.runtime.db)).rows[0]
    for (const key of ['number', 'state', 'organisationId', 'organisation_id', 'createdBy', 'unitId', 'version', 'caseId', 'signedOn', 'code', 'pdf']) {
      const { status, body } = await drafter('PATCH', `${LIST}/${id}`, { version, values: { [key]: 'x' } })
      assert.equal(status, 422, `${key} ${JSON.stringify(body)}`)
    }
    const beside = await drafter('PATCH', `${LIST}/${id}`, { version, values: {}, state: 'issued', organisationId: 'x', number: '长府办〔2026〕1号' })
    assert.ok(beside.status < 500)
    const after = (await sql`select state, number, organisation_id, created_by from documents_outgoing where id = ${id}`.execute(it.runtime.db)).rows[0]
    const { state, number, organisation_id, created_by } = before as Record<string, unknown>
    assert.deepEqual(after, { state, number, organisation_id, created_by })
  })
})

describe('questions to lists', () => {
  const ask = (query: Readonly<Record<string, string>>): Promise<LightMyRequestResponse> => send({ method: 'GET', url: `${LIST}?${new URLSearchParams(query).toString()}` })

  test('SQL in filters, orders, search words and cursors is text or refused', async () => {
    await outgoing()
    const count = async (): Promise<unknown> => (await sql`select count(*) from documents_outgoing`.execute(it.runtime.db)).rows[0]
    const before = await count()
    const evil = "x'; drop table documents_outgoing; --"
    const condition = (field: string, op: string, value: unknown): string => JSON.stringify({ kind: 'field', field, op, value })
    for (const sort of [evil, 'id', 'password_hash', 'title desc', '-(select 1)', '__proto__', 'constructor']) assert.deepEqual([(await ask({ sort: sort.slice(0, 64) })).statusCode, sort], [400, sort])
    for (const filter of [condition(evil, '=', 1), condition('title', evil, 1), condition('title', '= any(select 1) --', 1), condition('__proto__', '=', 1), condition('constructor', '=', 1), '{"kind":"and"}', '[]', 'null']) {
      assert.deepEqual([(await ask({ filter })).statusCode, filter], [400, filter])
    }
    assert.deepEqual((await ask({ filter: condition('title', '=', evil) })).json<RecordListWire>().items, [])
    assert.deepEqual((await ask({ search: "%' or 1=1 --" })).json<RecordListWire>().items, [])
    const cursor = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
    for (const after of ['nonsense', cursor(['x', 'y']), cursor([evil, evil]), cursor([{}, []]), cursor(['\u0000', 'z'])]) assert.deepEqual([(await ask({ after })).statusCode, after], [400, after])
    assert.deepEqual(await count(), before)
  })

  test('values of another kind than the field\'s are refused, not a failure', async () => {
    for (const [field, value] of [['createdAt', 'never'], ['createdBy', 'nobody'], ['createdAt', { $gt: '' }], ['unit', ['x']], ['urgency', { a: 1 }], ['title', null]] as const) {
      const { statusCode } = await ask({ filter: JSON.stringify({ kind: 'field', field, op: '=', value }) })
      assert.ok(statusCode < 500, `${field} ${JSON.stringify(value)} ${statusCode}`)
    }
  })

  test('a condition of a thousand parts and one of a hundred levels are refused at once', async () => {
    const part = { kind: 'field', field: 'title', op: '=', value: 'x' }
    let deep: object = part
    for (let level = 0; level < 100; level++) deep = { kind: 'and', all: [deep] }
    for (const filter of [{ kind: 'or', any: Array.from({ length: 300 }, () => part) }, deep]) assert.equal((await ask({ filter: JSON.stringify(filter) })).statusCode, 400)
  })
})

describe('workbooks', () => {
  test('no cell that leaves the platform is a formula', async () => {
    const hostile = ['=HYPERLINK("http://evil.example","x")', '+1+1', '-2+3', '@SUM(1)', '\t=1', '＝1']
    const book = new Excel.Workbook()
    await book.xlsx.load((await sheetBytes({ name: '表', columns: [{ title: '名', width: 9 }], rows: hostile.map((one) => [one]) })) as unknown as Parameters<typeof book.xlsx.load>[0])
    const cells = hostile.map((_, index) => book.worksheets[0]?.getCell(index + 2, 1))
    assert.ok(cells.every((cell) => cell?.type === Excel.ValueType.String), 'text only')
    assert.ok(cells.every((cell) => !/^[=+\-@\t\r]/.test(String(cell?.value))))
    await outgoing({ ...NOTICE, subject: '=cmd|calc!A1' })
    const answer = await send({ method: 'GET', url: `${LIST}/export?columns=title,subject` })
    const list = new Excel.Workbook()
    await list.xlsx.load(answer.rawPayload as unknown as Parameters<typeof list.xlsx.load>[0])
    const subjects = list.worksheets[0]?.getColumn(2).values.map(String) ?? []
    assert.ok(subjects.some((one) => one.includes('cmd|calc')) && !subjects.some((one) => one.startsWith('=')))
  })
})
