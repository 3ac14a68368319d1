/**
 * Cases that are over leave the tables of what runs: how fast, how much room they take before and after, and what reading one costs.
 * `npm run bench:workflow-history -- 30000`.
 */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { services } from '#apps/services.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import type { Context, Who } from '#platform/workflow/core/context.ts'
import { step } from '#platform/workflow/core/step.ts'
import { irOf } from '#platform/workflow/server/definitions.ts'
import { archiveCases } from '#platform/workflow/server/history/archive.ts'
import { readCase, writeChanges } from '#platform/workflow/server/store.ts'
import { testRuntime } from '#test/runtime.ts'
import { hammer, percentiles, report } from './harness.ts'
import { benchModule, benchTables, paperFlow } from './workflow/module.ts'

const CASES = Number(process.argv[2] ?? 30_000)
const READS = 500
const NOW = new Date('2026-11-25T02:00:00Z')
const ENDED = new Date('2026-11-01T02:00:00Z').getTime()
const who: Who = { person: randomUUID(), post: randomUUID(), unit: randomUUID(), name: '何向东' }
const context: Context = {
  now: ENDED, directory: { resolve: () => [{ who, evidence: '2026年11月1日时区政府办负责人' }], valid: () => true },
  calendar: { add: (from, { n }) => from + n * 86_400_000, instant: Date.parse },
}
const TABLES = ['workflow_task', 'workflow_actor', 'workflow_live'] as const

/** One case of five approvals, from its start to its end. */
async function whole(runtime: Runtime): Promise<string> {
  const ir = irOf(paperFlow)
  const id = randomUUID()
  const about = { entity: paperFlow.entity, recordId: randomUUID(), organisationId: randomUUID(), unitId: randomUUID() }
  let { state, changes, events } = step(ir, null, { kind: 'start', case: id, by: who, variables: { subject: '关于防汛工作的请示' } }, context)
  for (;;) {
    const written = { changes, events }
    await runtime.command(null, (ctx) => writeChanges(ctx, about, written.changes, written.events))
    const open = Object.values(state.actors).find(({ status }) => status === 'open')
    if (open === undefined) return id
    ;({ state, changes, events } = step(ir, state, { kind: 'complete', by: who, actor: open.id, outcome: 'approve', opinion: '同意，请按程序办理。' }, context))
  }
}

/** The same case so many times over. */
async function fill(runtime: Runtime): Promise<void> {
  const one = await whole(runtime)
  const { db } = runtime
  await sql`
    insert into workflow_case (id, entity, record_id, organisation_id, unit_id, ir, status, initiator_id, started_at, ended_at, data)
    select md5('c' || n)::uuid, entity, md5('r' || n)::uuid, organisation_id, unit_id, ir, status, initiator_id, started_at, ended_at, data from workflow_case, generate_series(1, ${sql.lit(CASES)}) n where id = ${one}`.execute(db)
  for (const table of TABLES) {
    const kind = table === 'workflow_live' ? sql`kind,` : sql``
    await sql`insert into ${sql.table(table)} (case_id, ${kind} id, data) select md5('c' || n)::uuid, ${kind} id, data from ${sql.table(table)}, generate_series(1, ${sql.lit(CASES)}) n where case_id = ${one}`.execute(db)
  }
  await sql`vacuum analyze workflow_case, workflow_task, workflow_actor, workflow_live`.execute(db)
}

const megabytes = async ({ db }: Runtime, tables: readonly string[]): Promise<number> => {
  const { rows } = await sql<{ bytes: string }>`select sum(pg_total_relation_size(t::regclass)) as bytes from unnest(${[...tables]}::text[]) t`.execute(db)
  return Math.round(Number(rows[0]?.bytes ?? 0) / 1_048_576)
}

async function reading(runtime: Runtime, name: string): Promise<object> {
  const { rows } = await sql<{ id: string }>`select id from workflow_case order by id limit ${READS}`.execute(runtime.db)
  let next = 0
  const { times } = await hammer(READS, 1, async () => void (await runtime.query(null, (ctx) => readCase(ctx, rows[next++ % rows.length]?.id ?? ''))))
  return { name, ...percentiles(times) }
}

const server = await testRuntime({ services: [benchTables, ...services], modules: [benchModule], clock: () => NOW })
const { runtime } = server
await fill(runtime)
const before = await megabytes(runtime, TABLES)
const rows = [await reading(runtime, 'a case among what runs')]
const begin = performance.now()
const moved = await archiveCases(runtime)
const seconds = (performance.now() - begin) / 1000
for (const table of TABLES) await sql`vacuum full ${sql.table(table)}`.execute(runtime.db)
await sql`vacuum analyze workflow_history, workflow_case`.execute(runtime.db)
rows.push(await reading(runtime, 'a case of the history'))
report('workflow-history', rows, { cases: moved, 'cases a second': Math.round(moved / seconds), 'MB before': before, 'MB after': await megabytes(runtime, TABLES), 'MB of history': await megabytes(runtime, ['workflow_history']) })
await server.close()
process.exit(0)
