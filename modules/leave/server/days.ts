import { UnconfirmedYearError } from '#base/working-days.ts'
import type { Period } from '#kit/fields/period.ts'
import { Calendar } from '#platform/calendar/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { leaveDays } from '../rules/days.ts'
import { continues, halfDays, hoursIn } from '../rules/period.ts'
import { homeOf } from './home.ts'
import { kindOf } from './kinds.ts'
import { grantedFrom } from './requests.ts'

type Values = Readonly<Record<string, unknown>>

export interface Filled {
  readonly personId: string
  readonly kind: string
  readonly period: Period
}

/** The fields a draft must have before anything can be said about it. */
export function filledOf({ applicant, kind, period }: Values): Filled | null {
  return typeof applicant === 'string' && typeof kind === 'string' && typeof period === 'object' && period !== null ? { personId: applicant, kind, period: period as Period } : null
}

/** A year without an official calendar leaves the answer open: a draft is kept, handing it in says why it cannot be counted. */
function unlessUnconfirmed<T>(work: () => T): T | null {
  try {
    return work()
  } catch (error) {
    if (error instanceof UnconfirmedYearError) return null
    throw error
  }
}

/** `leave.days`: leave within working time has none. */
export async function computeDays(ctx: ServerContext, values: Values): Promise<number | null> {
  const filled = filledOf(values)
  if (filled === null) return null
  const kind = await kindOf(ctx, (await homeOf(ctx, filled.personId)).organisationId, filled.kind)
  const table = await ctx.use(Calendar).table()
  return kind.count === 'hours' ? null : unlessUnconfirmed(() => leaveDays(kind, halfDays(filled.period), table))
}

/** `leave.hours`: what leave within working time comes to; other kinds have none. */
export async function computeHours(ctx: ServerContext, values: Values): Promise<number | null> {
  const filled = filledOf(values)
  const { hours } = values
  if (filled === null || typeof hours !== 'number') return null
  const kind = await kindOf(ctx, (await homeOf(ctx, filled.personId)).organisationId, filled.kind)
  const table = await ctx.use(Calendar).table()
  return kind.count === 'hours' ? unlessUnconfirmed(() => hoursIn(hours, filled.period, table)) : null
}

/** `leave.continuedBy`: number of the approved leave that goes on where this one ends. */
export async function computeContinuedBy(ctx: ServerContext, values: Values): Promise<string | null> {
  const filled = filledOf(values)
  if (filled === null) return null
  const table = await ctx.use(Calendar).table()
  const later = await grantedFrom(ctx, filled.personId, filled.period.end)
  return later.find(({ period }) => unlessUnconfirmed(() => continues(filled.period, period, table)))?.number ?? null
}
