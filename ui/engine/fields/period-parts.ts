import type { Half } from '#kit/fields/period.ts'

/** A period being chosen: either end may still be missing. */
export interface Choosing {
  readonly start?: string | null
  readonly startHalf?: Half
  readonly end?: string | null
  readonly endHalf?: Half
}

export const WHOLE = { startHalf: 'am', endHalf: 'pm' } as const

export const choosing = (value: unknown): Choosing => (typeof value === 'object' && value !== null ? value : {})

/** A choice of the first day fills an empty last day, and moves one that would lie before it. */
export function movedStart(period: Choosing, start: string | null): Choosing {
  const end = period.end ?? null
  return { ...WHOLE, ...period, start, end: start !== null && (end === null || end < start) ? start : end }
}

export const lastMoved = (period: Choosing, end: string | null): Choosing => ({ ...WHOLE, ...period, end })

export const halfChanged = (period: Choosing, part: 'start' | 'end', half: Half): Choosing => ({ ...WHOLE, ...period, [`${part}Half`]: half })
