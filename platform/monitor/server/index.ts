import { sql } from 'kysely'
import type { FastifyInstance } from 'fastify'
import type { PlatformService } from '#platform/registry/server/service.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'

async function ready(runtime: Runtime): Promise<void> {
  await sql`select 1`.execute(runtime.db)
  for (const service of runtime.registry.services) await service.ready?.(runtime)
}

function health(app: FastifyInstance, runtime: Runtime): void {
  app.get('/livez', () => ({ alive: true }))
  app.get('/readyz', async (_request, reply) => {
    try {
      await ready(runtime)
      return { ready: true }
    } catch (error) {
      runtime.log.warn({ err: error }, 'not ready')
      return reply.status(503).send({ ready: false })
    }
  })
}

/** `/livez` tells that the process answers, `/readyz` that its database and services do. */
export const service: PlatformService = { id: 'monitor', plugin: health }
