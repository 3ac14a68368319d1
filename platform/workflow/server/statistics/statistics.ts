import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Workbook } from '#kit/api.ts'
import type { FlowStatisticsWire, StatisticsLineWire } from '#kit/wire/flow-cockpit.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import { registryOf } from '#platform/registry/server/of.ts'
import { managedBy } from '../manage/rights.ts'
import { addUp } from './histogram.ts'
import type { Sum } from './histogram.ts'
import { countedIn, keptWithin } from './months.ts'
import type { Kind } from './months.ts'

export interface StatisticsQuery {
  /** First and last day, as instants: from the one, to before the other. */
  readonly from: Date
  readonly to: Date
  readonly entity?: string | undefined
  readonly unit?: string | undefined
}

const MOST_LINES = 500

/** Measures of a group; 退回 counts the steps that ended so. */
const measures = sql`count(*)::int as n, percentile_cont(array[0.5, 0.9]) within group (order by s.hours) as times,
  avg(s.late::int)::float8 as overdue, avg((s.status = 'returned')::int)::float8 as returned`

/** Whose steps or cases: those of one organisation, or null: all. */
type Whose = string | null

const ofWhose = (whose: Whose): RawBuilder<boolean> => (whose === null ? sql<boolean>`true` : sql<boolean>`s.organisation_id = ${whose}`)

function within(whose: Whose, { from, to, entity, unit }: StatisticsQuery): RawBuilder<boolean> {
  const parts = [ofWhose(whose), sql<boolean>`s.closed_at >= ${from} and s.closed_at < ${to} and s.status in ('completed', 'returned')`]
  if (entity !== undefined) parts.push(sql`s.entity = ${entity}`)
  if (unit !== undefined) parts.push(sql`s.unit_id = ${unit}`)
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

const lineOf = (row: Sum, label: string): StatisticsLineWire => ({ key: row.key, label, n: row.n, median: row.times[0] ?? 0, p90: row.times[1] ?? 0, overdue: row.overdue, returned: row.returned })

const titleOf = (ctx: ServerContext, entity: string): string => registryOf(ctx).entity(entity)?.module.definition.flows.find((flow) => flow.entity === entity)?.title ?? entity

/** Cases that ended in the period, by process: late or sent back when one of their steps was. */
async function processes(ctx: ServerContext, whose: Whose, { from, to, entity, unit }: StatisticsQuery): Promise<FlowStatisticsWire['processes']> {
  const { rows } = await sql<Sum>`
    select s.entity as key, s.entity, s.entity as name, count(*)::int as n,
      percentile_cont(array[0.5, 0.9]) within group (order by extract(epoch from s.ended_at - s.started_at) / 3600) as times,
      avg(coalesce(m.late, 0))::float8 as overdue, avg(coalesce(m.returned, 0))::float8 as returned
    from workflow_case s left join lateral (
      select max(w.late::int) as late, max((w.status = 'returned')::int) as returned from workflow_step w where w.case_id = s.id) m on true
    where ${ofWhose(whose)} and s.status = 'ended' and s.ended_at >= ${from} and s.ended_at < ${to}
      and ${entity === undefined ? sql`true` : sql`s.entity = ${entity}`} and ${unit === undefined ? sql`true` : sql`s.unit_id = ${unit}`}
    group by s.entity order by n desc`.execute(ctx.db())
  return rows.map((row) => lineOf(row, titleOf(ctx, row.entity)))
}

async function steps(ctx: ServerContext, whose: Whose, query: StatisticsQuery): Promise<FlowStatisticsWire['steps']> {
  const { rows } = await sql<Sum>`
    select s.node as key, s.entity, max(s.name) as name, ${measures} from workflow_step s where ${within(whose, query)} group by s.entity, s.node order by s.entity, n desc limit ${MOST_LINES}`.execute(ctx.db())
  return rows.map((row) => ({ ...lineOf(row, row.name), entity: row.entity, process: titleOf(ctx, row.entity) }))
}

async function units(ctx: ServerContext, whose: Whose, query: StatisticsQuery): Promise<FlowStatisticsWire['units']> {
  const { rows } = await sql<Sum>`
    select s.unit_id as key, '' as entity, '' as name, ${measures} from workflow_step s where ${within(whose, query)} and s.unit_id is not null group by s.unit_id order by n desc limit ${MOST_LINES}`.execute(ctx.db())
  return named(ctx, rows)
}

/** Lines of units by their names. */
async function named(ctx: ServerContext, rows: readonly Sum[]): Promise<FlowStatisticsWire['units']> {
  const names = await ctx.use(Org).names(rows.map(({ key }) => key))
  return rows.map((row) => lineOf(row, names[row.key] ?? ''))
}

/** How long things took in a period, of the cases the actor manages: by process, step, and unit of the initiator. */
export async function flowStatistics(ctx: ServerContext, query: StatisticsQuery): Promise<FlowStatisticsWire> {
  const managed = (await managedBy(ctx)) ?? ctx.fail('access.denied')
  return statisticsOf(ctx, managed === 'district' ? null : managed.organisation, query)
}

/** So many counted months inside a period are read as such; shorter periods are counted step by step, which is exact. */
const LEAST_MONTHS = 3

/** The same for an organisation, or null: the whole district. */
export async function statisticsOf(ctx: ServerContext, whose: Whose, query: StatisticsQuery): Promise<FlowStatisticsWire> {
  const kept = query.unit === undefined ? await keptWithin(ctx, query, LEAST_MONTHS) : null
  if (kept === null) return { processes: await processes(ctx, whose, query), steps: await steps(ctx, whose, query), units: await units(ctx, whose, query) }
  const sums = async (kind: Kind): Promise<readonly Sum[]> => addUp(await countedIn(ctx, whose, kind, query, kept)).slice(0, MOST_LINES)
  const [byProcess, byStep, byUnit] = [await sums('process'), await sums('step'), query.entity === undefined ? await sums('unit') : null]
  return {
    processes: byProcess.map((row) => lineOf(row, titleOf(ctx, row.entity))),
    steps: byStep.toSorted((a, b) => a.entity.localeCompare(b.entity)).map((row) => ({ ...lineOf(row, row.name), entity: row.entity, process: titleOf(ctx, row.entity) })),
    units: byUnit === null ? await units(ctx, whose, query) : await named(ctx, byUnit),
  }
}

const percent = (rate: number): number => Math.round(rate * 1000) / 10
const rounded = (hours: number): number => Math.round(hours * 10) / 10

/** The same as a sheet. */
export function statisticsBook({ processes: all, steps: each, units: by }: FlowStatisticsWire): Workbook {
  const row = (kind: string, process: string, { label, n, median, p90, overdue, returned }: StatisticsLineWire) => [kind, process, label, n, rounded(median), rounded(p90), percent(overdue), percent(returned)]
  return {
    name: '流程运行统计',
    columns: [['类别', 10], ['流程', 24], ['名称', 24], ['办结数', 10], ['中位用时（小时）', 16], ['90% 在此时间内（小时）', 22], ['逾期率（%）', 12], ['退回率（%）', 12]].map(([title, width]) => ({ title: String(title), width: Number(width) })),
    rows: [...all.map((line) => row('流程', line.label, line)), ...each.map((line) => row('环节', line.process, line)), ...by.map((line) => row('发起单位', '', line))],
  }
}
