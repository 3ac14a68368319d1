import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { canonicalName } from '#mail/store/server/mailboxes.ts'
import type { Counted } from '../imap-source.ts'

export type Compared = Counted & { readonly here: number; readonly hereOctets: number }

/** What the other server has beside what is here, by mailbox: the same message twice in one mailbox is one here, so here may be less, and more where mail has come since. */
export async function compareMailboxes(ctx: ServerContext, accountId: string, there: readonly Counted[]): Promise<readonly Compared[]> {
  const { rows } = await sql<{ name: string; messages: number; size: number }>`select name, messages, size::float8 as size from mail_mailbox where account_id = ${accountId}`.execute(ctx.db())
  const own = new Map(rows.map((row) => [row.name, row]))
  return there.map((one) => ({ ...one, here: own.get(canonicalName(one.mailbox))?.messages ?? 0, hereOctets: own.get(canonicalName(one.mailbox))?.size ?? 0 }))
}
