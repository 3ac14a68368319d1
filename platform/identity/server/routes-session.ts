import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Actor } from '#kit/context.ts'
import { Failure } from '#kit/failure.ts'
import { namesakesWire, sessionWire } from '#kit/wire/session.ts'
import type { NamesakesWire, SessionWire } from '#kit/wire/session.ts'
import { Audit } from '#platform/audit/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { route } from '#platform/http/server/route.ts'
import type { Http } from '#platform/http/server/route.ts'
import { sourceOf } from '#platform/http/server/run-route.ts'
import { SESSION_COOKIE } from '#platform/http/server/session-cookie.ts'
import { actorOf } from '#platform/registry/server/module-server.ts'
import type { Account } from './accounts.ts'
import { actingPost, actorOfToken, makeActor } from './actors.ts'
import { sessionWireOf } from './session-view.ts'
import { endSession, endToken, openSession, setActingPost } from './sessions.ts'
import { namesakes, verifyPassword, welcome } from './sign-in.ts'
import { stateOf } from './state.ts'
import type { Attempt } from './throttle.ts'

const cookieOf = ({ request, runtime }: Http) => ({
  path: '/', httpOnly: true, sameSite: 'lax', secure: runtime.publicUrl?.startsWith('https:') === true || request.protocol === 'https',
} as const)

const tokenOf = (request: FastifyRequest): string | undefined => request.cookies[SESSION_COOKIE]

/** Opens the session in one transaction: the session the browser had before ends with it. */
async function open(ctx: ServerContext, account: Account, attempt: Attempt, before: string | undefined): Promise<{ token: string; actor: Actor }> {
  if (account.state !== 'active') ctx.fail('identity.disabled')
  if (account.password_expires_at !== null && account.password_expires_at <= ctx.now) ctx.fail('identity.password.expired')
  const post = (await actingPost(ctx, account.person_id, account.last_post_id)) ?? ctx.fail('identity.no-post')
  const { settings, actors } = stateOf(ctx)
  await welcome(ctx, account, attempt)
  if (before !== undefined) await endToken(ctx, before)
  const { token } = await openSession(ctx, settings, account.id, post.id)
  const actor = (await actorOfToken(ctx, settings, actors, token)) ?? ctx.fail('identity.signed-out')
  await ctx.use(Audit).record({ action: 'identity.login', by: actor, object: { type: 'account', id: account.id, title: account.login } })
  return { token, actor }
}

const signIn = route({
  method: 'POST', path: '/api/session', title: '登录', tag: 'identity', open: true, ownTransactions: true, action: 'identity.login',
  input: z.object({ login: z.string().min(1).max(100), password: z.string().min(1).max(200), choose: z.string().max(100).optional() }),
  output: z.union([sessionWire, namesakesWire]),
  async run(_ctx, input, http): Promise<SessionWire | NamesakesWire> {
    const { runtime, request, reply } = http
    const source = sourceOf(request)
    const { accounts, attempt } = await verifyPassword(runtime, input, source)
    const [account] = accounts
    if (account === undefined) throw new Failure('identity.wrong')
    if (accounts.length > 1) return runtime.query(null, (ctx) => namesakes(ctx, accounts), source)
    const { token, actor } = await runtime.command(null, (ctx) => open(ctx, account, attempt, tokenOf(request)), source)
    void reply.setCookie(SESSION_COOKIE, token, cookieOf(http))
    return runtime.query(actor, sessionWireOf, source)
  },
})

const current = route({
  method: 'GET', path: '/api/session', title: '当前登录', tag: 'identity', input: z.object({}), output: sessionWire, run: (ctx) => sessionWireOf(ctx),
})

const signOut = route({
  method: 'DELETE', path: '/api/session', title: '退出登录', tag: 'identity', action: 'identity.logout', input: z.object({}), output: z.object({ done: z.literal(true) }),
  async run(ctx, _input, http) {
    const actor = actorOf(ctx)
    await endSession(ctx, actor.accountId, actor.sessionId)
    void http.reply.clearCookie(SESSION_COOKIE, cookieOf(http))
    return { done: true as const }
  },
})

const choosePost = route({
  method: 'POST', path: '/api/session/post', title: '切换任职', tag: 'identity', ownTransactions: true, action: 'identity.choose-post',
  input: z.object({ postId: z.uuid() }), output: sessionWire,
  async run(outer, { postId }, { runtime, request }) {
    const before = actorOf(outer)
    const source = sourceOf(request)
    const actor = await runtime.command(before, async (ctx) => {
      const post = await actingPost(ctx, before.personId, postId)
      if (post === undefined || post.id !== postId) return ctx.fail('identity.post.not-yours')
      await setActingPost(ctx, before.sessionId, before.accountId, postId)
      await ctx.use(Audit).record({ action: 'identity.choose-post', object: { type: 'post', id: postId } })
      return makeActor(ctx, before.accountId, before.sessionId, post)
    }, source)
    return runtime.query(actor, sessionWireOf, source)
  },
})

export const sessionRoutes = [signIn, current, signOut, choosePost]
