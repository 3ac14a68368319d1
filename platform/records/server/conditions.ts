import { sql } from 'kysely'
import type { Expression, SqlBool } from 'kysely'
import { addDays, monthEnd, monthStart, shanghaiDate, weekStart } from '#base/civil-date.ts'
import type { CivilDate } from '#base/civil-date.ts'
import { fieldOf, snake } from '#kit/entity.ts'
import type { Entity, SYSTEM_FIELDS } from '#kit/entity.ts'
import { kindOf } from '#kit/fields/kinds.ts'
import type { Condition, FieldCondition } from '#kit/where.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { shown } from './hidden.ts'
import type { HiddenCases } from './hidden.ts'

type Bool = Expression<SqlBool>

const SYSTEM_COLUMN: Readonly<Record<keyof typeof SYSTEM_FIELDS, string>> = {
  number: 'number', title: 'title', state: 'state', createdBy: 'created_by', unit: 'unit_id', createdAt: 'created_at', updatedAt: 'updated_at',
}

/** Column that keeps a field, for conditions and sorting; a period is sorted by its start. */
export function columnOf(entity: Entity, key: string): string {
  if (Object.hasOwn(SYSTEM_COLUMN, key)) return SYSTEM_COLUMN[key as keyof typeof SYSTEM_COLUMN]
  return entity.fields[key]?.kind === 'period' ? `${snake(key)}_start` : snake(key)
}

interface Range {
  readonly start: CivilDate
  readonly end: CivilDate
}

function rangeOf(ctx: ServerContext, value: unknown): Range {
  const today = shanghaiDate(ctx.now)
  if (value === 'today') return { start: today, end: today }
  if (value === 'this-week') return { start: weekStart(today), end: addDays(weekStart(today), 6) }
  if (value === 'this-month') return { start: monthStart(today), end: monthEnd(today) }
  if (typeof value === 'object' && value !== null && 'start' in value && 'end' in value) return value as Range
  return ctx.fail('records.filter', { reason: '时间范围不完整' })
}

/** Words a saved view may use instead of a value: who is asking and when. */
function meaning(ctx: ServerContext, value: unknown): unknown {
  if (value === 'me') return ctx.actor?.personId
  if (value === 'my-unit') return ctx.actor?.unitId
  if (value === 'my-organisation') return ctx.actor?.organisationId
  return value === 'today' ? shanghaiDate(ctx.now) : value
}

const likePattern = (text: string): string => `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`

/** What a condition is turned into SQL for. */
export interface Asked {
  readonly entity: Entity
  readonly hidden: HiddenCases
}

function plainCondition(ctx: ServerContext, entity: Entity, { field: key, op, value }: FieldCondition): Bool {
  const field = fieldOf(entity, key)
  const allowed = field !== undefined && ([...kindOf(field).operators, '=', 'in'] as readonly string[]).includes(op)
  if (field === undefined || !allowed) return ctx.fail('records.filter', { reason: `不能按「${field?.label ?? key}」这样筛选` })
  const column = sql.ref(`r.${columnOf(entity, key)}`)
  const many = field.kind === 'people' || field.kind === 'units' || field.kind === 'files'
  const wanted = meaning(ctx, value)
  switch (op) {
    case 'empty': return many ? sql`coalesce(cardinality(${column}), 0) = 0` : sql`${column} is null`
    case 'filled': return many ? sql`cardinality(${column}) > 0` : sql`${column} is not null`
    case 'in': return Array.isArray(value) ? sql`${column} = any(${value.map((one) => meaning(ctx, one))})` : ctx.fail('records.filter', { reason: '应给出多个值' })
    case 'contains': return many ? sql`${column} @> array[${wanted}]::uuid[]` : sql`${column} ilike ${likePattern(String(wanted))}`
    case 'overlaps': {
      const { start, end } = rangeOf(ctx, value)
      return sql`${column} <= ${end} and ${sql.ref(`r.${snake(key)}_end`)} >= ${start}`
    }
    case '!=': return sql`${column} is distinct from ${wanted}`
    case 'not-in': return Array.isArray(value) ? sql`(${column} is null or ${column} <> all(${value}))` : ctx.fail('records.filter', { reason: '应给出多个值' })
    default: return sql`${column} ${sql.raw(op)} ${wanted}`
  }
}

/** A field hidden from the actor in some rows decides nothing about them: they fit no condition on it, whichever way it is put. */
function fieldCondition(ctx: ServerContext, { entity, hidden }: Asked, condition: FieldCondition): Bool {
  const sees = shown(hidden, condition.field)
  const plain = plainCondition(ctx, entity, condition)
  return sees === undefined ? plain : sql`(${sees} and ${plain})`
}

/** A condition of the definition language as SQL over the record's table, which the query calls `r`. Values are always parameters. */
export function conditionSql(ctx: ServerContext, asked: Asked, condition: Condition, depth = 0): Bool {
  if (depth > 8) return ctx.fail('records.filter', { reason: '条件嵌套过深' })
  if (condition.kind === 'field') return fieldCondition(ctx, asked, condition)
  const parts = (condition.kind === 'and' ? condition.all : condition.any).map((part) => conditionSql(ctx, asked, part, depth + 1))
  if (parts.length === 0) return condition.kind === 'and' ? sql`true` : sql`false`
  return sql`(${sql.join(parts, condition.kind === 'and' ? sql` and ` : sql` or `)})`
}

/** Shape of a filter that comes from outside; what its parts mean is checked while it is turned into SQL. */
export function isCondition(value: unknown, depth = 0): value is Condition {
  if (typeof value !== 'object' || value === null || depth > 8 || !('kind' in value)) return false
  if (value.kind === 'field') return 'field' in value && typeof value.field === 'string' && 'op' in value && typeof value.op === 'string'
  const parts = value.kind === 'and' && 'all' in value ? value.all : value.kind === 'or' && 'any' in value ? value.any : null
  return Array.isArray(parts) && parts.length <= 50 && parts.every((part) => isCondition(part, depth + 1))
}
