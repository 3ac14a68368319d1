import type { Span } from '#kit/flow.ts'
import type { TimerSpec } from '../core/ir.ts'

const DURATION = /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/u

/**
 * An ISO 8601 duration as a span: years and months alone by the calendar, anything else as wall-clock time (besides days or hours a month counts 30 days, a year
 * 365); null for what is none.
 */
export function spanOf(text: string): Span | null {
  const found = DURATION.exec(text.trim())
  if (found === null || found.slice(1).every((part) => part === undefined)) return null
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0))
  if (weeks + days + hours + minutes + seconds === 0 && years + months > 0) return { unit: 'months', n: years * 12 + months }
  const whole = years * 365 + months * 30 + weeks * 7 + days
  const rest = hours * 60 + minutes + seconds / 60
  if (rest === 0) return { unit: 'days', n: whole }
  const total = whole * 1440 + rest
  return total % 60 === 0 ? { unit: 'hours', n: total / 60 } : { unit: 'minutes', n: total }
}

/** When a BPMN timer fires: a date, a duration, a cycle (`R3/PT1H`, or `R/2026-09-01T09:00/P7D` with its first time), or the name of a field that holds a date; null when it cannot be read. */
export function timerOf(kind: 'timeDate' | 'timeDuration' | 'timeCycle', text: string): TimerSpec | null {
  const inner = /^[$#]\{(.*)\}$/u.exec(text.trim())?.[1]?.trim() ?? text.trim()
  if (kind === 'timeDuration') {
    const span = spanOf(inner)
    return span === null ? null : { kind: 'after', span }
  }
  if (kind === 'timeCycle') {
    const [, times, from, rest] = /^R(\d*)\/(?:(\d{4}-\d{2}-\d{2}[^/]*)\/)?(.+)$/u.exec(inner) ?? []
    const span = rest === undefined ? null : spanOf(rest)
    if (span === null || (from !== undefined && Number.isNaN(Date.parse(from)))) return null
    return { kind: 'every', span, times: times === '' || times === undefined ? null : Number(times), ...(from !== undefined && { from }) }
  }
  if (/^\d{4}-\d{2}-\d{2}(?:T.*)?$/u.test(inner)) return Number.isNaN(Date.parse(inner)) ? null : { kind: 'date', at: inner }
  return /^[\p{L}_][\p{L}\p{N}_.]*$/u.test(inner) ? { kind: 'field', field: inner } : null
}
