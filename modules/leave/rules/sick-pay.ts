/** Share of pay in long sick leave, from a month of leave on (1 = the first), below and from 10 years of service. */
export interface SickPayTier {
  readonly fromMonth: number
  readonly below: number
  readonly from: number
}

/** Up to two months in full; the later steps are customary and set by the unit. */
export const SICK_PAY: readonly SickPayTier[] = [
  { fromMonth: 1, below: 100, from: 100 },
  { fromMonth: 3, below: 90, from: 100 },
  { fromMonth: 7, below: 70, from: 80 },
]

const LONG_SERVICE_YEARS = 10

/** Per cent of pay in the n-th month of a sick leave. */
export function sickPayPercent(month: number, serviceYears: number, tiers: readonly SickPayTier[] = SICK_PAY): number {
  const tier = tiers.findLast(({ fromMonth }) => month >= fromMonth)
  if (!tier) throw new RangeError('months of sick leave start with 1')
  return serviceYears >= LONG_SERVICE_YEARS ? tier.from : tier.below
}
