import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { encodeMailboxName } from '../../imap/mailbox-name.ts'
import { type Addition, addEntries } from '#mail/store/server/entries.ts'
import { canonicalName, createMailbox, findMailbox, listMailboxes } from '#mail/store/server/mailboxes.ts'
import { keepMessage, keepOctets } from '#mail/store/server/messages.ts'
import type { Kept } from '#mail/store/server/octets.ts'
import type { MailParts } from '#mail/store/server/parts.ts'
import type { Archived } from '../format.ts'

/** Messages, or octets, of one transaction. */
const MOST = 50
const MOST_OCTETS = 32 * 1024 * 1024

export type Imported = { readonly added: number; readonly there: number }

/** Mailboxes of other servers by the special use they have here. */
const FAMILIAR: Readonly<Record<string, string>> = {
  sent: 'Sent', 'sent items': 'Sent', 'sent messages': 'Sent', 'sent mail': 'Sent', 已发邮件: 'Sent', 已发送邮件: 'Sent', drafts: 'Drafts', trash: 'Trash', 'deleted items': 'Trash', 'deleted messages': 'Trash',
  已删除邮件: 'Trash', junk: 'Junk', spam: 'Junk', 'junk e-mail': 'Junk', archive: 'Archive', archives: 'Archive',
}

const MOST_LEVELS = 10
const LONGEST_NAME = 500

/** A name that may be given to a mailbox here: signs that may not stand in one become `_`, levels beyond the most stay in the last. */
export function storableName(name: string): string {
  const levels = canonicalName(name).replace(/[\p{Cc}\u2028\u2029%*]/gu, '_').split('/').filter((level) => level !== '')
  const kept = levels.length <= MOST_LEVELS ? levels : [...levels.slice(0, MOST_LEVELS - 1), levels.slice(MOST_LEVELS - 1).join('_')]
  return kept.join('/').slice(0, LONGEST_NAME).toWellFormed().replace(/\/$/, '') || '_'
}

/** Keywords are atoms (RFC 9051 9): others are written in modified UTF-7, as Thunderbird does, and what is none even then is left out. */
const keywordsOf = (flags: readonly string[]): readonly string[] =>
  flags.flatMap((flag) => (flag.startsWith('\\') ? [flag] : [/^[!-~]+$/.test(flag) ? flag : encodeMailboxName(flag)].filter((name) => /^(?=[!-~]{1,100}$)[^\\(){%*"\]]+$/.test(name))))

/** A message with its contents and the mailbox it goes into. */
export type Placed<M> = { readonly message: M; readonly kept: Kept; readonly mailboxId: number }

/** What else is done in the transaction that takes messages in; `added`: how many of them were not there. */
export type Also<M> = (ctx: ServerContext, placed: readonly Placed<M>[], added: number) => Promise<void>

/** Brings messages into an account, each into the mailbox of its name, made where it is missing. */
export class Importer<M extends Archived = Archived> {
  readonly #parts: MailParts
  readonly #also: Also<M>
  readonly #accountId: string
  readonly #mailboxes = new Map<string, number>()
  #waiting: { readonly message: M; readonly kept: Kept }[] = []
  #octets = 0
  /** Octets that belong into each mailbox, by their names. */
  readonly #seen = new Map<number, Set<string>>()
  #added = 0
  #there = 0

  constructor(parts: MailParts, accountId: string, also: Also<M> = async () => undefined) {
    this.#also = also
    this.#parts = parts
    this.#accountId = accountId
  }

  /** Takes one message; it is there for good after `finish`, or when enough have come together. */
  async take(message: M): Promise<void> {
    const kept = await keepOctets(this.#parts.blobs, message.raw)
    this.#waiting.push({ message, kept })
    this.#octets += message.raw.length
    if (this.#waiting.length >= MOST || this.#octets >= MOST_OCTETS) await this.finish()
  }

  /** How many came in and how many were there already: the same octets in the same mailbox are the same message, so that an import may be run again. */
  async finish(): Promise<Imported> {
    const batch = this.#waiting
    this.#waiting = []
    this.#octets = 0
    if (batch.length > 0) {
      const added = await this.#parts.runtime.command(null, (ctx) => this.#put(ctx, batch))
      this.#added += added
      this.#there += batch.length - added
      for (const { message, kept } of batch) this.#note(message.mailbox, kept.blob)
    }
    return { added: this.#added, there: this.#there }
  }

  /** The mailbox into which messages of this one went; undefined when there were none. */
  mailboxOf(name: string): number | undefined {
    return this.#mailboxes.get(storableName(name))
  }

  /** How many of the octets taken for a mailbox are not in it, by SHA-256. */
  async missingIn(ctx: ServerContext, id: number): Promise<number> {
    const seen = this.#seen.get(id) ?? new Set()
    const { rows } = await sql<{ n: number }>`select count(distinct m.blob)::int as n from mail_entry e join mail_message m on m.id = e.message_id where e.mailbox_id = ${id} and m.blob = any(${[...seen]}::text[])`.execute(ctx.db())
    return seen.size - (rows[0]?.n ?? 0)
  }

  #note(mailbox: string, hash: string): void {
    const id = this.mailboxOf(mailbox)
    if (id === undefined) return
    const seen = this.#seen.get(id) ?? new Set()
    this.#seen.set(id, seen.add(hash))
  }

  async #put(ctx: ServerContext, batch: readonly { readonly message: M; readonly kept: Kept }[]): Promise<number> {
    const placed: Placed<M>[] = []
    for (const { message, kept } of batch) placed.push({ message, kept, mailboxId: await this.#mailbox(ctx, message.mailbox) })
    const { rows } = await sql<{ mailbox_id: number; blob: string }>`
      select e.mailbox_id::float8 as mailbox_id, m.blob from mail_message m join mail_entry e on e.message_id = m.id
      where m.blob = any(${placed.map(({ kept }) => kept.blob)}::text[]) and e.mailbox_id = any(${placed.map(({ mailboxId }) => mailboxId)}::bigint[])`.execute(ctx.db())
    const there = new Set(rows.map(({ mailbox_id: id, blob }) => `${id} ${blob}`))
    const additions: Addition[] = []
    for (const { message: { raw, flags, internalAt }, kept, mailboxId } of placed) {
      const key = `${mailboxId} ${kept.blob}`
      if (there.has(key)) continue
      there.add(key)
      additions.push({ mailboxId, messageId: await keepMessage(ctx, raw, kept), size: raw.length, flags: keywordsOf(flags), internalAt: internalAt === null ? ctx.now : new Date(internalAt), savedAt: ctx.now })
    }
    if (additions.length > 0) await addEntries(ctx, additions)
    await this.#also(ctx, placed, additions.length)
    return additions.length
  }

  async #mailbox(ctx: ServerContext, name: string): Promise<number> {
    const wanted = storableName(name)
    const known = this.#mailboxes.get(wanted)
    if (known !== undefined) return known
    const special = FAMILIAR[wanted.toLowerCase()]
    const found = (await findMailbox(ctx, this.#accountId, wanted)) ?? (special === undefined ? undefined : (await listMailboxes(ctx, this.#accountId)).find((one) => one.special === special))
    const { id } = found ?? (await createMailbox(ctx, this.#accountId, wanted))
    ctx.afterCommit(() => void this.#mailboxes.set(wanted, id))
    return id
  }
}
