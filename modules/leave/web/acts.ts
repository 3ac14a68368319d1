import { addDays, later } from '#base/civil-date.ts'
import type { CivilDate } from '#base/civil-date.ts'
import type { Half, Period } from '#kit/fields/period.ts'
import type { RecordDetailWire } from '#kit/wire/record.ts'

export type LeaveAct = 'return' | 'extend' | 'cancel'

interface Words {
  readonly label: string
  readonly asks: string
  /** States of the request in which it is offered. */
  readonly states: readonly string[]
  readonly danger: boolean
}

export const LEAVE_ACTS: Readonly<Record<LeaveAct, Words>> = {
  return: { label: '提前销假', asks: '登记实际休假的最后一天，未休的天数退回假期余额。', states: ['away'], danger: false },
  extend: { label: '续假', asks: '从原定结束后接着请假，重新审批；批准后只需在最后一次销假。', states: ['approved', 'away', 'to-report'], danger: false },
  cancel: { label: '撤销', asks: '撤销后这张请假单作废，天数退回假期余额，不能恢复。', states: ['running', 'approved'], danger: true },
}

/** Acts beyond the flow that a person has on a request: the applicant, and personnel officers. */
export function leaveActs(record: RecordDetailWire, personId: string, personnel: boolean): readonly LeaveAct[] {
  if (record.values['applicant'] !== personId && !personnel) return []
  return (Object.keys(LEAVE_ACTS) as LeaveAct[]).filter((act) => LEAVE_ACTS[act].states.includes(record.state))
}

/** The day proposed: for 提前销假 today, as far as the leave had begun; for 续假 the day after its end. */
export function dayProposed(act: LeaveAct, period: Period, today: CivilDate): CivilDate {
  return act === 'extend' ? addDays(period.end, 1) : later(period.start, today < period.end ? today : period.end)
}

export const HALVES = [{ value: 'am', label: '上午' }, { value: 'pm', label: '下午' }] as const

export interface ActInput {
  readonly end: CivilDate
  readonly endHalf: Half
  readonly reason: string
}

/** What the command of an act is sent. */
export const inputOf = (act: LeaveAct, id: string, { end, endHalf, reason }: ActInput): object => ({ id, ...(act !== 'cancel' && { end, endHalf }), ...(act !== 'return' && { reason }) })

export const isReady = (act: LeaveAct, { reason }: ActInput): boolean => act === 'return' || reason.trim() !== ''
