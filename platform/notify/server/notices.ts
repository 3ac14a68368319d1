import { sql } from 'kysely'
import { z } from 'zod'
import { noticeWire } from '#kit/wire/others.ts'
import type { NoticeWire } from '#kit/wire/others.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { decodeCursor, pageOf } from '#platform/db/server/keyset.ts'
import { route } from '#platform/http/server/route.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import type { Notice, NotifyService } from '../contract.ts'
import { messages } from './messages.ts'

interface NotifyTables {
  notify_notice: { id: string; person_id: string; kind: Notice['kind']; title: string; text: string | null; link: string | null; created_at: Date; read_at: Date | null }
}

const MOST_UNREAD = 999
const KEEP_DAYS = 180

async function tell(ctx: ServerContext, personIds: readonly string[], { kind, title, text = null, link = null }: NoticeInput): Promise<void> {
  if (link !== null && !/^\/(?![/\\])/.test(link)) ctx.fail('notify.link')
  if (personIds.length > 0) await messages.add(ctx, [{ people: [...new Set(personIds)], notice: { kind, title, text, link } }])
}

type NoticeInput = Pick<Notice, 'kind' | 'title'> & { text?: string | null; link?: string | null }

async function poke(ctx: ServerContext, people: readonly string[], topic: string): Promise<void> {
  if (people.length > 0) await messages.add(ctx, [{ people, topic }])
}

async function unread(ctx: ServerContext): Promise<number> {
  await messages.flush(ctx)
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from (
    select 1 from notify_notice where person_id = ${actorOf(ctx).personId} and read_at is null limit ${MOST_UNREAD}) few`.execute(ctx.db())
  return rows[0]?.n ?? 0
}

export const notifyService = (ctx: ServerContext): NotifyService => ({
  tell: (personIds, notice) => tell(ctx, personIds, notice),
  poke: (personIds, topic) => poke(ctx, personIds, topic),
  unread: () => unread(ctx),
})

async function list(ctx: ServerContext, { after, limit }: { after?: string | undefined; limit: number }): Promise<{ items: NoticeWire[]; next: string | null }> {
  const rows = await ctx.db<NotifyTables>().selectFrom('notify_notice').selectAll().where('person_id', '=', actorOf(ctx).personId)
    .$if(after !== undefined, (query) => query.where('id', '<', decodeCursor(ctx, after ?? '').id)).orderBy('id', 'desc').limit(limit + 1).execute()
  const { items, next } = pageOf(rows, limit, ({ id }) => ({ value: null, id }))
  return { items: items.map(({ id, kind, title, text, link, created_at, read_at }) => ({ id, kind, title, text, link, at: created_at.toISOString(), read: read_at !== null })), next }
}

/** Marks the actor's own notices as read, all of them without `ids`, and lets her other pages know. */
async function read(ctx: ServerContext, { ids }: { ids?: string[] | undefined }): Promise<{ read: number }> {
  const { personId } = actorOf(ctx)
  const done = await ctx.db<NotifyTables>().updateTable('notify_notice').set({ read_at: ctx.now }).where('person_id', '=', personId).where('read_at', 'is', null)
    .$if(ids !== undefined, (query) => query.where('id', 'in', ids ?? [])).executeTakeFirst()
  await poke(ctx, [personId], 'notices')
  return { read: Number(done.numUpdatedRows) }
}

/** Nightly: notices older than half a year. */
export async function removeOldNotices(ctx: ServerContext): Promise<void> {
  await sql`delete from notify_notice where created_at < ${ctx.now}::timestamptz - ${KEEP_DAYS} * interval '1 day'`.execute(ctx.db())
}

export const noticeRoutes = [
  route({
    method: 'GET', path: '/api/notices', title: '我的消息', tag: 'notify',
    input: z.object({ after: z.string().max(500).optional(), limit: z.coerce.number().int().min(1).max(100).default(30) }),
    output: z.object({ items: z.array(noticeWire), next: z.string().nullable() }), run: list,
  }),
  route({
    method: 'POST', path: '/api/notices/read', title: '标为已读', tag: 'notify',
    input: z.object({ ids: z.array(z.uuid()).min(1).max(500).optional() }), output: z.object({ read: z.int() }), run: read,
  }),
]
