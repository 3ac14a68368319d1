import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const DIST = join(import.meta.dirname, '../dist')

const YEAR = 365 * 24 * 3600

const isPhone = (path: string): boolean => path === '/m' || path.startsWith('/m/')

/** Serves the pages: hashed assets for good, the page itself fresh at each visit; every other path belongs to its own router. */
export async function servePages(app: FastifyInstance): Promise<void> {
  if (!existsSync(DIST)) return
  await app.register(fastifyStatic, {
    root: DIST,
    index: false,
    wildcard: false,
    setHeaders: (reply, path) => void reply.header('cache-control', path.includes('/assets/') ? `public, max-age=${YEAR}, immutable` : 'no-cache'),
  })
  app.get('/*', (request, reply) => {
    const { pathname } = new URL(request.url, 'http://localhost')
    if (pathname.startsWith('/api/') || pathname.startsWith('/assets/')) return reply.callNotFound()
    return reply.sendFile(isPhone(pathname) ? 'mobile/index.html' : 'web/index.html')
  })
}
