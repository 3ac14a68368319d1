import { refuse } from './field.ts'
import type { AnyField, FieldBase, FieldKind } from './field.ts'

/** A value that a named server function works out from the other fields at each save; nobody types it. */
export interface ComputedField extends FieldBase {
  readonly kind: 'computed'
  /** Name of the function, bound in the module's `server/index.ts`. */
  readonly by: string
  readonly as: 'number' | 'text'
  readonly unit?: string
}

export const computed = <const A extends 'number' | 'text', const O extends Omit<ComputedField, 'kind' | 'label' | 'by' | 'as'>>(
  label: string,
  by: string,
  as: A,
  options?: O,
) => ({ kind: 'computed', label, by, as, ...options }) as { readonly kind: 'computed'; readonly label: string; readonly by: string; readonly as: A } & O

export const computedKind: FieldKind<ComputedField, number | string> = {
  kind: 'computed',
  columns: (field) => ({ '': field.as === 'number' ? 'numeric(18,2)' : 'text' }),
  toColumns: (value) => ({ '': value }),
  fromColumns(row, field) {
    const raw = row['']
    if (raw === null || raw === undefined) return null
    return field.as === 'number' ? Number(raw) : String(raw)
  },
  parse: () => refuse('kit.computed.typed'),
  operators: ['=', '<', '<=', '>', '>='],
  text: (value, field) => `${value}${field.unit ?? ''}`,
  jsonSchema: (field) => ({ type: field.as === 'number' ? 'number' : 'string', readOnly: true }),
}

export const isComputed = (field: AnyField): field is ComputedField => field.kind === 'computed'
