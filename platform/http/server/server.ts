import cookie from '@fastify/cookie'
import Fastify, { LogController } from 'fastify'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { randomUUID } from 'node:crypto'
import { Failure } from '#kit/failure.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { allRoutes } from './all-routes.ts'
import { serveDocs } from './docs.ts'
import { answerOf, errorHandler } from './errors.ts'
import { openApi } from './openapi.ts'
import { refuseBroken } from './refuse-broken.ts'
import { runRoute } from './run-route.ts'

/** Slow clients hold a connection, not a worker; still they must not hold all of them. */
const PATIENCE = { headersMs: 20_000, checkMs: 5_000 }

const BODY_LIMIT = 2 * 1024 * 1024

/** The pages load nothing from elsewhere; styles are inline because antd writes them at run time. */
const CONTENT_SECURITY_POLICY =
  "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'"

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=()',
}

const HSTS = { 'strict-transport-security': 'max-age=31536000' } as const

/** A page of another site must not act with the person's cookie: writing requests name our own origin or none at all (programs). */
function checkOrigin(request: FastifyRequest): void {
  if (request.method === 'GET' || request.method === 'HEAD') return
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  const foreign = (origin !== undefined && URL.parse(origin)?.host !== request.host) || (site !== undefined && site !== 'same-origin' && site !== 'none')
  if (foreign) throw new Failure('http.origin')
}

export interface ServerOptions {
  readonly version: string
  readonly trustProxy: boolean | string[]
  /** Certificate and key: then the server speaks HTTPS. */
  readonly tls?: { readonly cert: Buffer; readonly key: Buffer }
  /** A process without pages and interface still answers those who watch over it. */
  readonly probesOnly?: boolean
  /** How long a client may take for the head of a request, and how often that is looked at. */
  readonly patience?: { readonly headersMs: number; readonly checkMs: number }
}

/** The HTTP server, ready to listen or to be asked by `inject`. */
export async function createServer(runtime: Runtime, options: ServerOptions): Promise<FastifyInstance> {
  const { headersMs, checkMs } = options.patience ?? PATIENCE
  const http = { headersTimeout: headersMs, connectionsCheckingInterval: checkMs }
  const app = Fastify({
    ...(options.tls === undefined ? { http } : { https: { ...http, ...options.tls } }),
    clientErrorHandler: refuseBroken(runtime),
    loggerInstance: runtime.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    trustProxy: options.trustProxy,
    genReqId: () => randomUUID().slice(0, 13),
    routerOptions: { maxParamLength: 200 },
    requestTimeout: 600_000,
  }) as unknown as FastifyInstance
  await app.register(cookie)
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({ ...HEADERS, 'x-request-id': request.id, ...(options.tls !== undefined && HSTS) })
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store')
    checkOrigin(request)
  })
  app.setErrorHandler(errorHandler(runtime.registry))
  app.setNotFoundHandler((request, reply) => {
    const { status, body } = answerOf(runtime.registry, new Failure('http.not-found'), request.id)
    return reply.status(status).send(body)
  })
  for (const service of runtime.registry.services) service.hooks?.(app, runtime)
  const probesOnly = options.probesOnly === true
  const routes = probesOnly ? [] : allRoutes(runtime)
  for (const route of routes) app.route({ method: route.method, url: route.path, bodyLimit: route.bodyLimit ?? BODY_LIMIT, handler: (request, reply) => runRoute(runtime, route, request, reply) })
  const serving = probesOnly ? runtime.registry.services.filter(({ id }) => id === 'monitor') : runtime.registry.services
  const described = serving.flatMap((service) => service.described ?? [])
  const document = openApi(routes, described, runtime.registry.errors, options.version)
  app.get('/openapi.json', () => document)
  await app.register(serveDocs)
  for (const service of serving) {
    if (service.plugin !== undefined) await app.register(async (scope) => service.plugin?.(scope, runtime))
  }
  return app
}
