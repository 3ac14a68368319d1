import type { Entity, Field } from './entity.ts'
import type { Flow } from './flow.ts'

/** Fields the start step of an entity's flow lets its writer fill in; null when it names none, and then all are. */
export function draftFields(entity: Entity, flows: readonly Flow[]): readonly string[] | null {
  const start = flows.filter((flow) => flow.entity === entity.name).flatMap(({ nodes }) => Object.values(nodes)).find(({ kind }) => kind === 'start')
  return start?.kind === 'start' ? (start.form?.edit ?? null) : null
}

/** How the writer of a draft may use each field; those that belong to later steps are left out, computed and initial ones are shown. */
export function draftRights(entity: Entity, edits: readonly string[] | null): Readonly<Record<string, 'read' | 'write'>> {
  const right = (key: string, field: Field): readonly (readonly [string, 'read' | 'write'])[] => {
    if (field.kind === 'computed') return [[key, 'read']]
    if (edits === null || edits.includes(key)) return [[key, 'write']]
    return field.initial === undefined ? [] : [[key, 'read']]
  }
  return Object.fromEntries(Object.entries(entity.fields).flatMap(([key, field]) => right(key, field)))
}

/** What the words of `initial` stand for, here and now. */
export interface Beginning {
  readonly me: string
  readonly 'my-unit': string
  readonly today: string
}

/** The value a field begins with in a new record, or undefined. */
export function initialValue(field: Field, known: Beginning): unknown {
  const { initial } = field
  if (initial === undefined) return undefined
  if (typeof initial === 'object') return initial.is
  return field.kind === 'people' || field.kind === 'units' ? [known[initial]] : known[initial]
}
