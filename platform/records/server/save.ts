import { sql } from 'kysely'
import { isComputed } from '#kit/fields/computed.ts'
import type { Entity } from '#kit/entity.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Files } from '#platform/files/contract.ts'
import type { RuleChange } from '#platform/records/contract.ts'
import { Todo, urgencyOf } from '#platform/todo/contract.ts'
import { Search } from '#platform/search/contract.ts'
import { columnsOf } from './columns.ts'
import { labelsOf } from './labels.ts'
import { hideable } from './rights.ts'
import { writeRevision } from './revisions.ts'
import { viewPermission } from './table.ts'
import type { Found, RecordRow } from './table.ts'
import { ruleRecord, textsOf, titleOf } from './view.ts'

type Values = Readonly<Record<string, unknown>>

/** Computed fields worked out from the others, in the order of the definition. */
export async function withComputed(ctx: ServerContext, { entity, module }: Found, values: Values): Promise<Values> {
  const result: Record<string, unknown> = { ...values }
  for (const [key, field] of Object.entries(entity.fields)) {
    if (!isComputed(field)) continue
    const compute = module.server.compute?.[field.by]
    if (compute === undefined) throw new Error(`nobody binds ${field.by}, needed by ${entity.name}.${key}`)
    result[key] = await compute(ctx, result)
  }
  return result
}

/** Structured fields brought into their canonical form by the function bound to their shape. */
export function withShapes(ctx: ServerContext, { entity, module }: Found, values: Values): Values {
  const checked = Object.entries(values).map(([key, value]) => {
    const field = entity.fields[key]
    if (field?.kind !== 'structured' || value === null) return [key, value] as const
    const check = module.server.shapes?.[field.shape]
    if (check === undefined) throw new Error(`nobody binds the shape ${field.shape}`)
    return [key, check(ctx, value)] as const
  })
  return Object.fromEntries(checked)
}

const fileIds = (entity: Entity, values: Values): readonly string[] =>
  Object.entries(entity.fields).flatMap(([key, field]) => (field.kind === 'files' ? ((values[key] ?? []) as readonly string[]) : []))

/** Binds the files a record newly names to it, and lets go of those it no longer names. */
export async function bindFiles(ctx: ServerContext, found: Found, id: string, before: Values, after: Values): Promise<void> {
  const [was, is] = [new Set(fileIds(found.entity, before)), new Set(fileIds(found.entity, after))]
  const object = { type: found.entity.name, id }
  if (!is.isSubsetOf(was)) await ctx.use(Files).attach([...is.difference(was)], { ...object, permission: viewPermission(found) })
  if (!was.isSubsetOf(is)) await ctx.use(Files).detach([...was.difference(is)], object)
}

/** What the search finds of a record besides its number and title; nothing that some step hides. */
const searchText = (found: Found, texts: Readonly<Record<string, string>>): string => {
  const { fields, searchable } = found.entity
  const keys = searchable ?? Object.keys(fields).filter((key) => fields[key]?.kind === 'text')
  const hidden = hideable(found)
  return keys.filter((key) => !hidden.includes(key)).map((key) => texts[key] ?? '').filter((text) => text !== '').join('\n')
}

/** Rewrites what the search knows of a record. Drafts are not found: they belong to their writer alone. */
export async function indexRecord(ctx: ServerContext, found: Found, row: RecordRow): Promise<void> {
  const { entity } = found
  if (row.state === Object.keys(entity.states)[0] && row.case_id === null) return
  const { values } = ruleRecord(entity, row)
  const texts = textsOf(entity, values, await labelsOf(ctx, entity, [values], []))
  await ctx.use(Search).index(entity.name, row.id, viewPermission(found), [row.number ?? '', row.title].join(' ').trim(), searchText(found, texts), row.created_at)
}

/**
 * Writes a change of a locked row: computed fields, title, version, revision, files and search follow by themselves. `values` are canonical already.
 */
export async function saveChange(ctx: ServerContext, found: Found, row: RecordRow, change: RuleChange): Promise<RecordRow> {
  const { entity } = found
  const before = ruleRecord(entity, row).values
  const after = await withComputed(ctx, found, { ...before, ...change.values })
  const title = await titleOf(ctx, entity, after)
  const columns = {
    ...columnsOf(entity, changed(entity, before, after)),
    title, version: row.version + 1, updated_at: ctx.now, updated_by: ctx.actor?.personId ?? row.updated_by,
    ...markColumns(change),
  }
  const set = Object.entries(columns).map(([name, value]) => sql`${sql.ref(name)} = ${value}`)
  const { rows } = await sql<RecordRow>`update ${sql.table(entity.name)} set ${sql.join(set)} where id = ${row.id} returning *`.execute(ctx.db())
  const saved = rows[0] ?? ctx.fail('records.missing')
  await writeRevision(ctx, entity, saved, before, after)
  await bindFiles(ctx, found, row.id, before, after)
  await indexRecord(ctx, found, saved)
  if (saved.case_id !== null && (title !== row.title || before['urgency'] !== after['urgency'])) await ctx.use(Todo).retitle(entity.name, row.id, title, urgencyOf(after['urgency']))
  return saved
}

/** What a rule sets besides values. */
type Mark = Omit<RuleChange, 'values'>

const markColumns = ({ state, number, caseId }: Mark): Readonly<Record<string, string>> => ({
  ...(state !== undefined && { state }), ...(number !== undefined && { number }), ...(caseId !== undefined && { case_id: caseId }),
})

/** Sets state, number or case, as steps of a flow do: nothing depends on what the row was before, so one statement does it. */
export async function markRecord(ctx: ServerContext, found: Found, id: string, mark: Mark): Promise<RecordRow> {
  const touched = [sql`version = version + 1`, sql`updated_at = ${ctx.now}`, sql`updated_by = coalesce(${ctx.actor?.personId ?? null}, updated_by)`]
  const marks = Object.entries(markColumns(mark)).map(([name, value]) => sql`${sql.ref(name)} = ${value}`)
  const { rows } = await sql<RecordRow>`update ${sql.table(found.entity.name)} set ${sql.join([...touched, ...marks])} where id = ${id} returning *`.execute(ctx.db())
  const saved = rows[0] ?? ctx.fail('records.missing')
  await indexRecord(ctx, found, saved)
  return saved
}

/** The fields whose value differs, by the value as JSON. */
export function changed(entity: Entity, before: Values, after: Values): Values {
  return Object.fromEntries(Object.keys(entity.fields).filter((key) => JSON.stringify(before[key] ?? null) !== JSON.stringify(after[key] ?? null)).map((key) => [key, after[key] ?? null]))
}
