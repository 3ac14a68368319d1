import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Address } from '../mime/address.ts'
import type { MailLineWire, messages } from '../api.ts'
import { holds, mayHold } from '../store/server/grams.ts'
import { namesOf, peopleOf } from './people.ts'
import { permittedMailbox } from './rights.ts'

type Row = { uid: string; flags: number; size: string; internal_at: Date; subject: string; preview: string; attachments: number; from: Address[] | null; to: Address[] | null }
type Input = z.output<typeof messages.input>

const MOST_WORDS = 5

/** Words of a search: each must occur in the fields of the header, the text or the names of the attachments. */
async function searched(ctx: ServerContext, mailbox: number, search: string | undefined): Promise<readonly RawBuilder<unknown>[]> {
  const words = (search ?? '').split(/\s+/u).filter((word) => word !== '').slice(0, MOST_WORDS)
  if (words.length === 0) return []
  const narrowed = await mayHold(ctx, mailbox, words)
  return [...(narrowed === null ? [] : [sql`and e.message_id = any(${[...narrowed]}::bigint[])`]), ...words.map((word) => sql`and exists (select from mail_text t where t.message_id = m.id and (${holds(sql`t.head`, word)} or ${holds(sql`t.body`, word)}))`)]
}

const lineOf = (row: Row): MailLineWire => ({
  uid: Number(row.uid), subject: row.subject, from: namesOf(peopleOf(row.from)), to: namesOf(peopleOf(row.to)), at: row.internal_at.toISOString(), size: Number(row.size), preview: row.preview,
  attachments: row.attachments, seen: (row.flags & 1) !== 0, flagged: (row.flags & 4) !== 0, answered: (row.flags & 2) !== 0,
})

/** One page of a folder, last one first; what is marked for removal by a mail program is not shown. */
export async function listMessages(ctx: ServerContext, { mailbox, after, limit, unread, attachments, flagged, search }: Input): Promise<z.input<typeof messages.output>> {
  await permittedMailbox(ctx, mailbox, 'r')
  const only = [
    after === undefined ? sql`` : sql`and e.uid < ${after}`, unread === true ? sql`and e.flags & 1 = 0` : sql``, flagged === true ? sql`and e.flags & 4 <> 0` : sql``,
    attachments === true ? sql`and m.attachments > 0` : sql``, ...(await searched(ctx, mailbox, search)),
  ]
  const { rows } = await sql<Row>`
    select e.uid, e.flags, e.size, e.internal_at, m.subject, m.preview, m.attachments, m.parts->'envelope'->'from' as from, m.parts->'envelope'->'to' as to
    from mail_entry e join mail_message m on m.id = e.message_id where e.mailbox_id = ${mailbox} and e.flags & 8 = 0 ${sql.join(only, sql` `)}
    order by e.uid desc limit ${limit + 1}`.execute(ctx.db())
  const items = rows.slice(0, limit).map(lineOf)
  return { items, next: rows.length > limit ? String(items.at(-1)?.uid ?? '') : null }
}
