import { addYears } from '#base/civil-date.ts'
import type { CivilDate } from '#base/civil-date.ts'

/**
 * Home visits that are due once in some years (国发〔1981〕36号, art. 3): of the married to their parents once in four; the unmarried may take two years' visits
 * as one of 45 days, which then stands for the yearly ones.
 */
const EVERY: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'visit-parents-married': { 'visit-parents-married': 4 },
  'visit-parents-two-years': { 'visit-parents-two-years': 2, 'visit-parents-single': 2 },
  'visit-parents-single': { 'visit-parents-two-years': 2 },
}

/** A visit as far as the rule looks at it. */
export type Visit = { readonly kind: string; readonly start: CivilDate }

/** How many years around a day must be looked at for a kind; 0 for kinds without such a rule. */
export const visitYears = (kind: string): number => Math.max(0, ...Object.values(EVERY[kind] ?? {}))

/** The visit that stands too near before or after a day, and from when on one of the kind is due again. */
export function visitTooNear(visits: readonly Visit[], { kind, start }: Visit): { readonly on: CivilDate; readonly from: CivilDate } | undefined {
  const years = (other: Visit): number => EVERY[kind]?.[other.kind] ?? 0
  const near = visits.find((other) => other.start < addYears(start, years(other)) && start < addYears(other.start, years(other)))
  return near && { on: near.start, from: addYears(near.start, years(near)) }
}
