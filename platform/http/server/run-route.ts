import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Actor } from '#kit/context.ts'
import { Failure } from '#kit/failure.ts'
import { Access } from '#platform/access/contract.ts'
import { Audit } from '#platform/audit/contract.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Identity } from '#platform/identity/contract.ts'
import type { Runtime, Source } from '#platform/registry/server/runtime.ts'
import { parseInput } from './parse-input.ts'
import type { Route } from './route.ts'
import { SESSION_COOKIE } from './session-cookie.ts'

interface HttpTables {
  http_idempotency: { account_id: string; key: string; request_hash: string; response: unknown }
}

/** The signed-in person behind a request, by session cookie or bearer token; null when there is none. */
export function requestActor(runtime: Runtime, request: FastifyRequest): Promise<Actor | null> {
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1]
  const token = bearer ?? request.cookies[SESSION_COOKIE]
  return token === undefined ? Promise.resolve(null) : runtime.query(null, (ctx) => ctx.use(Identity).actorOf(token), sourceOf(request))
}

const LONGEST_DEVICE = 300

/** Where a request came from; the address is the proxy's word only when the proxy is trusted. */
export const sourceOf = (request: FastifyRequest): Source => ({
  requestId: request.id, address: request.ip.replace(/^::ffff:/i, ''), device: (request.headers['user-agent'] ?? '').slice(0, LONGEST_DEVICE),
})

/** Shorter keys are not told apart surely enough; the table refuses them too. */
const SHORTEST_KEY = 8

/** Answers a repeated command with its first answer; the row's lock lets a second request of the same key wait for the first. */
async function once(ctx: ServerContext, request: FastifyRequest, run: () => Promise<unknown>): Promise<unknown> {
  const key = request.headers['idempotency-key']
  if (typeof key !== 'string' || ctx.actor === null) return run()
  if (key.length < SHORTEST_KEY) ctx.fail('http.invalid', { problems: `Idempotency-Key 至少 ${SHORTEST_KEY} 个字符`, fields: [] })
  const hash = createHash('sha256').update(`${request.method} ${request.url}\n${JSON.stringify(request.body ?? null)}`).digest('hex')
  const db = ctx.db<HttpTables>()
  const row = { account_id: ctx.actor.accountId, key: key.slice(0, 100), request_hash: hash }
  const inserted = await db.insertInto('http_idempotency').values({ ...row, response: null }).onConflict((c) => c.doNothing()).executeTakeFirst()
  const same = db.selectFrom('http_idempotency').where('account_id', '=', row.account_id).where('key', '=', row.key)
  if (inserted.numInsertedOrUpdatedRows === 0n) {
    const first = await same.select(['request_hash', 'response']).executeTakeFirstOrThrow()
    return first.request_hash === hash ? first.response : ctx.fail('http.idempotency.reused')
  }
  const answer = await run()
  const response = JSON.stringify(answer ?? null)
  await db.updateTable('http_idempotency').set({ response }).where('account_id', '=', row.account_id).where('key', '=', row.key).execute()
  return answer
}

interface Call {
  readonly runtime: Runtime
  readonly route: Route
  readonly request: FastifyRequest
  readonly reply: FastifyReply
  readonly source: Source
  readonly actor: Actor | null
}

async function execute({ runtime, route, request, reply }: Call, ctx: ServerContext, input: unknown): Promise<unknown> {
  if (route.permission !== undefined) await ctx.use(Access).require(route.permission)
  const answer = await route.run(ctx, input as never, { request, reply, runtime })
  return route.output.parse(answer)
}

function answer(call: Call, input: unknown): Promise<unknown> {
  const { runtime, route, request, source, actor } = call
  if (route.method === 'GET' || route.ownTransactions === true) return runtime.query(actor, (ctx) => execute(call, ctx, input), source)
  return runtime.command(
    actor,
    (ctx) =>
      once(ctx, request, async () => {
        const result = await execute(call, ctx, input)
        if (route.action !== undefined) await ctx.use(Audit).record({ action: route.action, object: objectOf(route, input) })
        return result
      }),
    source,
  )
}

/** Refusals are kept although the command is rolled back: they show who tries doors. */
async function recordRefusal({ runtime, route, source, actor }: Call, error: unknown, input: unknown): Promise<void> {
  if (!(error instanceof Failure) || runtime.registry.errors[error.code]?.status !== 403) return
  const action = route.action ?? `${route.method} ${route.path}`
  const entry = { action, object: objectOf(route, input), result: 'refused', difference: { code: error.code } } as const
  await runtime.command(actor, (ctx) => ctx.use(Audit).record(entry), source)
}

/** One request from its input to its answer: who, what, may she, do it, write it down. */
export async function runRoute(runtime: Runtime, route: Route, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const actor = await requestActor(runtime, request)
  if (actor === null && route.open !== true) throw new Failure('identity.signed-out')
  const input = parseInput(route.input, request)
  const call: Call = { runtime, route, request, reply, actor, source: sourceOf(request) }
  try {
    return await answer(call, input)
  } catch (error) {
    await recordRefusal(call, error, input)
    throw error
  }
}

/** The object a command's address names, for the audit log: `/api/records/:entity/:id` → that entity and id. */
function objectOf(route: Route, input: unknown): { type: string; id: string } {
  const { entity, id } = input as { entity?: unknown; id?: unknown }
  return { type: typeof entity === 'string' ? entity : route.tag, id: typeof id === 'string' ? id : '' }
}
