/** Models of flows published on a real database over HTTP: what blocks, who may, what running cases keep, and the way back. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { services } from '#apps/services.ts'
import type { FlowModelDetailWire, FlowModelWire, ModelVersionDetailWire } from '#kit/wire/flow-model.ts'
import type { FlowRunWire } from '#kit/wire/flow-run.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { deliverNext } from '#platform/events/server/deliver.ts'
import { Records } from '#platform/records/contract.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import { clientsOf, testServer } from '#test/http.ts'
import type { Answer, TestServer } from '#test/http.ts'
import { proofModule, proofTable } from '#test/proof-module.ts'
import { codeOf, ok, PROOF_CAST, proofPapers } from '#test/proof-papers.ts'
import { personId } from '#test/world/world.ts'
import { element, event, flows, model, settings, when } from './bpmn/test/model.ts'
import { keepModels } from './server/models/sync.ts'

/** The proof module with a service that writes first and refuses then. */
const module = {
  ...proofModule,
  server: {
    ...proofModule.server,
    assign: { 'proof.nobody': async () => [] },
    effects: {
      ...proofModule.server.effects,
      'proof.refuse': async (ctx: ServerContext, record: RuleRecord) => {
        await ctx.use(Records).set('proof_paper', record.id, { values: { advice: '写到一半' } })
        ctx.emit({ type: 'proof.refused', data: { id: record.id } })
        if (record.values['urgency'] !== 'urgent') ctx.fail('workflow.person.unknown')
      },
    },
  },
}

let server: TestServer
before(async () => { server = await testServer({ services: [proofTable, ...services], modules: [module] }) })
after(() => server.close())

const { writer: WRITER, head: HEAD, signer: SIGNER, side: SIDE, admin: ADMIN, manager: MANAGER } = PROOF_CAST


const as = clientsOf(() => server)
const { started, todo, approve } = proofPapers(as)

const URL = '/api/flow-models/proof_paper'
const start = element('startEvent', 'apply', settings({ form: {} }))
const step = (id: string, more: object = {}): string => element('userTask', id, settings({ by: { kind: 'field', field: 'head' }, outcomes: ['approve'], ...more }))
const simple = (...steps: readonly string[]): string =>
  model(`${start}${steps.map((id) => step(id)).join('')}${element('endEvent', 'e')}${flows(['apply', ...steps, 'e'].join('>'))}`)

async function upload(xml: string): Promise<number> {
  return ok<{ number: number }>(await (await as(ADMIN))('POST', `${URL}/upload`, { xml })).number
}
const publish = async (number: number, warnings = 0): Promise<Answer> => (await as(ADMIN))('POST', `${URL}/publish`, { number, note: '按新办法调整', warnings })
const detail = async (): Promise<FlowModelDetailWire> => ok<FlowModelDetailWire>(await (await as(ADMIN))('GET', URL))
const versionOf = async (number: number): Promise<ModelVersionDetailWire> => ok<ModelVersionDetailWire>(await (await as(ADMIN))('GET', `${URL}/${number}`))
const published = async (): Promise<number | undefined> => (await detail()).items.find(({ state }) => state === 'published')?.number

const stepOf = async (login: string, recordId: string): Promise<string | undefined> => (await todo(login, recordId))?.stepName

test('the flow a module brings is the first version, and runs', async () => {
  const { items } = ok<{ items: FlowModelWire[] }>(await (await as(ADMIN))('GET', '/api/flow-models'))
  const line = items.find(({ entity }) => entity === 'proof_paper') ?? assert.fail('no model')
  assert.deepEqual([line.label, line.published?.number, line.published?.kind, line.versions, line.drafts], ['试验件', 1, 'module', 1, 0])
  await keepModels(server.runtime)
  assert.equal((await detail()).items.length, 1, 'another start adds nothing')
})

test('only whoever may publish sees and does any of it', async () => {
  for (const login of [WRITER, MANAGER]) {
    const client = await as(login)
    for (const answer of [await client('GET', '/api/flow-models'), await client('GET', URL), await client('GET', `${URL}/1`), await client('POST', `${URL}/upload`, { xml: simple('a') }),
      await client('POST', `${URL}/publish`, { number: 1, note: 'x', warnings: 0 }), await client('POST', `${URL}/retire`, { note: 'x' }), await client('POST', `${URL}/discard`, { number: 1 })]) {
      assert.equal(codeOf(answer), 'access.denied', login)
    }
  }
})

test('new cases start with the published version; running and finished ones keep what they began with (complaint 12)', async () => {
  const running = await started()
  assert.equal(await stepOf(HEAD, running.id), '审核')
  const number = await upload(simple('draft-check', 'sign'))
  assert.deepEqual((await versionOf(number)).difference?.added.map(({ place }) => place).includes('draft-check'), true)
  assert.equal((await versionOf(number)).difference?.removed.some(({ name }) => name === '会签'), true)
  ok(await publish(number))
  assert.equal(await published(), number)
  const next = await started()
  assert.equal(await stepOf(HEAD, next.id), 'draft-check', 'the new case runs on the new version')
  ok(await approve(HEAD, running.id))
  assert.equal(await stepOf(SIGNER, running.id), '会签', 'the running case goes on as it began')
  ok(await approve(HEAD, next.id))
  ok(await approve(HEAD, next.id))
  assert.equal(await todo(HEAD, next.id), undefined)
  const finished = ok<RecordDetailWire>(await (await as(WRITER))('GET', `/api/records/proof_paper/${next.id}`))
  assert.equal(finished.state, 'done', 'the record ends with its flow')
  const again = await upload(simple('other'))
  ok(await publish(again))
  for (const { caseId } of [running, next]) ok(await (await as(WRITER))('GET', `/api/cases/${caseId}/diagram`))
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from workflow_case where id = ${next.caseId} and status = 'ended'`.execute(server.runtime.db)
  assert.deepEqual(rows, [{ n: 1 }])
})

test('an old version is published again, and the uploaded ones go out of use', async () => {
  const before = (await published()) ?? assert.fail('nothing published')
  assert.equal(codeOf(await publish(before)), 'workflow.model.published')
  ok(await publish(before - 1))
  assert.equal(await published(), before - 1)
  assert.equal((await detail()).acts[0]?.act, 'roll-back')
  ok(await (await as(ADMIN))('POST', `${URL}/retire`, { note: '恢复自带流程' }))
  assert.equal(await published(), 1)
  assert.equal(codeOf(await (await as(ADMIN))('POST', `${URL}/retire`, { note: '再次停用' })), 'workflow.model.own')
  const back = await started()
  assert.equal(await stepOf(HEAD, back.id), '审核')
})

test('errors block, warnings want to be seen, drafts can be thrown away', async () => {
  const broken = await upload(model(`${start}${step('a', { by: { kind: 'rule', name: 'nobody.knows' } })}${element('endEvent', 'e')}${flows('apply>a>e')}`))
  const found = await versionOf(broken)
  assert.deepEqual(found.findings.map(({ rule, place, name, level }) => ({ rule, place, name, level })), [{ rule: 'unknown-rule', place: 'a', name: 'a', level: 'error' }])
  assert.deepEqual([found.findings[0]?.at, found.diagram?.nodes.map(({ id }) => id).toSorted()], ['a', ['a', 'apply', 'e']], 'drawn with the place of what is wrong, although it cannot run')
  assert.equal(codeOf(await publish(broken)), 'workflow.model.errors')
  ok(await (await as(ADMIN))('POST', `${URL}/discard`, { number: broken }))
  assert.equal(codeOf(await (await as(ADMIN))('GET', `${URL}/${broken}`)), 'workflow.model.missing')
  const doubtful = await upload(model(`${element('startEvent', 'apply')}${step('a')}${element('endEvent', 'e')}${flows('apply>a>e')}`))
  assert.equal((await versionOf(doubtful)).warnings, 1)
  assert.equal(codeOf(await publish(doubtful)), 'workflow.model.warnings')
  ok(await publish(doubtful, 1))
  assert.equal(codeOf(await (await as(ADMIN))('POST', `${URL}/discard`, { number: doubtful })), 'workflow.model.kept')
  ok(await (await as(ADMIN))('POST', `${URL}/retire`, { note: '恢复' }))
})

test('a version that was published is never changed, not even in the database', async () => {
  const change = sql`update workflow_model_version set xml = 'x' where entity = 'proof_paper' and number = 2`.execute(server.runtime.db)
  await assert.rejects(change, /never changed/u)
  await assert.rejects(sql`delete from workflow_model_version where entity = 'proof_paper' and number = 2`.execute(server.runtime.db), /never deleted/u)
})

test('every act stands in the history and the audit log, with its note', async () => {
  const { acts } = await detail()
  assert.deepEqual([...new Set(acts.map(({ act }) => act))].toSorted(), ['arrive', 'discard', 'publish', 'retire', 'roll-back', 'upload'])
  assert.equal(acts.find(({ act }) => act === 'publish')?.note, '按新办法调整')
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from audit_entry where action like 'workflow.model.%'`.execute(server.runtime.db)
  assert.equal(rows[0]?.n, acts.filter(({ act }) => act !== 'arrive').length)
})

test('a version is downloaded as it came and can be uploaded again without a finding', async () => {
  const answer = await server.app.inject({ method: 'GET', url: `${URL}/1/bpmn`, headers: { cookie: await server.signIn(ADMIN) } })
  assert.equal(answer.statusCode, 200)
  assert.match(String(answer.headers['content-type']), /^application\/xml/u)
  const number = await upload(answer.body)
  const { findings, difference } = await versionOf(number)
  assert.deepEqual(findings, [])
  assert.deepEqual(difference, { added: [], removed: [], changed: [] })
})

async function inForce(xml: string): Promise<void> {
  const number = await upload(xml)
  const { findings } = await versionOf(number)
  ok(await publish(number, findings.length))
  assert.deepEqual(findings.filter(({ level }) => level === 'error'), [])
}

test('a message finds the case of its key, by the outbox; one nobody waits for wakes nobody', async () => {
  const key = settings({ key: 'subject' })
  const definition = '<bpmn:messageEventDefinition messageRef="m" />'
  await inForce(model(`${start}${element('exclusiveGateway', 'x', '', 'default="x-c"')}${event('intermediateThrowEvent', 't', `${key}${definition}`)}${event('intermediateCatchEvent', 'c', `${key}${definition}`)}
    ${step('answer')}${element('endEvent', 'e')}${element('endEvent', 'sent')}${flows('apply>x>c>answer>e', 't>sent')}${when('x', 't', 'urgency = "urgent"')}`, '<bpmn:message id="m" name="复函" />'))
  const [first, second, same] = [await started({ subject: '甲' }), await started({ subject: '乙' }), await started({ subject: '乙' })]
  const woken = async (): Promise<boolean[]> => Promise.all([first, second, same].map(async ({ id }) => (await stepOf(HEAD, id)) === 'answer'))
  const send = async (subject: string): Promise<void> => {
    await started({ subject, urgency: 'urgent' })
    while (await deliverNext(server.runtime));
  }
  await send('丙')
  assert.deepEqual(await woken(), [false, false, false])
  await send('乙')
  assert.deepEqual(await woken(), [false, true, false], 'of two cases with the key the longest running has it')
  await send('乙')
  assert.deepEqual(await woken(), [false, true, true])
})

test('a service that refuses goes the way the model draws for its error, and has written nothing; one that is done goes on', async () => {
  const boundary = event('boundaryEvent', 'refused', '<bpmn:errorEventDefinition errorRef="x" />', 'attachedToRef="call"')
  await inForce(model(`${start}${element('serviceTask', 'call', settings({ does: 'proof.refuse' }))}${boundary}${step('amend')}${step('go')}${element('endEvent', 'e')}${element('endEvent', 'e2')}
    ${flows('apply>call>go>e', 'refused>amend>e2')}`, '<bpmn:error id="x" errorCode="workflow.person.unknown" />'))
  const [refused, done] = [await started(), await started({ urgency: 'urgent' })]
  assert.deepEqual([await stepOf(HEAD, refused.id), await stepOf(HEAD, done.id)], ['amend', 'go'])
  const advice = async (id: string): Promise<unknown> => (await server.runtime.query(null, (ctx) => ctx.use(Records).rule('proof_paper', id))).values['advice']
  assert.deepEqual([await advice(refused.id), await advice(done.id)], [null, '写到一半'])
})

test('an error no event of the model takes is told to whoever acted, as before', async () => {
  const boundary = event('boundaryEvent', 'other', '<bpmn:errorEventDefinition errorRef="x" />', 'attachedToRef="call"')
  await inForce(model(`${start}${element('serviceTask', 'call', settings({ does: 'proof.refuse' }))}${boundary}${step('amend')}${element('endEvent', 'e')}${element('endEvent', 'e2')}
    ${flows('apply>call>e', 'other>amend>e2')}`, '<bpmn:error id="x" errorCode="库存不足" />'))
  const writer = await as(WRITER)
  const values = { subject: '不通', head: personId(HEAD), signers: [personId(SIGNER)], side: personId(SIDE), chain: [personId(SIGNER)], until: '2026-12-01' }
  const { id, version } = ok<RecordDetailWire>(await writer('POST', '/api/records/proof_paper', { values }))
  assert.equal(codeOf(await writer('POST', `/api/records/proof_paper/${id}/start`, { version })), 'workflow.person.unknown')
})

test('nobody found for a step: refused and told to the manager, passed, or given to the initiator, as the step says', async () => {
  const way = (nobody: string): string =>
    model(`${start}${step('a')}${step('b', { by: { kind: 'rule', name: 'proof.nobody' }, nobody })}${element('endEvent', 'e')}${flows('apply>a>b>e')}`)
  const act = async (recordId: string): Promise<Answer> => {
    const item = (await todo(HEAD, recordId)) ?? assert.fail('nothing to do')
    return (await as(HEAD))('POST', `/api/tasks/${item.id}/act`, { operation: 'complete', revision: item.revision, outcome: 'approve' })
  }
  await inForce(way('fail'))
  const stuck = await started()
  assert.equal(codeOf(await act(stuck.id)), 'workflow.assignee.none')
  assert.equal(await stepOf(HEAD, stuck.id), 'a', 'the case stands where it stood')
  const { items } = ok<{ items: FlowRunWire[] }>(await (await as(MANAGER))('GET', '/api/flow-runs?only=stuck&limit=100'))
  assert.match(items.find(({ caseId }) => caseId === stuck.caseId)?.stuck ?? '', /“b”环节未找到办理人/u)
  await inForce(way('skip'))
  const passed = await started()
  ok(await act(passed.id))
  assert.equal(ok<RecordDetailWire>(await (await as(WRITER))('GET', `/api/records/proof_paper/${passed.id}`)).state, 'done')
  await inForce(way('initiator'))
  const given = await started()
  ok(await act(given.id))
  assert.equal(await stepOf(WRITER, given.id), 'b')
})
