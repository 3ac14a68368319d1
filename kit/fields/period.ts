import { formatCivilDate, isCivilDate } from '#base/civil-date.ts'
import { accept, refuse } from './field.ts'
import type { FieldBase, FieldKind } from './field.ts'

export type Half = 'am' | 'pm'

/** From the first half day to the last, both included; whole days run from `am` to `pm`. */
export interface Period {
  readonly start: string
  readonly startHalf: Half
  readonly end: string
  readonly endHalf: Half
}

export interface PeriodField extends FieldBase {
  readonly kind: 'period'
  readonly step?: 'day' | 'half-day'
}

export const period = <const O extends Omit<PeriodField, 'kind' | 'label'>>(label: string, options?: O) =>
  ({ kind: 'period', label, ...options }) as { readonly kind: 'period'; readonly label: string } & O

const isHalf = (value: unknown): value is Half => value === 'am' || value === 'pm'

function parsePeriod(input: unknown, field: PeriodField) {
  if (typeof input !== 'object' || input === null) return refuse('kit.period.type')
  const { start, end, startHalf = 'am', endHalf = 'pm' } = input as Partial<Record<keyof Period, unknown>>
  if (typeof start !== 'string' || typeof end !== 'string' || !isCivilDate(start) || !isCivilDate(end)) return refuse('kit.period.type')
  if (!isHalf(startHalf) || !isHalf(endHalf)) return refuse('kit.period.type')
  if (field.step !== 'half-day' && (startHalf !== 'am' || endHalf !== 'pm')) return refuse('kit.period.half')
  return start > end || (start === end && startHalf > endHalf) ? refuse('kit.period.order') : accept({ start, startHalf, end, endHalf })
}

const HALF_TEXT = { am: '上午', pm: '下午' } as const

function periodText({ start, startHalf, end, endHalf }: Period): string {
  const whole = startHalf === 'am' && endHalf === 'pm'
  if (start === end) return whole ? formatCivilDate(start) : `${formatCivilDate(start)}${startHalf === endHalf ? HALF_TEXT[startHalf] : ''}`
  return whole ? `${formatCivilDate(start)}至${formatCivilDate(end)}` : `${formatCivilDate(start)}${HALF_TEXT[startHalf]}至${formatCivilDate(end)}${HALF_TEXT[endHalf]}`
}

export const periodKind: FieldKind<PeriodField, Period> = {
  kind: 'period',
  columns: () => ({ start: 'date', start_half: 'text', end: 'date', end_half: 'text' }),
  toColumns: (value) => ({ start: value?.start ?? null, start_half: value?.startHalf ?? null, end: value?.end ?? null, end_half: value?.endHalf ?? null }),
  fromColumns: ({ start, start_half, end, end_half }) =>
    typeof start === 'string' && typeof end === 'string' && isHalf(start_half) && isHalf(end_half) ? { start, startHalf: start_half, end, endHalf: end_half } : null,
  parse: parsePeriod,
  operators: ['overlaps', 'empty', 'filled'],
  text: periodText,
  jsonSchema: () => ({
    type: 'object', required: ['start', 'end'],
    properties: { start: { type: 'string', format: 'date' }, startHalf: { enum: ['am', 'pm'] }, end: { type: 'string', format: 'date' }, endHalf: { enum: ['am', 'pm'] } },
  }),
}
