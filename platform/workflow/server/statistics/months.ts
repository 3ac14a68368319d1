import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { shanghaiDate } from '#base/civil-date.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { STEP } from './histogram.ts'
import type { Counted } from './histogram.ts'

export type Kind = 'process' | 'step' | 'unit'

/** From the one, to before the other. */
export interface Span {
  readonly from: Date
  readonly to: Date
}

const bucket = (hours: RawBuilder<unknown>): RawBuilder<unknown> => sql`floor(ln(greatest(${hours} * 60, 1)) / ln(${sql.lit(STEP)}))::int`

/** What is over in a span, one line each: which group, how long, whether late or sent back. */
function lines(kind: Kind, { from, to }: Span): RawBuilder<unknown> {
  if (kind === 'process') {
    return sql`select c.organisation_id, c.entity, c.entity as key, c.entity as name, ${bucket(sql`extract(epoch from c.ended_at - c.started_at) / 3600`)} as bucket, coalesce(m.late, 0) as late, coalesce(m.returned, 0) as returned
      from workflow_case c left join lateral (select max(w.late::int) as late, max((w.status = 'returned')::int) as returned from workflow_step w where w.case_id = c.id) m on true
      where c.status = 'ended' and c.ended_at >= ${from} and c.ended_at < ${to}`
  }
  const key = kind === 'step' ? sql`s.entity, s.node as key, s.name` : sql`'' as entity, s.unit_id::text as key, '' as name`
  return sql`select s.organisation_id, ${key}, ${bucket(sql`s.hours`)} as bucket, s.late::int as late, (s.status = 'returned')::int as returned
    from workflow_step s where s.status in ('completed', 'returned') and s.closed_at >= ${from} and s.closed_at < ${to} ${kind === 'unit' ? sql`and s.unit_id is not null` : sql``}`
}

/** Lines counted by group; `apart`: each organisation by itself. */
const counted = (rows: RawBuilder<unknown>, apart: boolean): RawBuilder<unknown> => {
  const whose = apart ? sql`organisation_id,` : sql``
  return sql`
    select ${whose} entity, key, max(name) as name, sum(n)::int as n, sum(late)::int as late, sum(returned)::int as returned, array_agg(bucket order by bucket) as buckets, array_agg(n order by bucket) as counts
    from (select ${whose} entity, key, max(name) as name, bucket, count(*)::int as n, sum(late)::int as late, sum(returned)::int as returned from (${rows}) l group by ${whose} entity, key, bucket) b group by ${whose} entity, key`
}

const KINDS: readonly Kind[] = ['process', 'step', 'unit']

interface Month extends Span {
  readonly day: string
}

async function monthsOver(ctx: ServerContext): Promise<readonly Month[]> {
  const { rows } = await sql<Month>`
    select to_char(m, 'YYYY-MM-DD') as day, m at time zone 'Asia/Shanghai' as from, (m + interval '1 month') at time zone 'Asia/Shanghai' as to
    from generate_series((select date_trunc('month', min(closed_at) at time zone 'Asia/Shanghai') from workflow_step), date_trunc('month', ${shanghaiDate(ctx.now)}::date::timestamp) - interval '1 month', interval '1 month') m order by m`.execute(ctx.db())
  return rows
}

async function keepMonth(ctx: ServerContext, { day, ...span }: Month): Promise<void> {
  await sql`delete from workflow_step_month where month = ${day}::date and span = 'month'`.execute(ctx.db())
  for (const kind of KINDS) {
    const rows = lines(kind, span)
    const columns = sql`entity, key, name, n, late, returned, buckets, counts`
    await sql`insert into workflow_step_month (month, kind, organisation_id, ${columns}) select ${day}::date, ${kind}, organisation_id, ${columns} from (${counted(rows, true)}) x where organisation_id is not null`.execute(ctx.db())
    await sql`insert into workflow_step_month (month, kind, organisation_id, ${columns}) select ${day}::date, ${kind}, null, ${columns} from (${counted(rows, false)}) x`.execute(ctx.db())
  }
  await sql`insert into workflow_step_kept (month) values (${day}::date) on conflict do nothing`.execute(ctx.db())
}

const MONTHS = 12

/** Months made again each time: what is undone or done anew reaches back that far. */
const AGAIN = 2

/** Counts the months that are over and not counted yet, and the latest ones again; then the years of which these were the last. */
export async function keepMonths(ctx: ServerContext): Promise<void> {
  const over = await monthsOver(ctx)
  const { rows } = await sql<{ day: string }>`select to_char(month, 'YYYY-MM-DD') as day from workflow_step_kept`.execute(ctx.db())
  const kept = new Set(rows.map(({ day }) => day))
  const fresh = over.filter(({ day }, index) => !kept.has(day) || index >= over.length - AGAIN)
  for (const month of fresh) await keepMonth(ctx, month)
  for (const year of new Set(fresh.map(({ day }) => day.slice(0, 4)))) await keepYear(ctx, `${year}-01-01`)
}

/** Adds the twelve months of a year up; nothing while one of them is not counted. */
async function keepYear(ctx: ServerContext, first: string): Promise<void> {
  const inYear = sql`month >= ${first}::date and month < ${first}::date + interval '1 year'`
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from workflow_step_kept where ${inYear}`.execute(ctx.db())
  await sql`delete from workflow_step_month where month = ${first}::date and span = 'year'`.execute(ctx.db())
  if (rows[0]?.n !== MONTHS) return
  await sql`
    insert into workflow_step_month (span, month, kind, organisation_id, entity, key, name, n, late, returned, buckets, counts)
    select 'year', ${first}::date, times.kind, times.organisation_id, times.entity, times.key, name, n, late, returned, buckets, counts from (
      select kind, organisation_id, entity, key, array_agg(bucket order by bucket) as buckets, array_agg(c order by bucket) as counts
      from (select kind, organisation_id, entity, key, bucket, sum(c)::int as c from workflow_step_month, unnest(buckets, counts) as u(bucket, c) where ${inYear} and span = 'month' group by kind, organisation_id, entity, key, bucket) b
      group by kind, organisation_id, entity, key) times
    join (select kind, organisation_id, entity, key, (array_agg(name order by month desc))[1] as name, sum(n)::int as n, sum(late)::int as late, sum(returned)::int as returned
      from workflow_step_month where ${inYear} and span = 'month' group by kind, organisation_id, entity, key) sums
    on (sums.kind, sums.entity, sums.key) = (times.kind, times.entity, times.key) and sums.organisation_id is not distinct from times.organisation_id`.execute(ctx.db())
}

/** The longest run of counted months inside a span; null when there are fewer than `least`. */
export async function keptWithin(ctx: ServerContext, { from, to }: Span, least: number): Promise<Span | null> {
  const { rows } = await sql<Span & { n: number }>`
    select min(m.start) as from, max(m.stop) as to, count(*)::int as n
    from (select k.start, k.stop, k.month - (row_number() over (order by k.month)) * interval '1 month' as run
      from (select month, month::timestamp at time zone 'Asia/Shanghai' as start, (month + interval '1 month') at time zone 'Asia/Shanghai' as stop from workflow_step_kept) k
      where k.start >= ${from} and k.stop <= ${to}) m group by m.run order by n desc limit 1`.execute(ctx.db())
  const [run] = rows
  return run === undefined || run.n < least ? null : run
}

/** What was finished in a span, of one flow or all (units are only counted of all): of counted months, and of the days before and after them. */
export async function countedIn(ctx: ServerContext, whose: string | null, kind: Kind, span: Span & { readonly entity?: string | undefined }, kept: Span): Promise<readonly Counted[]> {
  const one = span.entity === undefined ? sql`true` : sql`entity = ${span.entity}`
  const own = whose === null ? sql`true` : sql`organisation_id = ${whose}`
  const part = async (edge: Span): Promise<readonly Counted[]> =>
    edge.from >= edge.to ? [] : (await sql<Counted>`${counted(sql`select * from (${lines(kind, edge)}) e where ${own} and ${one}`, false)}`.execute(ctx.db())).rows
  const [first, last] = [sql`(${kept.from} at time zone 'Asia/Shanghai')::date`, sql`(${kept.to} at time zone 'Asia/Shanghai')::date`]
  const { rows } = await sql<Counted>`
    with years as materialized (select distinct month from workflow_step_month where organisation_id is null and kind = 'step' and span = 'year' and month >= ${first} and month + interval '1 year' <= ${last})
    select entity, key, name, n, late, returned, buckets, counts from workflow_step_month
    where kind = ${kind} and ${one} and ${whose === null ? sql`organisation_id is null` : own} and month >= ${first} and month < ${last}
      and case span when 'year' then month in (select month from years) else date_trunc('year', month)::date not in (select month from years) end order by month`.execute(ctx.db())
  return [...(await part({ from: span.from, to: kept.from })), ...rows, ...(await part({ from: kept.to, to: span.to }))]
}
