import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const DIST = join(import.meta.dirname, '../dist')

const YEAR = 365 * 24 * 3600

const isPhone = (path: string): boolean => path === '/m' || path.startsWith('/m/')

/**
 * Serves the pages of a folder the build made: hashed assets for good, the page itself fresh at each visit; every other path belongs to its own
 * router. Assets are looked for at each request, so a build under a running server is served at once.
 */
export async function servePages(app: FastifyInstance, dist: string = DIST): Promise<void> {
  if (!existsSync(dist)) return
  await app.register(fastifyStatic, { root: join(dist, 'assets'), prefix: '/assets/', index: false, maxAge: YEAR * 1000, immutable: true })
  await app.register(fastifyStatic, {
    root: dist, index: false, wildcard: false, globIgnore: ['assets/**'], decorateReply: false, cacheControl: false, setHeaders: (reply) => void reply.header('cache-control', 'no-cache'),
  })
  app.get('/*', (request, reply) => {
    const { pathname } = new URL(request.url, 'http://localhost')
    if (pathname.startsWith('/api/')) return reply.callNotFound()
    return reply.sendFile(isPhone(pathname) ? 'mobile/index.html' : 'web/index.html', dist, { cacheControl: false }).header('cache-control', 'no-cache')
  })
}
