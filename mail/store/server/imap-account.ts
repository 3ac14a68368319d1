import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import { Failure } from '#kit/failure.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import type { SearchKey } from '../../imap/search-keys.ts'
import type { AnnotationChange } from '../../imap/metadata-entries.ts'
import type { Actor } from '#kit/context.ts'
import { type Appended, type ImapAccount, Refusal, type SortKey } from '../../imap/store.ts'
import type { AccountState, Box, FlagChange, Mailbox, SpecialUse } from '../contract.ts'
import { keptRights, may, type Rights } from '../rights.ts'
import { type AccessRow, accessColumns, askingAccount, rightsTo } from './access.ts'
import { readStates } from './account-state.ts'
import { aclOf, readIdentifier, setGrant } from './acl.ts'
import { findBox, listBoxes, targetOf } from './boxes.ts'
import { noteDownloads } from './downloads.ts'
import { type Addition, addEntries, copyEntries, expungeEntries, moveEntries, openMailbox, readChanges, readEntries, readGone, readMarks, readUids, storeFlags } from './entries.ts'
import { createMailbox, findMailbox, removeMailbox, renameMailbox, subscribeMailbox } from './mailboxes.ts'
import { annotate, copyAnnotations, readAnnotated, readAnnotations, readServerAnnotations } from './metadata.ts'
import { keepMessage, keepOctets } from './messages.ts'
import { whole } from './octets.ts'
import { searchEntries } from './search.ts'
import { bump } from './touch.ts'
import { readThreadMembers, sortEntries } from './sort.ts'
import type { MailParts } from './parts.ts'
import { isDiskFull } from './room.ts'

/** Answers of IMAP for failures of the store (RFC 5530). */
const CODES: Readonly<Record<string, readonly [code: string | null, text: string]>> = {
  'mail.mailbox.missing': ['NONEXISTENT', 'no such mailbox'],
  'mail.mailbox.name': ['CANNOT', 'mailbox name cannot be used'],
  'mail.mailbox.exists': ['ALREADYEXISTS', 'mailbox exists'],
  'mail.mailbox.fixed': ['CANNOT', 'mailbox is fixed'],
  'mail.mailbox.forbidden': ['NOPERM', 'not permitted'],
  'mail.mailbox.elsewhere': ['CANNOT', 'a mailbox stays in its account'],
  'mail.share.nobody': ['CANNOT', 'nobody of that name'],
  'mail.mailbox.many': ['LIMIT', 'too many mailboxes'],
  'mail.metadata.many': ['METADATA TOOMANY', 'too many annotations'],
  'mail.quota.full': ['OVERQUOTA', 'mailbox is full'],
}

/** What a client is told of a failure; of a full disk the log hears as well. */
const answering = ({ log }: Runtime) => (error: unknown): never => {
  const full = isDiskFull(error)
  if (full) log.error({ err: error }, 'there is no room for a message')
  const code = full ? (['UNAVAILABLE', 'no room on the server'] as const) : error instanceof Failure ? CODES[error.code] : undefined
  throw code === undefined ? error : new Refusal(code[0], code[1])
}

/** An account for IMAP sessions: each call is one command or one question of the database. A class, as thousands of idle sessions hold one each. */
export class StoredAccount implements ImapAccount {
  readonly id: string
  readonly name: string
  readonly #parts: MailParts
  readonly #actor: () => Promise<Actor | null>
  readonly #address: string

  /** `actor`: who stands in the audit for what this account shares; `address`: where its program runs. */
  constructor(parts: MailParts, id: string, name: string, { actor = async () => null, address = '' }: { readonly actor?: () => Promise<Actor | null>; readonly address?: string } = {}) {
    this.#parts = parts
    this.id = id
    this.name = name
    this.#actor = actor
    this.#address = address
  }

  get #asker() {
    return askingAccount(this.id)
  }

  list() {
    return this.#ask((ctx) => listBoxes(ctx, this.#asker))
  }

  find(wanted: string) {
    return this.#ask((ctx) => findBox(ctx, this.#asker, wanted))
  }

  rights(mailboxId: number) {
    return this.#ask((ctx) => rightsTo(ctx, this.#asker, mailboxId))
  }

  create(wanted: string, use: SpecialUse | null) {
    return this.#change(async (ctx) => {
      const { accountId, name } = await this.#target(ctx, wanted)
      const made = await createMailbox(ctx, accountId, name, use)
      await bump(ctx, accountId)
      return made
    })
  }

  remove({ id }: Mailbox) {
    return this.#change((ctx) => removeMailbox(ctx, id))
  }

  rename({ id, accountId }: Mailbox, to: string) {
    return this.#change(async (ctx) => {
      const target = await this.#target(ctx, to)
      if (target.accountId !== accountId) ctx.fail('mail.mailbox.elsewhere')
      await renameMailbox(ctx, id, target.name)
    })
  }

  emptyInto({ id }: Mailbox, to: string) {
    return this.#change(async (ctx) => {
      const { accountId, name, rights } = await this.#target(ctx, to)
      if (accountId !== this.id) ctx.fail('mail.mailbox.elsewhere')
      const target = await createMailbox(ctx, accountId, name)
      await copyAnnotations(ctx, id, target.id)
      await moveEntries(ctx, id, target.id, await readUids(ctx, id), rights)
      await bump(ctx, accountId)
      return target
    })
  }

  /** Where a mailbox is to be made. Fails with `mail.mailbox.forbidden`, also when nothing is there: who may make nothing learns of nothing. */
  async #target(ctx: ServerContext, wanted: string): Promise<{ readonly accountId: string; readonly name: string; readonly rights: Rights }> {
    const target = await targetOf(ctx, this.#asker, wanted)
    if (target === null || !may(target.rights, 'lk')) return ctx.fail('mail.mailbox.forbidden')
    const isHidden = target.accountId !== this.id && (await findMailbox(ctx, target.accountId, target.name)) !== null && (await findBox(ctx, this.#asker, wanted)) === null
    return isHidden ? ctx.fail('mail.mailbox.forbidden') : target
  }

  subscribe({ id, root }: Box, on: boolean) {
    return this.#change((ctx) => (root === null ? subscribeMailbox(ctx, id, on) : subscribeForeign(ctx, this.id, id, on)))
  }

  acl({ id }: Mailbox) {
    return this.#ask((ctx) => aclOf(ctx, id))
  }

  requiredRights({ id }: Mailbox, identifier: string) {
    return this.#ask((ctx) => requiredRights(ctx, id, identifier))
  }

  async setAcl({ id }: Mailbox, identifier: string, change: (before: Rights) => Rights | null) {
    const actor = await this.#actor()
    await this.#parts.runtime.command(actor, async (ctx) => setGrant(ctx, id, (await readIdentifier(ctx, identifier)) ?? ctx.fail('mail.share.nobody'), change)).catch(answering(this.#parts.runtime))
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

  gone(id: number, uids: readonly number[]) {
    return this.#ask((ctx) => readGone(ctx, id, uids))
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

  downloaded(mailboxId: number, messageIds: readonly number[], client: string | null) {
    const { db, clock } = this.#parts.runtime
    return noteDownloads(db, clock(), mailboxId, messageIds, { accountId: this.id, protocol: 'imap', address: this.#address, client })
  }

  async append(mailboxId: number, messages: readonly Appended[]) {
    const kept = await Promise.all(messages.map(({ raw }) => keepOctets(this.#parts.blobs, raw))).catch(answering(this.#parts.runtime))
    return this.#change(async (ctx) => {
      const additions: Addition[] = []
      for (const [place, { raw, flags, internalAt }] of messages.entries()) {
        const messageId = await keepMessage(ctx, raw, kept[place] ?? whole(''))
        additions.push({ mailboxId, messageId, size: raw.length, flags, internalAt: internalAt === null ? ctx.now : new Date(internalAt), savedAt: ctx.now })
      }
      return addEntries(ctx, additions)
    })
  }

  storeFlags(id: number, uids: readonly number[], flags: FlagChange, since: number | null, rights: Rights) {
    return this.#change((ctx) => storeFlags(ctx, id, uids, flags, since ?? undefined, rights))
  }

  expunge(id: number, uids: readonly number[] | 'all') {
    return this.#change((ctx) => expungeEntries(ctx, id, uids, true))
  }

  copy(from: number, to: Box, uids: readonly number[]) {
    return this.#change((ctx) => copyEntries(ctx, from, to.id, uids, to.rights))
  }

  move(from: number, to: Box, uids: readonly number[]) {
    return this.#change((ctx) => moveEntries(ctx, from, to.id, uids, to.rights))
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

  quota(box: Mailbox | null) {
    return this.#ask((ctx) => readQuota(ctx, box?.accountId ?? this.id))
  }

  watch(id: number, changed: () => void) {
    return this.#parts.watch.on(id, changed)
  }

  state() {
    return this.#ask(async (ctx) => {
      const { rows } = await sql<{ changes: string }>`select changes from mail_account where id = ${this.id}`.execute(ctx.db())
      const mailboxes = await listBoxes(ctx, this.#asker)
      return { version: rows[0]?.changes ?? '', mailboxes, annotations: await readAnnotated(ctx, this.id, mailboxes), isSubscribedElsewhere: mailboxes.some(({ root, subscribed }) => root !== null && subscribed) }
    })
  }

  ownState() {
    return this.#ask(async (ctx) => (await readStates(ctx.db(), [this.id])).get(this.id) ?? ctx.fail('mail.account.missing'))
  }

  watchOwn(since: string, changed: (state: AccountState) => void) {
    return this.#parts.watch.onAccount(this.id, since, { stated: true, changed: (state) => state !== null && changed(state) })
  }

  watchAll(accountIds: readonly string[], changed: () => void) {
    const ends = accountIds.map((id) => this.#parts.watch.onAccount(id, null, { stated: false, changed }))
    return () => ends.forEach((end) => end())
  }

  #change<T>(work: (ctx: ServerContext) => Promise<T>): Promise<T> {
    return this.#parts.runtime.command(null, work).catch(answering(this.#parts.runtime))
  }

  #ask<T>(work: (ctx: ServerContext) => Promise<T>): Promise<T> {
    return this.#parts.runtime.query(null, work).catch(answering(this.#parts.runtime))
  }
}

async function readQuota(ctx: ServerContext, accountId: string): Promise<{ readonly used: number; readonly limit: number }> {
  const { rows } = await sql<{ used: string; quota: string }>`select used_size as used, quota from mail_account where id = ${accountId}`.execute(ctx.db())
  return { used: Number(rows[0]?.used ?? 0), limit: Number(rows[0]?.quota ?? 0) }
}

async function subscribeForeign(ctx: ServerContext, accountId: string, mailboxId: number, subscribed: boolean): Promise<void> {
  await sql`insert into mail_subscription (account_id, mailbox_id, subscribed) values (${accountId}, ${mailboxId}, ${subscribed})
    on conflict (account_id, mailbox_id) do update set subscribed = excluded.subscribed`.execute(ctx.db())
  await bump(ctx, accountId)
}

/** Rights that cannot be taken from whoever is named; of unknown names nothing is told. */
async function requiredRights(ctx: ServerContext, mailboxId: number, identifier: string): Promise<Rights> {
  const named = await readIdentifier(ctx, identifier)
  if (named === null || named.negative || !named.subject.startsWith('account:')) return ''
  const { rows } = await sql<AccessRow>`select ${accessColumns(askingAccount(named.subject.slice('account:'.length)))} from mail_mailbox m where m.id = ${mailboxId}`.execute(ctx.db())
  return rows[0] === undefined ? '' : keptRights(rows[0].standing)
}
