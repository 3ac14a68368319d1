import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { createServer } from '#platform/http/server/server.ts'
import { service as http } from '#platform/http/server/index.ts'
import type { PlatformService } from '#platform/registry/server/service.ts'
import { testRuntime } from '#test/runtime.ts'
import type { TestRuntime } from '#test/runtime.ts'
import { service } from './index.ts'

let healthy = true
const other: PlatformService = {
  id: 'other',
  ready: async () => {
    if (!healthy) throw new Error('disk gone')
  },
  gauges: async () => ({ chengming_test_things: 42 }),
}
let it: TestRuntime
let app: FastifyInstance
before(async () => {
  it = await testRuntime({ services: [http, service, other] })
  app = await createServer(it.runtime, { version: '0', trustProxy: false })
})
after(async () => {
  await app.close()
  await it.close()
})
const get = (url: string) => app.inject({ url })

test('alive, and ready as long as every part is', async () => {
  assert.equal((await get('/livez')).statusCode, 200)
  assert.deepEqual((await get('/readyz')).json(), { ready: true, problems: [] })
  healthy = false
  const answer = await get('/readyz')
  assert.deepEqual([answer.statusCode, answer.json()], [503, { ready: false, problems: ['other'] }])
  healthy = true
})

test('metrics name routes by their pattern and carry the services\' values', async () => {
  await get('/api/nowhere/330106199001011234')
  await get('/livez')
  const { body } = await get('/metrics')
  assert.match(body, /^chengming_test_things 42$/m)
  assert.match(body, /chengming_http_seconds_count\{method="GET",route="\/livez",status="2xx"\}/)
  assert.match(body, /chengming_pool_connections\{state="open"\}/)
  assert.doesNotMatch(body, /330106199001011234/)
  assert.match((await get('/metrics')).body, /^chengming_test_things 42$/m)
})
