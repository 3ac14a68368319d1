import { addYears } from '#base/civil-date.ts'
import type { CivilDate } from '#base/civil-date.ts'

/** Married officials visit their parents once in four years (国发〔1981〕36号, art. 3 (3)). */
export const VISIT_YEARS = 4

/** The visit that stands less than four years before or after a day; undefined when a new one is due. */
export const visitTooNear = (starts: readonly CivilDate[], start: CivilDate): CivilDate | undefined =>
  starts.find((other) => other < addYears(start, VISIT_YEARS) && start < addYears(other, VISIT_YEARS))
