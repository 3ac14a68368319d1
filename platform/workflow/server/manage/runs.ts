import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { FlowRunDetailWire, FlowRunWire, FlowSummaryWire } from '#kit/wire/flow-run.ts'
import { Access } from '#platform/access/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { decodeCursor, pageOf } from '#platform/db/server/keyset.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import { Org } from '#platform/org/contract.ts'
import { jumpsOf } from '../../core/jumps.ts'
import type { Actor, CaseRow, State, Task } from '../../core/state.ts'
import { irOf } from '../definitions.ts'
import { actorKey } from '../keys.ts'
import { businessOf, recordOf } from '../record.ts'
import { withCore } from '../run.ts'
import { readCase, irOfCase } from '../store.ts'
import { managedBy, manages } from './rights.ts'
import { gonePeople, troublesOf, troubleWires } from './troubles.ts'
import type { TroubleRow } from './troubles.ts'

export interface RunsQuery {
  readonly entity?: string | undefined
  readonly node?: string | undefined
  readonly unit?: string | undefined
  readonly person?: string | undefined
  /** Days that an open step has been where it is, at least. */
  readonly age?: number | undefined
  /** `stuck`: a timer failed too often, or nothing has moved for two weeks. */
  readonly only?: 'overdue' | 'stuck' | 'suspended' | undefined
  readonly after?: string | undefined
  readonly limit: number
}

interface Row {
  readonly id: string
  readonly entity: string
  readonly record_id: string
  readonly status: FlowRunWire['status']
  readonly started_at: Date
  readonly unit_id: string | null
  readonly data: CaseRow
  readonly tasks: readonly Task[] | null
  readonly actors: readonly Actor[] | null
  readonly dead: number
  readonly troubles: readonly TroubleRow[] | null
}

const DAY_MS = 86_400_000
const QUIET_MS = 14 * DAY_MS

const overdue = (now: Date): RawBuilder<boolean> => sql`t.status = 'open' and (t.data->>'due')::bigint < ${now.getTime()}`

/** Cases of the actor's organisation that have not ended; null: she manages none. */
async function mine(ctx: ServerContext): Promise<RawBuilder<boolean>> {
  const managed = await managedBy(ctx)
  if (managed === null) return ctx.fail('access.denied')
  return managed === 'district' ? sql`c.status in ('running', 'suspended')` : sql`c.status in ('running', 'suspended') and c.organisation_id = ${managed.organisation}`
}

function conditions(ctx: ServerContext, { entity, node, unit, person, age, only }: RunsQuery, gone: readonly string[]): RawBuilder<boolean>[] {
  const parts: RawBuilder<boolean>[] = []
  if (entity !== undefined) parts.push(sql`c.entity = ${entity}`)
  if (unit !== undefined) parts.push(sql`c.unit_id = ${unit}`)
  if (node !== undefined) parts.push(sql`exists (select from workflow_task t where t.case_id = c.id and t.status = 'open' and t.data->>'node' = ${node})`)
  if (person !== undefined) parts.push(sql`exists (select from workflow_actor a where a.case_id = c.id and a.person_id = ${person} and a.status = 'open')`)
  if (age !== undefined) parts.push(sql`exists (select from workflow_task t where t.case_id = c.id and t.status = 'open' and (t.data->>'openedAt')::bigint <= ${ctx.now.getTime() - age * DAY_MS})`)
  if (only === 'suspended') parts.push(sql`c.status = 'suspended'`)
  if (only === 'overdue') parts.push(sql`exists (select from workflow_task t where t.case_id = c.id and ${overdue(ctx.now)})`)
  if (only === 'stuck') {
    parts.push(sql`(${troublesOf(gone)} is not null
      or (not exists (select from workflow_timer t where t.case_id = c.id and t.data->>'kind' = 'wait')
        and not exists (select from workflow_event e where e.case_id = c.id and e.at > ${new Date(ctx.now.getTime() - QUIET_MS)})))`)
  }
  return parts
}

const columns = (gone: readonly string[]): RawBuilder<unknown> => sql`
  c.id, c.entity, c.record_id, c.status, c.started_at, c.unit_id, c.data,
  (select jsonb_agg(t.data order by (t.data->>'id')::int) from workflow_task t where t.case_id = c.id and t.status = 'open') as tasks,
  (select jsonb_agg(a.data order by (a.data->>'order')::int, (a.data->>'id')::int) from workflow_actor a where a.case_id = c.id and a.status = 'open') as actors,
  (select count(*)::int from workflow_timer t where t.case_id = c.id and t.dead) as dead, ${troublesOf(gone)} as troubles`

const iso = (instant: number): string => new Date(instant).toISOString()

const partOf = (caseId: string, { id, who, onBehalfOf }: Actor): FlowRunWire['steps'][number]['parts'][number] => ({ id: actorKey(caseId, id), name: who.name, personId: who.person, onBehalfOf: onBehalfOf?.name ?? null })

const stepsOf = ({ id, tasks, actors }: Row): FlowRunWire['steps'] => (tasks ?? []).map((task) => ({
  node: task.node, name: task.name, since: iso(task.openedAt), due: task.due === null ? null : iso(task.due),
  parts: (actors ?? []).filter((actor) => actor.task === task.id).map((actor) => partOf(id, actor)),
}))

async function wiresOf(ctx: ServerContext, rows: readonly Row[]): Promise<FlowRunWire[]> {
  const names = await ctx.use(Org).names(rows.flatMap(({ unit_id }) => unit_id ?? []))
  return Promise.all(rows.map(async (row) => {
    const { title } = await recordOf(ctx, row.entity, row.record_id)
    const troubles = troubleWires(row.troubles)
    return {
      caseId: row.id, entity: row.entity, recordId: row.record_id, title, process: businessOf(ctx, row.entity).flow.title, status: row.status,
      initiator: row.data.initiator.name, unitName: names[row.unit_id ?? ''] ?? '', startedAt: row.started_at.toISOString(), steps: stepsOf(row), dead: row.dead, stuck: troubles.map(({ text }) => text).join('；') || null, troubles,
    }
  }))
}

/** What the list is in the order of: since when a case is under way, or, of those that are stuck, since when it has been that. */
const orderOf = ({ only }: RunsQuery, gone: readonly string[]): RawBuilder<Date> =>
  only === 'stuck' ? sql<Date>`date_trunc('milliseconds', coalesce((${troublesOf(gone)}->0->>'since')::timestamptz, c.started_at))` : sql<Date>`c.started_at`

/** A page of the cases under way; those longest so come first. */
export async function listRuns(ctx: ServerContext, query: RunsQuery): Promise<{ items: FlowRunWire[]; next: string | null }> {
  const managed = await mine(ctx)
  const gone = await gonePeople(ctx, managed)
  const parts = [managed, ...conditions(ctx, query, gone)]
  const order = orderOf(query, gone)
  if (query.after !== undefined) {
    const { value, id } = decodeCursor(ctx, query.after)
    parts.push(sql`(${order}, c.id) > (${value}::timestamptz, ${id}::uuid)`)
  }
  const { rows } = await sql<Row & { since: Date }>`select ${columns(gone)}, ${order} as since from workflow_case c where ${sql.join(parts, sql` and `)} order by since, c.id limit ${query.limit + 1}`.execute(ctx.db())
  const page = pageOf(rows, query.limit, (row) => ({ value: row.since.toISOString(), id: row.id }))
  return { items: await wiresOf(ctx, page.items), next: page.next }
}

const ACTS = { running: ['suspend', 'jump', 'hand-over', 'terminate'], suspended: ['resume', 'terminate'] } as const

/** The tokens of a running case and where they may be moved to. */
async function movable(ctx: ServerContext, record: RuleRecord, state: State): Promise<FlowRunDetailWire['tokens']> {
  const ir = await irOfCase(ctx, state.case)
  const found = await withCore(ctx, record, (context) => jumpsOf(ir, state, context))
  return found.map(({ targets, ...token }) => ({ ...token, targets: targets.map((target) => ({ ...target, cancels: [...target.cancels] })) }))
}

/** One case with what its manager may do; 404 for those who do not manage it. */
export async function runDetail(ctx: ServerContext, caseId: string): Promise<FlowRunDetailWire> {
  const gone = await gonePeople(ctx, sql<boolean>`c.id = ${caseId}`)
  const { rows } = await sql<Row>`select ${columns(gone)} from workflow_case c where c.id = ${caseId}`.execute(ctx.db())
  const [row] = rows
  const stored = row && (await readCase(ctx, caseId))
  if (row === undefined || stored === undefined) return ctx.fail('workflow.task.unknown')
  const record = await recordOf(ctx, row.entity, row.record_id)
  if (!(await manages(ctx, async () => record))) return ctx.fail('workflow.task.unknown')
  const [wire] = await wiresOf(ctx, rows)
  const status = row.status === 'running' || row.status === 'suspended' ? row.status : null
  const visible = await ctx.use(Access).sees(row.entity, row.record_id, `${businessOf(ctx, row.entity).module.definition.id}.view`)
  return { ...(wire as FlowRunWire), visible, acts: status === null ? [] : [...(row.data.last !== undefined && status === 'running' ? (['rollback'] as const) : []), ...ACTS[status]], tokens: row.status === 'running' ? await movable(ctx, record, stored.state) : [] }
}

/** Running cases counted by process and step, and by the unit that began them. */
export async function summary(ctx: ServerContext): Promise<FlowSummaryWire> {
  const where = await mine(ctx)
  const { rows } = await sql<{ entity: string; node: string; name: string; n: number; overdue: number; oldest: string }>`
    select c.entity, t.data->>'node' as node, string_agg(distinct t.data->>'name', '、') as name, count(*)::int as n, (count(*) filter (where ${overdue(ctx.now)}))::int as overdue, min((t.data->>'openedAt')::bigint) as oldest
    from workflow_case c join workflow_task t on t.case_id = c.id and t.status = 'open' where ${where} group by 1, 2 order by n desc, 1, 2 limit 200`.execute(ctx.db())
  const { rows: units } = await sql<{ unit_id: string; n: number }>`select c.unit_id, count(*)::int as n from workflow_case c where ${where} and c.unit_id is not null group by 1 order by n desc limit 200`.execute(ctx.db())
  const names = await ctx.use(Org).names(units.map(({ unit_id }) => unit_id))
  return {
    items: rows.map((row) => ({ ...row, process: irOf(businessOf(ctx, row.entity).flow).title, oldest: iso(Number(row.oldest)) })),
    units: units.map(({ unit_id: id, n }) => ({ id, name: names[id] ?? '', n })),
  }
}
