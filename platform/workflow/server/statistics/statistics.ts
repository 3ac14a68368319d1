import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Workbook } from '#kit/api.ts'
import type { FlowStatisticsWire, StatisticsLineWire } from '#kit/wire/flow-cockpit.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Org } from '#platform/org/contract.ts'
import { registryOf } from '#platform/registry/server/of.ts'
import { managedCases } from '../manage/rights.ts'

export interface StatisticsQuery {
  /** First and last day, as instants: from the one, to before the other. */
  readonly from: Date
  readonly to: Date
  readonly entity?: string | undefined
  readonly unit?: string | undefined
}

interface Row {
  readonly key: string
  readonly entity: string
  readonly name: string
  readonly n: number
  readonly times: readonly number[]
  readonly overdue: number
  readonly returned: number
}

const MOST_LINES = 500

/** Measures of a group; 退回 counts the steps that ended so. */
const measures = sql`count(*)::int as n, percentile_cont(array[0.5, 0.9]) within group (order by s.hours) as times,
  avg(s.late::int)::float8 as overdue, avg((s.status = 'returned')::int)::float8 as returned`

async function within(ctx: ServerContext, { from, to, entity, unit }: StatisticsQuery): Promise<RawBuilder<boolean>> {
  const parts = [await managedCases(ctx, 's'), sql<boolean>`s.closed_at >= ${from} and s.closed_at < ${to} and s.status in ('completed', 'returned')`]
  if (entity !== undefined) parts.push(sql`s.entity = ${entity}`)
  if (unit !== undefined) parts.push(sql`s.unit_id = ${unit}`)
  return sql<boolean>`${sql.join(parts, sql` and `)}`
}

const lineOf = (row: Row, label: string): StatisticsLineWire => ({ key: row.key, label, n: row.n, median: row.times[0] ?? 0, p90: row.times[1] ?? 0, overdue: row.overdue, returned: row.returned })

const titleOf = (ctx: ServerContext, entity: string): string => registryOf(ctx).entity(entity)?.module.definition.flows.find((flow) => flow.entity === entity)?.title ?? entity

/** Cases that ended in the period, by process: late or sent back when one of their steps was. */
async function processes(ctx: ServerContext, { from, to, entity, unit }: StatisticsQuery): Promise<FlowStatisticsWire['processes']> {
  const { rows } = await sql<Row>`
    select s.entity as key, s.entity, s.entity as name, count(*)::int as n,
      percentile_cont(array[0.5, 0.9]) within group (order by extract(epoch from s.ended_at - s.started_at) / 3600) as times,
      avg(coalesce(m.late, 0))::float8 as overdue, avg(coalesce(m.returned, 0))::float8 as returned
    from workflow_case s left join lateral (
      select max(w.late::int) as late, max((w.status = 'returned')::int) as returned from workflow_step w where w.case_id = s.id) m on true
    where ${await managedCases(ctx, 's')} and s.status = 'ended' and s.ended_at >= ${from} and s.ended_at < ${to}
      and ${entity === undefined ? sql`true` : sql`s.entity = ${entity}`} and ${unit === undefined ? sql`true` : sql`s.unit_id = ${unit}`}
    group by s.entity order by n desc`.execute(ctx.db())
  return rows.map((row) => lineOf(row, titleOf(ctx, row.entity)))
}

async function steps(ctx: ServerContext, query: StatisticsQuery): Promise<FlowStatisticsWire['steps']> {
  const { rows } = await sql<Row>`
    select s.node as key, s.entity, max(s.name) as name, ${measures} from workflow_step s where ${await within(ctx, query)} group by s.entity, s.node order by s.entity, n desc limit ${MOST_LINES}`.execute(ctx.db())
  return rows.map((row) => ({ ...lineOf(row, row.name), entity: row.entity, process: titleOf(ctx, row.entity) }))
}

async function units(ctx: ServerContext, query: StatisticsQuery): Promise<FlowStatisticsWire['units']> {
  const { rows } = await sql<Row>`
    select s.unit_id as key, '' as entity, '' as name, ${measures} from workflow_step s where ${await within(ctx, query)} and s.unit_id is not null group by s.unit_id order by n desc limit ${MOST_LINES}`.execute(ctx.db())
  const names = await ctx.use(Org).names(rows.map(({ key }) => key))
  return rows.map((row) => lineOf(row, names[row.key] ?? ''))
}

/** How long things took in a period, of the cases the actor manages: by process, step, and unit of the initiator. */
export async function flowStatistics(ctx: ServerContext, query: StatisticsQuery): Promise<FlowStatisticsWire> {
  return { processes: await processes(ctx, query), steps: await steps(ctx, query), units: await units(ctx, query) }
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
