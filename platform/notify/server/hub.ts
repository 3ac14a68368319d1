import { listen } from '#platform/db/server/listen.ts'
import { Identity } from '#platform/identity/contract.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { createCountsSender } from './counts-sender.ts'
import { PUSH_CHANNEL, readPayload } from './push-message.ts'
import type { PushMessage } from './push-message.ts'
import type { Stream } from './stream.ts'

/** Pages one person may have open; a further one ends the oldest. */
const MOST_STREAMS = 8
/** Shorter than the idle limits of usual proxies; also the longest a stream outlives its session. */
const BEAT_MS = 25_000

/** The open pages of this process. */
export interface Hub {
  readonly size: number
  add(stream: Stream): void
  remove(stream: Stream): void
  /** Keeps proxies from closing the streams, and ends those whose session is over; runs by itself. */
  beat(): Promise<void>
  stop(): Promise<void>
}

type Streams = Map<string, Set<Stream>>

const all = (streams: Streams): Stream[] => [...streams.values()].flatMap((own) => [...own])

function deliver(streams: Streams, message: PushMessage): string[] {
  if ('poke' in message) {
    for (const person of message.to) for (const stream of streams.get(person) ?? []) stream.send('poke', { topic: message.poke })
    return [...message.to]
  }
  for (const [person, id] of message.to) for (const stream of streams.get(person) ?? []) stream.send('notice', { id, ...message.notice, read: false })
  return message.to.map(([person]) => person)
}

/** Ends streams whose session is over: one question to the database for all pages of the process. */
async function endDeadSessions(runtime: Runtime, streams: Streams): Promise<void> {
  const open = all(streams)
  if (open.length === 0) return
  const ids = [...new Set(open.map(({ actor }) => actor.sessionId))]
  const living = new Set(await runtime.query(null, (ctx) => ctx.use(Identity).living(ids)))
  for (const stream of open) if (!living.has(stream.actor.sessionId)) stream.end()
}

export async function startHub(runtime: Runtime): Promise<Hub> {
  const streams: Streams = new Map()
  const counts = createCountsSender(runtime, (person) => [...(streams.get(person) ?? [])])
  const unlisten = await listen(runtime.database, runtime.log, {
    channel: PUSH_CHANNEL,
    onMessage: (payload) => counts.ask(deliver(streams, readPayload(payload)).filter((person) => streams.has(person))),
    onConnect: () => counts.ask([...streams.keys()]),
  })
  const beat = async (): Promise<void> => {
    for (const stream of all(streams)) stream.beat()
    await endDeadSessions(runtime, streams)
  }
  const timer = setInterval(() => void beat().catch((error: unknown) => runtime.log.warn({ err: error }, 'cannot check the sessions of open pages')), BEAT_MS)
  return {
    get size() {
      return all(streams).length
    },
    add(stream) {
      const own = streams.get(stream.actor.personId) ?? new Set()
      streams.set(stream.actor.personId, own.add(stream))
      if (own.size > MOST_STREAMS) for (const oldest of [...own].slice(0, own.size - MOST_STREAMS)) oldest.end(true)
      counts.ask([stream.actor.personId])
    },
    remove(stream) {
      const own = streams.get(stream.actor.personId)
      own?.delete(stream)
      if (own?.size === 0) streams.delete(stream.actor.personId)
    },
    beat,
    async stop() {
      clearInterval(timer)
      counts.stop()
      await unlisten()
      for (const stream of all(streams)) stream.end()
    },
  }
}
