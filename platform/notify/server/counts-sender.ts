import type { Actor } from '#kit/context.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { Counts } from '../contract.ts'
import type { Stream } from './stream.ts'

/** Several changes within this time cost one count. */
const GATHER_MS = 250
/** Counts made at the same time: a notice to everybody must not take all connections. */
const AT_ONCE = 3

export interface CountsSender {
  ask(people: readonly string[]): void
  stop(): void
}

const postOf = ({ accountId, postId }: Actor): string => `${accountId} ${postId}`

/** Sends `counts` to the pages of those for whom something changed, if somebody provides the numbers. */
export function createCountsSender(runtime: Runtime, streamsOf: (person: string) => readonly Stream[]): CountsSender {
  const waiting = new Set<string>()
  let timer: NodeJS.Timeout | null = null
  let working = false

  async function send(streams: readonly Stream[]): Promise<void> {
    for (const same of Map.groupBy(streams, ({ actor }) => postOf(actor)).values()) {
      const counts = await runtime.query(same[0]?.actor ?? null, (ctx) => ctx.use(Counts).counts())
      for (const stream of same) stream.send('counts', counts)
    }
  }
  async function worker(): Promise<void> {
    for (const person of waiting) {
      waiting.delete(person)
      try {
        await send(streamsOf(person))
      } catch (error) {
        runtime.log.warn({ err: error }, 'cannot count for an open page')
      }
    }
  }
  async function flush(): Promise<void> {
    timer = null
    if (working) return
    working = true
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    working = false
    if (waiting.size > 0) ask([])
  }
  function ask(people: readonly string[]): void {
    if (!runtime.registry.provides(Counts.id)) return
    for (const person of people) waiting.add(person)
    if (waiting.size > 0) timer ??= setTimeout(() => void flush(), GATHER_MS)
  }
  return {
    ask,
    stop() {
      if (timer !== null) clearTimeout(timer)
      waiting.clear()
    },
  }
}
