import { snake } from '#kit/entity.ts'
import type { Entity, Field } from '#kit/entity.ts'
import { kindOf } from '#kit/fields/kinds.ts'

/** Columns of every record's table besides those of its fields. */
export const SYSTEM_COLUMNS: Readonly<Record<string, string>> = {
  id: 'uuid', organisation_id: 'uuid', unit_id: 'uuid', created_by: 'uuid', created_post: 'uuid', created_at: 'timestamptz', updated_at: 'timestamptz',
  updated_by: 'uuid', version: 'integer', state: 'text', number: 'text', title: 'text', case_id: 'uuid', ext: 'jsonb',
}

/** A row of a record's table as the driver answers it. */
export type Row = Readonly<Record<string, unknown>>

const columnName = (key: string, suffix: string): string => (suffix === '' ? snake(key) : `${snake(key)}_${suffix}`)

/** Name → PostgreSQL type of the columns that keep one field. */
export const fieldColumns = (key: string, field: Field): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(kindOf(field).columns(field)).map(([suffix, type]) => [columnName(key, suffix), type]))

/** All columns a table of this entity has, from its definition: the migrations are checked against it. */
export const entityColumns = (entity: Entity): Readonly<Record<string, string>> =>
  Object.assign({ ...SYSTEM_COLUMNS }, ...Object.entries(entity.fields).map(([key, field]) => fieldColumns(key, field)))

export const toColumns = (key: string, field: Field, value: unknown): Row =>
  Object.fromEntries(Object.entries(kindOf(field).toColumns(value ?? null, field)).map(([suffix, column]) => [columnName(key, suffix), column]))

const fromRow = (key: string, field: Field, row: Row): unknown =>
  kindOf(field).fromColumns(Object.fromEntries(Object.keys(kindOf(field).columns(field)).map((suffix) => [suffix, row[columnName(key, suffix)]])), field)

/** The JSON values of a row. */
export const valuesOf = (entity: Entity, row: Row): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(entity.fields).map(([key, field]) => [key, fromRow(key, field, row)]))

/** Columns and values that keep `values`; keys the entity does not know are a mistake of the caller. */
export function columnsOf(entity: Entity, values: Readonly<Record<string, unknown>>): Row {
  const parts = Object.entries(values).map(([key, value]) => {
    const field = entity.fields[key]
    if (field === undefined) throw new Error(`${entity.name} has no field ${key}`)
    return toColumns(key, field, value)
  })
  return Object.assign({}, ...parts) as Row
}
