import { addYears, formatCivilDate } from '#base/civil-date.ts'
import type { CivilDate } from '#base/civil-date.ts'
import { commonPeriod, wholeDays } from '#base/half-days.ts'
import type { Period } from '#kit/fields/period.ts'
import { Calendar } from '#platform/calendar/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { leaveDays } from '../rules/days.ts'
import { birthDays, childYears, nursingMinutes } from '../rules/family.ts'
import type { BirthCase } from '../rules/family.ts'
import { halfDays } from '../rules/period.ts'
import { visitTooNear, visitYears } from '../rules/visits.ts'
import { BIRTHS } from '../words.ts'
import type { Case } from './check.ts'
import { requestsOf, TAKING } from './requests.ts'
import type { Request } from './requests.ts'

/** The person's other requests within some years around this one. */
async function around(ctx: ServerContext, { id, home, period }: Case, years: number): Promise<Request[]> {
  const near = await requestsOf(ctx, home.personId, addYears(period.start, -years), addYears(period.start, years), TAKING)
  return near.filter((one) => one.id !== id)
}

/** Those of the same kind. */
const others = async (ctx: ServerContext, one: Case, years: number): Promise<Request[]> => (await around(ctx, one, years)).filter(({ kind }) => kind === one.kind.code)

/** 产假 is due once for a birth, in one piece or in parts, up to what the law gives for it. */
async function requireBirth(ctx: ServerContext, one: Case): Promise<void> {
  const birth = one.values['birth'] as BirthCase
  const most = birthDays(birth, Number(one.values['children'] ?? 1))
  const taken = (await others(ctx, one, 1)).filter((other) => other.birth === birth).reduce((sum, { days }) => sum + days, 0)
  if (taken + one.days > most) ctx.fail('leave.limit.birth', { birth: BIRTHS[birth], most, taken, days: one.days })
}

/** An hour a day for each child until the first birthday. */
async function requireNursing(ctx: ServerContext, { period, values }: Case): Promise<void> {
  const [birth, children] = [String(values['childBirth']), Number(values['children'])]
  const minutes = Math.min(...[period.start, period.end].map((date) => nursingMinutes(birth, children, date)))
  if (minutes === 0) ctx.fail('leave.child.age', { years: 1 })
  if (Number(values['hours']) * 60 > minutes) ctx.fail('leave.nursing.hours', { hours: minutes / 60 })
}

/** Five days in each of a child's first three years; days not taken do not go into the next. */
async function requireParental(ctx: ServerContext, one: Case): Promise<void> {
  const birth = String(one.values['childBirth'])
  const years = childYears(birth)
  if (one.period.start < birth || one.period.end > (years.at(-1)?.to ?? birth)) ctx.fail('leave.child.age', { years: years.length })
  const table = await ctx.use(Calendar).table()
  const same = (await others(ctx, one, years.length)).filter((other) => other.childBirth === birth)
  const within = (period: Period, from: CivilDate, to: CivilDate): number => {
    const part = commonPeriod(halfDays(period), wholeDays(from, to))
    return part === null ? 0 : leaveDays(one.kind, part, table)
  }
  for (const { age, from, to, days: most } of years) {
    const [asked, taken] = [within(one.period, from, to), same.reduce((sum, { period }) => sum + within(period, from, to), 0)]
    if (asked > 0 && taken + asked > most) ctx.fail('leave.limit.child-year', { age, from: formatCivilDate(from), to: formatCivilDate(to), most, taken, days: asked })
  }
}

async function requireVisit(ctx: ServerContext, one: Case): Promise<void> {
  const { code, label } = one.kind
  const visits = (await around(ctx, one, visitYears(code))).map(({ kind, period }) => ({ kind, start: period.start }))
  const near = visitTooNear(visits, { kind: code, start: one.period.start })
  if (near !== undefined) ctx.fail('leave.limit.visit', { kind: label, on: formatCivilDate(near.on), from: formatCivilDate(near.from) })
}

const CHECKS: Readonly<Record<string, (ctx: ServerContext, one: Case) => Promise<void>>> = {
  maternity: requireBirth, nursing: requireNursing, parental: requireParental, 'visit-parents-married': requireVisit, 'visit-parents-two-years': requireVisit, 'visit-parents-single': requireVisit,
}

/** What the law says of births, children and visits; other kinds pass. */
export const requireFamily = async (ctx: ServerContext, one: Case): Promise<void> => CHECKS[one.kind.code]?.(ctx, one)
