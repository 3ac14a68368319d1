import { valueAt } from '#kit/where.ts'
import type { Instant } from './context.ts'
import { type Draft, drop, list, nextId, put, variablesOf } from './draft.ts'
import type { TimerSpec } from './ir.ts'
import type { RowId, Timer } from './state.ts'

type On = { readonly task: RowId | null; readonly token: RowId | null; readonly subscription?: RowId; readonly level?: number; readonly opinion?: string }

/** Adds a timer; a reminder that would lie in the past is left out. */
export function addTimer(draft: Draft, kind: Timer['kind'], at: number, on: On): void {
  if (kind === 'remind' && at <= draft.context.now) return
  const id = nextId(draft)
  put(draft, 'timers', { id, kind, at, ...on }, id)
}

export function dropTimers(draft: Draft, which: (timer: Timer) => boolean): void {
  for (const timer of list(draft, 'timers')) if (which(timer)) drop(draft, 'timers', timer.id)
}

/** When the timer of an event fires; null while the field it reads is empty. */
export function timeOf(draft: Draft, spec: TimerSpec, scope: RowId): Instant | null {
  const { now, calendar } = draft.context
  switch (spec.kind) {
    case 'date': return calendar.instant(spec.at)
    case 'after': return calendar.add(now, spec.span)
    case 'every': {
      const first = spec.from === undefined ? now : calendar.instant(spec.from)
      return first > now ? first : calendar.add(now, spec.span)
    }
    case 'field': {
      const value = valueAt(variablesOf(draft, scope), spec.field)
      if (typeof value === 'number') return value
      return typeof value === 'string' && value !== '' ? calendar.instant(value) : null
    }
  }
}
