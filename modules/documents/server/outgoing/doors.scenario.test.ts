/** What 发文 keeps from others, and what it refuses to import, over HTTP on a real database. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { actorAs } from '#apps/demonstration.ts'
import { services } from '#apps/services.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import { Files } from '#platform/files/contract.ts'
import { Org } from '#platform/org/contract.ts'
import { testServer } from '#test/http.ts'
import type { Answer, TestServer } from '#test/http.ts'
import { unitId } from '#test/world/units.ts'
import { personId, postOf } from '#test/world/world.ts'
import { zipBomb } from '#test/zip-bomb.ts'
import { DEMO_LETTER } from '#modules/documents/data/samples/letter.ts'
import { SAMPLE_NOTICE } from '#modules/documents/layout/samples.ts'
import { definition } from '#modules/documents/module.ts'
import { toDocx } from '#modules/documents/server/layout/docx.ts'
import { server as documents } from '../index.ts'
import { doStep, stageOf } from '../incoming/seed-stage.ts'
import { COLD_WAVE } from './seed-texts.ts'

let it: TestServer
before(async () => {
  it = await testServer({ services, modules: [{ definition, server: documents }], clock: () => new Date('2026-11-20T02:00:00Z') })
})
after(() => it.close())

const codeOf = ({ body }: Answer): string => (body['error'] as { code: string } | undefined)?.code ?? 'done'
const keep = async (login: string, name: string, bytes: Uint8Array): Promise<string> => {
  const file = await it.runtime.command(await actorAs(it.runtime, login), (ctx) => ctx.use(Files).create(name, 'application/octet-stream', bytes))
  return file.id
}
async function draft(values: object): Promise<RecordDetailWire> {
  const answer = await (await it.as('linxiaowen'))('POST', '/api/records/documents_outgoing', { values: { secrecy: 'none', disclosure: 'on-request', signer: personId('zhoumuyuan'), ...COLD_WAVE, ...values } })
  assert.equal(answer.status, 200, JSON.stringify(answer.body))
  return answer.body as unknown as RecordDetailWire
}

test('an attachment is read by those who see the document and by nobody else', async () => {
  const file = await keep('linxiaowen', '预警信息.txt', Buffer.from('寒潮蓝色预警'))
  const { id, version } = await draft({ attachments: [file], recipients: [unitId('emergency')] })
  const started = await (await it.as('linxiaowen'))('POST', `/api/records/documents_outgoing/${id}/start`, { version })
  assert.equal(started.status, 200, JSON.stringify(started.body))
  const seen = async (login: string): Promise<unknown> => (await (await it.as(login))('GET', `/api/files?ids=${file}`)).body['items']
  assert.equal(((await seen('zhoumuyuan')) as unknown[]).length, 1)
  assert.deepEqual(await seen('yeqingqing'), [])
  assert.equal((await (await it.as('yeqingqing'))('GET', `/api/files/${file}`)).status, 404)
})

test('numbers are given by the issuing organisation alone, even when others have the document to read', async () => {
  const made = await draft({ recipients: [unitId('construction')] })
  const drafter = await it.as('linxiaowen')
  const { caseId } = (await drafter('POST', `/api/records/documents_outgoing/${made.id}/start`, { version: made.version })).body
  const copied = await drafter('POST', `/api/cases/${String(caseId)}/act`, { operation: 'copy', people: [postOf('situlan')] })
  assert.equal(copied.status, 200, JSON.stringify(copied.body))
  const reader = await it.as('situlan')
  assert.equal((await reader('GET', `/api/records/documents_outgoing/${made.id}`)).status, 200)
  assert.equal(codeOf(await reader('GET', `/api/documents/next-number?id=${made.id}`)), 'access.denied')
  assert.equal(codeOf(await reader('POST', '/api/documents/reserve-numbers', { id: made.id, numbers: [1], reason: '预留' })), 'access.denied')
  const own = await (await it.as('hanxuemei'))('POST', '/api/documents/reserve-numbers', { id: made.id, numbers: [1], reason: '会议纪要预留' })
  assert.equal(own.status, 200, JSON.stringify(own.body))
  assert.equal((await (await it.as('hanxuemei'))('GET', `/api/documents/next-number?id=${made.id}`)).body['text'], '长府办〔2026〕2号')
})

test('a Word file comes in with its parts; what is none, packed to burst, or of another is refused by name', async () => {
  const writer = await it.as('linxiaowen')
  const bring = async (name: string, bytes: Uint8Array, login = 'linxiaowen'): Promise<Answer> => writer('POST', '/api/documents/import', { fileId: await keep(login, name, bytes) })
  const docx = await bring('通知.docx', await toDocx({ ...SAMPLE_NOTICE, title: DEMO_LETTER.title, body: DEMO_LETTER.body }))
  assert.equal(docx.status, 200, JSON.stringify(docx.body))
  const document = docx.body['document'] as { title: string; number: string; body: { type: string }[] }
  assert.deepEqual([document.title, document.number], [DEMO_LETTER.title, SAMPLE_NOTICE.number])
  assert.equal(document.body.length, DEMO_LETTER.body.length)
  assert.equal(codeOf(await bring('报告.docx', Buffer.from('%PDF-1.7'))), 'documents.import.not-docx')
  assert.equal(codeOf(await bring('旧.docx', Buffer.from('d0cf11e0a1b11ae1', 'hex'))), 'documents.import.old-doc')
  assert.equal(codeOf(await bring('大.docx', zipBomb('word/document.xml', 200 * 1024 * 1024))), 'documents.import.suspicious')
  assert.equal(codeOf(await bring('别人.docx', Buffer.from('PK'), 'yeqingqing')), 'files.missing')
})

test('a document for bodies outside the system is not sent within it, and still ends with its sheet', async () => {
  const { id, version } = await draft({ addressees: '上海市气象局' })
  await (await it.as('linxiaowen'))('POST', `/api/records/documents_outgoing/${id}/start`, { version })
  const entity = 'documents_outgoing'
  const office = await it.runtime.query(null, (ctx) => ctx.use(Org).unit(unitId('office/secretary-1')))
  const head = await stageOf(it.runtime).holder('department-head', office ?? assert.fail('no unit'))
  const cast = await Promise.all(['guyuncheng', 'hexiangdong', 'zhoumuyuan'].map((login) => actorAs(it.runtime, login)))
  for (const actor of [head, ...cast]) await doStep(it.runtime, actor, id, { entity, outcome: 'approve' })
  const registrar = await actorAs(it.runtime, 'hanxuemei')
  await doStep(it.runtime, registrar, id, { entity })
  await assert.rejects(doStep(it.runtime, registrar, id, { entity }), { code: 'documents.recipients.none' })
  await doStep(it.runtime, registrar, id, { entity, outcome: 'outside', opinion: '已机要交换' })
  const { body } = await (await it.as('linxiaowen'))('GET', `/api/records/documents_outgoing/${id}`)
  assert.deepEqual([body['state'], (body['values'] as { sheet: string[] }).sheet.length], ['issued', 1])
})
