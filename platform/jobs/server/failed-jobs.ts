import { sql } from 'kysely'
import { fromKysely } from 'pg-boss'
import { z } from 'zod'
import type { ServerContext } from '#platform/db/server/context.ts'
import { route } from '#platform/http/server/route.ts'
import { SCHEMA, senderBoss } from './boss.ts'

const failedJob = z.object({ id: z.uuid(), name: z.string(), error: z.string(), attempts: z.int(), createdAt: z.string(), failedAt: z.string() })

interface Row { id: string; name: string; message: string | null; attempts: number; created_on: Date; completed_on: Date }

const MOST = 200
const table = sql.table(`${SCHEMA}.job`)

/** The latest 200; their data stays unseen: it may hold business content. */
async function list(ctx: ServerContext) {
  const { rows } = await sql<Row>`select id, name, output->>'message' as message, retry_count + 1 as attempts, created_on, completed_on
    from ${table} where state = 'failed' order by completed_on desc limit ${MOST}`.execute(ctx.db())
  const items = rows.map(({ id, name, message, attempts, created_on, completed_on }) =>
    ({ id, name, error: message ?? '', attempts, createdAt: created_on.toISOString(), failedAt: completed_on.toISOString() }))
  return { items }
}

async function retry(ctx: ServerContext, { name, ids }: { name: string; ids: string[] }): Promise<{ retried: number }> {
  const { rows } = await sql<{ id: string }>`select id from ${table} where name = ${name} and id = any(${ids}::uuid[]) and state = 'failed'`.execute(ctx.db())
  if (rows.length === 0) return ctx.fail('jobs.missing')
  const db = fromKysely(ctx.db())
  await senderBoss({ db: ctx.db() }).retry(name, rows.map((row) => row.id), { db })
  return { retried: rows.length }
}

export const failedJobRoutes = [
  route({
    method: 'GET', path: '/api/admin/failed-jobs', title: '失败任务', tag: 'jobs', permission: 'jobs.manage',
    input: z.object({}), output: z.object({ items: z.array(failedJob) }), run: list,
  }),
  route({
    method: 'POST', path: '/api/admin/failed-jobs/retry', title: '重新执行失败任务', tag: 'jobs', permission: 'jobs.manage', action: 'jobs.retry',
    input: z.object({ name: z.string().min(1), ids: z.array(z.uuid()).min(1).max(MOST) }), output: z.object({ retried: z.int() }), run: retry,
  }),
]
