import { sql } from 'kysely'
import { z } from 'zod'
import type { ServerContext } from '#platform/db/server/context.ts'
import { decodeCursor, pageOf } from '#platform/db/server/keyset.ts'
import { route } from '#platform/http/server/route.ts'
import { EVENTS_CHANNEL } from './outbox.ts'
import type { EventTables } from './outbox.ts'

const deadLetter = z.object({
  id: z.string(), type: z.string(), listener: z.string(), error: z.string(), attempts: z.int(), createdAt: z.string(), deadAt: z.string(),
})

async function list(ctx: ServerContext, { after, limit }: { after?: string | undefined; limit: number }) {
  const rows = await ctx.db<EventTables>().selectFrom('events_outbox').selectAll().where('dead_at', 'is not', null)
    .$if(after !== undefined, (query) => query.where('id', '<', decodeCursor(ctx, after ?? '').id))
    .orderBy('id', 'desc').limit(limit + 1).execute()
  const { items, next } = pageOf(rows, limit, ({ id }) => ({ value: null, id }))
  const shown = items.map(({ id, type, listener, error, attempts, created_at, dead_at }) =>
    ({ id, type, listener, error: error ?? '', attempts, createdAt: created_at.toISOString(), deadAt: dead_at?.toISOString() ?? '' }))
  return { items: shown, next }
}

async function retry(ctx: ServerContext, { ids }: { ids: readonly string[] }): Promise<{ retried: number }> {
  const done = await ctx.db<EventTables>().updateTable('events_outbox').set({ dead_at: null, attempts: 0, due_at: sql<Date>`now()` })
    .where('id', 'in', ids).where('dead_at', 'is not', null).executeTakeFirst()
  if (done.numUpdatedRows === 0n) return ctx.fail('events.letter.missing')
  await sql`select pg_notify(${EVENTS_CHANNEL}, '')`.execute(ctx.db())
  return { retried: Number(done.numUpdatedRows) }
}

/** Deliveries that failed for good, for the people who run the system. Their data stays unseen: it may hold business content. */
export const deadLetterRoutes = [
  route({
    method: 'GET', path: '/api/admin/dead-letters', title: '失败事件', tag: 'events', permission: 'events.manage',
    input: z.object({ after: z.string().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
    output: z.object({ items: z.array(deadLetter), next: z.string().nullable() }),
    run: list,
  }),
  route({
    method: 'POST', path: '/api/admin/dead-letters/retry', title: '重新投递失败事件', tag: 'events', permission: 'events.manage', action: 'events.retry',
    input: z.object({ ids: z.array(z.string().regex(/^\d{1,18}$/)).min(1).max(200) }),
    output: z.object({ retried: z.int() }),
    run: retry,
  }),
]
