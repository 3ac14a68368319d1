import type { FastifyInstance } from 'fastify'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const STATIC = join(dirname(createRequire(import.meta.url).resolve('@fastify/swagger-ui')), 'static')

/** No script within the page: the rules for all pages (content security policy) hold here too, and nothing comes from elsewhere. */
const PAGE = `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>承明接口</title><link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><div id="swagger-ui"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body>
</html>
`

const START = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true, validatorUrl: null, docExpansion: 'none' })\n`

const DAY_S = 86_400

const TYPES = { css: 'text/css; charset=utf-8', js: 'text/javascript; charset=utf-8', html: 'text/html; charset=utf-8' } as const

/** `/docs`: the published interface to read and try, with Swagger UI from our own disk. */
export async function serveDocs(app: FastifyInstance): Promise<void> {
  const serve = (path: string, type: keyof typeof TYPES, text: () => string): void => {
    let kept: string | undefined
    app.get(path, (_request, reply) => {
      kept ??= text()
      return reply.type(TYPES[type]).header('cache-control', `public, max-age=${DAY_S}`).send(kept)
    })
  }
  serve('/docs', 'html', () => PAGE)
  serve('/docs/start.js', 'js', () => START)
  serve('/docs/swagger-ui.css', 'css', () => readFileSync(join(STATIC, 'swagger-ui.css'), 'utf8'))
  serve('/docs/swagger-ui-bundle.js', 'js', () => readFileSync(join(STATIC, 'swagger-ui-bundle.js'), 'utf8'))
}
