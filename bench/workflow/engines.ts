/**
 * Two engines on the same work: cases of five user tasks, one transaction for each step, in which the state is read from PostgreSQL before it and
 * written after it. Ours is the core with its store, without the rest of the platform; theirs is `bpmn-engine` with its own saved state.
 */
import { randomUUID } from 'node:crypto'
import { Engine } from 'bpmn-engine'
import { sql } from 'kysely'
import type { Flow } from '#kit/flow.ts'
import type { Database } from '#platform/db/server/database.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import type { Context, Who } from '#platform/workflow/core/context.ts'
import { step } from '#platform/workflow/core/step.ts'
import { irOf } from '#platform/workflow/server/definitions.ts'
import { readCase, writeChanges } from '#platform/workflow/server/store.ts'
import { hammer } from '../harness.ts'

const TASKS = 5
const who: Who = { person: randomUUID(), post: randomUUID(), unit: randomUUID(), name: '甲' }

const context = (): Context => ({
  now: Date.now(), directory: { resolve: () => [{ who, evidence: 'bench' }], valid: () => true },
  calendar: { add: (from, { n }) => from + n * 86_400_000, instant: Date.parse },
})

async function ourCase(runtime: Runtime, flow: Flow): Promise<void> {
  const ir = irOf(flow)
  const about = { entity: flow.entity, recordId: randomUUID(), organisationId: randomUUID(), unitId: randomUUID() }
  const id = randomUUID()
  const started = step(ir, null, { kind: 'start', case: id, by: who }, context())
  await runtime.command(null, (ctx) => writeChanges(ctx, about, started.changes, started.events))
  for (let n = 1; n <= TASKS; n++) {
    await runtime.command(null, async (ctx) => {
      const state = (await readCase(ctx, id, { lock: true }))?.state
      const open = Object.values(state?.actors ?? {}).find(({ status }) => status === 'open')
      if (state === undefined || open === undefined) throw new Error('nothing to do')
      const { changes, events } = step(ir, state, { kind: 'complete', by: who, actor: open.id, outcome: 'approve' }, context())
      if (n === TASKS && changes.case.status !== 'ended') throw new Error('our case has not ended')
      await writeChanges(ctx, about, changes, events)
    })
  }
}

const SOURCE = `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="five" targetNamespace="bench"><process id="process" isExecutable="true">
<startEvent id="start" />${Array.from({ length: TASKS }, (_, n) => `<userTask id="t${n}" name="审核" />`).join('')}<endEvent id="end" />
${Array.from({ length: TASKS + 1 }, (_, n) => `<sequenceFlow id="f${n}" sourceRef="${n === 0 ? 'start' : `t${n - 1}`}" targetRef="${n === TASKS ? 'end' : `t${n}`}" />`).join('')}
</process></definitions>`

async function theirStep(db: Database, id: string): Promise<void> {
  const { rows } = await sql<{ data: object }>`select data from bench_engine where id = ${id} for update`.execute(db)
  const engine = new Engine({ name: 'five' }).recover(rows[0]?.data)
  const execution = await engine.resume()
  execution.getPostponed().find(({ type }) => type === 'bpmn:UserTask')?.signal({ outcome: 'approve' })
  await sql`update bench_engine set data = ${JSON.stringify(await engine.getState())}::jsonb where id = ${id}`.execute(db)
  if (engine.state === 'running') await engine.stop()
}

async function theirCase(db: Database): Promise<void> {
  const id = randomUUID()
  const engine = new Engine({ name: 'five', source: SOURCE })
  await engine.execute()
  await sql`insert into bench_engine (id, data) values (${id}, ${JSON.stringify(await engine.getState())}::jsonb)`.execute(db)
  await engine.stop()
  for (let n = 1; n <= TASKS; n++) await db.transaction().execute((tx) => theirStep(tx, id))
  const { rows } = await sql<{ completed: boolean }>`select (data->'definitions'->0->'execution'->>'completed')::boolean as completed from bench_engine where id = ${id}`.execute(db)
  if (rows[0]?.completed !== true) throw new Error('their case has not ended')
}

async function measured(name: string, cases: number, atOnce: number, work: () => Promise<void>): Promise<{ name: string; 'cases per second': number; 'steps per second': number }> {
  await hammer(Math.ceil(cases / 5), atOnce, work)
  const { seconds } = await hammer(cases, atOnce, work)
  return { name, 'cases per second': Math.round(cases / seconds), 'steps per second': Math.round((cases * TASKS) / seconds) }
}

/** Both in turn, twice, so that a busy moment of the machine meets both; the better round of each counts. */
export async function engines(runtime: Runtime, flow: Flow, cases: number, atOnce: number): Promise<{ rows: object[]; ratio: number }> {
  await sql`create table bench_engine (id uuid primary key, data jsonb not null)`.execute(runtime.db)
  const rounds = []
  for (let round = 0; round < 2; round++) {
    rounds.push(await measured('core and store: five tasks, read back and stored', cases, atOnce, () => ourCase(runtime, flow)))
    rounds.push(await measured('bpmn-engine and its state: the same', Math.ceil(cases / 4), atOnce, () => theirCase(runtime.db)))
  }
  const best = [...Map.groupBy(rounds, ({ name }) => name).values()].map((same) => same.toSorted((a, b) => b['steps per second'] - a['steps per second'])[0])
  const [ours, theirs] = best.map((row) => row?.['steps per second'] ?? 0)
  return { rows: best.filter((row) => row !== undefined), ratio: Math.round(((ours ?? 0) / (theirs ?? 1)) * 10) / 10 }
}
