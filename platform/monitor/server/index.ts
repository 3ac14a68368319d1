import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { PlatformService } from '#platform/registry/server/service.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { createMetrics } from './metrics.ts'
import type { Metrics } from './metrics.ts'
import { problemsOf } from './ready.ts'

const metrics = new WeakMap<Runtime, Metrics>()

/** Asked by machines every few seconds: not worth a line each. */
const QUIET = new Set(['/livez', '/readyz', '/metrics'])

const patternOf = (request: FastifyRequest): string => request.routeOptions.url ?? 'unknown'

/** A line for each request, with the pattern of its address: names, search words and ids of people stay out of the log. */
function observe(app: FastifyInstance, runtime: Runtime): void {
  const measured = createMetrics(runtime)
  metrics.set(runtime, measured)
  app.addHook('onResponse', async (request, reply) => {
    const route = patternOf(request)
    measured.finished(request.method, route, reply.statusCode, reply.elapsedTime / 1000)
    if (!QUIET.has(route)) request.log.info({ method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime), requestId: request.id, address: request.ip }, 'request')
  })
}

function probes(app: FastifyInstance, runtime: Runtime): void {
  app.get('/livez', () => ({ alive: true }))
  app.get('/readyz', async (_request, reply) => {
    const problems = await problemsOf(runtime)
    return reply.status(problems.length === 0 ? 200 : 503).send({ ready: problems.length === 0, problems })
  })
  app.get('/metrics', async (_request, reply) => {
    const measured = metrics.get(runtime)
    return reply.type(measured?.contentType ?? 'text/plain').send((await measured?.text()) ?? '')
  })
}

export const service: PlatformService = { id: 'monitor', hooks: observe, plugin: probes }
