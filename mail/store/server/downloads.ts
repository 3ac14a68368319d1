import { sql } from 'kysely'
import type { Database } from '#platform/db/server/database.ts'
import { KEYED } from '#platform/db/server/prepared.ts'

/** Who takes texts of messages out of the house: the account signed in, its protocol, where the program runs, and how it calls itself. */
export type Taker = { readonly accountId: string; readonly protocol: 'imap' | 'pop'; readonly address: string; readonly client: string | null }

type Note = Taker & { readonly mailboxId: number; readonly messageId: number; readonly at: Date }
type Batch = { readonly notes: Note[]; readonly written: Promise<void> }
/** `next`: what waits until the statement under way is done, then all with one. */
type Writer = { next: Batch | null; busy: Promise<void> }

const writers = new WeakMap<Database, Writer>()

/**
 * Notes that messages of a mailbox leave by a protocol that does not say whether they are read; the first time counts. Called before the text goes, so that a recall
 * never promises what is out already. The disk is not waited for: the note outlives the end of this process, though not that of the database's machine.
 */
export function noteDownloads(db: Database, at: Date, mailboxId: number, messageIds: readonly number[], taker: Taker): Promise<void> {
  const writer = writers.get(db) ?? { next: null, busy: Promise.resolve() }
  writers.set(db, writer)
  const batch = writer.next ?? begin(db, writer)
  batch.notes.push(...messageIds.map((messageId) => ({ ...taker, mailboxId, messageId, at })))
  return batch.written
}

function begin(db: Database, writer: Writer): Batch {
  const notes: Note[] = []
  const written = writer.busy.then(() => {
    writer.next = null
    return write(db, notes)
  })
  writer.busy = written.catch(() => undefined)
  writer.next = { notes, written }
  return writer.next
}

async function write(db: Database, notes: readonly Note[]): Promise<void> {
  await sql`${sql.raw(KEYED)}
    with soon as materialized (select set_config('synchronous_commit', 'off', true))
    insert into mail_download (account_id, message_id, protocol, address, client, reader_id, at)
    select m.account_id, n."messageId", n.protocol, n.address, n.client, nullif(n."accountId", m.account_id), n.at
    from soon, jsonb_to_recordset(${JSON.stringify(notes)}::jsonb) as n("mailboxId" bigint, "messageId" bigint, "accountId" uuid, protocol text, address text, client text, at timestamptz)
    join mail_mailbox m on m.id = n."mailboxId" order by 1, 2
    on conflict do nothing`.execute(db)
}
