import { accept, plainColumn, refuse } from './field.ts'
import type { FieldBase, FieldKind } from './field.ts'

/** One of a few answers fixed in code; lists that offices keep themselves are dictionaries. */
export interface ChoiceField extends FieldBase {
  readonly kind: 'choice'
  /** Key stored → label shown, in the order shown. */
  readonly options: Readonly<Record<string, string>>
}

export const choice = <const C extends Readonly<Record<string, string>>, const O extends Omit<ChoiceField, 'kind' | 'label' | 'options'>>(
  label: string,
  options: C,
  more?: O,
) => ({ kind: 'choice', label, options, ...more }) as { readonly kind: 'choice'; readonly label: string; readonly options: C } & O

export const choiceKind: FieldKind<ChoiceField, string> = {
  kind: 'choice',
  ...plainColumn<string>('text'),
  parse: (input, field) => (typeof input === 'string' && Object.hasOwn(field.options, input) ? accept(input) : refuse('kit.choice.unknown')),
  operators: ['=', 'in', 'empty', 'filled'],
  text: (value, field) => field.options[value] ?? value,
  jsonSchema: (field) => ({ type: 'string', enum: Object.keys(field.options) }),
}
