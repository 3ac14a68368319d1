import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import Fastify from 'fastify'
import { servePages } from './pages.ts'

const dist = mkdtempSync(join(tmpdir(), 'chengming-pages-'))
const app = Fastify()

function build(name: string): void {
  for (const folder of ['web', 'mobile', 'assets']) mkdirSync(join(dist, folder), { recursive: true })
  writeFileSync(join(dist, 'web/index.html'), `<script src="/assets/${name}.js">`)
  writeFileSync(join(dist, 'mobile/index.html'), `<p>phone ${name}`)
  writeFileSync(join(dist, 'assets', `${name}.js`), `'${name}'`)
  writeFileSync(join(dist, 'emblem.svg'), '<svg/>')
  writeFileSync(join(dist, '.sources'), 'secret')
}

before(async () => {
  build('first')
  await servePages(app, dist)
})
after(async () => {
  await app.close()
  rmSync(dist, { recursive: true })
})

test('pages are asked for anew, their assets kept for good', async () => {
  const [page, phone, asset, emblem] = await Promise.all(['/todo?box=todo', '/m/todo', '/assets/first.js', '/emblem.svg'].map((url) => app.inject(url)))
  assert.deepEqual([page?.body, page?.headers['cache-control']], ['<script src="/assets/first.js">', 'no-cache'])
  assert.equal(phone?.body, '<p>phone first')
  assert.match(String(asset?.headers['cache-control']), /max-age=31536000, immutable/)
  assert.deepEqual([emblem?.statusCode, emblem?.headers['cache-control']], [200, 'no-cache'])
})

test('a build under the running server is served at once, the one before stays for pages that are open', async () => {
  build('second')
  assert.equal((await app.inject('/')).body, '<script src="/assets/second.js">')
  assert.equal((await app.inject('/assets/second.js')).body, "'second'")
  assert.equal((await app.inject('/assets/first.js')).body, "'first'")
})

test('nothing beside the pages comes out', async () => {
  for (const url of ['/assets/..%2f.sources', '/assets/none.js', '/api/none']) assert.equal((await app.inject(url)).statusCode, 404, url)
  for (const url of ['/.sources', '/assets/..%5c.sources', '/assets/../.sources', '/assets/%2e%2e/.sources', '/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd']) assert.doesNotMatch((await app.inject(url)).body, /secret|root:/, url)
})
