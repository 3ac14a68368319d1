import { sql } from 'kysely'
import type { Database } from '#platform/db/server/database.ts'

/** Who takes texts of messages out of the house: the account signed in, its protocol, where the program runs, and how it calls itself. */
export type Taker = { readonly accountId: string; readonly protocol: 'imap' | 'pop'; readonly address: string; readonly client: string | null }

/**
 * Notes that messages of a mailbox leave by a protocol that does not say whether they are read; the first time counts. Called before the text goes, so that a recall
 * never promises what is out already. The disk is not waited for: the note outlives the end of this process, though not that of the database's machine.
 */
export async function noteDownloads(db: Database, now: Date, mailboxId: number, messageIds: readonly number[], { accountId, protocol, address, client }: Taker): Promise<void> {
  await sql`
    with soon as materialized (select set_config('synchronous_commit', 'off', true))
    insert into mail_download (account_id, message_id, protocol, address, client, reader_id, at)
    select m.account_id, n, ${protocol}, ${address}, ${client}, nullif(${accountId}::uuid, m.account_id), ${now}::timestamptz from soon, mail_mailbox m, unnest(${[...messageIds]}::bigint[]) n where m.id = ${mailboxId}
    on conflict do nothing`.execute(db)
}
