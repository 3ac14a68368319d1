import { sql } from 'kysely'
import type { RecordListWire, RecordWire } from '#kit/wire/record.ts'
import { Access } from '#platform/access/contract.ts'
import { scopedList, visibleUnder } from '#platform/access/server/scoped.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Workflow } from '#platform/workflow/contract.ts'
import { decodeCursor, pageOf } from '#platform/db/server/keyset.ts'
import type { Asked } from './conditions.ts'
import { hiddenCases } from './hidden.ts'
import { DEFAULT_SORT, sortOf, whereOf } from './query.ts'
import type { ListInput, Sort } from './query.ts'
import { hideable } from './rights.ts'
import { entityOf, viewPermission } from './table.ts'
import type { Found, RecordRow } from './table.ts'
import { viewRows, withoutFields } from './view.ts'

interface Page {
  readonly rows: readonly RecordRow[]
  readonly next: string | null
}

/** By time of creation: each principal's rows come in order already, so a page costs the same however much is visible. */
async function byTime(ctx: ServerContext, asked: Asked, principals: readonly string[], input: ListInput, sort: Sort, limit: number): Promise<Page> {
  const page = await scopedList(ctx.db(), {
    entity: asked.entity.name, principals, table: asked.entity.name, where: sql`${whereOf(ctx, asked, input)}`, order: sort.descending ? 'newest' : 'oldest', limit,
    ...(input.after !== undefined && { after: decodeCursor(ctx, input.after) }),
  })
  const ids = page.items.map(({ id }) => id)
  const { rows } = await sql<RecordRow>`select * from ${sql.table(asked.entity.name)} where id = any(${ids}) order by array_position(${ids}::uuid[], id)`.execute(ctx.db())
  return { rows, next: page.next }
}

/** By any other column: rows without a value come last in both directions, so that the keyset has an end. */
async function byColumn(ctx: ServerContext, asked: Asked, principals: readonly string[], input: ListInput, sort: Sort, limit: number): Promise<Page> {
  const column = sort.value
  const direction = sort.descending ? sql`desc` : sql`asc`
  const sign = sort.descending ? sql`<` : sql`>`
  const where = [sql`${whereOf(ctx, asked, input)}`, visibleUnder(principals)]
  if (input.after !== undefined) {
    const { value, id } = decodeCursor(ctx, input.after)
    const typed = sql`${value}::${sql.raw(sort.type)}`
    where.push(value === null ? sql`(${column} is null and r.id > ${id})` : sql`(${column} ${sign} ${typed} or (${column} = ${typed} and r.id > ${id}) or ${column} is null)`)
  }
  const { rows } = await sql<RecordRow & { sort_value: string | null }>`
    select r.*, ${column}::text as sort_value from ${sql.table(asked.entity.name)} r where ${sql.join(where, sql` and `)}
    order by ${column} ${direction} nulls last, r.id limit ${limit + 1}`.execute(ctx.db())
  const page = pageOf(rows, limit, (row) => ({ value: row.sort_value, id: row.id }))
  return { rows: page.items, next: page.next }
}

/** Fields hidden by the step one holds are hidden in lists and exports too. */
async function withoutHidden(ctx: ServerContext, found: Found, items: RecordWire[]): Promise<RecordWire[]> {
  if (hideable(found).length === 0) return items
  const hidden = await ctx.use(Workflow).hidden(items.flatMap(({ caseId }) => caseId ?? []))
  return items.map((item) => withoutFields(found.entity, item, hidden.get(item.caseId ?? '') ?? []))
}

const LIMIT = 50

/** A page of the records the actor may see. */
export async function listRecords(ctx: ServerContext, name: string, input: ListInput): Promise<RecordListWire> {
  const found = entityOf(ctx, name)
  const principals = await ctx.use(Access).readPrincipals(viewPermission(found))
  const asked: Asked = { entity: found.entity, hidden: await hiddenCases(ctx, found) }
  const sort = sortOf(ctx, asked, input.sort)
  const list = sort.column === DEFAULT_SORT.column ? byTime : byColumn
  const { rows, next } = await list(ctx, asked, principals, input, sort, input.limit ?? LIMIT)
  return { items: await withoutHidden(ctx, found, await viewRows(ctx, found.entity, rows)), next }
}
