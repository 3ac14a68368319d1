import { addDays, shanghaiDate, shanghaiInstant } from './civil-date.ts'
import type { CivilDate } from './civil-date.ts'
import { isWorkingDay } from './working-days.ts'
import type { DayTable } from './working-days.ts'

/** A stretch of office time in minutes since midnight, end excluded. Windows of one day are sorted and do not touch. */
export interface OfficeWindow {
  readonly from: number
  readonly to: number
}

/** 8:30 to 17:30 (the service contract's 5 × 9). */
export const OFFICE_HOURS: readonly OfficeWindow[] = [{ from: 510, to: 1050 }]

interface Stretch {
  readonly from: number
  readonly to: number
}

const stretchesOf = (table: DayTable, date: CivilDate, windows: readonly OfficeWindow[]): Stretch[] =>
  isWorkingDay(table, date) ? windows.map(({ from, to }) => ({ from: shanghaiInstant(date, from).getTime(), to: shanghaiInstant(date, to).getTime() })) : []

/** HM(n): wall-clock minutes later, day and night. */
export const addMinutes = (start: Date, minutes: number): Date => new Date(start.getTime() + minutes * 60_000)

/**
 * BH(n): the instant at which `minutes` of office time have passed since `start`. Time outside the windows does not count; 0 minutes
 * is `start` itself. Throws UnconfirmedYearError, and RangeError for negative minutes or windows without any time.
 */
export function addBusinessMinutes(table: DayTable, start: Date, minutes: number, windows: readonly OfficeWindow[] = OFFICE_HOURS): Date {
  if (minutes < 0 || !windows.some(({ from, to }) => to > from)) throw new RangeError('business minutes need office time and a positive amount')
  if (minutes === 0) return start
  let left = minutes * 60_000
  for (let date = shanghaiDate(start); ; date = addDays(date, 1)) {
    for (const { from, to } of stretchesOf(table, date, windows)) {
      const begin = Math.max(from, start.getTime())
      if (to - begin >= left) return new Date(begin + left)
      left -= Math.max(0, to - begin)
    }
  }
}

/** Minutes of office time between two instants; negative when `to` is earlier. Throws UnconfirmedYearError. */
export function businessMinutesBetween(table: DayTable, from: Date, to: Date, windows: readonly OfficeWindow[] = OFFICE_HOURS): number {
  if (to < from) return -businessMinutesBetween(table, to, from, windows)
  let total = 0
  for (let date = shanghaiDate(from); date <= shanghaiDate(to); date = addDays(date, 1)) {
    for (const stretch of stretchesOf(table, date, windows)) {
      total += Math.max(0, Math.min(stretch.to, to.getTime()) - Math.max(stretch.from, from.getTime()))
    }
  }
  return total / 60_000
}
