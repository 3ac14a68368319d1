import { sql } from 'kysely'
import type { Runtime } from '#platform/registry/server/runtime.ts'
import type { AccountState, Box } from '../contract.ts'
import { ALL_RIGHTS } from '../rights.ts'
import { mailboxOf, type MailboxRow } from './mailboxes.ts'

type MarkRow = { readonly account_id: string; readonly mailbox_id: number | null; readonly entry: string; readonly version: number }

/** How the mailboxes and annotations of accounts themselves stand, all of them by one statement each: sessions of an account share what is read. */
export async function readStates(db: Runtime['db'], accountIds: readonly string[]): Promise<ReadonlyMap<string, AccountState>> {
  if (accountIds.length === 0) return new Map()
  const ids = sql`any(${[...accountIds]}::uuid[])`
  // Versions first: a state may be newer than it says, never older.
  const [versions, boxes, marks, elsewhere] = [
    await sql<{ id: string; changes: string }>`select id, changes from mail_account where id = ${ids}`.execute(db),
    await sql<MailboxRow>`select * from mail_mailbox where account_id = ${ids} order by name <> 'INBOX', name`.execute(db),
    await sql<MarkRow>`select account_id, mailbox_id::float8 as mailbox_id, entry, version::float8 as version from mail_metadata where account_id = ${ids}`.execute(db),
    // Mailboxes read by office are subscribed to from the start.
    await sql<{ account_id: string }>`
      select account_id from mail_subscription where account_id = ${ids} and subscribed
      union select a.id from mail_account a join mail_account_right r on r.person_id = a.owner_id where a.id = ${ids} and a.kind = 'person'`.execute(db),
  ]
  const byAccount = Map.groupBy(boxes.rows.map((row): Box => ({ ...mailboxOf(row), rights: ALL_RIGHTS, root: null })), ({ accountId }) => accountId)
  const annotations = Map.groupBy(marks.rows, ({ account_id }) => account_id)
  const subscribed = new Set(elsewhere.rows.map(({ account_id }) => account_id))
  return new Map(versions.rows.map(({ id, changes }) => [id, {
    version: changes,
    mailboxes: byAccount.get(id) ?? [],
    annotations: (annotations.get(id) ?? []).map(({ mailbox_id: mailboxId, entry, version }) => ({ mailboxId, entry, version })),
    isSubscribedElsewhere: subscribed.has(id),
  }]))
}
