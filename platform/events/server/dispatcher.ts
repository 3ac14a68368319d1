import { listen } from '#platform/db/server/listen.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import { deliverNext } from './deliver.ts'
import { EVENTS_CHANNEL } from './outbox.ts'

/** Listeners of this process that may work at the same time; each holds one database connection. */
const MOST_WORKERS = 4
/** Finds deliveries whose back-off ended, and those whose wake-up call was lost. */
const POLL_MS = 5000

export interface Dispatcher {
  /** Ends when the deliveries in hand are done. */
  stop(): Promise<void>
}

/** Delivers events until stopped. A backlog brings up to four workers; each new one starts when another has found something. */
export async function startDispatcher(runtime: Runtime): Promise<Dispatcher> {
  const workers = new Set<Promise<void>>()
  const state = { stopped: false }
  const drain = async (): Promise<void> => {
    try {
      while (!state.stopped && (await deliverNext(runtime, wake)));
    } catch (error) {
      runtime.log.error({ err: error }, 'cannot read the outbox')
    }
  }
  const wake = (): void => {
    if (state.stopped || workers.size >= MOST_WORKERS) return
    const worker = drain().finally(() => workers.delete(worker))
    workers.add(worker)
  }
  const unlisten = await listen(runtime.database, runtime.log, { channel: EVENTS_CHANNEL, onMessage: wake, onConnect: wake })
  const poll = setInterval(wake, POLL_MS)
  wake()
  return {
    async stop() {
      state.stopped = true
      clearInterval(poll)
      await unlisten()
      await Promise.all(workers)
    },
  }
}
