import type { Runtime } from '#platform/registry/server/runtime.ts'
import { SEED_CONFIRMED_YEARS, SEED_DAYS } from '../data/seed.ts'
import { lockCalendar, writeYear, yearState } from './days.ts'

/** Brings years that are missing, and notices that are newer than a provisional year. What administrators entered stays. */
export const seedCalendar = (runtime: Runtime): Promise<void> =>
  runtime.command(null, async (ctx) => {
    await lockCalendar(ctx)
    for (const [year, days] of Map.groupBy(SEED_DAYS, ({ date }) => Number(date.slice(0, 4)))) {
      const confirmed = SEED_CONFIRMED_YEARS.includes(year)
      const there = await yearState(ctx.db(), year)
      if (there === undefined || (confirmed && !there.confirmed)) await writeYear(ctx, year, days, confirmed)
    }
  })
