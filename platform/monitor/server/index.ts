import type { FastifyInstance, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { DescribedRoute } from '#platform/http/server/described-route.ts'
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

const probe = (path: string, title: string, answer: DescribedRoute['answer']): DescribedRoute => ({ method: 'GET', path, title, tag: 'monitor', open: true, input: z.object({}), answer })

const described: readonly DescribedRoute[] = [
  probe('/livez', '进程是否在运行', { mediaType: 'application/json', shape: z.object({ alive: z.boolean() }) }),
  probe('/readyz', '能否服务：数据库、文件存储等；不能时为 503，problems 说明是哪些', { mediaType: 'application/json', shape: z.object({ ready: z.boolean(), problems: z.array(z.string()) }) }),
  probe('/metrics', '监测数据（Prometheus）', { mediaType: 'text/plain', shape: z.string() }),
]

export const service: PlatformService = { id: 'monitor', hooks: observe, plugin: probes, described }
