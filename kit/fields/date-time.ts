import { formatInstant } from '#base/civil-date.ts'
import { accept, refuse } from './field.ts'
import type { FieldBase, FieldKind } from './field.ts'

/** A moment, as an ISO 8601 string with its offset. */
export interface DateTimeField extends FieldBase {
  readonly kind: 'date-time'
}

export const dateTime = <const O extends Omit<DateTimeField, 'kind' | 'label'>>(label: string, options?: O) =>
  ({ kind: 'date-time', label, ...options }) as { readonly kind: 'date-time'; readonly label: string } & O

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/

export const dateTimeKind: FieldKind<DateTimeField, string> = {
  kind: 'date-time',
  columns: () => ({ '': 'timestamptz' }),
  toColumns: (value) => ({ '': value }),
  fromColumns: (row) => (row[''] instanceof Date ? row[''].toISOString() : null),
  parse(input) {
    if (typeof input !== 'string' || !MOMENT.test(input)) return refuse('kit.date-time.type')
    const moment = new Date(input)
    return Number.isNaN(moment.getTime()) ? refuse('kit.date-time.type') : accept(moment.toISOString())
  },
  operators: ['<', '<=', '>', '>=', 'empty', 'filled'],
  text: (value) => formatInstant(new Date(value)),
  jsonSchema: () => ({ type: 'string', format: 'date-time' }),
}
