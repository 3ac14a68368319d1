import { sql } from 'kysely'
import type { Runtime } from '#platform/registry/server/runtime.ts'

/** How soon a change is noticed. One statement asks for all watched mailboxes of the process; nothing is notified inside deliveries. */
const EVERY_MS = 100

export type Watch = {
  /** Calls back soon after a mailbox changed, until the answer is called. */
  on(mailboxId: number, changed: () => void): () => void
  stop(): void
}

type Watched = { modseq: string | null; readonly listeners: Set<() => void> }

export function watchMailboxes({ db, log }: Pick<Runtime, 'db' | 'log'>): Watch {
  const all = new Map<number, Watched>()
  let timer: NodeJS.Timeout | null = null
  let stopped = false

  async function look(): Promise<void> {
    const { rows } = await sql<{ id: string; modseq: string }>`select id, modseq from mail_mailbox where id = any(${[...all.keys()]}::bigint[])`.execute(db)
    for (const { id, modseq } of rows) {
      const watched = all.get(Number(id))
      if (watched === undefined || watched.modseq === modseq) continue
      watched.modseq = modseq
      for (const changed of watched.listeners) changed()
    }
  }

  function next(): void {
    timer = stopped || all.size === 0 ? null : setTimeout(() => void look().catch((error: unknown) => log.warn({ error }, 'mailboxes cannot be watched')).finally(next), EVERY_MS)
    timer?.unref()
  }

  return {
    on(mailboxId, changed) {
      const watched = all.get(mailboxId) ?? { modseq: null, listeners: new Set() }
      all.set(mailboxId, watched)
      watched.listeners.add(changed)
      if (timer === null) next()
      return () => {
        watched.listeners.delete(changed)
        if (watched.listeners.size === 0 && all.get(mailboxId) === watched) all.delete(mailboxId)
      }
    },
    stop() {
      stopped = true
      if (timer !== null) clearTimeout(timer)
    },
  }
}
