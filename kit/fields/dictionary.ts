import { accept, plainColumn, refuse } from './field.ts'
import type { FieldBase, FieldKind } from './field.ts'

/** A code of a dictionary that administrators keep; whether the code exists is checked by the server. */
export interface DictionaryField extends FieldBase {
  readonly kind: 'dictionary'
  readonly dictionary: string
}

export const dictionary = <const O extends Omit<DictionaryField, 'kind' | 'label' | 'dictionary'>>(label: string, name: string, options?: O) =>
  ({ kind: 'dictionary', label, dictionary: name, ...options }) as { readonly kind: 'dictionary'; readonly label: string; readonly dictionary: string } & O

export const dictionaryKind: FieldKind<DictionaryField, string> = {
  kind: 'dictionary',
  ...plainColumn<string>('text'),
  parse: (input) => (typeof input === 'string' && /^[\w.-]{1,64}$/.test(input) ? accept(input) : refuse('kit.choice.unknown')),
  operators: ['=', 'in', 'empty', 'filled'],
  text: (value, _field, labels) => labels[value] ?? value,
  jsonSchema: (field) => ({ type: 'string', description: `dictionary ${field.dictionary}` }),
  refers: { to: (field) => `dictionary:${field.dictionary}`, ids: (value) => [value] },
}
