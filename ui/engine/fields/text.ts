import type { Field } from '#kit/entity.ts'
import type { Labels } from '#kit/fields/field.ts'
import { kindOf } from '#kit/fields/kinds.ts'
import type { EntityMeta } from '#ui/api/meta.ts'
import { isBlank } from './rights.ts'

/** The value as an official reads it; empty when there is none. */
export const textOf = (field: Field, value: unknown, labels: Labels): string => (isBlank(value) ? '' : kindOf(field).text(value, field, labels))

/** Labels of a record together with those of the dictionaries, which new choices need. */
export function withDictionary(field: Field, labels: Labels, dictionaries: EntityMeta['dictionaries']): Labels {
  if (field.kind !== 'dictionary') return labels
  return { ...Object.fromEntries((dictionaries[field.dictionary] ?? []).map(({ code, label }) => [code, label])), ...labels }
}
