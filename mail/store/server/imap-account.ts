import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import { Failure } from '#kit/failure.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { BlobStore } from '#platform/files/server/blob-store.ts'
import { APPEND_LIMIT } from '../../imap/status-items.ts'
import { type Details, type ImapAccount, Refusal } from '../../imap/store.ts'
import type { Message } from '../../mime/part.ts'
import { type Addition, addEntries, copyEntries, expungeEntries, firstUnseen, moveEntries, readChanges, readEntries, readUids, storeFlags } from './entries.ts'
import { createMailbox, findMailbox, listMailboxes, lockMailboxes, removeMailbox, renameMailbox, subscribeMailbox } from './mailboxes.ts'
import { keepMessage } from './messages.ts'
import { searchEntries, threadId } from './search.ts'
import { readThreadMembers, sortEntries } from './sort.ts'
import type { MailParts } from './parts.ts'

/** Answers of IMAP for failures of the store (RFC 5530). */
const CODES: Readonly<Record<string, readonly [code: string | null, text: string]>> = {
  'mail.mailbox.missing': ['NONEXISTENT', 'no such mailbox'],
  'mail.mailbox.name': ['CANNOT', 'mailbox name cannot be used'],
  'mail.mailbox.exists': ['ALREADYEXISTS', 'mailbox exists'],
  'mail.mailbox.fixed': ['CANNOT', 'mailbox is fixed'],
  'mail.mailbox.many': ['LIMIT', 'too many mailboxes'],
  'mail.quota.full': ['OVERQUOTA', 'mailbox is full'],
  'files.disk-full': ['UNAVAILABLE', 'no room on the server'],
}

/** An account for IMAP sessions: each call is one command or one question of the database. */
export function imapAccount({ runtime, blobs, watch }: MailParts, accountId: string, name: string): ImapAccount {
  const answer = (error: unknown): never => {
    const code = error instanceof Failure ? CODES[error.code] : undefined
    throw code === undefined ? error : new Refusal(code[0], code[1])
  }
  const change = <T>(work: (ctx: ServerContext) => Promise<T>): Promise<T> => runtime.command(null, work).catch(answer)
  const ask = <T>(work: (ctx: ServerContext) => Promise<T>): Promise<T> => runtime.query(null, work).catch(answer)
  return {
    id: accountId,
    name,
    list: () => ask((ctx) => listMailboxes(ctx, accountId)),
    find: (wanted) => ask((ctx) => findMailbox(ctx, accountId, wanted)),
    create: (wanted, use) => change((ctx) => createMailbox(ctx, accountId, wanted, use)),
    remove: ({ id }) => change((ctx) => removeMailbox(ctx, id)),
    rename: ({ id }, to) => change((ctx) => renameMailbox(ctx, id, to)),
    emptyInto: ({ id }, to) =>
      change(async (ctx) => {
        const target = await createMailbox(ctx, accountId, to)
        await moveEntries(ctx, id, target.id, await readUids(ctx, id))
      }),
    subscribe: ({ id }, on) => change((ctx) => subscribeMailbox(ctx, id, on)),
    open: (id) =>
      change(async (ctx) => {
        // Locked, so that counters and UIDs are of one moment.
        const mailbox = (await lockMailboxes(ctx, [id])).get(id)
        return mailbox === undefined ? null : { mailbox, uids: await readUids(ctx, id), firstUnseen: mailbox.unseen === 0 ? null : await firstUnseen(ctx, id) }
      }),
    entries: (id, uids) => ask((ctx) => readEntries(ctx, id, uids)),
    changes: (id, since) => ask((ctx) => readChanges(ctx, id, since)),
    details: (ids) => ask((ctx) => readDetails(ctx, ids)),
    index: (id) => ask((ctx) => readIndex(ctx, id)),
    raw: (id) => ask(async (ctx) => buffer(blobs.read(await readBlob(ctx, id)))),
    async append(mailboxId, messages) {
      const hashes = await Promise.all(messages.map(({ raw }) => keepOctets(blobs, raw))).catch(answer)
      return change(async (ctx) => {
        const additions: Addition[] = []
        for (const [place, { raw, flags, internalAt }] of messages.entries()) {
          const messageId = await keepMessage(ctx, raw, hashes[place] ?? '')
          additions.push({ mailboxId, messageId, size: raw.length, flags, internalAt: internalAt === null ? ctx.now : new Date(internalAt), savedAt: ctx.now })
        }
        return addEntries(ctx, additions)
      })
    },
    storeFlags: (id, uids, flags, since) => change((ctx) => storeFlags(ctx, id, uids, flags, since ?? undefined)),
    expunge: (id, uids) => change((ctx) => expungeEntries(ctx, id, uids, true)),
    copy: (from, to, uids) => change((ctx) => copyEntries(ctx, from, to, uids)),
    move: (from, to, uids) => change((ctx) => moveEntries(ctx, from, to, uids)),
    search: (id, uids, key) => ask((ctx) => searchEntries(ctx, id, uids, key)),
    sort: (id, uids, keys) => ask((ctx) => sortEntries(ctx, id, uids, keys)),
    threadMembers: (id, uids) => ask((ctx) => readThreadMembers(ctx, id, uids)),
    quota: () => ask((ctx) => readQuota(ctx, accountId)),
    watch: (id, changed) => watch.on(id, changed),
  }
}

async function* single(raw: Buffer): AsyncGenerator<Buffer> {
  yield raw
}

/** Puts octets in their place; answers the name of their blob. */
async function keepOctets(blobs: BlobStore, raw: Buffer): Promise<string> {
  const draft = await blobs.write(single(raw), APPEND_LIMIT)
  await draft.keep()
  return draft.hash
}

async function readQuota(ctx: ServerContext, accountId: string): Promise<{ readonly used: number; readonly limit: number }> {
  const { rows } = await sql<{ used: string; quota: string }>`select used_size as used, quota from mail_account where id = ${accountId}`.execute(ctx.db())
  return { used: Number(rows[0]?.used ?? 0), limit: Number(rows[0]?.quota ?? 0) }
}

async function readDetails(ctx: ServerContext, ids: readonly number[]): Promise<ReadonlyMap<number, Details>> {
  const { rows } = await sql<Omit<Details, 'messageId'> & { id: string }>`select id, envelope, structure, body, preview, ${threadId('mail_message')} as "threadId" from mail_message where id = any(${[...ids]}::bigint[])`.execute(ctx.db())
  return new Map(rows.map(({ id, ...details }) => [Number(id), { messageId: Number(id), ...details }]))
}

async function readIndex(ctx: ServerContext, id: number): Promise<Message> {
  const { rows } = await sql<{ parts: Message }>`select parts from mail_message where id = ${id}`.execute(ctx.db())
  return rows[0]?.parts ?? ctx.fail('mail.mailbox.missing')
}

async function readBlob(ctx: ServerContext, id: number): Promise<string> {
  const { rows } = await sql<{ blob: string }>`select blob from mail_message where id = ${id}`.execute(ctx.db())
  return rows[0]?.blob ?? ctx.fail('mail.mailbox.missing')
}
