import { fieldOf, SYSTEM_FIELDS } from '#kit/entity.ts'
import type { Entity, Field } from '#kit/entity.ts'
import type { RecordWire } from '#kit/wire/record.ts'
import type { EntityMeta } from '#ui/api/meta.ts'
import { textOf, withDictionary } from '#ui/engine/fields/text.ts'

export interface Column {
  readonly key: string
  readonly label: string
  readonly field: Field
  readonly right: boolean
}

const UNLISTED: readonly Field['kind'][] = ['files', 'structured']

/** Every column a person may choose. */
export function columnsOf(entity: Entity): readonly Column[] {
  const keys = [...Object.keys(SYSTEM_FIELDS), ...Object.keys(entity.fields)]
  return [...new Set(keys)].flatMap((key) => {
    const field = fieldOf(entity, key)
    return field === undefined || UNLISTED.includes(field.kind) ? [] : [{ key, label: field.label, field, right: field.kind === 'number' || (field.kind === 'computed' && field.as === 'number') }]
  })
}

/** The columns shown: the chosen ones that still exist, else those of the definition. */
export function shownColumns({ entity, views }: Pick<EntityMeta, 'entity' | 'views'>, chosen: unknown): readonly Column[] {
  const all = new Map(columnsOf(entity).map((column) => [column.key, column]))
  const keys = Array.isArray(chosen) ? chosen.filter((key): key is string => typeof key === 'string') : []
  const known = (list: readonly string[]): readonly Column[] => list.flatMap((key) => all.get(key) ?? [])
  const columns = known(keys)
  return columns.length > 0 ? columns : known(views.list.columns)
}

const SYSTEM: Readonly<Record<string, (record: RecordWire) => string>> = {
  number: (record) => record.number ?? '', title: (record) => record.title, state: (record) => record.stateLabel,
  createdBy: (record) => record.labels[record.createdBy] ?? '', unit: (record) => record.labels[record.unitId] ?? '',
}

/** A field of a record as text; fields of the system stand beside the values. */
export function cellText(record: RecordWire, key: string, field: Field, dictionaries: EntityMeta['dictionaries']): string {
  const own = record.values[key]
  if (own === undefined && Object.hasOwn(SYSTEM, key)) return SYSTEM[key]?.(record) ?? ''
  return textOf(field, own, withDictionary(field, record.labels, dictionaries))
}
