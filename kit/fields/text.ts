import { cleanText, visibleLength } from '#base/text.ts'
import { accept, plainColumn, refuse } from './field.ts'
import type { FieldBase, FieldKind } from './field.ts'

export interface TextField extends FieldBase {
  readonly kind: 'text'
  /** Most characters, counted as people count them (code points); 200 unless told. */
  readonly max?: number
  /** Height of the input in lines; more than one also allows line breaks. */
  readonly lines?: number
}

export const text = <const O extends Omit<TextField, 'kind' | 'label'>>(label: string, options?: O) =>
  ({ kind: 'text', label, ...options }) as { readonly kind: 'text'; readonly label: string } & O

export const textKind: FieldKind<TextField, string> = {
  kind: 'text',
  ...plainColumn<string>('text'),
  parse(input, field) {
    if (typeof input !== 'string') return refuse('kit.text.type')
    const value = cleanText(input, { lines: (field.lines ?? 1) > 1 })
    const max = field.max ?? 200
    const length = visibleLength(value)
    return length > max ? refuse('kit.text.long', { max, length }) : accept(value)
  },
  operators: ['=', 'contains', 'empty', 'filled'],
  text: (value) => value,
  jsonSchema: (field) => ({ type: 'string', maxLength: field.max ?? 200 }),
}
