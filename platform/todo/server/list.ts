import { sql } from 'kysely'
import type { Expression, SqlBool } from 'kysely'
import { addDays, shanghaiDate, shanghaiInstant, weekStart } from '#base/civil-date.ts'
import type { TodoWire } from '#kit/wire/task.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { decodeCursor, pageOf } from '#platform/db/server/keyset.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { registryOf } from '#platform/registry/server/of.ts'
import type { Box, Urgency } from '../contract.ts'
import { URGENCIES, wireOf } from './table.ts'
import type { TodoRow } from './table.ts'

export interface TodoQuery {
  readonly box: Box
  readonly entity?: string | undefined
  readonly search?: string | undefined
  readonly urgency?: Urgency | undefined
  readonly due?: 'overdue' | 'today' | 'week' | undefined
  readonly sort: '-at' | 'due'
  readonly after?: string | undefined
  readonly limit: number
}

const OPEN: ReadonlySet<Box> = new Set(['todo', 'toread'])
const FAR = '9999-12-31T00:00:00.000Z'
/** As in the index `todo_item_due`: a line without a due date comes after all others. */
const DUE = sql<Date>`coalesce(due, '9999-12-31 00:00:00+00'::timestamptz)`

/** The instant before which something is due for the filter's word; the week ends with Sunday. */
function dueBefore(now: Date, word: 'overdue' | 'today' | 'week'): Date {
  const today = shanghaiDate(now)
  if (word === 'overdue') return now
  return shanghaiInstant(word === 'today' ? addDays(today, 1) : addDays(weekStart(today), 7))
}

function filters(ctx: ServerContext, query: TodoQuery): Expression<SqlBool>[] {
  const { entity, search, urgency, due } = query
  const parts: Expression<SqlBool>[] = [sql`person_id = ${actorOf(ctx).personId}`, sql`box = ${query.box}`]
  if (entity !== undefined) parts.push(sql`entity = ${entity}`)
  if (search !== undefined && search.trim() !== '') parts.push(sql`title ilike ${`%${search.trim().replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`}`)
  if (urgency !== undefined) parts.push(sql`urgency = ${URGENCIES.indexOf(urgency)}`)
  if (due !== undefined) parts.push(sql`${DUE} < ${dueBefore(ctx.now, due)}`)
  return parts
}

/** A page of one's box: newest first, or, in boxes of what is still to be done, soonest due first with undated lines last. */
export async function listTodos(ctx: ServerContext, query: TodoQuery): Promise<{ items: TodoWire[]; next: string | null }> {
  const parts = filters(ctx, query)
  const byDue = query.sort === 'due' && OPEN.has(query.box)
  const key = byDue ? DUE : sql`at`
  if (query.after !== undefined) {
    const { value, id } = decodeCursor(ctx, query.after)
    parts.push(byDue ? sql`(${key}, id) > (${value}::timestamptz, ${id})` : sql`(${key}, id) < (${value}::timestamptz, ${id})`)
  }
  const order = byDue ? sql`${key}, id` : sql`${key} desc, id desc`
  const { rows } = await sql<TodoRow>`select * from todo_item where ${sql.join(parts, sql` and `)} order by ${order} limit ${query.limit + 1}`.execute(ctx.db())
  const page = pageOf(rows, query.limit, (row) => ({ value: byDue ? (row.due?.toISOString() ?? FAR) : row.at.toISOString(), id: row.id }))
  return { items: page.items.map(wireOf), next: page.next }
}

/** Every kind of record there is in one of a person's boxes, with its name. */
export async function todoKinds(ctx: ServerContext, box: Box): Promise<{ entity: string; label: string }[]> {
  const { rows } = await sql<{ entity: string }>`select distinct entity from todo_item where person_id = ${actorOf(ctx).personId} and box = ${box} order by entity`.execute(ctx.db())
  return rows.map(({ entity }) => ({ entity, label: registryOf(ctx).entity(entity)?.entity.label ?? entity }))
}
