import { sql } from 'kysely'
import type { CivilDate } from '#base/civil-date.ts'
import type { DayTable } from '#base/working-days.ts'
import type { Database } from '#platform/db/server/database.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { runtimeOf } from '#platform/registry/server/of.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import type { Reckoning } from '../contract.ts'
import type { CalendarDay } from '../day-table.ts'
import { dayTable } from '../day-table.ts'
import { hoursOf, seasonsFor } from './hours.ts'
import type { LayeredSeason } from './hours.ts'

const rowsOf = async (db: Database, year: number | null): Promise<CalendarDay[]> =>
  (await sql<CalendarDay>`select date, kind, name, source, provisional from calendar_day
    where ${year}::int is null or extract(year from date) = ${year} order by date`.execute(db)).rows

export const daysOf = (ctx: ServerContext, year: number): Promise<CalendarDay[]> => rowsOf(ctx.db(), year)

/** Confirmed state of each year's last version. */
async function confirmedYears(db: Database): Promise<number[]> {
  const { rows } = await sql<{ year: number; confirmed: boolean }>`select distinct on (year) year, confirmed from calendar_version order by year, id desc`.execute(db)
  return rows.filter(({ confirmed }) => confirmed).map(({ year }) => year)
}

export async function yearState(db: Database, year: number): Promise<{ confirmed: boolean } | undefined> {
  return (await sql<{ confirmed: boolean }>`select confirmed from calendar_version where year = ${year} order by id desc limit 1`.execute(db)).rows[0]
}

interface Cached {
  readonly version: number
  readonly table: DayTable
}

const cache = new WeakMap<Runtime, Cached>()

const VERSION = sql<number>`(select coalesce(max(id), 0) from calendar_version)`

/** The table itself is read only when the calendar has changed. A version's number is never given twice, even after a roll-back. */
async function tableOf(ctx: ServerContext, version: number): Promise<DayTable> {
  const runtime = runtimeOf(ctx)
  const known = cache.get(runtime)
  if (known?.version === version) return known.table
  const table = dayTable(await rowsOf(ctx.db(), null), await confirmedYears(ctx.db()))
  cache.set(runtime, { version, table })
  return table
}

export async function currentTable(ctx: ServerContext): Promise<DayTable> {
  const { rows } = await sql<{ version: number }>`select ${VERSION} as version`.execute(ctx.db())
  return tableOf(ctx, rows[0]?.version ?? 0)
}

/** Table and office hours in one question. */
export async function reckoning(ctx: ServerContext, organisationId: string, date: CivilDate): Promise<Reckoning> {
  const { rows } = await sql<{ version: number; seasons: LayeredSeason[] }>`
    select ${VERSION} as version, (select coalesce(json_agg(s), '[]') from (${seasonsFor(organisationId)}) s) as seasons`.execute(ctx.db())
  const { version, seasons } = rows[0] ?? { version: 0, seasons: [] }
  return { table: await tableOf(ctx, version), windows: hoursOf(seasons, date) }
}

/** Puts a year's days in place of those before, as a new version. */
export async function writeYear(ctx: ServerContext, year: number, days: readonly CalendarDay[], confirmed: boolean): Promise<void> {
  const rows = JSON.stringify(days.map(({ date, kind, name, source, provisional }) => ({ date, kind, name, source, provisional })))
  await sql`insert into calendar_version (year, confirmed, days, changed_at, changed_by)
    values (${year}, ${confirmed}, ${rows}::jsonb, ${ctx.now}, ${ctx.actor?.personId ?? null})`.execute(ctx.db())
  await sql`delete from calendar_day where extract(year from date) = ${year}`.execute(ctx.db())
  await sql`insert into calendar_day (date, kind, name, source, provisional)
    select date, kind, name, source, provisional from jsonb_to_recordset(${rows}::jsonb) as d(date date, kind text, name text, source text, provisional boolean)`.execute(ctx.db())
}

/** Writers of the calendar wait for each other until the transaction ends; readers do not. */
export const lockCalendar = async (ctx: ServerContext): Promise<void> => void (await sql`lock table calendar_version in share row exclusive mode`.execute(ctx.db()))
