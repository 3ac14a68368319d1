import { randomUUID } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { DropMessage, Maildrop, PopAccount } from '../../pop3/store.ts'
import { noteDownloads } from './downloads.ts'
import { expungeEntries } from './entries.ts'
import { findMailbox, lockMailboxes } from './mailboxes.ts'
import type { MailParts } from './parts.ts'

const LEASE = sql`interval '12 minutes'`

/** Takes the place of an account's only POP3 session; false while another has it. */
async function take(ctx: ServerContext, accountId: string, sessionId: string): Promise<boolean> {
  const { numAffectedRows } = await sql`
    insert into mail_maildrop as d (account_id, session_id, lease_until) values (${accountId}, ${sessionId}, ${ctx.now}::timestamptz + ${LEASE})
    on conflict (account_id) do update set session_id = excluded.session_id, lease_until = excluded.lease_until
    where d.session_id = excluded.session_id or d.lease_until < ${ctx.now}`.execute(ctx.db())
  return numAffectedRows === 1n
}

async function messagesOf(ctx: ServerContext, mailboxId: number): Promise<readonly DropMessage[]> {
  const { rows } = await sql<{ uid: string; message_id: string; size: string }>`select uid, message_id, size from mail_entry where mailbox_id = ${mailboxId} order by uid`.execute(ctx.db())
  return rows.map(({ uid, message_id, size }) => ({ uid: Number(uid), key: Number(message_id), size: Number(size) }))
}

/** An account for POP3: its INBOX, one session at a time. `address` is where the client is. */
export function popAccount({ runtime, blobs, known }: MailParts, accountId: string, address: string): PopAccount {
  return {
    async open() {
      const sessionId = randomUUID()
      const opened = await runtime.command(null, async (ctx) => {
        if (!(await take(ctx, accountId, sessionId))) return null
        const found = await findMailbox(ctx, accountId, 'INBOX')
        const inbox = found === null ? undefined : (await lockMailboxes(ctx, [found.id])).get(found.id)
        return inbox === undefined ? null : { inbox, messages: await messagesOf(ctx, inbox.id) }
      })
      return opened === null ? null : dropOf({ sessionId, mailboxId: opened.inbox.id, uidValidity: opened.inbox.uidValidity, messages: opened.messages })
    },
  }

  function dropOf({ sessionId, mailboxId, ...drop }: Pick<Maildrop, 'uidValidity' | 'messages'> & { readonly sessionId: string; readonly mailboxId: number }): Maildrop {
    return {
      ...drop,
      read: ({ key }) => runtime.query(null, async (ctx) => buffer(blobs.read(await known.place(ctx, key)))),
      downloaded: ({ key }) => noteDownloads(runtime.db, runtime.clock(), mailboxId, [key], { accountId, protocol: 'pop', address, client: null }),
      renew: () => runtime.command(null, (ctx) => take(ctx, accountId, sessionId)),
      remove: async (uids) => void (await runtime.command(null, (ctx) => expungeEntries(ctx, mailboxId, uids, false))),
      release: async () => void (await runtime.command(null, (ctx) => sql`delete from mail_maildrop where account_id = ${accountId} and session_id = ${sessionId}`.execute(ctx.db()))),
    }
  }
}
