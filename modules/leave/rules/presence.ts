import type { CivilDate } from '#base/civil-date.ts'
import type { Period } from '#kit/fields/period.ts'

/** Kinds that are work elsewhere, not leave. */
const OUT_KINDS: ReadonlySet<string> = new Set(['trip', 'business', 'training', 'official'])

export type Presence = 'leave' | 'out'

export const presenceOf = (kind: string): Presence => (OUT_KINDS.has(kind) ? 'out' : 'leave')

/** How much of a day a period takes: 全天, 上午 or 下午. */
export function partOfDay({ start, startHalf, end, endHalf }: Period, date: CivilDate): 'day' | 'am' | 'pm' {
  const morning = date > start || startHalf === 'am'
  const afternoon = date < end || endHalf === 'pm'
  return morning && afternoon ? 'day' : morning ? 'am' : 'pm'
}
