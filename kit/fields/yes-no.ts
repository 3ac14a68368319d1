import { accept, plainColumn, refuse } from './field.ts'
import type { FieldBase, FieldKind } from './field.ts'

export interface YesNoField extends FieldBase {
  readonly kind: 'yes-no'
}

export const yesNo = <const O extends Omit<YesNoField, 'kind' | 'label'>>(label: string, options?: O) =>
  ({ kind: 'yes-no', label, ...options }) as { readonly kind: 'yes-no'; readonly label: string } & O

export const yesNoKind: FieldKind<YesNoField, boolean> = {
  kind: 'yes-no',
  ...plainColumn<boolean>('boolean'),
  parse: (input) => (typeof input === 'boolean' ? accept(input) : refuse('kit.yes-no.type')),
  operators: ['='],
  text: (value) => (value ? '是' : '否'),
  jsonSchema: () => ({ type: 'boolean' }),
}
