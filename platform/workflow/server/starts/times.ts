import { addDays, addMonths, civilDate, dateParts, daysInMonth, isCivilDate, monthStart, shanghaiDate, shanghaiInstant, shanghaiMinute, shanghaiMoment } from '#base/civil-date.ts'
import type { Calendar, Instant } from '../../core/context.ts'
import type { TimerSpec } from '../../core/ir.ts'

type Every = Extract<TimerSpec, { kind: 'every' }>

const MINUTE = 60_000
/** A cycle that was left this many times is taken up from now. */
const MOST_MISSED = 10_000

/** A date means its beginning; a time without a zone is Shanghai's. */
function instantOf(text: string): Instant {
  if (isCivilDate(text)) return shanghaiInstant(text).getTime()
  return shanghaiMoment(text).getTime()
}

/** So many months later, on the day of the month on which it began; where a month is too short on its last day. */
function monthsLater(from: Instant, n: number, first: Instant): Instant {
  const { year, month } = dateParts(addMonths(monthStart(shanghaiDate(new Date(from))), Math.max(1, Math.round(n))))
  const { day } = dateParts(shanghaiDate(new Date(first)))
  return shanghaiInstant(civilDate({ year, month, day: Math.min(day, daysInMonth(year, month)) }), shanghaiMinute(new Date(from))).getTime()
}

/** One span later, at the same time of day where the span counts days. */
function later(calendar: Calendar, from: Instant, { span, from: first }: Every): Instant {
  const minute = shanghaiMinute(new Date(from))
  switch (span.unit) {
    case 'minutes': return from + Math.max(1, span.n) * MINUTE
    case 'hours': return from + Math.max(1 / 60, span.n) * 60 * MINUTE
    case 'days': return shanghaiInstant(addDays(shanghaiDate(new Date(from)), Math.max(1, Math.round(span.n))), minute).getTime()
    case 'months': return monthsLater(from, span.n, first === undefined ? from : instantOf(first))
    case 'workdays': return shanghaiInstant(shanghaiDate(new Date(calendar.add(from, { ...span, n: Math.max(1, span.n) }))), minute).getTime()
    case 'workhours': return calendar.add(from, { ...span, n: Math.max(1, span.n) })
  }
}

function after(calendar: Calendar, from: Instant, now: Instant, spec: Every): Instant {
  let next = from
  for (let missed = 0; next <= now && missed < MOST_MISSED; missed++) next = later(calendar, next, spec)
  return next > now ? next : later(calendar, now, spec)
}

/** When a timer first starts a case after it was published; null: never, its time is past. */
export function firstTime(calendar: Calendar, spec: TimerSpec, now: Instant): Instant | null {
  switch (spec.kind) {
    case 'date': return instantOf(spec.at) > now ? instantOf(spec.at) : null
    case 'after': return calendar.add(now, spec.span)
    case 'every': return after(calendar, spec.from === undefined ? now : instantOf(spec.from), now, spec)
    case 'field': return null
  }
}

/** When it starts the next one after that of `last`, its `fired`th; times missed in a standstill are made up once. Null: it is over. */
export function nextTime(calendar: Calendar, spec: TimerSpec, { last, fired, now }: { readonly last: Instant; readonly fired: number; readonly now: Instant }): Instant | null {
  if (spec.kind !== 'every' || (spec.times !== null && fired >= spec.times)) return null
  return after(calendar, last, now, spec)
}
