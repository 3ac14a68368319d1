/** Processes read from BPMN run on a real database: events, sub-processes and errors survive every command. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { directoryOf } from '#apps/demonstration.ts'
import { services } from '#apps/services.ts'
import { deliverNext } from '#platform/events/server/deliver.ts'
import { Org } from '#platform/org/contract.ts'
import { Records } from '#platform/records/contract.ts'
import { proofModule, proofTable } from '#test/proof-module.ts'
import { testRuntime } from '#test/runtime.ts'
import type { TestRuntime } from '#test/runtime.ts'
import { accountId, generate, personId, postOf } from '#test/world/world.ts'
import { compileBpmn } from './bpmn/compile.ts'
import { readBpmn } from './bpmn/read.ts'
import type { Ir } from './core/ir.ts'
import { irHash } from './core/step.ts'
import { deliverThrown } from './server/deliver.ts'
import { whoOfActor } from './server/people.ts'
import { commandCase } from './server/run.ts'
import { startCaseOf } from './server/start.ts'
import { saveIrs } from './server/store.ts'
import { fireTimers } from './server/timers.ts'

const settings = (json: object): string => `<b:extensionElements><c:step xmlns:c="https://chengming.cn/schema/bpmn/1">${JSON.stringify(json)}</c:step></b:extensionElements>`
const step = (id: string, name: string, more: object = {}): string => `<b:userTask id="${id}" name="${name}">${settings({ by: { kind: 'initiator' }, ...more })}</b:userTask>`
const flow = (from: string, to: string, more = ''): string => `<b:sequenceFlow id="${from}-${to}" sourceRef="${from}" targetRef="${to}">${more}</b:sequenceFlow>`

const model = `<b:definitions xmlns:b="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
  <b:message id="m" name="复函"/><b:error id="e" errorCode="材料不全"/>
  <b:process id="proof" name="试验">
    <b:startEvent id="start" name="申请">${settings({ form: {} })}</b:startEvent>
    <b:subProcess id="sub" name="审查">
      <b:startEvent id="inside"/>${step('check', '审核', { outcomes: ['approve', 'incomplete'] })}
      <b:exclusiveGateway id="good" default="good-done"/><b:endEvent id="done"/><b:endEvent id="bad"><b:errorEventDefinition errorRef="e"/></b:endEvent>
      ${flow('inside', 'check')}${flow('check', 'good')}${flow('good', 'done')}${flow('good', 'bad', settings({ on: 'incomplete' }))}
    </b:subProcess>
    <b:boundaryEvent id="missing" attachedToRef="sub"><b:errorEventDefinition errorRef="e"/></b:boundaryEvent>
    <b:boundaryEvent id="late" attachedToRef="sub" cancelActivity="false"><b:timerEventDefinition><b:timeDuration>P1D</b:timeDuration></b:timerEventDefinition></b:boundaryEvent>
    ${step('chase', '督办')}${step('amend', '补正')}
    <b:eventBasedGateway id="wait"/>
    <b:intermediateCatchEvent id="reply"><b:messageEventDefinition messageRef="m"/></b:intermediateCatchEvent>
    <b:intermediateCatchEvent id="silence"><b:timerEventDefinition><b:timeDuration>P3D</b:timeDuration></b:timerEventDefinition></b:intermediateCatchEvent>
    ${step('file', '归档')}${step('again', '再催')}<b:endEvent id="end"/><b:endEvent id="over"/>
    ${flow('start', 'sub')}${flow('sub', 'wait')}${flow('missing', 'amend')}${flow('amend', 'sub')}${flow('late', 'chase')}${flow('chase', 'over')}
    ${flow('wait', 'reply')}${flow('wait', 'silence')}${flow('reply', 'file')}${flow('silence', 'again')}${flow('again', 'wait')}${flow('file', 'end')}
  </b:process>
</b:definitions>`

let server: TestRuntime
let ir: Ir
let now = new Date('2026-09-01T02:03:00Z')
before(async () => {
  server = await testRuntime({ services: [proofTable, ...services], modules: [proofModule], clock: () => now })
  await server.runtime.command(null, (ctx) => ctx.use(Org).load(directoryOf(generate())))
  const compiled = compileBpmn(await readBpmn(model))
  assert.deepEqual(compiled.findings, [])
  ir = compiled.irs[0] ?? assert.fail('no process')
  await saveIrs(server.runtime.db, [{ hash: irHash(ir), entity: 'proof_paper', ir }])
})
after(() => server.close())

async function started(): Promise<string> {
  const post = (await server.runtime.query(null, (ctx) => ctx.use(Org).post(postOf('linxiaowen')))) ?? assert.fail('no post')
  const writer = {
    accountId: accountId('linxiaowen'), personId: post.personId, name: post.personName, postId: post.id, unitId: post.unitId, unitName: post.unitName,
    organisationId: post.organisationId, organisationName: post.organisationName, roles: [], sessionId: 'test',
  }
  const values = { subject: '事件试验', head: personId('hexiangdong'), signers: [personId('zhugening')], side: personId('hanxuemei'), chain: [personId('wanglei')], until: '2026-12-01' }
  return server.runtime.command(writer, async (ctx) => {
    const record = await ctx.use(Records).handIn('proof_paper', values)
    // The paper has a case of its own flow, which must not stand in the way: a record has one case.
    await sql`delete from workflow_event where case_id = ${record.caseId}`.execute(ctx.db())
    for (const table of ['workflow_live', 'workflow_timer', 'workflow_actor', 'workflow_task', 'workflow_reading']) await sql`delete from ${sql.table(table)} where case_id = ${record.caseId}`.execute(ctx.db())
    await sql`delete from workflow_case where id = ${record.caseId}`.execute(ctx.db())
    return startCaseOf(ctx, ir, 'proof_paper', record.id, {}, whoOfActor(writer))
  })
}

/** Names of the open steps. */
async function open(caseId: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select data->>'name' as name from workflow_task where case_id = ${caseId} and status = 'open' order by 1`.execute(server.runtime.db)
  return rows.map(({ name }) => name)
}

const complete = (caseId: string, name: string, outcome: string): Promise<unknown> => server.runtime.command(null, (ctx) => commandCase(ctx, caseId, ({ state }) => {
  const task = Object.values(state.tasks).find((one) => one.name === name && one.status === 'open') ?? assert.fail(`${name} is not open`)
  const actor = Object.values(state.actors).find((one) => one.task === task.id && one.status === 'open') ?? assert.fail(`nobody does ${name}`)
  return { kind: 'complete', by: actor.who, actor: actor.id, outcome }
}))

async function pass(days: number): Promise<void> {
  now = new Date(now.getTime() + days * 86_400_000)
  await fireTimers(server.runtime)
}

test('an error out of a sub-process, a boundary timer beside it, and the first of two events', async () => {
  const caseId = await started()
  assert.deepEqual(await open(caseId), ['审核'])
  await complete(caseId, '审核', 'incomplete')
  assert.deepEqual(await open(caseId), ['补正'], 'the error boundary caught it')
  await complete(caseId, '补正', 'next')
  await pass(2)
  assert.deepEqual(await open(caseId), ['审核', '督办'].sort(), 'the timer opened a step beside the sub-process')
  await complete(caseId, '审核', 'approve')
  await complete(caseId, '督办', 'next')
  assert.deepEqual(await open(caseId), [])
  await pass(4)
  assert.deepEqual(await open(caseId), ['再催'], 'nobody answered in time')
  await complete(caseId, '再催', 'next')
  await server.runtime.command(null, (ctx) => deliverThrown(ctx, { caseId: '00000000-0000-0000-0000-000000000000', event: 'message', name: '复函' }))
  while (await deliverNext(server.runtime));
  assert.deepEqual(await open(caseId), ['归档'], 'the answer came')
  await complete(caseId, '归档', 'next')
  const { rows } = await sql<{ status: string; n: number }>`select c.status, (select count(*)::int from workflow_live l where l.case_id = c.id and l.kind <> 'variables') as n from workflow_case c where c.id = ${caseId}`.execute(server.runtime.db)
  assert.deepEqual(rows, [{ status: 'ended', n: 0 }])
})

test('a message nobody waits for, and timers of what is over, do nothing', async () => {
  const caseId = await started()
  await server.runtime.command(null, (ctx) => deliverThrown(ctx, { caseId, event: 'message', name: '复函' }))
  await complete(caseId, '审核', 'approve')
  await pass(2)
  assert.deepEqual(await open(caseId), [], 'the boundary timer went with its sub-process')
})
