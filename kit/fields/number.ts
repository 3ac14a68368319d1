import { accept, refuse } from './field.ts'
import type { FieldBase, FieldKind } from './field.ts'

export interface NumberField extends FieldBase {
  readonly kind: 'number'
  readonly min?: number
  readonly max?: number
  /** Digits after the point; 0 unless told. */
  readonly digits?: number
  readonly unit?: string
}

export const number = <const O extends Omit<NumberField, 'kind' | 'label'>>(label: string, options?: O) =>
  ({ kind: 'number', label, ...options }) as { readonly kind: 'number'; readonly label: string } & O

export const numberKind: FieldKind<NumberField, number> = {
  kind: 'number',
  columns: (field) => ({ '': `numeric(18,${field.digits ?? 0})` }),
  toColumns: (value) => ({ '': value }),
  fromColumns: (row) => (row[''] === null || row[''] === undefined ? null : Number(row[''])),
  parse(input, field) {
    const value = typeof input === 'string' && input.trim() !== '' ? Number(input) : input
    if (typeof value !== 'number' || !Number.isFinite(value)) return refuse('kit.number.type')
    if (Math.abs(value) >= 1e12) return refuse('kit.number.large')
    const digits = field.digits ?? 0
    if (Number(value.toFixed(digits)) !== value) return refuse('kit.number.digits', { digits })
    if (field.min !== undefined && value < field.min) return refuse('kit.number.min', { min: field.min })
    if (field.max !== undefined && value > field.max) return refuse('kit.number.max', { max: field.max })
    return accept(value)
  },
  operators: ['=', '<', '<=', '>', '>=', 'empty', 'filled'],
  text: (value, field) => `${value.toFixed(field.digits ?? 0).replace(/\.?0+$/, (tail) => (tail.startsWith('.') ? '' : tail))}${field.unit ?? ''}`,
  jsonSchema: (field) => ({ type: 'number', ...(field.min !== undefined && { minimum: field.min }), ...(field.max !== undefined && { maximum: field.max }) }),
}
