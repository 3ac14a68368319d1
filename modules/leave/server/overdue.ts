import { sql } from 'kysely'
import { addDays, datesBetween, shanghaiDate } from '#base/civil-date.ts'
import { isWorkingDay } from '#base/working-days.ts'
import { Calendar } from '#platform/calendar/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Notify } from '#platform/notify/contract.ts'
import { Org } from '#platform/org/contract.ts'
import { absenceState } from '../rules/absence.ts'
import { noticeWords } from '../words.ts'
import { homeOf } from './home.ts'
import { unreported } from './requests.ts'
import type { Request } from './requests.ts'

/** Raises the step at which an alarm went out; false when it went out before. */
async function newStep(ctx: ServerContext, requestId: string, step: number): Promise<boolean> {
  const { numAffectedRows } = await sql`update leave_grant set alarmed = ${step} where request_id = ${requestId} and alarmed < ${step}`.execute(ctx.db())
  return numAffectedRows === 1n
}

async function alarm(ctx: ServerContext, { id, personId, number }: Request, days: number): Promise<void> {
  const { organisationId, unitId } = await homeOf(ctx, personId)
  const found = await Promise.all([ctx.use(Org).holders('department-head', unitId), ctx.use(Org).holders('personnel', organisationId)])
  const people = [...new Set([personId, ...found.flat().map((post) => post.personId)])]
  await ctx.use(Notify).tell(people, { kind: 'urge', title: `${number} 逾期未销假`, text: noticeWords.overdue(days), link: `/app/leave_request/${id}` })
}

/** 逾期未销假: the person, the head of the department and the personnel officers are told after 3, 10 and 15 working days. */
export async function remindUnreported(ctx: ServerContext): Promise<void> {
  const today = shanghaiDate(ctx.now)
  const table = await ctx.use(Calendar).table()
  for (const request of await unreported(ctx, today)) {
    const first = addDays(request.period.end, 1)
    const missed = first > today ? [] : [...datesBetween(first, addDays(today, -1))].filter((date) => isWorkingDay(table, date))
    const { step } = absenceState(table, missed)
    if (step > 0 && (await newStep(ctx, request.id, step))) await alarm(ctx, request, missed.length)
  }
}
