import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import { Failure } from '#kit/failure.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { SearchKey } from '../../imap/search-keys.ts'
import type { AnnotationChange } from '../../imap/metadata-entries.ts'
import { type Appended, type ImapAccount, Refusal, type SortKey } from '../../imap/store.ts'
import type { FlagChange, Mailbox, SpecialUse } from '../contract.ts'
import { type Addition, addEntries, copyEntries, expungeEntries, moveEntries, openMailbox, readChanges, readEntries, readMarks, readUids, storeFlags } from './entries.ts'
import { createMailbox, findMailbox, listMailboxes, removeMailbox, renameMailbox, subscribeMailbox } from './mailboxes.ts'
import { annotate, copyAnnotations, readAnnotations, readServerAnnotations } from './metadata.ts'
import { keepMessage, keepOctets } from './messages.ts'
import { whole } from './octets.ts'
import { searchEntries } from './search.ts'
import { readThreadMembers, sortEntries } from './sort.ts'
import type { MailParts } from './parts.ts'

/** Answers of IMAP for failures of the store (RFC 5530). */
const CODES: Readonly<Record<string, readonly [code: string | null, text: string]>> = {
  'mail.mailbox.missing': ['NONEXISTENT', 'no such mailbox'],
  'mail.mailbox.name': ['CANNOT', 'mailbox name cannot be used'],
  'mail.mailbox.exists': ['ALREADYEXISTS', 'mailbox exists'],
  'mail.mailbox.fixed': ['CANNOT', 'mailbox is fixed'],
  'mail.mailbox.many': ['LIMIT', 'too many mailboxes'],
  'mail.metadata.many': ['METADATA TOOMANY', 'too many annotations'],
  'mail.quota.full': ['OVERQUOTA', 'mailbox is full'],
  'files.disk-full': ['UNAVAILABLE', 'no room on the server'],
}

const answer = (error: unknown): never => {
  const code = error instanceof Failure ? CODES[error.code] : undefined
  throw code === undefined ? error : new Refusal(code[0], code[1])
}

/** An account for IMAP sessions: each call is one command or one question of the database. A class, as thousands of idle sessions hold one each. */
export class StoredAccount implements ImapAccount {
  readonly id: string
  readonly name: string
  readonly #parts: MailParts

  constructor(parts: MailParts, id: string, name: string) {
    this.#parts = parts
    this.id = id
    this.name = name
  }

  list() {
    return this.#ask((ctx) => listMailboxes(ctx, this.id))
  }

  find(wanted: string) {
    return this.#ask((ctx) => findMailbox(ctx, this.id, wanted))
  }

  create(wanted: string, use: SpecialUse | null) {
    return this.#change((ctx) => createMailbox(ctx, this.id, wanted, use))
  }

  remove({ id }: Mailbox) {
    return this.#change((ctx) => removeMailbox(ctx, id))
  }

  rename({ id }: Mailbox, to: string) {
    return this.#change((ctx) => renameMailbox(ctx, id, to))
  }

  emptyInto({ id }: Mailbox, to: string) {
    return this.#change(async (ctx) => {
      const target = await createMailbox(ctx, this.id, to)
      await copyAnnotations(ctx, id, target.id)
      await moveEntries(ctx, id, target.id, await readUids(ctx, id))
    })
  }

  subscribe({ id }: Mailbox, on: boolean) {
    return this.#change((ctx) => subscribeMailbox(ctx, id, on))
  }

  open(id: number) {
    return this.#ask((ctx) => openMailbox(ctx, id))
  }

  entries(id: number, uids: readonly number[]) {
    return this.#ask((ctx) => readEntries(ctx, id, uids))
  }

  marks(id: number, uids: readonly number[]) {
    return this.#ask((ctx) => readMarks(ctx, id, uids))
  }

  changes(id: number, since: number) {
    return this.#ask((ctx) => readChanges(ctx, id, since))
  }

  details(ids: readonly number[]) {
    return this.#ask((ctx) => this.#parts.known.details(ctx, ids))
  }

  index(id: number) {
    return this.#ask((ctx) => this.#parts.known.index(ctx, id))
  }

  raw(id: number) {
    const { blobs, known } = this.#parts
    return this.#ask(async (ctx) => buffer(blobs.read(await known.place(ctx, id))))
  }

  async append(mailboxId: number, messages: readonly Appended[]) {
    const kept = await Promise.all(messages.map(({ raw }) => keepOctets(this.#parts.blobs, raw))).catch(answer)
    return this.#change(async (ctx) => {
      const additions: Addition[] = []
      for (const [place, { raw, flags, internalAt }] of messages.entries()) {
        const messageId = await keepMessage(ctx, raw, kept[place] ?? whole(''))
        additions.push({ mailboxId, messageId, size: raw.length, flags, internalAt: internalAt === null ? ctx.now : new Date(internalAt), savedAt: ctx.now })
      }
      return addEntries(ctx, additions)
    })
  }

  storeFlags(id: number, uids: readonly number[], flags: FlagChange, since: number | null) {
    return this.#change((ctx) => storeFlags(ctx, id, uids, flags, since ?? undefined))
  }

  expunge(id: number, uids: readonly number[] | 'all') {
    return this.#change((ctx) => expungeEntries(ctx, id, uids, true))
  }

  copy(from: number, to: number, uids: readonly number[]) {
    return this.#change((ctx) => copyEntries(ctx, from, to, uids))
  }

  move(from: number, to: number, uids: readonly number[]) {
    return this.#change((ctx) => moveEntries(ctx, from, to, uids))
  }

  search(id: number, uids: readonly number[], key: SearchKey) {
    return this.#ask((ctx) => searchEntries(ctx, id, uids, key))
  }

  sort(id: number, uids: readonly number[], keys: readonly SortKey[]) {
    return this.#ask((ctx) => sortEntries(ctx, id, uids, keys))
  }

  threadMembers(id: number, uids: readonly number[]) {
    return this.#ask((ctx) => readThreadMembers(ctx, id, uids))
  }

  annotations(mailboxes: readonly Mailbox[] | null) {
    return this.#ask((ctx) => (mailboxes === null ? readServerAnnotations(ctx, this.id) : readAnnotations(ctx, this.id, mailboxes)))
  }

  annotate(mailbox: Mailbox | null, changes: readonly AnnotationChange[]) {
    return this.#change((ctx) => annotate(ctx, this.id, mailbox, changes))
  }

  quota() {
    return this.#ask((ctx) => readQuota(ctx, this.id))
  }

  watch(id: number, changed: () => void) {
    return this.#parts.watch.on(id, changed)
  }

  #change<T>(work: (ctx: ServerContext) => Promise<T>): Promise<T> {
    return this.#parts.runtime.command(null, work).catch(answer)
  }

  #ask<T>(work: (ctx: ServerContext) => Promise<T>): Promise<T> {
    return this.#parts.runtime.query(null, work).catch(answer)
  }
}

async function readQuota(ctx: ServerContext, accountId: string): Promise<{ readonly used: number; readonly limit: number }> {
  const { rows } = await sql<{ used: string; quota: string }>`select used_size as used, quota from mail_account where id = ${accountId}`.execute(ctx.db())
  return { used: Number(rows[0]?.used ?? 0), limit: Number(rows[0]?.quota ?? 0) }
}
