import { addDays, addYears, fullYears, monthEnd } from '#base/civil-date.ts'
import type { CivilDate } from '#base/civil-date.ts'
import type { Fen } from '#base/money.ts'

/** Days of annual leave from so many years of service; `sickMonths` of sick leave in a year cancel it (职工带薪年休假条例, art. 3 and 4). */
export interface AnnualTier {
  readonly years: number
  readonly days: number
  readonly sickMonths: number
}

/** 职工带薪年休假条例, art. 3: 5 days from 1 year, 10 from 10, 15 from 20; art. 4 (3)–(5): 2, 3 or 4 months of sick leave. */
export const ANNUAL_TIERS: readonly AnnualTier[] = [
  { years: 1, days: 5, sickMonths: 2 },
  { years: 10, days: 10, sickMonths: 3 },
  { years: 20, days: 15, sickMonths: 4 },
]

/** The first day of the month after a tier's years are full (机关事业单位工作人员带薪年休假实施办法, art. 2). */
const tierStart = (workedSince: CivilDate, { years }: AnnualTier): CivilDate => addDays(monthEnd(addYears(workedSince, years)), 1)

/** The tier that holds on a day; `workedSince` is the start of all service (工龄), not of service here. */
const tierOn = (workedSince: CivilDate, date: CivilDate, tiers: readonly AnnualTier[]): AnnualTier | undefined =>
  tiers.findLast((tier) => tierStart(workedSince, tier) <= date)

/** Days of annual leave a year that hold on a day: 0 in the first year of service. */
export const annualDays = (workedSince: CivilDate, date: CivilDate, tiers: readonly AnnualTier[] = ANNUAL_TIERS): number => tierOn(workedSince, date, tiers)?.days ?? 0

export interface AnnualGrant {
  readonly on: CivilDate
  readonly days: number
}

/** What a year's account is credited with, and when: on 1 January, and the difference when a higher tier begins during the year. */
export function annualGrants(workedSince: CivilDate, year: number, tiers: readonly AnnualTier[] = ANNUAL_TIERS): AnnualGrant[] {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`]
  const inYear = tiers.map((tier) => tierStart(workedSince, tier)).filter((start) => start > first && start <= last)
  const steps = [{ on: first, before: 0 }, ...inYear.map((on) => ({ on, before: annualDays(workedSince, addDays(on, -1), tiers) }))]
  return steps.map(({ on, before }) => ({ on, days: annualDays(workedSince, on, tiers) - before })).filter(({ days }) => days > 0)
}

/** What happened to a person in a year, as far as annual leave depends on it. */
export interface AnnualFacts {
  readonly workedSince: CivilDate
  readonly year: number
  /** Days of school vacation (寒暑假) she had by law. */
  readonly vacationDays: number
  /** Days of personal leave for which her pay was not reduced. */
  readonly paidPersonalDays: number
  /** Months of sick leave, added up. */
  readonly sickMonths: number
  /** Annual leave of this year already taken. */
  readonly taken: boolean
}

export type AnnualBarReason = 'vacation' | 'personal' | 'sick'

export interface AnnualBar {
  readonly reasons: readonly AnnualBarReason[]
  /** The year whose leave is not due. */
  readonly year: number
}

/** 20 days of personal leave without a cut in pay cancel annual leave (art. 4 (2)). */
export const PERSONAL_DAYS_LIMIT = 20

/**
 * Whether annual leave is not due (职工带薪年休假条例, art. 4). Who has already taken this year's leave loses the next year's, except for
 * school vacations (机关事业单位工作人员带薪年休假实施办法). Null: it is due. Thresholds of sick leave follow the service at the end of the year.
 */
export function annualBar(facts: AnnualFacts, tiers: readonly AnnualTier[] = ANNUAL_TIERS): AnnualBar | null {
  const service = fullYears(facts.workedSince, `${facts.year}-12-31`)
  const tier = tiers.findLast(({ years }) => service >= years)
  if (!tier) return null
  const vacation = facts.vacationDays > tier.days
  const personal = facts.paidPersonalDays >= PERSONAL_DAYS_LIMIT
  const sick = facts.sickMonths >= tier.sickMonths
  const reasons: AnnualBarReason[] = [...(vacation ? ['vacation' as const] : []), ...(personal ? ['personal' as const] : []), ...(sick ? ['sick' as const] : [])]
  if (reasons.length === 0) return null
  return { reasons, year: facts.taken && !vacation ? facts.year + 1 : facts.year }
}

/** Pay for leave not taken for reasons of work, with consent: 300 % of the daily pay, of which 100 % is in the salary already (条例, art. 5). */
export const annualPayOut = (days: number, dailyPay: Fen): { readonly total: Fen; readonly extra: Fen } => ({
  total: Math.round(days * dailyPay * 3),
  extra: Math.round(days * dailyPay * 2),
})
