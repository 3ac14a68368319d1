import { z } from 'zod'
import { namesakesWire, sessionWire } from '#kit/wire/session.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { route } from '#platform/http/server/route.ts'
import type { Http, Route } from '#platform/http/server/route.ts'
import { sourceOf } from '#platform/http/server/run-route.ts'
import { SESSION_COOKIE } from '#platform/http/server/session-cookie.ts'
import { Org } from '#platform/org/contract.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import { weakness } from '../password-rules.ts'
import { account, expiry, storePassword, usedHashes } from './accounts.ts'
import { actorOfToken, buildActor } from './actors.ts'
import { endAllSessions, endSession, endToken, listSessions, setActingPost } from './sessions.ts'
import { mergePreferences, sessionView } from './session-view.ts'
import { signIn } from './sign-in.ts'
import type { IdentityState } from './state.ts'

const tag = 'identity'
const nothing = z.object({})
const done = z.object({ done: z.literal(true) })
const sessionItem = z.object({ id: z.uuid(), createdAt: z.string(), lastSeenAt: z.string(), address: z.string(), device: z.string(), current: z.boolean() })
const words = z.string().min(1).max(128)

type Get = () => IdentityState

const cookieOptions = (state: IdentityState) => ({ path: '/', httpOnly: true, sameSite: 'lax', secure: state.secureCookie, maxAge: state.settings.lifetimeHours * 3600 }) as const

const openRoute = (get: Get): Route =>
  route({
    method: 'POST', path: '/api/session', title: '登录', tag, open: true, ownTransactions: true,
    input: z.object({ login: words, password: words, choose: z.string().max(128).optional() }), output: z.union([sessionWire, namesakesWire]),
    run: async (_ctx, credentials, { runtime, request, reply }) => {
      const answer = await signIn(runtime, get(), credentials, sourceOf(request))
      if ('choose' in answer) return { choose: [...answer.choose] }
      reply.setCookie(SESSION_COOKIE, answer.token, cookieOptions(get()))
      const actor = await runtime.query(null, (ctx) => actorOfToken(ctx, get(), answer.token), sourceOf(request))
      return runtime.query(actor, (ctx) => sessionView(ctx, actorOf(ctx)), sourceOf(request))
    },
  })

async function changePassword(ctx: ServerContext, { passwords, settings }: IdentityState, old: string, next: string): Promise<void> {
  const actor = actorOf(ctx)
  const own = await account(ctx, actor.accountId)
  if (!(await passwords.fits(own.password_hash, old))) ctx.fail('identity.password.wrong')
  const problem = weakness(settings.password, next, [own.login])
  if (problem !== null) ctx.fail('identity.password.weak', { problem })
  const used = await usedHashes(ctx, own, settings.password.history)
  const same = await Promise.all(used.map((hash) => passwords.fits(hash, next)))
  if (same.includes(true)) ctx.fail('identity.password.used', { history: settings.password.history })
  await storePassword(ctx, own.id, await passwords.hash(next), expiry(ctx.now, settings.password.maxAgeDays))
  await endAllSessions(ctx, own.id, actor.sessionId)
}

function endCookie({ reply }: Http): void {
  reply.clearCookie(SESSION_COOKIE, { path: '/' })
}

export const identityRoutes = (get: Get): readonly Route[] => [
  openRoute(get),
  route({ method: 'GET', path: '/api/session', title: '当前登录', tag, input: nothing, output: sessionWire, run: (ctx) => sessionView(ctx, actorOf(ctx)) }),
  route({
    method: 'DELETE', path: '/api/session', title: '退出', tag, action: 'identity.sign-out', input: nothing, output: done,
    run: async (ctx, _input, http) => {
      await endToken(ctx, http.request.cookies[SESSION_COOKIE] ?? '')
      endCookie(http)
      return { done: true as const }
    },
  }),
  route({
    method: 'POST', path: '/api/session/post', title: '切换任职', tag, action: 'identity.act-as', input: z.object({ postId: z.uuid() }), output: sessionWire,
    run: async (ctx, { postId }, { runtime, request }) => {
      const actor = actorOf(ctx)
      const posts = await ctx.use(Org).posts(actor.personId)
      if (!posts.some(({ id }) => id === postId)) ctx.fail('identity.post.not-yours')
      await setActingPost(ctx, actor.sessionId, actor.accountId, postId)
      const acting = (await buildActor(ctx, postId, actor)) ?? ctx.fail('identity.post.not-yours')
      return runtime.query(acting, (query) => sessionView(query, acting), sourceOf(request))
    },
  }),
  route({
    method: 'PATCH', path: '/api/session/preferences', title: '保存个人设置', tag, input: z.object({ preferences: z.record(z.string().max(64), z.unknown()) }),
    output: z.object({ preferences: z.record(z.string(), z.unknown()) }), run: async (ctx, { preferences }) => ({ preferences: await mergePreferences(ctx, actorOf(ctx), preferences) }),
  }),
  route({
    method: 'GET', path: '/api/sessions', title: '登录设备', tag, input: nothing, output: z.object({ items: z.array(sessionItem) }),
    run: async (ctx) => ({ items: await listSessions(ctx, get().settings, actorOf(ctx).accountId, actorOf(ctx).sessionId) }),
  }),
  route({
    method: 'DELETE', path: '/api/sessions/:id', title: '结束一处登录', tag, action: 'identity.end-session', input: z.object({ id: z.uuid() }), output: done,
    run: async (ctx, { id }) => ((await endSession(ctx, actorOf(ctx).accountId, id)) ? { done: true as const } : ctx.fail('identity.session.missing')),
  }),
  route({
    method: 'POST', path: '/api/sessions/end-others', title: '退出其他设备', tag, action: 'identity.end-others', input: nothing, output: z.object({ ended: z.int() }),
    run: async (ctx) => ({ ended: await endAllSessions(ctx, actorOf(ctx).accountId, actorOf(ctx).sessionId) }),
  }),
  route({
    method: 'POST', path: '/api/password', title: '修改密码', tag, action: 'identity.change-password', input: z.object({ old: words, new: words }), output: done,
    run: async (ctx, { old, new: next }) => {
      await changePassword(ctx, get(), old, next)
      return { done: true as const }
    },
  }),
]
