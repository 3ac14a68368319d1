import type { OfficeWindow } from '#base/business-hours.ts'
import type { CivilDate } from '#base/civil-date.ts'

/** Office hours that hold each year from a day on until the next season's. */
export interface OfficeSeason {
  /** MM-DD. */
  readonly fromDay: string
  readonly windows: readonly OfficeWindow[]
}

/** Hours of a day: those of the last season begun by then; before the year's first one the last year's still hold. Null without seasons. */
export function hoursOn(seasons: readonly OfficeSeason[], date: CivilDate): readonly OfficeWindow[] | null {
  const sorted = seasons.toSorted((a, b) => (a.fromDay < b.fromDay ? -1 : 1))
  const begun = sorted.filter(({ fromDay }) => fromDay <= date.slice(5))
  return (begun.at(-1) ?? sorted.at(-1))?.windows ?? null
}

/** Windows of one day in order, apart from each other, none empty. */
export const areWindows = (windows: readonly OfficeWindow[]): boolean =>
  windows.every(({ from, to }, index) => from >= 0 && from < to && to <= 1440 && (windows[index - 1]?.to ?? -1) < from)
