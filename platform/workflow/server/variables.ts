import { addDays, shanghaiInstant } from '#base/civil-date.ts'
import type { Period } from '#kit/fields/period.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import type { Ir } from '../core/ir.ts'

const NOON = 12 * 60

const isPeriod = (value: unknown): value is Period => typeof value === 'object' && value !== null && 'startHalf' in value && 'endHalf' in value

/** A period as the two instants between which it lies, so that waits end at the right half day. */
const instants = ({ start, startHalf, end, endHalf }: Period): { start: string; end: string } => ({
  start: shanghaiInstant(start, startHalf === 'am' ? 0 : NOON).toISOString(),
  end: (endHalf === 'am' ? shanghaiInstant(end, NOON) : shanghaiInstant(addDays(end, 1))).toISOString(),
})

/** The values of the record that the flow's conditions, waits and assignments read. */
export const variablesOf = (ir: Ir, record: RuleRecord): Readonly<Record<string, unknown>> =>
  Object.fromEntries(ir.reads.map((key) => [key, isPeriod(record.values[key]) ? instants(record.values[key]) : (record.values[key] ?? null)]))
