import { addDays, datesBetween, daysBetween, later, earlier } from './civil-date.ts'
import type { CivilDate } from './civil-date.ts'

/** Morning or afternoon; `am < pm` also as text. */
export type Half = 'am' | 'pm'

/** From the first half day to the last, both included; whole days run from `am` to `pm`. The same shape as the `period` field's value. */
export interface HalfDayPeriod {
  readonly from: CivilDate
  readonly fromHalf: Half
  readonly to: CivilDate
  readonly toHalf: Half
}

export const wholeDays = (from: CivilDate, to: CivilDate): HalfDayPeriod => ({ from, fromHalf: 'am', to, toHalf: 'pm' })

export const isPeriodOrdered = ({ from, fromHalf, to, toHalf }: HalfDayPeriod): boolean => from < to || (from === to && fromHalf <= toHalf)

const startKey = (period: HalfDayPeriod): string => `${period.from} ${period.fromHalf}`
const endKey = (period: HalfDayPeriod): string => `${period.to} ${period.toHalf}`

export const periodsOverlap = (left: HalfDayPeriod, right: HalfDayPeriod): boolean =>
  startKey(left) <= endKey(right) && startKey(right) <= endKey(left)

/** The part two periods have in common, or null. */
export function commonPeriod(left: HalfDayPeriod, right: HalfDayPeriod): HalfDayPeriod | null {
  if (!periodsOverlap(left, right)) return null
  const start = startKey(left) >= startKey(right) ? left : right
  const end = endKey(left) <= endKey(right) ? left : right
  return { from: start.from, fromHalf: start.fromHalf, to: end.to, toHalf: end.toHalf }
}

/** How much of a date lies in the period: 0, 0.5 or 1. */
export function shareOfDay(period: HalfDayPeriod, date: CivilDate): number {
  if (date < period.from || date > period.to) return 0
  const morning = date > period.from || period.fromHalf === 'am'
  const afternoon = date < period.to || period.toHalf === 'pm'
  return (morning ? 0.5 : 0) + (afternoon ? 0.5 : 0)
}

/** Calendar days of a period in steps of half a day; 0 when it ends before it starts. */
export const calendarDays = (period: HalfDayPeriod): number =>
  isPeriodOrdered(period) ? daysBetween(period.from, period.to) + 1 - (period.fromHalf === 'pm' ? 0.5 : 0) - (period.toHalf === 'am' ? 0.5 : 0) : 0

/** Each date of a period with its share of 0.5 or 1. */
export function* sharesOf(period: HalfDayPeriod): Generator<readonly [CivilDate, number]> {
  if (!isPeriodOrdered(period)) return
  for (const date of datesBetween(period.from, period.to)) yield [date, shareOfDay(period, date)]
}

/** The parts of a period in single calendar years, for accounts kept by year. */
export function splitByYear(period: HalfDayPeriod): HalfDayPeriod[] {
  const years: HalfDayPeriod[] = []
  let from = period.from
  while (from <= period.to) {
    const to = earlier(period.to, `${from.slice(0, 4)}-12-31`)
    years.push({ from, fromHalf: from === period.from ? period.fromHalf : 'am', to, toHalf: to === period.to ? period.toHalf : 'pm' })
    from = later(addDays(to, 1), from)
  }
  return years.filter(isPeriodOrdered)
}
