import type { Field } from '#kit/entity.ts'
import type { Labels } from '#kit/fields/field.ts'
import type { EntityMeta } from '#ui/api/meta.ts'

/** What every input gets; `change` carries names of newly chosen ids, so that they can be shown before the server has answered. */
export interface InputProps<F extends Field = Field> {
  readonly id: string
  readonly field: F
  readonly value: unknown
  readonly change: (value: unknown, labels?: Labels) => void
  readonly labels: Labels
  readonly dictionaries: EntityMeta['dictionaries']
  readonly invalid: boolean
}

export type FieldOfKind<K extends Field['kind']> = Extract<Field, { kind: K }>

export const status = (invalid: boolean): '' | 'error' => (invalid ? 'error' : '')
export const asText = (value: unknown): string => (typeof value === 'string' ? value : '')
export const asIds = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : typeof value === 'string' && value !== '' ? [value] : []
