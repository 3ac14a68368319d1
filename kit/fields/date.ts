import { formatCivilDate, isCivilDate } from '#base/civil-date.ts'
import { accept, plainColumn, refuse } from './field.ts'
import type { FieldBase, FieldKind } from './field.ts'

/** A day on the calendar without a time: 'YYYY-MM-DD'. */
export interface DateField extends FieldBase {
  readonly kind: 'date'
}

export const date = <const O extends Omit<DateField, 'kind' | 'label'>>(label: string, options?: O) =>
  ({ kind: 'date', label, ...options }) as { readonly kind: 'date'; readonly label: string } & O

export const dateKind: FieldKind<DateField, string> = {
  kind: 'date',
  ...plainColumn<string>('date'),
  parse: (input) => (typeof input === 'string' && isCivilDate(input) ? accept(input) : refuse('kit.date.type')),
  operators: ['=', '<', '<=', '>', '>=', 'empty', 'filled'],
  text: (value) => formatCivilDate(value),
  jsonSchema: () => ({ type: 'string', format: 'date' }),
}
