import { sql } from 'kysely'
import type { Expression, SqlBool } from 'kysely'
import { fieldOf } from '#kit/entity.ts'
import { kindOf } from '#kit/fields/kinds.ts'
import type { Condition } from '#kit/where.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { columnOf, conditionSql, isCondition } from './conditions.ts'
import type { Asked } from './conditions.ts'
import { shown } from './hidden.ts'

/** What a list is asked for, as it comes from outside. */
export interface ListInput {
  readonly filter?: string | undefined
  readonly search?: string | undefined
  readonly sort?: string | undefined
  readonly after?: string | undefined
  readonly limit?: number | undefined
}

export interface Sort {
  readonly column: string
  /** Value a row is put in order by. */
  readonly value: Expression<unknown>
  readonly type: string
  readonly descending: boolean
}

export const DEFAULT_SORT: Sort = { column: 'created_at', value: sql.ref('r.created_at'), type: 'timestamptz', descending: true }

function parseFilter(ctx: ServerContext, text: string): Condition {
  try {
    const value: unknown = JSON.parse(text)
    if (isCondition(value)) return value
  } catch {
    // Not JSON: refused below like any other foreign text.
  }
  return ctx.fail('records.filter', { reason: '条件格式不正确' })
}

const searchCondition = (search: string): Expression<SqlBool> => {
  const pattern = `%${search.trim().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  return sql`(r.title ilike ${pattern} or r.number ilike ${pattern})`
}

/** The filter and the search words of a list as one condition over the record's table `r`. */
export function whereOf(ctx: ServerContext, asked: Asked, { filter, search }: ListInput): Expression<SqlBool> {
  const parts: Expression<SqlBool>[] = []
  if (filter !== undefined && filter !== '') parts.push(conditionSql(ctx, asked, parseFilter(ctx, filter)))
  if (search !== undefined && search.trim() !== '') parts.push(searchCondition(search))
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)
}

/**
 * `-createdAt` → column and direction; only columns a definition knows can be sorted by, so nothing foreign reaches SQL. Where the actor must not see
 * the field, its row counts as without a value.
 */
export function sortOf(ctx: ServerContext, { entity, hidden }: Asked, text: string | undefined): Sort {
  if (text === undefined || text === '') return DEFAULT_SORT
  const descending = text.startsWith('-')
  const key = descending ? text.slice(1) : text
  const field = fieldOf(entity, key)
  if (field === undefined) return ctx.fail('records.filter', { reason: `不能按「${key}」排序` })
  const columns = kindOf(field).columns(field)
  const type = columns[''] ?? columns['start']
  if (type === undefined || type.endsWith('[]') || type === 'jsonb') return ctx.fail('records.filter', { reason: `不能按「${field.label}」排序` })
  const column = columnOf(entity, key)
  const sees = shown(hidden, key)
  const value = sql.ref(`r.${column}`)
  return { column, value: sees === undefined ? value : sql`case when ${sees} then ${value} end`, type, descending }
}
