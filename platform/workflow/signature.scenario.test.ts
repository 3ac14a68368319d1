/** 签名 over HTTP on a real database: registered and drawn pictures, whose they are, what they stand under, who sees them. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { services } from '#apps/services.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { OwnSignatureWire, SigningWire } from '#kit/wire/signature.ts'
import type { TimelineWire, TodoWire } from '#kit/wire/task.ts'
import { testServer } from '#test/http.ts'
import type { Answer, Client, TestServer } from '#test/http.ts'
import { proofModule, proofTable } from '#test/proof-module.ts'
import { personId } from '#test/world/world.ts'
import { drawnPng } from './server/signatures/drawn.fixture.ts'

let server: TestServer
let writer: Client
let head: Client
let stranger: Client
before(async () => {
  server = await testServer({ services: [proofTable, ...services], modules: [proofModule], clock: () => new Date('2026-09-01T02:03:00Z') })
  const [first, second, third] = [await server.as('jiangheping'), await server.as('songyiran'), await server.as('linxiaowen')]
  ;[writer, head, stranger] = [first, second, third]
})
after(() => server.close())

function ok<T = Answer['body']>({ status, body }: Answer): T {
  assert.equal(status, 200, JSON.stringify(body))
  return body as T
}
const codeOf = ({ body }: Answer): string => (body['error'] as { code: string } | undefined)?.code ?? 'done'
const png = drawnPng().toString('base64')

async function started(): Promise<RecordDetailWire & { caseId: string }> {
  const values = { subject: '关于防汛的请示', head: personId('songyiran'), signers: [personId('wangjie')], side: personId('wangjie'), chain: [personId('wangjie')], until: '2026-12-01' }
  const { id, version } = ok<RecordDetailWire>(await writer('POST', '/api/records/proof_paper', { values }))
  return ok(await writer('POST', `/api/records/proof_paper/${id}/start`, { version }))
}
async function approve(client: Client, recordId: string, more: object = {}): Promise<Answer> {
  const todo = ok<{ items: TodoWire[] }>(await client('GET', '/api/todos?box=todo&limit=100')).items.find((item) => item.recordId === recordId) ?? assert.fail('no line')
  return client('POST', `/api/tasks/${todo.id}/act`, { operation: 'complete', outcome: 'approve', revision: todo.revision, ...more })
}
async function signature(caseId: string): Promise<SigningWire | null> {
  return ok<TimelineWire>(await writer('GET', `/api/cases/${caseId}/timeline`)).entries.find(({ node }) => node === 'first')?.people[0]?.signature ?? null
}
const pictureOf = async (client: Client, caseId: string, id: string): Promise<number> => (await server.app.inject({ method: 'GET', url: `/api/cases/${caseId}/signatures/${id}`, headers: { cookie: await cookieOf(client) } })).statusCode
const cookies = new Map<Client, string>()
async function cookieOf(client: Client): Promise<string> {
  const login = client === writer ? 'jiangheping' : 'linxiaowen'
  const known = cookies.get(client) ?? (await server.signIn(login))
  cookies.set(client, known)
  return known
}

test('without a registered signature nothing is signed, and asking for it says so', async () => {
  assert.equal(ok<OwnSignatureWire>(await head('GET', '/api/signature')).signature, null)
  const { id, caseId } = await started()
  assert.equal(codeOf(await approve(head, id, { sign: 'own' })), 'workflow.signature.none')
  ok(await approve(head, id))
  assert.equal(await signature(caseId), null)
})

test('pictures that do not fit are refused with the reason', async () => {
  const put = async (picture: Buffer | string) => codeOf(await head('PUT', '/api/signature', { png: typeof picture === 'string' ? picture : picture.toString('base64') }))
  assert.equal(await put('PHN2Zy8+'), 'workflow.signature.type')
  assert.equal(await put(drawnPng({ colour: 2 })), 'workflow.signature.opaque')
  assert.equal(await put(drawnPng({ width: 2000 })), 'workflow.signature.size')
  assert.equal(await put(drawnPng({ lie: 1 })), 'workflow.signature.broken')
  assert.equal(ok<OwnSignatureWire>(await head('GET', '/api/signature')).signature, null)
})

test('a registered signature stands under every opinion, bound to the document as it was', async () => {
  ok(await head('PUT', '/api/signature', { png, auto: true }))
  const { id, caseId } = await started()
  ok(await approve(head, id, { opinion: '同意' }))
  const signed = (await signature(caseId)) ?? assert.fail('not signed')
  assert.equal(signed.changed, false)
  assert.deepEqual([await pictureOf(writer, caseId, signed.id), await pictureOf(stranger, caseId, signed.id)], [200, 404])
  const { rows } = await sql<{ document_hash: string; person_id: string }>`select document_hash, person_id from workflow_signing where case_id = ${caseId}`.execute(server.runtime.db)
  assert.deepEqual([rows[0]?.document_hash.slice(0, 16), rows[0]?.person_id], [signed.digest, personId('songyiran')])
  await sql`update proof_paper set remark = '改动' where id = ${id}`.execute(server.runtime.db)
  assert.equal((await signature(caseId))?.changed, true)
  const audited = await sql<{ n: number }>`select count(*)::int as n from audit_entry where action = 'workflow.sign' and object_id = ${id}`.execute(server.runtime.db)
  assert.equal(audited.rows[0]?.n, 1)
})

test('one may leave it out, turn it off, or write by hand; a signature belongs to its owner alone', async () => {
  const plain = await started()
  ok(await approve(head, plain.id, { sign: 'none' }))
  assert.equal(await signature(plain.caseId), null)
  ok(await head('POST', '/api/signature/auto', { auto: false }))
  const off = await started()
  ok(await approve(head, off.id))
  assert.equal(await signature(off.caseId), null)
  const drawn = await started()
  ok(await approve(head, drawn.id, { drawn: drawnPng({ width: 300, height: 120 }).toString('base64') }))
  const own = (await signature(drawn.caseId)) ?? assert.fail('not signed')
  assert.equal(await pictureOf(writer, plain.caseId, own.id), 404)
  assert.equal(codeOf(await writer('POST', '/api/signature/auto', { auto: true })), 'workflow.signature.none')
})

test('a refused act leaves no signature; a withdrawn signature stays under what it has signed', async () => {
  ok(await head('POST', '/api/signature/auto', { auto: true }))
  const { id, caseId } = await started()
  assert.equal(codeOf(await approve(head, id, { outcome: 'nothing' })), 'workflow.outcome.unknown')
  assert.equal((await sql`select 1 from workflow_signing where case_id = ${caseId}`.execute(server.runtime.db)).rows.length, 0)
  ok(await approve(head, id))
  ok(await head('DELETE', '/api/signature'))
  assert.equal(codeOf(await head('DELETE', '/api/signature')), 'workflow.signature.none')
  const signed = (await signature(caseId)) ?? assert.fail('not signed')
  assert.equal(await pictureOf(writer, caseId, signed.id), 200)
  await sql`update workflow_signature set png = ${drawnPng({ width: 100 })} where id = ${signed.id}`.execute(server.runtime.db)
  assert.equal(await pictureOf(writer, caseId, signed.id), 409)
})
