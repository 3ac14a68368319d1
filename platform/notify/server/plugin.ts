import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Failure } from '#kit/failure.ts'
import type { DescribedRoute } from '#platform/http/server/described-route.ts'
import { requestActor } from '#platform/http/server/run-route.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { startHub } from './hub.ts'
import type { Hub } from './hub.ts'
import { openStream } from './stream.ts'

const hubs = new WeakMap<Runtime, Hub>()

/** The open pages of a process that serves any. */
export const hubOf = (runtime: Runtime): Hub | undefined => hubs.get(runtime)

export const eventDescriptions: readonly DescribedRoute[] = [
  {
    method: 'GET', path: '/api/events', title: '事件流：待办数、通知等变化时推送（Server-Sent Events）', tag: 'notify', input: z.object({}),
    answer: { mediaType: 'text/event-stream', shape: z.string() },
  },
]

/** `GET /api/events`: the stream each open page listens to. */
export async function eventStreams(app: FastifyInstance, runtime: Runtime): Promise<void> {
  const hub = await startHub(runtime)
  hubs.set(runtime, hub)
  // Before the server waits for its connections to end.
  app.addHook('preClose', () => hub.stop())
  app.get('/api/events', async (request, reply) => {
    const actor = await requestActor(runtime, request)
    if (actor === null) throw new Failure('identity.signed-out')
    reply.hijack()
    const stream = openStream(actor, reply.raw, reply.getHeaders())
    reply.raw.on('close', () => hub.remove(stream))
    hub.add(stream)
  })
}
