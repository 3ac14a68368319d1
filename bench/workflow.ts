/**
 * Commands of the workflow through store and PostgreSQL, without HTTP: cases of five steps, several in parallel; the same work by another engine; a
 * case for 1,000 people; then the pages of a busy person's boxes. `npm run bench:workflow -- 400 8 5000000 200000`: cases, so many at once,
 * finished and open lines. The database is an embedded one with the settings of an installation: every commit waits for the disk.
 */
import { sql } from 'kysely'
import { services } from '#apps/services.ts'
import type { Actor } from '#kit/context.ts'
import { Access } from '#platform/access/contract.ts'
import { Org } from '#platform/org/contract.ts'
import { Records } from '#platform/records/contract.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { Workflow } from '#platform/workflow/contract.ts'
import { loadWorld } from '#test/http.ts'
import { testRuntime } from '#test/runtime.ts'
import { statementsOf } from '#test/statements.ts'
import { CAST } from '#test/world/cast.ts'
import { accountId, generate, personId } from '#test/world/world.ts'
import { durableServer } from './durable.ts'
import { hammer, percentiles, report } from './harness.ts'
import { boxes } from './workflow/boxes.ts'
import { cpuOf } from './workflow/cpu.ts'
import { engines } from './workflow/engines.ts'
import { benchModule, benchTables, paperFlow, STEPS } from './workflow/module.ts'

const CASES = Number(process.argv[2] ?? 400)
const AT_ONCE = Number(process.argv[3] ?? 8)
const DONE = Number(process.argv[4] ?? 500_000)
const OPEN = Number(process.argv[5] ?? 20_000)
const READERS = 1000

/** Somebody signed in, with her rights prepared as for every request. */
async function actorOf(runtime: Runtime, login: string): Promise<Actor> {
  const [post] = await runtime.query(null, (ctx) => ctx.use(Org).posts(personId(login)))
  if (post === undefined) throw new Error(`${login} has no post`)
  const { id, personName, unitId, unitName, organisationId, organisationName } = post
  const actor = { accountId: accountId(login), personId: post.personId, name: personName, postId: id, unitId, unitName, organisationId, organisationName, roles: [], sessionId: 'bench' }
  await runtime.query(actor, (ctx) => ctx.use(Access).prepare(actor))
  return actor
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

/** The line of the to-do list that a person clicks. */
async function openLine({ db }: Runtime, recordId: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`select id from todo_item where entity = 'bench_paper' and record_id = ${recordId} and box = 'todo'`.execute(db)
  return rows[0]?.id ?? ''
}

/** One case from the draft to the end: each case with six people of its own turn, so that the same people meet as seldom as in a district. */
async function oneCase(runtime: Runtime, people: readonly Actor[], index: number, times: Times): Promise<void> {
  const turn = (step: number): Actor => people[(index * 7 + step) % people.length] as Actor
  const doers = Object.fromEntries(STEPS.map((name, step) => [name, turn(step + 1).personId]))
  const { id } = await timed(times.start, () => runtime.command(turn(0), (ctx) => ctx.use(Records).handIn('bench_paper', { subject: `压测 ${index}`, ...doers })))
  for (const step of STEPS.keys()) {
    const key = await openLine(runtime, id)
    await timed(times.act, () => runtime.command(turn(step + 1), (ctx) => ctx.use(Workflow).act(key, { operation: 'complete', outcome: 'approve', opinion: '同意' })))
  }
}

/** What a command sends to the database, counted on one case. */
async function statements(runtime: Runtime, people: readonly Actor[]): Promise<{ start: number; act: number }> {
  const count = async (work: () => Promise<unknown>): Promise<number> => (await statementsOf(work)).length
  const [first, second] = people
  const doers = Object.fromEntries(STEPS.map((name) => [name, second?.personId]))
  let id = ''
  const start = await count(async () => {
    id = (await runtime.command(first ?? null, (ctx) => ctx.use(Records).handIn('bench_paper', { subject: '压测', ...doers }))).id
  })
  const key = await openLine(runtime, id)
  const act = await count(() => runtime.command(second ?? null, (ctx) => ctx.use(Workflow).act(key, { operation: 'complete', outcome: 'approve' })))
  return { start, act }
}

async function commands(runtime: Runtime, people: readonly Actor[]): Promise<object[]> {
  const warm: Times = { start: [], act: [] }
  await hammer(50, AT_ONCE, (index) => oneCase(runtime, people, index, warm))
  const times: Times = { start: [], act: [] }
  let seconds = 0
  const cpu = await cpuOf(runtime.db, CASES * (STEPS.length + 1), async () => {
    seconds = (await hammer(CASES, AT_ONCE, (index) => oneCase(runtime, people, index, times))).seconds
  })
  const perSecond = Math.round((times.start.length + times.act.length) / seconds)
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from workflow_case where status = 'ended'`.execute(runtime.db)
  if (rows[0]?.n !== CASES + 50) throw new Error(`${rows[0]?.n} of ${CASES + 50} cases have ended`)
  const counted = await statements(runtime, people)
  return [
    { name: `commands, ${AT_ONCE} cases at once`, 'per second': perSecond, ...percentiles([...times.start, ...times.act]), ...cpu },
    { name: '  hand in and start', ...percentiles(times.start), statements: counted.start },
    { name: '  approve', ...percentiles(times.act), statements: counted.act },
  ]
}

/** A case whose first step is for all of them at once, and reading copies of it for all of them. */
async function crowd(runtime: Runtime, by: Actor, readers: readonly string[]): Promise<object[]> {
  const times: { start: number[]; copies: number[] } = { start: [], copies: [] }
  const posts = await runtime.query(null, (ctx) => ctx.use(Org).mainPosts(readers))
  for (let round = 0; round < 5; round++) {
    const { caseId } = await timed(times.start, () => runtime.command(by, (ctx) => ctx.use(Records).handIn('bench_crowd', { subject: '压测', crowd: readers })))
    await timed(times.copies, () => runtime.command(by, (ctx) => ctx.use(Workflow).inform(caseId ?? '', [...posts.values()].map(({ id }) => id))))
  }
  return [{ name: `start with ${readers.length} signers`, ...percentiles(times.start) }, { name: `${posts.size} reading copies`, ...percentiles(times.copies) }]
}

const stop = await durableServer('workflow')
const { runtime, close } = await testRuntime({ services: [benchTables, ...services], modules: [benchModule] })
await loadWorld(runtime, READERS)
/** The three administrations do no business. */
const officials = CAST.filter(({ slot }) => !/^data\/(systems|security)\//.test(slot))
const people = await Promise.all(officials.map(({ login }) => actorOf(runtime, login)))
const [first] = people
if (first === undefined) throw new Error('nobody is there')
const readers = generate(READERS).accounts.slice(-READERS).map(({ login }) => personId(login))
const speed = await commands(runtime, people)
const compared = await engines(runtime, paperFlow, CASES, AT_ONCE)
const many = await crowd(runtime, first, readers)
report('workflow', [...speed, ...compared.rows, ...many, ...await boxes(runtime, first, { done: DONE, open: OPEN })], {
  cases: CASES, atOnce: AT_ONCE, done: DONE, open: OPEN, 'times as fast as bpmn-engine': compared.ratio,
})
await close()
await stop()
process.exit(0)
