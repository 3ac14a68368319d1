import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import { Failure } from '#kit/failure.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { type ImapAccount, Refusal } from '../../imap/store.ts'
import { type Addition, addEntries, copyEntries, expungeEntries, moveEntries, openMailbox, readChanges, readEntries, readMarks, readUids, storeFlags } from './entries.ts'
import { createMailbox, findMailbox, listMailboxes, removeMailbox, renameMailbox, subscribeMailbox } from './mailboxes.ts'
import { keepMessage, keepOctets } from './messages.ts'
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
  'mail.quota.full': ['OVERQUOTA', 'mailbox is full'],
  'files.disk-full': ['UNAVAILABLE', 'no room on the server'],
}

/** An account for IMAP sessions: each call is one command or one question of the database. */
export function imapAccount({ runtime, blobs, watch, known }: MailParts, accountId: string, name: string): ImapAccount {
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
    open: (id) => ask((ctx) => openMailbox(ctx, id)),
    entries: (id, uids) => ask((ctx) => readEntries(ctx, id, uids)),
    marks: (id, uids) => ask((ctx) => readMarks(ctx, id, uids)),
    changes: (id, since) => ask((ctx) => readChanges(ctx, id, since)),
    details: (ids) => ask((ctx) => known.details(ctx, ids)),
    index: (id) => ask((ctx) => known.index(ctx, id)),
    raw: (id) => ask(async (ctx) => buffer(blobs.read(await known.blob(ctx, id)))),
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

async function readQuota(ctx: ServerContext, accountId: string): Promise<{ readonly used: number; readonly limit: number }> {
  const { rows } = await sql<{ used: string; quota: string }>`select used_size as used, quota from mail_account where id = ${accountId}`.execute(ctx.db())
  return { used: Number(rows[0]?.used ?? 0), limit: Number(rows[0]?.quota ?? 0) }
}
