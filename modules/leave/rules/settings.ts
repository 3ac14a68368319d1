/** Rules an organisation sets itself; the defaults are customary. */
export interface LeaveRules {
  /** 补假: a leave may be applied for up to so many working days after it began. */
  readonly lateWorkdays: number
  /** From more than so many days on somebody must take the work over. */
  readonly standInAfter: number
  /** A/B 角: whether the head and the first deputy may be away together. */
  readonly pair: 'refuse' | 'allow'
  /** Whether pay goes on in personal leave: only then do 20 days of it cancel annual leave. */
  readonly personalPaid: boolean
}

export const DEFAULT_RULES: LeaveRules = { lateWorkdays: 3, standInAfter: 1, pair: 'refuse', personalPaid: true }
