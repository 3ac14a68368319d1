import { addDays, formatMinute, formatMonthDay, shanghaiDate, shanghaiMinute, weekdayText, weekStart } from '#base/civil-date.ts'

const clock = (instant: Date): string => formatMinute(shanghaiMinute(instant))

/** A day as lists say it: 今天, 昨天, 明天, 周三, 11月30日, and with its year when that is another one. */
export function dayText(at: Date, now: Date): string {
  const [date, today] = [shanghaiDate(at), shanghaiDate(now)]
  if (date === today) return '今天'
  if (date === addDays(today, -1)) return '昨天'
  if (date === addDays(today, 1)) return '明天'
  if (weekStart(date) === weekStart(today)) return weekdayText(date)
  return date.slice(0, 4) === today.slice(0, 4) ? formatMonthDay(date) : date
}

/** A moment with its time of day: 今天 10:03, 周五 15:10, 11月30日 09:00. */
export const momentText = (at: string, now: Date): string => `${dayText(new Date(at), now)} ${clock(new Date(at))}`

/** A moment in a narrow column: the time only when it was today or yesterday. */
export function shortMoment(at: string, now: Date): string {
  const day = dayText(new Date(at), now)
  return day === '今天' ? clock(new Date(at)) : day === '昨天' ? `昨天 ${clock(new Date(at))}` : day
}

/** 2026-11-24 10:03, for titles and prints. */
export const exactMoment = (at: string): string => `${shanghaiDate(new Date(at))} ${clock(new Date(at))}`

export type Pressure = 'overdue' | 'soon' | 'calm'

const SOON_MS = 24 * 3_600_000
const DAY_MS = 86_400_000

/** How a limit presses, and its words: 逾期 3 天, 今天 12:00, 周三. */
export function dueOf(due: string, now: Date): { readonly pressure: Pressure; readonly text: string } {
  const left = new Date(due).getTime() - now.getTime()
  if (left < 0) {
    const days = Math.floor(-left / DAY_MS)
    return { pressure: 'overdue', text: days > 0 ? `逾期 ${days} 天` : `逾期 ${Math.max(1, Math.floor(-left / 3_600_000))} 小时` }
  }
  return left < SOON_MS ? { pressure: 'soon', text: momentText(due, now) } : { pressure: 'calm', text: dayText(new Date(due), now) }
}

/** 48 分钟, 5 小时, 3 天: how long something has been where it is. */
export function lasting(since: string, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - new Date(since).getTime()) / 60_000))
  if (minutes < 60) return `${minutes} 分钟`
  return minutes < 1440 ? `${Math.floor(minutes / 60)} 小时` : `${Math.floor(minutes / 1440)} 天`
}
