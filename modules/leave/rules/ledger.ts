import type { CivilDate } from '#base/civil-date.ts'
import { fail } from '#kit/failure.ts'

export type LedgerEntryType = 'grant' | 'use' | 'give-back' | 'carry-out' | 'carry-in' | 'expire' | 'pay-out' | 'adjust'

/** One line of a person's account of one kind of leave. Lines are only added; the balance is their sum. */
export interface LedgerEntry {
  /** Year the days belong to. */
  readonly year: number
  readonly type: LedgerEntryType
  /** Half days as 0.5; positive adds to the balance. */
  readonly days: number
  readonly on: CivilDate
  readonly reason: string
  /** The leave request a use or return belongs to. */
  readonly request?: string
}

type Ledger = readonly LedgerEntry[]
interface Note {
  readonly on: CivilDate
  readonly reason: string
}

const isStep = (days: number): boolean => Number.isInteger(days * 2)
const sum = (entries: Ledger, ...types: readonly LedgerEntryType[]): number => entries.filter(({ type }) => types.includes(type)).reduce((total, { days }) => total + days, 0)

function positive(days: number): number {
  return days > 0 && isStep(days) ? days : fail('leave.balance.step', { days })
}

export interface Balance {
  readonly year: number
  readonly granted: number
  readonly carriedIn: number
  readonly used: number
  readonly available: number
  /** Part of `available` that came from the year before: it is used first and goes no further. */
  readonly carriedLeft: number
}

/** The state of a year's account. */
export function balance(ledger: Ledger, year: number): Balance {
  const entries = ledger.filter((entry) => entry.year === year)
  const available = entries.reduce((total, { days }) => total + days, 0)
  const carriedIn = sum(entries, 'carry-in')
  const used = -sum(entries, 'use', 'give-back')
  const gone = used - sum(entries, 'expire', 'pay-out')
  return { year, granted: sum(entries, 'grant'), carriedIn, used, available, carriedLeft: Math.max(0, Math.min(available, carriedIn - gone)) }
}

function covered(ledger: Ledger, year: number, days: number): void {
  const { available } = balance(ledger, year)
  if (days > available) fail('leave.balance.short', { year, available, days })
}

export const grant = (year: number, days: number, note: Note): LedgerEntry => ({ year, type: 'grant', days: positive(days), ...note })

/** Fails with `leave.balance.short` when the year has fewer days. */
export function use(ledger: Ledger, year: number, days: number, note: Note & { readonly request: string }): LedgerEntry {
  covered(ledger, year, positive(days))
  return { year, type: 'use', days: -days, ...note }
}

/** Days back after an early return or a cancelled leave; not more than that request still holds. */
export function giveBack(ledger: Ledger, year: number, days: number, note: Note & { readonly request: string }): LedgerEntry {
  const used = -sum(ledger.filter((entry) => entry.year === year && entry.request === note.request), 'use', 'give-back')
  if (positive(days) > used) fail('leave.balance.give-back', { used, days })
  return { year, type: 'give-back', days, ...note }
}

/** Correction by the personnel office; needs a reason and cannot make the balance negative. */
export function adjust(ledger: Ledger, year: number, days: number, note: Note): LedgerEntry {
  if (note.reason.trim() === '') fail('leave.balance.reason')
  if (days === 0 || !isStep(days)) fail('leave.balance.step', { days })
  if (days < 0) covered(ledger, year, -days)
  return { year, type: 'adjust', days, ...note }
}

/** Days not taken for reasons of work, paid instead. */
export function payOut(ledger: Ledger, year: number, days: number, note: Note): LedgerEntry {
  covered(ledger, year, positive(days))
  return { year, type: 'pay-out', days: -days, ...note }
}

/** Days of a year that may go into the next: not those that were carried already (职工带薪年休假条例, art. 5: over one year). */
export function carriable(ledger: Ledger, year: number): number {
  const { available, carriedLeft } = balance(ledger, year)
  return available - carriedLeft
}

/** Moves days into the next year: one line in each. */
export function carryOver(ledger: Ledger, year: number, days: number, note: Note): readonly LedgerEntry[] {
  const available = carriable(ledger, year)
  if (positive(days) > available) fail('leave.balance.short', { year, available, days })
  return [{ year, type: 'carry-out', days: -days, ...note }, { year: year + 1, type: 'carry-in', days, ...note }]
}

/** Ends a year: carries what was agreed, at most what may be carried, and lets the rest expire. */
export function closeYear(ledger: Ledger, year: number, carry: number, note: Note): readonly LedgerEntry[] {
  const days = Math.min(carry, carriable(ledger, year))
  const rest = balance(ledger, year).available - days
  return [...(days > 0 ? carryOver(ledger, year, days, note) : []), ...(rest > 0 ? [{ year, type: 'expire' as const, days: -rest, ...note }] : [])]
}

/** Uses the days of a leave, split by the calendar years it lies in (a leave over New Year uses both accounts). */
export const useByYear = (ledger: Ledger, parts: readonly { readonly year: number; readonly days: number }[], note: Note & { readonly request: string }): readonly LedgerEntry[] =>
  parts.filter(({ days }) => days > 0).map(({ year, days }) => use(ledger, year, days, note))
