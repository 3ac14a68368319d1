import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'

/**
 * How soon a change by another process is noticed: one statement asks for all watched mailboxes of the process; nothing is notified inside deliveries.
 * Changes by this process are heard at once, after their commit.
 */
const EVERY_MS = 100

/** Whoever looks out in this process. */
const lookouts = new Set<(mailboxIds: readonly number[]) => void>()

/** Tells the look-outs of this process that mailboxes have changed, once what changed them is for good. */
export function touch(ctx: Pick<ServerContext, 'afterCommit'>, mailboxIds: readonly number[]): void {
  ctx.afterCommit(() => {
    for (const heard of lookouts) heard(mailboxIds)
  })
}

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
  let touched = new Set<number>()
  const complain = (error: unknown): void => log.warn({ error }, 'mailboxes cannot be watched')

  async function look(ids: Iterable<number>): Promise<void> {
    const { rows } = await sql<{ id: string; modseq: string }>`select id, modseq from mail_mailbox where id = any(${[...ids]}::bigint[])`.execute(db)
    for (const { id, modseq } of rows) {
      const watched = all.get(Number(id))
      if (watched === undefined || watched.modseq === modseq) continue
      watched.modseq = modseq
      for (const changed of watched.listeners) changed()
    }
  }

  function next(): void {
    timer = stopped || all.size === 0 ? null : setTimeout(() => void look(all.keys()).catch(complain).finally(next), EVERY_MS)
    timer?.unref()
  }

  /** Touches that come together are one look. */
  function heard(mailboxIds: readonly number[]): void {
    const watched = mailboxIds.filter((id) => all.has(id))
    if (watched.length === 0) return
    if (touched.size === 0) {
      setImmediate(() => {
        const ids = touched
        touched = new Set()
        void look(ids).catch(complain)
      })
    }
    for (const id of watched) touched.add(id)
  }
  lookouts.add(heard)

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
      lookouts.delete(heard)
      if (timer !== null) clearTimeout(timer)
    },
  }
}
