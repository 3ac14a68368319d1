import { sql } from 'kysely'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import type { AccountState } from '../contract.ts'
import { readStates } from './account-state.ts'
import { lookOut, type Touched } from './touch.ts'

/**
 * How soon a change by another process is noticed: one statement asks for all watched mailboxes of the process, one for all watched accounts; nothing is notified
 * inside deliveries. Changes by this process are heard at once, after their commit.
 */
const EVERY_MS = 100
const ACCOUNTS_EVERY_MS = 250
/** Accounts whose mailboxes are read by one statement. */
const AT_ONCE = 500

/** Whoever listens to an account; the state is read once for all who want it. */
export type AccountListener = { readonly stated: boolean; readonly changed: (state: AccountState | null) => void }

export type Watch = {
  /** Calls back soon after a mailbox changed, until the answer is called. */
  on(mailboxId: number, changed: () => void): () => void
  /** Calls back soon after anything of an account has changed since a version (null: at once), until the answer is called; where `stated` with how things stand then. */
  onAccount(accountId: string, since: string | null, listener: AccountListener): () => void
  stop(): void
}

/** Looks at what is listened to, from time to time and when it is touched; touches that come together are one look. */
class Lookout<Id, Listener> {
  readonly all = new Map<Id, { version: string | null; readonly listeners: Set<Listener> }>()
  readonly #every: number
  readonly #look: (ids: readonly Id[]) => Promise<void>
  readonly #complain: (error: unknown) => void
  #timer: NodeJS.Timeout | null = null
  #stopped = false
  #touched = new Set<Id>()

  constructor(every: number, look: (ids: readonly Id[]) => Promise<void>, complain: (error: unknown) => void) {
    this.#every = every
    this.#look = look
    this.#complain = complain
  }

  /** `since`: the version that the listener knows; with another one, or none, the next look finds a change. */
  on(id: Id, listener: Listener, since: string | null): () => void {
    const watched = this.all.get(id) ?? { version: since, listeners: new Set() }
    this.all.set(id, watched)
    if (watched.version !== since) watched.version = null
    watched.listeners.add(listener)
    if (this.#timer === null) this.#next()
    return () => {
      watched.listeners.delete(listener)
      if (watched.listeners.size === 0 && this.all.get(id) === watched) this.all.delete(id)
    }
  }

  heard(ids: readonly Id[]): void {
    const watched = ids.filter((id) => this.all.has(id))
    if (watched.length === 0) return
    if (this.#touched.size === 0) {
      setImmediate(() => {
        const touched = [...this.#touched]
        this.#touched = new Set()
        void this.#look(touched).catch(this.#complain)
      })
    }
    for (const id of watched) this.#touched.add(id)
  }

  stop(): void {
    this.#stopped = true
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  /** Whether a version is another than before, which it is from then on. */
  isNew(id: Id, version: string): boolean {
    const watched = this.all.get(id)
    if (watched === undefined || watched.version === version) return false
    watched.version = version
    return true
  }

  #next(): void {
    this.#timer = this.#stopped || this.all.size === 0 ? null : setTimeout(() => void this.#look([...this.all.keys()]).catch(this.#complain).finally(() => this.#next()), this.#every)
    this.#timer?.unref()
  }
}

export function watchMailboxes({ db, log }: Pick<Runtime, 'db' | 'log'>): Watch {
  const complain = (error: unknown): void => log.warn({ error }, 'mailboxes cannot be watched')
  const mailboxes = new Lookout<number, () => void>(EVERY_MS, async (ids) => {
    const { rows } = await sql<{ id: string; modseq: string }>`select id, modseq from mail_mailbox where id = any(${[...ids]}::bigint[])`.execute(db)
    for (const { id, modseq } of rows) if (mailboxes.isNew(Number(id), modseq)) for (const changed of mailboxes.all.get(Number(id))?.listeners ?? []) changed()
  }, complain)
  const accounts = new Lookout<string, AccountListener>(ACCOUNTS_EVERY_MS, async (ids) => {
    const { rows } = await sql<{ id: string; changes: string }>`select id, changes from mail_account where id = any(${[...ids]}::uuid[])`.execute(db)
    const changed = rows.filter(({ id, changes }) => accounts.isNew(id, changes)).map(({ id }) => id)
    for (let at = 0; at < changed.length; at += AT_ONCE) await tell(changed.slice(at, at + AT_ONCE))
  }, complain)
  async function tell(ids: readonly string[]): Promise<void> {
    const listeners = (id: string): readonly AccountListener[] => [...(accounts.all.get(id)?.listeners ?? [])]
    const states = await readStates(db, ids.filter((id) => listeners(id).some(({ stated }) => stated)))
    for (const id of ids) for (const { stated, changed } of listeners(id)) changed(stated ? (states.get(id) ?? null) : null)
  }
  const heard = ({ mailboxIds, accountIds }: Touched): void => {
    mailboxes.heard(mailboxIds)
    accounts.heard(accountIds)
  }
  const away = lookOut(heard)
  return {
    on: (mailboxId, changed) => mailboxes.on(mailboxId, changed, mailboxes.all.get(mailboxId)?.version ?? null),
    onAccount: (accountId, since, listener) => accounts.on(accountId, listener, since),
    stop() {
      away()
      mailboxes.stop()
      accounts.stop()
    },
  }
}
