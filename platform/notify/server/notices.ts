import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import { uuidV7 } from '#base/ids.ts'
import { noticeWire } from '#kit/wire/others.ts'
import type { NoticeWire } from '#kit/wire/others.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { decodeCursor, pageOf } from '#platform/db/server/keyset.ts'
import { route } from '#platform/http/server/route.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import type { Notice, NotifyService } from '../contract.ts'
import { noticePayloads, pokePayloads, PUSH_CHANNEL } from './push-message.ts'

interface NotifyTables {
  notify_notice: { id: string; person_id: string; kind: Notice['kind']; title: string; text: string | null; link: string | null; created_at: Date; read_at: Date | null }
}

const MOST_UNREAD = 999
const KEEP_DAYS = 180

async function push(ctx: ServerContext, payloads: readonly string[]): Promise<void> {
  if (payloads.length > 0) await sql`select pg_notify(${PUSH_CHANNEL}, payload) from unnest(${payloads}::text[]) payload`.execute(ctx.db())
}

async function tell(ctx: ServerContext, personIds: readonly string[], { kind, title, text = null, link = null }: NoticeInput): Promise<void> {
  if (link !== null && !/^\/(?![/\\])/.test(link)) ctx.fail('notify.link')
  const people = [...new Set(personIds)]
  const ids = people.map(() => uuidV7(ctx.now.getTime(), randomBytes(10)))
  if (people.length === 0) return
  const payloads = noticePayloads(people.map((person, index) => [person, ids[index] ?? ''] as const), { kind, title, text, link, at: ctx.now.toISOString() })
  await sql`with told as (
      insert into notify_notice (id, person_id, kind, title, text, link, created_at)
      select x.id, x.person, ${kind}, ${title}, ${text}, ${link}, ${ctx.now} from unnest(${ids}::uuid[], ${people}::uuid[]) as x(id, person))
    select pg_notify(${PUSH_CHANNEL}, payload) from unnest(${payloads}::text[]) payload`.execute(ctx.db())
}

type NoticeInput = Pick<Notice, 'kind' | 'title'> & { text?: string | null; link?: string | null }

const poke = (ctx: ServerContext, personIds: readonly string[], topic: string): Promise<void> => push(ctx, pokePayloads([...new Set(personIds)], topic))

async function unread(ctx: ServerContext): Promise<number> {
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
