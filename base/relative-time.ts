import { addDays, formatMinute, shanghaiDate, shanghaiMinute, weekStart, weekdayText } from './civil-date.ts'
import type { CivilDate } from './civil-date.ts'

/** A date as people say it on a page: 昨天, 今天, 明天, a day of this week as 周三, otherwise 2026-07-01. */
export function relativeDate(date: CivilDate, today: CivilDate): string {
  if (date === today) return '今天'
  if (date === addDays(today, -1)) return '昨天'
  if (date === addDays(today, 1)) return '明天'
  return weekStart(date) === weekStart(today) ? weekdayText(date) : date
}

/** A moment as people say it, in Shanghai: 今天 10:03, 昨天, 周三, 2026-07-01. */
export function relativeTime(instant: Date, now: Date): string {
  const [date, today] = [shanghaiDate(instant), shanghaiDate(now)]
  return date === today ? `今天 ${formatMinute(shanghaiMinute(instant))}` : relativeDate(date, today)
}
