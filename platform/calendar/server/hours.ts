import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import { OFFICE_HOURS } from '#base/business-hours.ts'
import type { OfficeWindow } from '#base/business-hours.ts'
import type { CivilDate } from '#base/civil-date.ts'
import { Access } from '#platform/access/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { areWindows, hoursOn } from '../office-season.ts'
import type { OfficeSeason } from '../office-season.ts'

export type HoursLayer = 'district' | 'organisation'

const seasonsOf = async (ctx: ServerContext, layer: string): Promise<OfficeSeason[]> =>
  (await sql<OfficeSeason>`select from_day as "fromDay", windows from calendar_hours where layer = ${layer} order by from_day`.execute(ctx.db())).rows

export type LayeredSeason = OfficeSeason & { readonly own: boolean }

/** Seasons that may hold in an organisation: its own and the district's. */
export const seasonsFor = (organisationId: string): RawBuilder<LayeredSeason> => sql<LayeredSeason>`
  select from_day as "fromDay", windows, layer <> 'district' as own from calendar_hours where layer in (${organisationId}, 'district') order by from_day`

/** The organisation's own hours, else the district's, else 8:30 to 17:30. */
export function hoursOf(seasons: readonly LayeredSeason[], date: CivilDate): readonly OfficeWindow[] {
  const { own = [], district = [] } = Object.groupBy(seasons, (season) => (season.own ? 'own' : 'district'))
  return hoursOn(own, date) ?? hoursOn(district, date) ?? OFFICE_HOURS
}

export const officeHours = async (ctx: ServerContext, organisationId: string, date: CivilDate): Promise<readonly OfficeWindow[]> =>
  hoursOf((await seasonsFor(organisationId).execute(ctx.db())).rows, date)

async function layerOf(ctx: ServerContext, layer: HoursLayer): Promise<string> {
  if (layer === 'organisation') return actorOf(ctx).organisationId
  return (await ctx.use(Access).scope('calendar.hours')) === 'district' ? 'district' : ctx.fail('calendar.layer')
}

export const readSeasons = (ctx: ServerContext, layer: HoursLayer): Promise<OfficeSeason[]> => seasonsOf(ctx, layer === 'district' ? layer : actorOf(ctx).organisationId)

/** Replaces all seasons of a layer; none gives the layer below its say again. */
export async function setSeasons(ctx: ServerContext, layer: HoursLayer, seasons: readonly OfficeSeason[]): Promise<void> {
  if (!seasons.every(({ windows }) => windows.length > 0 && areWindows(windows))) ctx.fail('calendar.hours')
  const name = await layerOf(ctx, layer)
  await sql`delete from calendar_hours where layer = ${name}`.execute(ctx.db())
  for (const { fromDay, windows } of seasons) await sql`insert into calendar_hours (layer, from_day, windows) values (${name}, ${fromDay}, ${JSON.stringify(windows)}::jsonb)`.execute(ctx.db())
}
