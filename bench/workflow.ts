/**
 * Commands of the workflow through store and PostgreSQL, without HTTP: cases of five steps, several in parallel; then the pages of one
 * person's boxes with 500,000 finished and 20,000 open lines. The database is the tests' own, which does not wait for the disk.
 */
import { sql } from 'kysely'
import { services } from '#apps/services.ts'
import { access } from '#kit/access.ts'
import type { Actor } from '#kit/context.ts'
import { entity } from '#kit/entity.ts'
import { person } from '#kit/fields/reference.ts'
import { text } from '#kit/fields/text.ts'
import { approval, field, flow, start, workdays } from '#kit/flow.ts'
import { module } from '#kit/module.ts'
import { Org } from '#platform/org/contract.ts'
import { entityColumns } from '#platform/records/server/columns.ts'
import { Records } from '#platform/records/contract.ts'
import type { LoadedModule } from '#platform/registry/server/registry.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { Todo } from '#platform/todo/contract.ts'
import { listTodos } from '#platform/todo/server/list.ts'
import type { TodoQuery } from '#platform/todo/server/list.ts'
import { Workflow } from '#platform/workflow/contract.ts'
import { loadWorld } from '#test/http.ts'
import { testRuntime } from '#test/runtime.ts'
import { CAST } from '#test/world/cast.ts'
import { accountId, personId } from '#test/world/world.ts'
import { hammer, percentiles, report } from './harness.ts'

const CASES = Number(process.argv[2] ?? 400)
const AT_ONCE = Number(process.argv[3] ?? 8)
const DONE = 500_000
const OPEN = 20_000
const ROUNDS = 200

const BenchPaper = entity('bench_paper', '压测件', {
  subject: text('事项', { max: 200, required: true }),
  one: person('一', { required: true }), two: person('二', { required: true }), three: person('三', { required: true }), four: person('四', { required: true }),
  five: person('五', { required: true }),
}, { states: { draft: '草稿', open: '办理中', done: '办结' }, title: '{subject}' })

const STEPS = ['one', 'two', 'three', 'four', 'five'] as const
const stepOf = (name: (typeof STEPS)[number]) => approval(`审核${name}`, { by: field(name), due: workdays(3) })

const benchModule: LoadedModule = {
  definition: module({
    id: 'bench', title: '压测', icon: 'table', group: 'office', order: 1, entities: [BenchPaper], access: access({ view: { everyone: 'own' }, create: { everyone: 'own' } }),
    flows: [flow(BenchPaper, {
      apply: start('申请'), one: stepOf('one'), two: stepOf('two'), three: stepOf('three'), four: stepOf('four'), five: stepOf('five'),
    }, [['apply', 'one'], ['one', 'two'], ['two', 'three'], ['three', 'four'], ['four', 'five'], ['five', 'end']], {
      may: ['return', 'withdraw'], states: { apply: 'draft', one: 'open', end: 'done' },
    })],
  }),
  server: {},
}

const benchTable: PlatformService = {
  id: 'bench-table',
  async sync({ db }) {
    const columns = Object.entries(entityColumns(BenchPaper)).map(([name, type]) => `"${name}" ${type}${name === 'id' ? ' primary key' : ''}`)
    await sql.raw(`create table if not exists bench_paper (${columns.join(', ')})`).execute(db)
  },
}

async function actorOf(runtime: Runtime, login: string): Promise<Actor> {
  const [post] = await runtime.query(null, (ctx) => ctx.use(Org).posts(personId(login)))
  if (post === undefined) throw new Error(`${login} has no post`)
  const { id, personName, unitId, unitName, organisationId } = post
  return { accountId: accountId(login), personId: post.personId, name: personName, postId: id, unitId, unitName, organisationId, organisationName: unitName, roles: [], sessionId: 'bench' }
}

interface Times {
  readonly start: number[]
  readonly act: number[]
}

async function timed<T>(times: number[], run: () => Promise<T>): Promise<T> {
  const begin = performance.now()
  const result = await run()
  times.push(performance.now() - begin)
  return result
}

/** One case from the draft to the end: each case with six people of its own turn, so that the same people meet as seldom as in a district. */
async function oneCase(runtime: Runtime, people: readonly Actor[], index: number, times: Times): Promise<void> {
  const turn = (step: number): Actor => people[(index * 7 + step) % people.length] as Actor
  const doers = Object.fromEntries(STEPS.map((name, step) => [name, turn(step + 1).personId]))
  const { caseId } = await timed(times.start, () => runtime.command(turn(0), (ctx) => ctx.use(Records).handIn('bench_paper', { subject: `压测 ${index}`, ...doers })))
  for (const step of STEPS.keys()) {
    const by = turn(step + 1)
    const { taskIds } = await runtime.query(by, (ctx) => ctx.use(Workflow).rights(caseId ?? ''))
    await timed(times.act, () => runtime.command(by, (ctx) => ctx.use(Workflow).act(taskIds[0] ?? '', { operation: 'complete', outcome: 'approve', opinion: '同意' })))
  }
}

async function commands(runtime: Runtime, people: readonly Actor[]): Promise<object[]> {
  const warm: Times = { start: [], act: [] }
  await hammer(50, AT_ONCE, (index) => oneCase(runtime, people, index, warm))
  const times: Times = { start: [], act: [] }
  const { seconds } = await hammer(CASES, AT_ONCE, (index) => oneCase(runtime, people, index, times))
  const perSecond = Math.round((times.start.length + times.act.length) / seconds)
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from workflow_case where status = 'ended'`.execute(runtime.db)
  if (rows[0]?.n !== CASES + 50) throw new Error(`${rows[0]?.n} of ${CASES + 50} cases have ended`)
  return [
    { name: `commands, ${AT_ONCE} cases at once`, 'per second': perSecond, ...percentiles([...times.start, ...times.act]) },
    { name: '  hand in and start', ...percentiles(times.start) },
    { name: '  approve', ...percentiles(times.act) },
  ]
}

/** All lines belong to one person: the worst case. */
async function fillBoxes(runtime: Runtime, { personId: owner }: Actor): Promise<void> {
  await sql`
    insert into todo_item (id, person_id, box, entity, record_id, case_id, title, module_title, step_name, sender, urgency, at, due)
    select 'bench-' || n, ${owner}::uuid, case when n <= ${sql.lit(OPEN)} then 'todo' else 'done' end, 'bench_paper', md5('r' || n)::uuid, md5('c' || n)::uuid, '关于防汛工作的请示 ' || n, '压测', '审核', '区政府办 何向东',
      n % 3, timestamptz '2020-01-01' + n * interval '5 minutes', case when n <= ${sql.lit(OPEN)} and n % 2 = 0 then timestamptz '2026-01-01' + n * interval '20 minutes' end
    from generate_series(1, ${sql.lit(DONE + OPEN)}) n`.execute(runtime.db)
  await sql`vacuum analyze todo_item`.execute(runtime.db)
}

async function boxes(runtime: Runtime, actor: Actor): Promise<object[]> {
  await fillBoxes(runtime, actor)
  const page = (query: Partial<TodoQuery>) => runtime.query(actor, (ctx) => listTodos(ctx, { box: 'todo', sort: '-at', limit: 20, ...query }))
  const after = (await page({ box: 'done', limit: 100 })).next ?? undefined
  const pages: [string, () => Promise<unknown>][] = [
    ['待办: first page', () => page({})], ['待办: by due', () => page({ sort: 'due' })], ['待办: overdue', () => page({ due: 'overdue' })], ['待办: urgent', () => page({ urgency: 'urgent' })],
    ['待办: search', () => page({ search: '防汛' })], ['待办: search, nothing', () => page({ search: '没有这件' })],
    ['已办: first page', () => page({ box: 'done' })], ['已办: after row 100', () => page({ box: 'done', after })], ['已办: search', () => page({ box: 'done', search: '防汛' })],
    ['counts', () => runtime.query(actor, (ctx) => ctx.use(Todo).counts(actor.personId))],
  ]
  const rows: object[] = []
  for (const [name, run] of pages) {
    const { times, seconds } = await hammer(ROUNDS, 1, async () => void (await run()))
    rows.push({ name, 'per second': Math.round(ROUNDS / seconds), ...percentiles(times) })
  }
  return rows
}

const { runtime, close } = await testRuntime({ services: [benchTable, ...services], modules: [benchModule] })
await loadWorld(runtime)
/** The three administrations do no business. */
const officials = CAST.filter(({ slot }) => !/^data\/(systems|security)\//.test(slot))
const people = await Promise.all(officials.map(({ login }) => actorOf(runtime, login)))
const rows = [...await commands(runtime, people), ...await boxes(runtime, people[0] as Actor)]
report('workflow', rows, { cases: CASES, atOnce: AT_ONCE, done: DONE, open: OPEN })
await close()
process.exit(0)
