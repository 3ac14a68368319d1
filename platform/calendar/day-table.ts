import { addDays, addMonths, datesBetween, isWeekend, weekday } from '#base/civil-date.ts'
import type { CivilDate } from '#base/civil-date.ts'
import type { DayKind, DayTable } from '#base/working-days.ts'

/** A day that differs from the plain week, as table `calendar_day` keeps it. */
export interface CalendarDay {
  readonly date: CivilDate
  readonly kind: DayKind
  /** 春节, 国庆节; also on the days moved for it. */
  readonly name: string
  /** The notice the day comes from, or the law for provisional days. */
  readonly source: string
  /** 暂定: computed from the law, before the State Council's notice. Such a day is shown but never used for deadlines. */
  readonly provisional: boolean
}

/** One festival in a yearly notice: its legal days, the whole time off, and the make-up days. */
export interface FestivalNotice {
  readonly name: string
  readonly legal: readonly CivilDate[]
  readonly off: readonly [from: CivilDate, to: CivilDate]
  readonly work: readonly CivilDate[]
}

export interface YearNotice {
  readonly year: number
  /** Title of the notice. */
  readonly source: string
  readonly festivals: readonly FestivalNotice[]
}

/** The days of a notice, in order; weekends inside the time off are named too, for duty rosters. */
export function daysOfNotice({ source, festivals }: YearNotice): CalendarDay[] {
  const days = festivals.flatMap(({ name, legal, off, work }) => [
    ...[...datesBetween(...off)].map((date): CalendarDay => ({ date, kind: legal.includes(date) ? 'holiday' : 'rest', name, source, provisional: false })),
    ...work.map((date): CalendarDay => ({ date, kind: 'work', name, source, provisional: false })),
  ])
  const merged = new Map<CivilDate, CalendarDay>()
  // Two festivals may share one time off (National Day and Mid-Autumn 2025): the legal day wins.
  for (const day of days) if (merged.get(day.date)?.kind !== 'holiday') merged.set(day.date, day)
  return [...merged.values()].sort((a, b) => (a.date < b.date ? -1 : 1))
}

/** Dates of the festivals that follow the moon or the sun. */
export interface MovableFestivals {
  /** 正月初一. */
  readonly springFestival: CivilDate
  readonly qingming: CivilDate
  readonly dragonBoat: CivilDate
  readonly midAutumn: CivilDate
}

const LAW = '全国年节及纪念日放假办法（2024年修订）'

/** The 13 legal days of a year since 2025 (全国年节及纪念日放假办法, art. 2), by festival. */
export function legalHolidays(year: number, movable: MovableFestivals): ReadonlyMap<string, readonly CivilDate[]> {
  const eve = addDays(movable.springFestival, -1)
  return new Map([
    ['元旦', [`${year}-01-01`]],
    ['春节', [...datesBetween(eve, addDays(eve, 3))]],
    ['清明节', [movable.qingming]],
    ['劳动节', [`${year}-05-01`, `${year}-05-02`]],
    ['端午节', [movable.dragonBoat]],
    ['中秋节', [movable.midAutumn]],
    ['国庆节', [`${year}-10-01`, `${year}-10-02`, `${year}-10-03`]],
  ])
}

/**
 * What the law alone says of a year: the 13 days, and for each of them on a Saturday or Sunday a free working day (art. 6), here the next
 * ones after the festival. The notice will move days; until then all are provisional.
 */
export function provisionalDays(year: number, movable: MovableFestivals): CalendarDay[] {
  const legal = legalHolidays(year, movable)
  const taken = new Set([...legal.values()].flat())
  const days: CalendarDay[] = []
  for (const [name, dates] of legal) {
    days.push(...dates.map((date): CalendarDay => ({ date, kind: 'holiday', name, source: LAW, provisional: true })))
    let next = dates.at(-1) ?? ''
    for (const weekendDay of dates.filter(isWeekend)) {
      do next = addDays(next, 1)
      while (isWeekend(next) || taken.has(next))
      taken.add(next)
      days.push({ date: next, kind: 'rest', name, source: `${LAW}，补${weekendDay}`, provisional: true })
    }
  }
  return days.sort((a, b) => (a.date < b.date ? -1 : 1))
}

/**
 * The table deadlines are computed with. Provisional days are left out, and with them their years: a deadline that reaches such a year fails
 * closed instead of treating its holidays as working days.
 */
export function dayTable(days: readonly CalendarDay[], confirmedYears: readonly number[]): DayTable {
  return { days: new Map(days.filter(({ provisional }) => !provisional).map(({ date, kind }) => [date, kind])), confirmedYears: new Set(confirmedYears) }
}

export interface DayDifference {
  readonly date: CivilDate
  readonly before: DayKind
  readonly after: DayKind
}

const plainKind = (date: CivilDate): DayKind => (isWeekend(date) ? 'rest' : 'work')

/** Days of a year whose kind changes when one set of rows replaces another; shown before an import, and the reason to recompute deadlines. */
export function differences(year: number, before: readonly CalendarDay[], after: readonly CalendarDay[]): DayDifference[] {
  const [old, fresh] = [before, after].map((days) => new Map(days.map(({ date, kind }) => [date, kind])))
  return [...datesBetween(`${year}-01-01`, `${year}-12-31`)]
    .map((date) => ({ date, before: old?.get(date) ?? plainKind(date), after: fresh?.get(date) ?? plainKind(date) }))
    .filter(({ before, after }) => before !== after)
}

/** Problems of a year's rows before they may be confirmed: dates outside the year, twice the same date, fewer legal days than the law gives. */
export function problemsOf(year: number, days: readonly CalendarDay[]): string[] {
  const outside = days.filter(({ date }) => !date.startsWith(`${year}-`)).map(({ date }) => `${date} 不在 ${year} 年内`)
  const seen = new Set<CivilDate>()
  const twice = days.filter(({ date }) => seen.has(date) || !seen.add(date)).map(({ date }) => `${date} 重复`)
  const useless = days.filter(({ date, kind }) => kind === 'work' && !isWeekend(date)).map(({ date }) => `${date} 本来就是工作日，不必列为补班`)
  const legal = days.filter(({ kind }) => kind === 'holiday').length
  const due = year >= 2025 ? 13 : 11
  return [...outside, ...twice, ...useless, ...(legal === due ? [] : [`法定节日应为 ${due} 天，现有 ${legal} 天`])]
}

/** On 1 December an alarm is due when the coming year is not confirmed. */
export function unconfirmedNextYear(today: CivilDate, confirmedYears: ReadonlySet<number>): number | null {
  const next = Number(addMonths(today, 1).slice(0, 4))
  return today.slice(5, 7) === '12' && !confirmedYears.has(next) ? next : null
}

/** Half a day off for women on 8 March (same law, art. 3): not compensated when it falls on a weekend. */
export const womensHalfDay = (year: number): CivilDate | null => (weekday(`${year}-03-08`) >= 6 ? null : `${year}-03-08`)
