/**
 * A day on the calendar without a time, 'YYYY-MM-DD' (GB/T 7408). Such strings compare correctly with `<` and sort as text.
 * Years 1 to 9999 of the Gregorian calendar.
 */
export type CivilDate = string

export interface DateParts {
  readonly year: number
  /** 1 to 12. */
  readonly month: number
  readonly day: number
}

const DAY_MS = 86_400_000
/** China keeps one offset and no summer time since 1992; no instant on this platform is older. */
const SHANGHAI_MS = 8 * 3_600_000
const CIVIL_DATE = /^(\d{4})-(\d{2})-(\d{2})$/

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0

const pad = (value: number, width = 2): string => String(value).padStart(width, '0')

/** Days in a month; `month` is 1 to 12. */
export const daysInMonth = (year: number, month: number): number => (month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31)

/** True for an existing day written 'YYYY-MM-DD'. */
export function isCivilDate(text: string): boolean {
  const match = CIVIL_DATE.exec(text)
  if (!match) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

export const civilDate = ({ year, month, day }: DateParts): CivilDate => `${pad(year, 4)}-${pad(month)}-${pad(day)}`

/** Year, month and day of a date. Throws RangeError when it is no civil date. */
export function dateParts(date: CivilDate): DateParts {
  if (!isCivilDate(date)) throw new RangeError(`not a civil date: ${date}`)
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) }
}

export const yearOf = (date: CivilDate): number => dateParts(date).year

function dayNumber(date: CivilDate): number {
  const { year, month, day } = dateParts(date)
  return new Date(0).setUTCFullYear(year, month - 1, day) / DAY_MS
}

function fromDayNumber(days: number): CivilDate {
  const at = new Date(days * DAY_MS)
  const date = civilDate({ year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() })
  if (!isCivilDate(date)) throw new RangeError('date out of the years 1 to 9999')
  return date
}

/** CD(n): calendar days later, or earlier when `days` is negative. */
export const addDays = (date: CivilDate, days: number): CivilDate => fromDayNumber(dayNumber(date) + days)

/**
 * CM(n): calendar months later, clamped to the end of the month: 30 November + 3 is 28 or 29 February.
 * Clamping forgets the day, so several steps from one start are counted from that start, not from each other.
 */
export function addMonths(date: CivilDate, months: number): CivilDate {
  const from = dateParts(date)
  const index = from.year * 12 + from.month - 1 + months
  const [year, month] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1]
  if (year < 1 || year > 9999) throw new RangeError('date out of the years 1 to 9999')
  return civilDate({ year, month, day: Math.min(from.day, daysInMonth(year, month)) })
}

export const addYears = (date: CivilDate, years: number): CivilDate => addMonths(date, years * 12)

/** Days from one date to another; negative when `to` is earlier. */
export const daysBetween = (from: CivilDate, to: CivilDate): number => dayNumber(to) - dayNumber(from)

/** For `sort`; dates also compare with `<`. */
export const compareDates = (left: CivilDate, right: CivilDate): number => (left < right ? -1 : left > right ? 1 : 0)

export const earlier = (left: CivilDate, right: CivilDate): CivilDate => (left <= right ? left : right)
export const later = (left: CivilDate, right: CivilDate): CivilDate => (left >= right ? left : right)

/** Each date from the first to the last, both included. */
export function* datesBetween(from: CivilDate, to: CivilDate): Generator<CivilDate> {
  const last = dayNumber(to)
  for (let day = dayNumber(from); day <= last; day += 1) yield fromDayNumber(day)
}

/** 1 = Monday to 7 = Sunday (ISO 8601). */
export const weekday = (date: CivilDate): number => (((dayNumber(date) + 3) % 7) + 7) % 7 + 1

export const isWeekend = (date: CivilDate): boolean => weekday(date) >= 6

/** 周一 … 周日. */
export const weekdayText = (date: CivilDate): string => `周${'一二三四五六日'[weekday(date) - 1]}`

export const monthStart = (date: CivilDate): CivilDate => `${date.slice(0, 8)}01`

export function monthEnd(date: CivilDate): CivilDate {
  const { year, month } = dateParts(date)
  return civilDate({ year, month, day: daysInMonth(year, month) })
}

/** Monday of the date's week. */
export const weekStart = (date: CivilDate): CivilDate => addDays(date, 1 - weekday(date))

/** Full years from a date (birth, entry) to another; who was born on 29 February is a year older on 28 February of common years. */
export function fullYears(from: CivilDate, to: CivilDate): number {
  const years = yearOf(to) - yearOf(from)
  return addYears(from, years) <= to ? years : years - 1
}

/** 2026年7月1日: Arabic digits, no leading zero (GB/T 9704-2012). */
export function formatCivilDate(date: CivilDate): string {
  const { year, month, day } = dateParts(date)
  return `${year}年${month}月${day}日`
}

/** 7月1日, for places where the year is understood. */
export function formatMonthDay(date: CivilDate): string {
  const { month, day } = dateParts(date)
  return `${month}月${day}日`
}

/** The date in Shanghai at an instant. */
export const shanghaiDate = (instant: Date): CivilDate => fromDayNumber(Math.floor((instant.getTime() + SHANGHAI_MS) / DAY_MS))

/** Minutes since midnight in Shanghai, 0 to 1439; seconds are cut off. */
export function shanghaiMinute(instant: Date): number {
  const local = instant.getTime() + SHANGHAI_MS
  return Math.floor((local - Math.floor(local / DAY_MS) * DAY_MS) / 60_000)
}

/** The instant of a date and minute of the day (0 to 1440) in Shanghai. */
export const shanghaiInstant = (date: CivilDate, minute = 0): Date => new Date(dayNumber(date) * DAY_MS - SHANGHAI_MS + minute * 60_000)

/** 08:30 → 510. Throws RangeError unless 'HH:MM' up to 24:00. */
export function minuteOfDay(text: string): number {
  const match = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(text)
  const minute = match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN
  if (!(minute <= 1440)) throw new RangeError(`not a time of day: ${text}`)
  return minute
}

/** 510 → 08:30. */
export const formatMinute = (minute: number): string => `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`

/** 2026年7月1日 10:03, in Shanghai. */
export const formatInstant = (instant: Date): string => `${formatCivilDate(shanghaiDate(instant))} ${formatMinute(shanghaiMinute(instant))}`

/** The same as people say it: only 10:03 for today. */
export const formatInstantOn = (instant: Date, now: Date): string => (shanghaiDate(instant) === shanghaiDate(now) ? formatMinute(shanghaiMinute(instant)) : formatInstant(instant))

/** The moment of an ISO 8601 time; one without a zone is Shanghai's. An invalid date when it is none. */
export const shanghaiMoment = (text: string): Date => new Date(/(?:Z|[+-]\d{2}:?\d{2})$/u.test(text) ? text : `${text}+08:00`)
