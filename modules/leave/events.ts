import type { Period } from '#kit/fields/period.ts'

/** A leave was approved: rosters and meetings may look for conflicts. */
export const LEAVE_GRANTED = 'leave.granted'
/** A leave is over or was cancelled; `period` is what was really taken. */
export const LEAVE_ENDED = 'leave.ended'

/** Data of both. Nothing about kind or reason: others learn only who is away and when. */
export interface LeaveChanged {
  readonly requestId: string
  readonly personId: string
  readonly period: Period
}
