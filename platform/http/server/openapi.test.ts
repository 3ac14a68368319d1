import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { services } from '#apps/services.ts'
import { testRuntime } from '#test/runtime.ts'
import type { TestRuntime } from '#test/runtime.ts'
import type { FastifyInstance } from 'fastify'
import Fastify from 'fastify'
import { createServer } from './server.ts'

let it: TestRuntime
let app: FastifyInstance
before(async () => {
  it = await testRuntime({ services })
  app = await createServer(it.runtime, { version: '1.2.3', trustProxy: false })
})
after(async () => {
  await app.close()
  await it.close()
})

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, { summary: string; parameters?: readonly { name: string; in: string }[] }>>>>
}

test('every address of the interface is published, plug-ins included', async () => {
  const { paths } = (await app.inject('/openapi.json')).json() as Document
  const missing: string[] = []
  const bare = Fastify()
  bare.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'HEAD' && paths[url.replaceAll(/:(\w+)/g, '{$1}')]?.[one.toLowerCase()] === undefined) missing.push(`${one} ${url}`)
  })
  for (const service of services) if (service.plugin !== undefined) await bare.register(async (scope) => service.plugin?.(scope, it.runtime))
  await bare.ready()
  await bare.close()
  assert.deepEqual(missing, [])
  assert.deepEqual(paths['/api/files/{id}']?.['get']?.parameters?.map(({ name, in: place }) => `${place} ${name}`), ['path id', 'query download'])
  assert.deepEqual(paths['/api/files']?.['post']?.parameters?.map(({ name, in: place }) => `${place} ${name}`), ['header x-file-name'])
})

test('the page to read it needs no exception from the security policy, and nothing from elsewhere', async () => {
  const page = await app.inject('/docs')
  assert.equal(page.statusCode, 200)
  assert.equal(page.headers['content-security-policy'], (await app.inject('/livez')).headers['content-security-policy'])
  assert.doesNotMatch(page.body, /https?:|<script>|style=/)
  for (const [, path = ''] of page.body.matchAll(/(?:src|href)="([^"]+)"/g)) assert.equal((await app.inject(path)).statusCode, 200, path)
})
