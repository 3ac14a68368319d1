import type { Entity } from '#kit/entity.ts'
import { kindOf } from '#kit/fields/kinds.ts'
import { fill } from '#kit/words.ts'
import type { RecordWire } from '#kit/wire/record.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import { valuesOf } from './columns.ts'
import type { Row } from './columns.ts'
import { labelsOf } from './labels.ts'
import type { RecordRow } from './table.ts'

const iso = (value: Date): string => value.toISOString()

/** Rows of one page as the pages get them, with all names resolved together. */
export async function viewRows(ctx: ServerContext, entity: Entity, rows: readonly RecordRow[]): Promise<RecordWire[]> {
  const values = rows.map((row) => valuesOf(entity, row as unknown as Row))
  const labels = await labelsOf(ctx, entity, values, rows.flatMap((row) => [row.created_by, row.unit_id]))
  return rows.map((row, index) => ({
    id: row.id, entity: entity.name, number: row.number, title: row.title, state: row.state, stateLabel: entity.states[row.state] ?? row.state,
    values: values[index] ?? {}, labels: labelsFor(entity, values[index] ?? {}, labels, [row.created_by, row.unit_id]),
    createdBy: row.created_by, unitId: row.unit_id, organisationId: row.organisation_id, createdAt: iso(row.created_at), updatedAt: iso(row.updated_at),
    version: row.version, caseId: row.case_id,
  }))
}

function labelsFor(entity: Entity, values: Readonly<Record<string, unknown>>, all: Readonly<Record<string, string>>, more: readonly string[]): Record<string, string> {
  const ids = Object.entries(entity.fields).flatMap(([key, field]) => {
    const value = values[key]
    return value === null || value === undefined ? [] : (kindOf(field).refers?.ids(value) ?? [])
  })
  return Object.fromEntries([...ids, ...more].flatMap((id) => (all[id] === undefined ? [] : [[id, all[id]] as const])))
}

/** A record as the pages get it, without some of its fields and what labels them. */
export function withoutFields(entity: Entity, wire: RecordWire, hidden: readonly string[]): RecordWire {
  const values = Object.fromEntries(Object.entries(wire.values).filter(([key]) => !hidden.includes(key)))
  return { ...wire, values, labels: labelsFor(entity, values, wire.labels, [wire.createdBy, wire.unitId]) }
}

/** The record as rules see it. */
export const ruleRecord = (entity: Entity, row: RecordRow): RuleRecord => ({
  id: row.id, entity: entity.name, number: row.number, title: row.title, state: row.state, values: valuesOf(entity, row as unknown as Row),
  createdBy: row.created_by, createdPost: row.created_post, unitId: row.unit_id, organisationId: row.organisation_id, createdAt: row.created_at, version: row.version,
  caseId: row.case_id,
})

/** Every value as text: for titles, exports and prints. */
export function textsOf(entity: Entity, values: Readonly<Record<string, unknown>>, labels: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entity.fields).map(([key, field]) => {
      const value = values[key]
      return [key, value === null || value === undefined ? '' : kindOf(field).text(value, field, labels)]
    }),
  )
}

const TITLE_LIMIT = 500

/** The title by the entity's pattern; fields without a value leave nothing behind. */
export async function titleOf(ctx: ServerContext, entity: Entity, values: Readonly<Record<string, unknown>>): Promise<string> {
  const labels = await labelsOf(ctx, entity, [values], [])
  const title = fill(entity.title, textsOf(entity, values, labels)).trim()
  return title === '' ? `未命名${entity.label}` : title.slice(0, TITLE_LIMIT)
}
