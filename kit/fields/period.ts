import { formatCivilDate, isCivilDate } from '#base/civil-date.ts'
import { accept, refuse } from './field.ts'
import type { FieldBase, FieldKind } from './field.ts'

export type Half = 'am' | 'pm'

/** From the first half day to the last, both included; whole days run from `am` to `pm`. */
export interface Period {
  readonly from: string
  readonly fromHalf: Half
  readonly to: string
  readonly toHalf: Half
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
  const { from, to, fromHalf = 'am', toHalf = 'pm' } = input as Partial<Record<keyof Period, unknown>>
  if (typeof from !== 'string' || typeof to !== 'string' || !isCivilDate(from) || !isCivilDate(to)) return refuse('kit.period.type')
  if (!isHalf(fromHalf) || !isHalf(toHalf)) return refuse('kit.period.type')
  if (field.step !== 'half-day' && (fromHalf !== 'am' || toHalf !== 'pm')) return refuse('kit.period.half')
  return from > to || (from === to && fromHalf > toHalf) ? refuse('kit.period.order') : accept({ from, fromHalf, to, toHalf })
}

const HALF_TEXT = { am: '上午', pm: '下午' } as const

function periodText({ from, fromHalf, to, toHalf }: Period): string {
  const whole = fromHalf === 'am' && toHalf === 'pm'
  if (from === to) return whole ? formatCivilDate(from) : `${formatCivilDate(from)}${fromHalf === toHalf ? HALF_TEXT[fromHalf] : ''}`
  return whole ? `${formatCivilDate(from)}至${formatCivilDate(to)}` : `${formatCivilDate(from)}${HALF_TEXT[fromHalf]}至${formatCivilDate(to)}${HALF_TEXT[toHalf]}`
}

export const periodKind: FieldKind<PeriodField, Period> = {
  kind: 'period',
  columns: () => ({ from: 'date', from_half: 'text', to: 'date', to_half: 'text' }),
  toColumns: (value) => ({ from: value?.from ?? null, from_half: value?.fromHalf ?? null, to: value?.to ?? null, to_half: value?.toHalf ?? null }),
  fromColumns: ({ from, from_half, to, to_half }) =>
    typeof from === 'string' && typeof to === 'string' && isHalf(from_half) && isHalf(to_half) ? { from, fromHalf: from_half, to, toHalf: to_half } : null,
  parse: parsePeriod,
  operators: ['overlaps', 'empty', 'not-empty'],
  text: periodText,
  jsonSchema: () => ({
    type: 'object', required: ['from', 'to'],
    properties: { from: { type: 'string', format: 'date' }, fromHalf: { enum: ['am', 'pm'] }, to: { type: 'string', format: 'date' }, toHalf: { enum: ['am', 'pm'] } },
  }),
}
