import { addDays, addYears } from '#base/civil-date.ts'
import type { CivilDate } from '#base/civil-date.ts'

/**
 * Numbers of 女职工劳动保护特别规定 (art. 7: 98 days, 15 of them before birth; 15 more for a difficult birth and for each further child; 15 or 42 after a
 * miscarriage before or from the fourth month) and of 上海市人口与计划生育条例 (60 days of 生育假).
 */
export const MATERNITY = { basic: 98, beforeBirth: 15, difficult: 15, furtherChild: 15, shanghai: 60, earlyMiscarriage: 15, lateMiscarriage: 42, lateFromMonth: 4 } as const

export interface Birth {
  readonly children: number
  readonly difficult: boolean
}

/** Calendar days of 产假 and 生育假. */
export const maternityDays = ({ children, difficult }: Birth): number =>
  MATERNITY.basic + MATERNITY.shanghai + (difficult ? MATERNITY.difficult : 0) + MATERNITY.furtherChild * Math.max(0, children - 1)

/** Calendar days after a miscarriage; `months` of pregnancy. */
export const miscarriageDays = (months: number): number => (months < MATERNITY.lateFromMonth ? MATERNITY.earlyMiscarriage : MATERNITY.lateMiscarriage)

/** How a pregnancy ended: 顺产, 难产, 流产 before and from the fourth month. */
export type BirthCase = 'normal' | 'difficult' | 'early' | 'late'

/** Calendar days due for one birth or miscarriage. */
export function birthDays(birth: BirthCase, children: number): number {
  if (birth === 'early') return MATERNITY.earlyMiscarriage
  return birth === 'late' ? MATERNITY.lateMiscarriage : maternityDays({ children, difficult: birth === 'difficult' })
}

/** Parental leave: 5 days a year for each parent until the child is 3 (上海市人口与计划生育条例, 2021). */
export const PARENTAL = { days: 5, untilAge: 3 } as const

export interface ChildYear {
  /** 1 = from birth to the day before the first birthday. */
  readonly age: number
  readonly from: CivilDate
  readonly to: CivilDate
  readonly days: number
}

/** A child's years, from birthday to birthday, each with its own days; what is left of a year does not go into the next. */
export const childYears = (birth: CivilDate, { days, untilAge }: { readonly days: number; readonly untilAge: number } = PARENTAL): ChildYear[] =>
  Array.from({ length: untilAge }, (_, index) => ({ age: index + 1, from: addYears(birth, index), to: addDays(addYears(birth, index + 1), -1), days }))

/** Parental days due on a day over all children: each child's current year. */
export const parentalDays = (births: readonly CivilDate[], date: CivilDate): number =>
  births.flatMap((birth) => childYears(birth)).filter(({ from, to }) => from <= date && date <= to).reduce((sum, { days }) => sum + days, 0)

/** Minutes of nursing time a working day until the child is 1: an hour, and another for each further child of the birth (特别规定, art. 9). */
export const nursingMinutes = (birth: CivilDate, children: number, date: CivilDate): number => (date >= birth && date < addYears(birth, 1) ? 60 * children : 0)
