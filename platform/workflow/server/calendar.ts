import type { OfficeWindow } from '#base/business-hours.ts'
import { addDays, isCivilDate, shanghaiDate, shanghaiInstant, shanghaiMoment } from '#base/civil-date.ts'
import { dueInstant } from '#base/deadlines.ts'
import type { Term } from '#base/deadlines.ts'
import type { DayTable } from '#base/working-days.ts'
import type { Span } from '#kit/flow.ts'
import { Calendar } from '#platform/calendar/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Calendar as CoreCalendar, Instant } from '../core/context.ts'

/** The same lengths of time in the words of `base/deadlines.ts`; days end with the office hours of their last day. */
function termOf({ unit, n }: Span): Term {
  switch (unit) {
    case 'minutes': return { unit: 'HM', n }
    case 'hours': return { unit: 'HM', n: n * 60 }
    case 'workhours': return { unit: 'BH', n: n * 60 }
    case 'days': return { unit: 'CD', n }
    case 'months': return { unit: 'CM', n }
    case 'workdays': return { unit: 'WD', n }
  }
}

const add = (table: DayTable, windows: readonly OfficeWindow[], from: Instant, span: Span): Instant => dueInstant(table, new Date(from), termOf(span), windows).getTime()

/**
 * The working calendar as the core needs it. A year that is not confirmed yet ends the command with `calendar.year.unconfirmed`: a deadline is
 * never guessed.
 */
export async function coreCalendar(ctx: ServerContext, organisationId: string): Promise<CoreCalendar> {
  const { table, windows } = await ctx.use(Calendar).reckoning(organisationId, shanghaiDate(ctx.now))
  return {
    add: (from, span) => add(table, windows, from, span),
    /** A civil date as an end means the end of that day; a time without a zone is Shanghai's. */
    instant: (civil) => (isCivilDate(civil) ? shanghaiInstant(addDays(civil, 1)) : shanghaiMoment(civil)).getTime(),
  }
}
