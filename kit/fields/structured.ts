import { accept, plainColumn, refuse } from './field.ts'
import type { FieldBase, FieldKind } from './field.ts'

/** A JSON document with an editor of its own (the body of an official document); a named function checks its shape. */
export interface StructuredField extends FieldBase {
  readonly kind: 'structured'
  /** Name of the shape, bound to a checking function in the module's `server/index.ts` and to an editor in its pages. */
  readonly shape: string
}

export const structured = <const O extends Omit<StructuredField, 'kind' | 'label' | 'shape'>>(label: string, shape: string, options?: O) =>
  ({ kind: 'structured', label, shape, ...options }) as { readonly kind: 'structured'; readonly label: string; readonly shape: string } & O

export const structuredKind: FieldKind<StructuredField, object> = {
  kind: 'structured',
  ...plainColumn<object>('jsonb'),
  toColumns: (value) => ({ '': value === null ? null : JSON.stringify(value) }),
  parse: (input) => (typeof input === 'object' && input !== null ? accept(input) : refuse('kit.structured.type')),
  operators: ['empty', 'filled'],
  text: () => '',
  jsonSchema: (field) => ({ description: field.shape }),
}
