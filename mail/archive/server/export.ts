import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { readEntries } from '#mail/store/server/entries.ts'
import { listMailboxes } from '#mail/store/server/mailboxes.ts'
import type { MailParts } from '#mail/store/server/parts.ts'
import type { Format, Numbered } from '../format.ts'

const AT_ONCE = 500

/** Messages of a mailbox in ascending order of UID, a page of rows at a time and one message's octets at a time. */
async function* messagesOf({ blobs, known }: MailParts, ctx: ServerContext, { id, name }: { readonly id: number; readonly name: string }): AsyncGenerator<Numbered> {
  for (let after = 0; ;) {
    const { rows } = await sql<{ uid: number; message_id: number; subject: string }>`
      select e.uid::float8 as uid, e.message_id::float8 as message_id, m.subject from mail_entry e join mail_message m on m.id = e.message_id
      where e.mailbox_id = ${id} and e.uid > ${after} order by e.uid limit ${AT_ONCE}`.execute(ctx.db())
    const subjects = new Map(rows.map((row) => [row.uid, row.subject]))
    for (const { uid, messageId, flags, internalAt } of await readEntries(ctx, id, [...subjects.keys()])) {
      yield { mailbox: name, uid, subject: subjects.get(uid) ?? '', flags, internalAt, raw: await buffer(blobs.read(await known.place(ctx, messageId))) }
    }
    if (rows.length < AT_ONCE) return
    after = rows.at(-1)?.uid ?? after
  }
}

/** Writes the mailboxes of an account, or the one with this name, into a folder. `told` hears each mailbox that is done. */
export async function exportAccount(parts: MailParts, ctx: ServerContext, accountId: string, to: { readonly format: Format; readonly folder: string; readonly mailbox?: string }, told: (mailbox: string, messages: number) => void): Promise<void> {
  for (const mailbox of await listMailboxes(ctx, accountId)) {
    if (to.mailbox !== undefined && mailbox.name !== to.mailbox) continue
    told(mailbox.name, await to.format.write(to.folder, mailbox.name, messagesOf(parts, ctx, mailbox)))
  }
}
