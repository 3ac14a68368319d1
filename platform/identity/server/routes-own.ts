import { sql } from 'kysely'
import { z } from 'zod'
import { route } from '#platform/http/server/route.ts'
import { sourceOf } from '#platform/http/server/run-route.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { changePassword } from './change-password.ts'
import { endAllSessions, endSession, listSessions } from './sessions.ts'
import { stateOf } from './state.ts'

const MOST_PREFERENCES = 65_536

const sessionView = z.object({ id: z.uuid(), createdAt: z.string(), lastSeenAt: z.string(), address: z.string(), device: z.string(), current: z.boolean() })

const ownSessions = route({
  method: 'GET', path: '/api/sessions', title: '我的登录', tag: 'identity', input: z.object({}), output: z.object({ items: z.array(sessionView) }),
  async run(ctx) {
    const actor = actorOf(ctx)
    return { items: await listSessions(ctx, stateOf(ctx).settings, actor.accountId, actor.sessionId) }
  },
})

const endOne = route({
  method: 'DELETE', path: '/api/sessions/:id', title: '结束一处登录', tag: 'identity', action: 'identity.end-session',
  input: z.object({ id: z.uuid() }), output: z.object({ done: z.literal(true) }),
  async run(ctx, { id }) {
    if (!(await endSession(ctx, actorOf(ctx).accountId, id))) ctx.fail('identity.session.missing')
    return { done: true as const }
  },
})

const endOthers = route({
  method: 'POST', path: '/api/sessions/end-others', title: '结束其他登录', tag: 'identity', action: 'identity.end-others',
  input: z.object({}), output: z.object({ ended: z.int() }),
  run: async (ctx) => ({ ended: await endAllSessions(ctx, stateOf(ctx).settings, actorOf(ctx).accountId, actorOf(ctx).sessionId) }),
})

/** Merged key by key; null removes one. */
const savePreferences = route({
  method: 'PATCH', path: '/api/session/preferences', title: '保存个人设置', tag: 'identity',
  input: z.object({ preferences: z.record(z.string().max(100), z.unknown()) }), output: z.object({ preferences: z.record(z.string(), z.unknown()) }),
  async run(ctx, { preferences }) {
    const { rows } = await sql<{ preferences: Record<string, unknown>; size: number }>`
      update identity_account set preferences = (
        select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(preferences || ${JSON.stringify(preferences)}::jsonb) where value <> 'null'
      ) where id = ${actorOf(ctx).accountId} returning preferences, octet_length(preferences::text) as size`.execute(ctx.db())
    const [saved] = rows
    if (saved === undefined || saved.size > MOST_PREFERENCES) return ctx.fail('identity.preferences.large')
    return { preferences: saved.preferences }
  },
})

/** Open, because an expired password is changed before there can be a session; then `login` tells whose. */
const setPassword = route({
  method: 'POST', path: '/api/password', title: '修改密码', tag: 'identity', open: true, ownTransactions: true, action: 'identity.change-password',
  input: z.object({ login: z.string().min(1).max(100).optional(), old: z.string().min(1).max(200), new: z.string().min(1).max(200) }),
  output: z.object({ ended: z.int() }),
  run: (ctx, input, { runtime, request }) => changePassword(runtime, ctx, { ...input, login: input.login }, sourceOf(request)),
})

export const ownRoutes = [ownSessions, endOne, endOthers, savePreferences, setPassword]
