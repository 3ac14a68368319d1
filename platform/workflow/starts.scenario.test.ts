/** Cases that begin by themselves: timers, messages and signals at start events of published models, on a real database. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { services } from '#apps/services.ts'
import type { ModelVersionDetailWire } from '#kit/wire/flow-model.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'
import { deliverNext } from '#platform/events/server/deliver.ts'
import { service as identity } from '#platform/identity/server/index.ts'
import { testServer } from '#test/http.ts'
import type { Answer, Client, TestServer } from '#test/http.ts'
import { proofModule, proofTable } from '#test/proof-module.ts'
import { openRuntime } from '#test/runtime.ts'
import { personId, postOf } from '#test/world/world.ts'
import { cycle, element, event, flows, model, settings, when } from './bpmn/test/model.ts'
import { deliverThrown } from './server/deliver.ts'
import { startByEvent } from './server/starts/occur.ts'
import { fireStarts } from './server/starts/timers.ts'

const [WRITER, HEAD, SIGNER, SIDE, ADMIN] = ['jiangheping', 'songyiran', 'luzhengyang', 'xujingxing', 'sysadmin']
let broken = false
const effects = { ...proofModule.server.effects, 'proof.hold': async () => undefined }
const check = {
  proof_paper: async () => {
    if (broken) throw new Error('接口无响应')
  },
}
const modules = [{ ...proofModule, server: { ...proofModule.server, effects, check } }]
/** A Monday, 08:00 in Shanghai. */
let now = new Date('2026-08-31T00:00:00Z')
let server: TestServer
before(async () => { server = await testServer({ services: [proofTable, ...services], modules, clock: () => now }) })
after(() => server.close())

function ok<T = Answer['body']>({ status, body }: Answer): T {
  assert.equal(status, 200, JSON.stringify(body))
  return body as T
}
/** Signed in anew each time: the clock of these tests passes over the ends of sessions. */
const as = (login: string): Promise<Client> => server.as(login)
const URL_OF = '/api/flow-models/proof_paper'

const VALUES = { subject: '例行检查', head: personId(HEAD), signers: [personId(SIGNER)], side: personId(SIDE), chain: [personId(SIGNER)], until: '2026-12-01' }
const start = element('startEvent', 'apply', settings({ form: {} }))
const step = (id: string): string => element('userTask', id, settings({ by: { kind: 'field', field: 'head' }, outcomes: ['approve'] }))
const byTimer = (more: object = {}, definition = cycle('R/2026-09-01T09:00/P1D')): string =>
  event('startEvent', 't', `${settings({ initiator: { person: personId(WRITER) }, values: VALUES, ...more })}${definition}`)
const timed = (timer: string, first = element('serviceTask', 'call', settings({ does: 'proof.hold' }))): string =>
  model(`${start}${timer}${first}${step('look')}${element('endEvent', 'e')}${flows('apply>call', 't>call', 'call>look>e')}`)

async function upload(xml: string): Promise<ModelVersionDetailWire> {
  const { number } = ok<{ number: number }>(await (await as(ADMIN))('POST', `${URL_OF}/upload`, { xml }))
  return ok(await (await as(ADMIN))('GET', `${URL_OF}/${number}`))
}
async function publish(xml: string): Promise<number> {
  const { number, findings, warnings } = await upload(xml)
  assert.deepEqual(findings.filter(({ level }) => level === 'error'), [])
  ok(await (await as(ADMIN))('POST', `${URL_OF}/publish`, { number, note: '按新办法调整', warnings }))
  return number
}
const errorsOf = async (xml: string): Promise<string[]> => (await upload(xml)).findings.filter(({ level }) => level === 'error').map(({ rule, place }) => `${rule} ${place}`)
async function started(subject = '例行检查'): Promise<number> {
  return (await sql<{ n: number }>`select count(*)::int as n from workflow_case c join proof_paper p on p.id = c.record_id where p.subject = ${subject} and p.case_id = c.id`.execute(server.runtime.db)).rows[0]?.n ?? 0
}
const rows = async () => (await sql<{ node: string; at: Date | null; attempts: number; error: string | null }>`select node, at, attempts, error from workflow_start order by node`.execute(server.runtime.db)).rows
const nextAt = async (): Promise<string | undefined> => (await rows())[0]?.at?.toISOString()

test('a start event nobody initiates, or whose record would be refused, keeps a model from being published', async () => {
  assert.deepEqual(await errorsOf(timed(byTimer({ initiator: undefined }))), ['no-start-initiator t'])
  assert.deepEqual(await errorsOf(timed(byTimer({ initiator: { person: '00000000-0000-7000-8000-000000000000' } }))), ['unknown-person t'])
  assert.deepEqual(await errorsOf(timed(byTimer({ initiator: 'boss' }))), ['bad-settings t', 'no-start-initiator t'])
  assert.deepEqual(await errorsOf(timed(byTimer({ values: { ...VALUES, subject: undefined } }))), ['no-start-value t'])
  assert.deepEqual(await errorsOf(timed(byTimer({ values: { ...VALUES, until: '下周', budget: 5 } }))), ['bad-start-value t', 'unknown-field t'])
  assert.deepEqual(await errorsOf(timed(byTimer({}, '<bpmn:timerEventDefinition><bpmn:timeDate>until</bpmn:timeDate></bpmn:timerEventDefinition>'))), ['bad-timer t'])
})

test('a cycle starts one case each time it is due, with two processes at once; a standstill is made up once', async () => {
  await publish(timed(byTimer()))
  assert.equal(await nextAt(), '2026-09-01T01:00:00.000Z')
  await fireStarts(server.runtime)
  assert.equal(await started(), 0)
  now = new Date('2026-09-01T01:00:00Z')
  const other = openRuntime(server.url, server.runtime.dataDir, { services, modules, clock: () => now })
  await identity.sync?.(other)
  await Promise.all([fireStarts(server.runtime), fireStarts(other), fireStarts(other)])
  await other.database.close()
  assert.equal(await started(), 1)
  assert.equal(await nextAt(), '2026-09-02T01:00:00.000Z')
  now = new Date('2026-09-05T03:00:00Z')
  await fireStarts(server.runtime)
  await fireStarts(server.runtime)
  assert.equal(await started(), 2)
  assert.equal(await nextAt(), '2026-09-06T01:00:00.000Z')
  const { rows: [one] } = await sql<{ initiator_id: string; state: string }>`select c.initiator_id, p.state from workflow_case c join proof_paper p on p.id = c.record_id where p.subject = '例行检查' limit 1`.execute(server.runtime.db)
  assert.equal(one?.initiator_id, personId(WRITER))
  const todos = ok<{ items: { title: string; stepName: string }[] }>(await (await as(HEAD))('GET', '/api/todos?box=todo&limit=100')).items
  assert.equal(todos.filter(({ title, stepName }) => title === '例行检查' && stepName === 'look').length, 2)
})

test('a process killed while it starts the case leaves nothing behind, and the next one starts it once', async () => {
  now = new Date('2026-09-06T01:00:30Z')
  const child = spawn(process.execPath, [new URL('server/starts/victim.fixture.ts', import.meta.url).pathname, server.url, now.toISOString(), server.runtime.dataDir], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [word] = (await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])) as [unknown]
  assert.equal(String(word), 'in hand')
  assert.equal(await fireStarts(server.runtime), 0, 'the other process holds it')
  child.kill('SIGKILL')
  await once(child, 'exit')
  let fired = 0
  for (let tries = 0; fired === 0 && tries < 1000; tries++) fired = await fireStarts(server.runtime)
  assert.deepEqual([fired, await started()], [1, 3])
})

test('a new version replaces the timer, the same one keeps its time, and retiring the model removes it', async () => {
  const first = await publish(timed(byTimer()))
  assert.equal(await nextAt(), '2026-09-07T01:00:00.000Z')
  await publish(timed(byTimer({ every: { unit: 'workdays', n: 1 } }, cycle('R2/2026-09-11T09:00/P1D'))))
  assert.equal(await nextAt(), '2026-09-11T01:00:00.000Z', 'a Friday')
  now = new Date('2026-09-11T01:01:00Z')
  await fireStarts(server.runtime)
  assert.equal(await nextAt(), '2026-09-14T01:00:00.000Z', 'the next working day')
  now = new Date('2026-09-14T01:01:00Z')
  await fireStarts(server.runtime)
  assert.equal(await nextAt(), undefined, 'twice only')
  assert.equal(await started(), 5)
  ok(await (await as(ADMIN))('POST', `${URL_OF}/publish`, { number: first, note: '退回旧版', warnings: 0 }))
  assert.equal(await nextAt(), '2026-09-15T01:00:00.000Z', 'rolled back')
  ok(await (await as(ADMIN))('POST', `${URL_OF}/retire`, { note: '恢复' }))
  assert.deepEqual(await rows(), [])
})

test('a start that fails is tried again later and waits for the administrator after ten times', async () => {
  await publish(timed(byTimer({}, cycle('R/2026-09-15T09:00/P1D'))))
  now = new Date('2026-09-15T01:00:00Z')
  broken = true
  await fireStarts(server.runtime)
  await fireStarts(server.runtime)
  assert.deepEqual((await rows()).map(({ attempts, error }) => [attempts, error]), [[1, '接口无响应']], 'not again at once')
  for (let time = 1; time < 12; time++) {
    now = new Date(now.getTime() + 60_000 * 2 ** time)
    await fireStarts(server.runtime)
  }
  assert.deepEqual((await rows()).map(({ attempts }) => attempts), [10])
  broken = false
})

async function send(urgency: 'normal' | 'urgent', subject: string): Promise<void> {
  const writer = await as(WRITER)
  const { id, version } = ok<RecordDetailWire>(await writer('POST', '/api/records/proof_paper', { values: { ...VALUES, subject, urgency, remark: '发送' } }))
  ok(await writer('POST', `/api/records/proof_paper/${id}/start`, { version }))
  while (await deliverNext(server.runtime));
}
/** Cases that began by an event: their record was written with 来函. */
async function received(): Promise<string[]> {
  const { rows: found } = await sql<{ subject: string }>`select p.subject from workflow_case c join proof_paper p on p.id = c.record_id where p.advice = '来函'`.execute(server.runtime.db)
  return found.map(({ subject }) => subject).toSorted()
}

test('a message starts one case for its key, however often it comes; a signal one each time', async () => {
  const { subject: _, ...rest } = VALUES
  const [message, signal] = ['<bpmn:messageEventDefinition messageRef="m" />', '<bpmn:signalEventDefinition signalRef="g" />']
  const initiator = { post: postOf(SIGNER) }
  await publish(model(`${start}${event('startEvent', 'm1', `${settings({ key: 'subject', initiator, values: { ...rest, advice: '来函' } })}${message}`)}
    ${event('startEvent', 's1', `${settings({ initiator, values: { ...VALUES, subject: '信号', advice: '来函' } })}${signal}`)}
    ${element('exclusiveGateway', 'x', '', 'default="x-tm"')}${event('intermediateThrowEvent', 'tm', `${settings({ key: 'subject' })}${message}`)}${event('intermediateThrowEvent', 'ts', signal)}
    ${step('look')}${element('endEvent', 'e')}${element('endEvent', 'e2')}${element('endEvent', 'e3')}${flows('apply>x>tm>e2', 'ts>e3', 'm1>look', 's1>look', 'look>e')}${when('x', 'ts', 'urgency = "urgent"')}`,
  '<bpmn:message id="m" name="来函" /><bpmn:signal id="g" name="汛情" />'))
  await send('normal', '甲')
  assert.deepEqual(await received(), ['甲'])
  await send('normal', '甲')
  assert.deepEqual(await received(), ['甲'], 'the same key starts no second case')
  await send('normal', '乙')
  await send('urgent', '丙')
  await send('urgent', '丁')
  assert.deepEqual(await received(), ['乙', '信号', '信号', '甲'])
  const thrown = { id: 'once', caseId: '00000000-0000-7000-8000-000000000000', event: 'signal', name: '汛情', key: null }
  await server.runtime.command(null, (ctx) => deliverThrown(ctx, thrown))
  await server.runtime.command(null, (ctx) => deliverThrown(ctx, thrown))
  while (await deliverNext(server.runtime));
  assert.deepEqual((await received()).length, 5, 'a delivery that is repeated starts nothing twice')
})

test('an event of a model that is no longer published starts nothing', async () => {
  ok(await (await as(ADMIN))('POST', `${URL_OF}/retire`, { note: '恢复' }))
  await server.runtime.command(null, (ctx) => startByEvent(ctx, { entity: 'proof_paper', node: 's1', occurrence: 'late', key: null }))
  assert.equal((await received()).length, 5)
})
