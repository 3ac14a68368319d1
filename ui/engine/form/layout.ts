import { draftRights } from '#kit/draft.ts'
import { fieldOf } from '#kit/entity.ts'
import type { Field } from '#kit/entity.ts'
import type { EntityMeta } from '#ui/api/meta.ts'
import type { Values } from '#ui/api/records.ts'
import { isAsked } from '#ui/engine/fields/rights.ts'
import type { Rights } from '#ui/engine/fields/rights.ts'

export interface Cell {
  readonly key: string
  readonly field: Field
  readonly right: 'read' | 'write'
}

const WIDE: readonly Field['kind'][] = ['files', 'structured', 'people', 'units']

const isLong = (field: Field): boolean => field.kind === 'text' && (field.lines ?? 1) > 1

/** A field that needs the whole width even when it could share a row. */
export const isWide = (field: Field): boolean => WIDE.includes(field.kind) || isLong(field)

/** The form's rows as a person sees them now: without hidden fields and without those whose condition does not hold. */
export function rowsOf({ entity, views }: Pick<EntityMeta, 'entity' | 'views'>, rights: Rights, values: Values): readonly (readonly Cell[])[] {
  const cell = (key: string): readonly Cell[] => {
    const field = fieldOf(entity, key)
    const right = rights[key]
    return field === undefined || right === undefined || !isAsked(field, values) ? [] : [{ key, field, right }]
  }
  return views.form.map((row) => row.flatMap(cell)).filter((row) => row.length > 0)
}

/** The rights of a form for a new record. */
export const rightsOfNew = ({ entity, draftFields }: Pick<EntityMeta, 'entity' | 'draftFields'>): Rights => draftRights(entity, draftFields)
