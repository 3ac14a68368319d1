import type { Entity, Field } from '#kit/entity.ts'
import { SYSTEM_FIELDS } from '#kit/entity.ts'
import { canonical, sha256 } from '../../core/hash.ts'
import type { FieldTypes } from '../../core/lint-types.ts'

type Type = FieldTypes[string]

const KINDS: Readonly<Record<Field['kind'], Type>> = {
  text: 'text', number: 'number', date: 'date', 'date-time': 'date', period: 'object', 'yes-no': 'boolean', choice: 'text', dictionary: 'text',
  person: 'text', people: 'list', unit: 'text', units: 'list', files: 'list', computed: 'text', structured: 'object',
}

const typeOf = (field: Field): Type => (field.kind === 'computed' && field.as === 'number' ? 'number' : KINDS[field.kind])

/** What a form asks for, as a model sees it: field → type. */
export const formOf = ({ fields }: Entity): FieldTypes => Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, typeOf(field)]))

/** What conditions may name besides: columns every record has. */
const SYSTEM: FieldTypes = Object.fromEntries(Object.entries(SYSTEM_FIELDS).map(([name, { kind }]) => [name, kind === 'date-time' ? 'date' : 'text']))

export const typesOf = (entity: Entity): FieldTypes => ({ ...SYSTEM, ...formOf(entity) })

/** Version of a form: the same while its fields keep names and types. */
export const formVersion = (entity: Entity): string => sha256(canonical(formOf(entity))).slice(0, 12)
