/** Many people on one case at the same moment, on a real database. */
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { directoryOf } from '#apps/demonstration.ts'
import { services } from '#apps/services.ts'
import { access } from '#kit/access.ts'
import type { Actor } from '#kit/context.ts'
import { entity } from '#kit/entity.ts'
import { Failure } from '#kit/failure.ts'
import { people } from '#kit/fields/reference.ts'
import { text } from '#kit/fields/text.ts'
import { approval, field, flow, initiator, start, task } from '#kit/flow.ts'
import { module } from '#kit/module.ts'
import { fill } from '#kit/words.ts'
import { Org } from '#platform/org/contract.ts'
import { entityColumns } from '#platform/records/server/columns.ts'
import { Records } from '#platform/records/contract.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { Workflow } from '#platform/workflow/contract.ts'
import { testRuntime } from '#test/runtime.ts'
import type { TestRuntime } from '#test/runtime.ts'
import { statementsOf } from '#test/statements.ts'
import { CAST } from '#test/world/cast.ts'
import { accountId, generate, personId } from '#test/world/world.ts'

const SIGNERS = 100

const CrowdPaper = entity('crowd_paper', '众人件', {
  subject: text('事项', { max: 200, required: true }),
  crowd: people('会签人', { required: true }),
}, { states: { draft: '草稿', open: '办理中', done: '办结' }, title: '{subject}' })

const crowdFlow = flow(CrowdPaper, {
  apply: start('申请'),
  joint: approval('会签', { by: field('crowd'), decide: 'all' }),
  shared: task('分办', { by: field('crowd'), decide: 'any' }),
  last: task('确认', { by: initiator() }),
}, [['apply', 'joint'], ['joint', 'shared'], ['shared', 'last'], ['last', 'end']], { states: { apply: 'draft', joint: 'open', end: 'done' } })

const crowdModule = {
  definition: module({
    id: 'crowd', title: '众人', icon: 'table', group: 'office', order: 1, entities: [CrowdPaper], flows: [crowdFlow],
    access: access({ view: { everyone: 'own' }, create: { everyone: 'own' } }),
  }),
  server: {},
} as const

const crowdTable: PlatformService = {
  id: 'crowd-table',
  async sync({ db }) {
    const columns = Object.entries(entityColumns(CrowdPaper)).map(([name, type]) => `"${name}" ${type}${name === 'id' ? ' primary key' : ''}`)
    await sql.raw(`create table crowd_paper (${columns.join(', ')})`).execute(db)
  },
}

let server: TestRuntime
let writer: Actor
let crowd: readonly Actor[]

async function actorOf(person: string, login: string): Promise<Actor> {
  const [post] = await server.runtime.query(null, (ctx) => ctx.use(Org).posts(person))
  if (post === undefined) return assert.fail(`${login} has no post`)
  const { id, personName, unitId, unitName, organisationId, organisationName } = post
  return { accountId: accountId(login), personId: person, name: personName, postId: id, unitId, unitName, organisationId, organisationName, roles: [], sessionId: 'test' }
}

before(async () => {
  server = await testRuntime({ services: [crowdTable, ...services], modules: [crowdModule] })
  const world = generate(300)
  await server.runtime.command(null, (ctx) => ctx.use(Org).load(directoryOf(world)))
  const known = new Set(CAST.map(({ login }) => login))
  writer = await actorOf(personId('linxiaowen'), 'linxiaowen')
  crowd = await Promise.all(world.accounts.filter(({ login }) => !known.has(login)).slice(0, SIGNERS).map(({ login }) => actorOf(personId(login), login)))
})
after(() => server.close())

async function started(signers: readonly Actor[]): Promise<{ caseId: string; id: string }> {
  const { id, caseId } = await server.runtime.command(writer, (ctx) => ctx.use(Records).handIn('crowd_paper', { subject: '众人办理', crowd: signers.map((one) => one.personId) }))
  return { id, caseId: caseId ?? assert.fail('no case') }
}

/** Acts on the part each person has open now: the parts are read first, then everybody acts in the same moment. */
async function actTogether(caseId: string, actors: readonly Actor[], outcome: string): Promise<PromiseSettledResult<void>[]> {
  const parts = await Promise.all(actors.map((actor) => server.runtime.query(actor, (ctx) => ctx.use(Workflow).rights(caseId))))
  return Promise.allSettled(actors.map((actor, index) => {
    const { taskIds: [key = ''], revisions } = parts[index] ?? assert.fail('no part')
    return server.runtime.command(actor, (ctx) => ctx.use(Workflow).act(key, { operation: 'complete', outcome, revision: revisions[key] ?? -1 }))
  }))
}

/** How often something happened at a step, and with how many different parts. */
async function happened(caseId: string, kind: string, node: string): Promise<{ times: number; parts: number }> {
  const { rows } = await sql<{ times: number; parts: number }>`
    select count(*)::int as times, count(distinct data->>'actor')::int as parts from workflow_event where case_id = ${caseId} and kind = ${kind} and data->>'node' = ${node}`.execute(server.runtime.db)
  return rows[0] ?? assert.fail('no row')
}

async function inBox(id: string, box: string, step: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(distinct person_id)::int as n from todo_item where record_id = ${id} and box = ${box} and step_name = ${step}`.execute(server.runtime.db)
  return rows[0]?.n ?? 0
}

test('a hundred people sign one 会签 at the same moment: each exactly once, and the case moves on once', async () => {
  const { id, caseId } = await started(crowd)
  assert.equal(await inBox(id, 'todo', '会签'), SIGNERS)
  const results = await actTogether(caseId, crowd, 'approve')
  assert.deepEqual(results.flatMap((one) => (one.status === 'rejected' ? [String(one.reason)] : [])), [])
  assert.deepEqual(await happened(caseId, 'actor.done', 'joint'), { times: SIGNERS, parts: SIGNERS })
  assert.equal((await happened(caseId, 'task.closed', 'joint')).times, 1)
  assert.equal((await happened(caseId, 'task.opened', 'shared')).times, 1)
  assert.deepEqual([await inBox(id, 'todo', '会签'), await inBox(id, 'done', '会签'), await inBox(id, 'todo', '分办')], [0, SIGNERS, SIGNERS])
})

test('two people do one shared task in the same instant: one succeeds, the other is told who was faster and when', async () => {
  const pair = crowd.slice(0, 2)
  const { id, caseId } = await started(pair)
  await actTogether(caseId, pair, 'approve')
  assert.equal(await inBox(id, 'todo', '分办'), 2)
  const results = await actTogether(caseId, pair, 'next')
  assert.deepEqual(results.map(({ status }) => status).toSorted(), ['fulfilled', 'rejected'])
  const winner = pair[results.findIndex(({ status }) => status === 'fulfilled')]
  const reason: unknown = results.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []))[0]
  if (!(reason instanceof Failure)) throw reason
  const words = server.runtime.registry.errors[reason.code]
  assert.match(reason.code, /^workflow\.task\./)
  assert.equal(words?.status, 409)
  const told = fill(words.text, reason.details)
  assert.ok(told.includes(winner?.name ?? '?'), told)
  assert.match(told, / 于 \d\d:\d\d /u)
  assert.equal((await happened(caseId, 'actor.done', 'shared')).times, 1)
  assert.equal((await happened(caseId, 'task.opened', 'last')).times, 1)
  assert.deepEqual([await inBox(id, 'todo', '分办'), await inBox(id, 'todo', '确认')], [0, 1])
})

/** Both numbers have some room: they fail when a command asks once for each person, or each service for itself what another has asked. */
test('a command sends few statements, however many people it concerns', async () => {
  const few = crowd.slice(0, 2)
  const sent = async (work: () => Promise<unknown>): Promise<number> => (await statementsOf(work)).length
  const [small, large] = [await sent(() => started(few)), await sent(() => started(crowd))]
  assert.equal(large, small)
  assert.ok(large <= 18, `${large} statements for handing in`)
  const { caseId } = await started(crowd)
  const [first] = crowd
  const { taskIds: [key = ''] } = await server.runtime.query(first ?? null, (ctx) => ctx.use(Workflow).rights(caseId))
  const copies = await sent(() => server.runtime.command(writer, (ctx) => ctx.use(Workflow).inform(caseId, crowd.map(({ postId }) => postId))))
  const approved = await sent(() => server.runtime.command(first ?? null, (ctx) => ctx.use(Workflow).act(key, { operation: 'complete', outcome: 'approve' })))
  assert.ok(copies <= 12 && approved <= 12, `${copies} statements for reading copies, ${approved} for an approval`)
})
