/** Messages of other systems over HTTP on a real database: to the case that waits for one, or to start one. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { services } from '#apps/services.ts'
import type { ModelVersionDetailWire } from '#kit/wire/flow-model.ts'
import { deliverNext } from '#platform/events/server/deliver.ts'
import { testServer } from '#test/http.ts'
import type { Answer, Client, TestServer } from '#test/http.ts'
import { proofModule, proofTable } from '#test/proof-module.ts'
import { codeOf, ok, PROOF_CAST, proofPapers } from '#test/proof-papers.ts'
import { personId } from '#test/world/world.ts'
import { element, event, flows, model, settings } from './bpmn/test/model.ts'

const { writer: WRITER, head: HEAD, signer: SIGNER, side: SIDE, admin: ADMIN } = PROOF_CAST
let server: TestServer
const clients = new Map<string, Promise<Client>>()
async function as(login: string): Promise<Client> {
  const client = clients.get(login) ?? server.as(login)
  clients.set(login, client)
  return client
}

/** Waits for 复函 with the subject of its paper, then for its head; 来函 starts it. */
const xml = model(
  element('startEvent', 'apply', settings({ form: {} })) +
  event('startEvent', 'letter', `${settings({ key: 'subject', initiator: { person: personId(WRITER) }, values: { head: personId(HEAD), signers: [personId(SIGNER)], side: personId(SIDE), chain: [personId(SIGNER)], until: '2026-12-01' } })}<bpmn:messageEventDefinition messageRef="l" />`) +
  event('intermediateCatchEvent', 'reply', `${settings({ key: 'subject' })}<bpmn:messageEventDefinition messageRef="r" />`) +
  element('userTask', 'look', settings({ by: { kind: 'field', field: 'head' }, outcomes: ['approve'] })) + element('endEvent', 'e') + flows('apply>reply>look>e', 'letter>look'),
  '<bpmn:message id="l" name="来函" /><bpmn:message id="r" name="复函" />',
)

before(async () => {
  server = await testServer({ services: [proofTable, ...services], modules: [proofModule], clock: () => new Date('2026-09-01T02:03:00Z') })
  const admin = await as(ADMIN)
  const { number } = ok<{ number: number }>(await admin('POST', '/api/flow-models/proof_paper/upload', { xml }))
  const { findings, warnings } = ok<ModelVersionDetailWire>(await admin('GET', `/api/flow-models/proof_paper/${number}`))
  assert.deepEqual(findings.filter(({ level }) => level === 'error'), [])
  ok(await admin('POST', '/api/flow-models/proof_paper/publish', { number, note: '由外部系统回复', warnings }))
})
after(() => server.close())

const message = async (body: object, login: string = ADMIN): Promise<Answer> => (await as(login))('POST', '/api/workflow/messages', body)
const waiting = async (recordId: string): Promise<boolean> => (await proofPapers(as).todo(HEAD, recordId)) === undefined

test('a message reaches the case that waits for its key, and no other; a second one finds nobody', async () => {
  const papers = proofPapers(as)
  const [one, two] = [await papers.started({ subject: '甲字一号' }), await papers.started({ subject: '甲字二号' })]
  assert.deepEqual(ok(await message({ name: '复函', key: '甲字二号' })), { reached: 'case', record: { entity: 'proof_paper', id: two.id } })
  assert.deepEqual([await waiting(one.id), await waiting(two.id)], [true, false])
  const late = await message({ name: '复函', key: '甲字二号' })
  assert.deepEqual([late.status, codeOf(late)], [404, 'workflow.message.unheard'])
  assert.match((late.body['error'] as { message: string }).message, /没有事项在等待消息“复函”（关联值“甲字二号”）/u)
  assert.equal((await message({ name: '复函' })).status, 404, 'a case that waits for a key takes no message without one')
  ok(await message({ name: '复函', key: '甲字一号' }))
  const { rows } = await sql<{ object_id: string }>`select object_id from audit_entry where action = 'workflow.message' and object_type = 'proof_paper' order by at, seq`.execute(server.runtime.db)
  assert.deepEqual(rows.map((row) => row.object_id), [two.id, one.id])
})

test('of two messages for one case at the same moment one reaches it and the other is told', async () => {
  const paper = await proofPapers(as).started({ subject: '甲字三号' })
  const answers = await Promise.all([1, 2].map(() => message({ name: '复函', key: '甲字三号' })))
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [200, 404])
  assert.equal(await waiting(paper.id), false)
})

test('a message that no case takes starts one for its key, once', async () => {
  const started = async (): Promise<number> => (await sql`select from workflow_case c join proof_paper p on p.id = c.record_id where p.subject = '乙字一号'`.execute(server.runtime.db)).rows.length
  for (let n = 0; n < 2; n++) {
    assert.deepEqual(ok(await message({ name: '来函', key: '乙字一号' })), { reached: 'start', record: null })
    while (await deliverNext(server.runtime));
    assert.equal(await started(), 1)
  }
})

test('without the permission nothing is brought in, and wrong input names the field', async () => {
  assert.equal((await message({ name: '复函', key: '甲字一号' }, WRITER)).status, 403)
  for (const [body, text] of [[{}, /name/u], [{ name: ' ' }, /请填写消息名称/u], [{ name: '复函', key: '长'.repeat(201) }, /关联值不能超过/u], [{ name: '复函', key: 5 }, /key/u]] as const) {
    const { status, body: answer } = await message(body)
    assert.equal(status, 400)
    assert.match(JSON.stringify(answer), text)
  }
})
