import { daysOfNotice, provisionalDays } from '../day-table.ts'
import type { CalendarDay } from '../day-table.ts'
import { NOTICES } from './notices.ts'

/** Years of the seed with an official notice. */
export const SEED_CONFIRMED_YEARS: readonly number[] = NOTICES.map(({ year }) => year)

/** Rows of `calendar_day` on a new installation: three years by notice, 2027 provisionally by law. */
export const SEED_DAYS: readonly CalendarDay[] = [
  ...NOTICES.flatMap(daysOfNotice),
  ...provisionalDays(2027, { springFestival: '2027-02-06', qingming: '2027-04-05', dragonBoat: '2027-06-09', midAutumn: '2027-09-15' }),
]
