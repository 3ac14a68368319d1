import { buffer } from 'node:stream/consumers'
import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { runtimeOf } from '#platform/registry/server/of.ts'
import type { Message, Part } from '../mime/part.ts'
import { findProtected } from '../smime/find.ts'
import { insideOf } from '../smime/inside.ts'
import type { Rights } from '../store/rights.ts'
import { placeOf } from '../store/server/octets.ts'
import type { Place } from '../store/server/octets.ts'
import { mailParts } from '../store/server/parts.ts'
import { permittedMailbox } from './rights.ts'

/** A message as a page reads it. */
export type Opened = { readonly messageId: number; readonly place: Place; readonly index: Message; readonly subject: string; readonly size: number; readonly flags: number; readonly at: Date; readonly sentAt: Date | null; readonly rights: Rights; /** Octets to which the index belongs when they are not those of the message, but wrapped up in it. */ readonly inside: Buffer | null }

type Row = { message_id: string; place: Place; parts: Message; subject: string; size: string; flags: number; internal_at: Date; sent_at: Date | null }

/** The message at a place the actor may read. Fails with `mail.message.missing`. */
export async function openMessage(ctx: ServerContext, { mailbox, uid }: { readonly mailbox: number; readonly uid: number }): Promise<Opened> {
  const { rights } = await permittedMailbox(ctx, mailbox, 'r')
  const { rows } = await sql<Row>`
    select e.message_id, ${placeOf('m')} as place, m.parts, m.subject, m.size, e.flags, e.internal_at, m.sent_at from mail_entry e join mail_message m on m.id = e.message_id where e.mailbox_id = ${mailbox} and e.uid = ${uid}`.execute(ctx.db())
  const [row] = rows
  if (row === undefined) return ctx.fail('mail.message.missing')
  return { messageId: Number(row.message_id), place: row.place, index: row.parts, subject: row.subject, size: Number(row.size), flags: row.flags, at: row.internal_at, sentAt: row.sent_at, rights, inside: null }
}

/** A message as people see it: what a signature wraps up in place of the wrapping. */
export async function openShown(ctx: ServerContext, at: { readonly mailbox: number; readonly uid: number }): Promise<Opened> {
  const opened = await openMessage(ctx, at)
  const found = findProtected(opened.index.root)
  if (found?.form !== 'opaque' || found.partial) return opened
  const inside = insideOf(await octetsOf(ctx, opened, 0, opened.size), opened.index)
  return inside === null ? opened : { ...opened, inside: inside.raw, index: inside.message }
}

/** Octets of a message, from `start` up to `end`; nothing else of it is read. */
export async function octetsOf(ctx: ServerContext, { place, inside }: Opened, start: number, end: number): Promise<Buffer> {
  if (inside !== null) return inside.subarray(start, end)
  return end <= start ? Buffer.alloc(0) : buffer(mailParts(runtimeOf(ctx)).blobs.read(place, { start, end: end - 1 }))
}

/** The body of a part, and the part as if the body were all there is. */
export async function partOf(ctx: ServerContext, opened: Opened, part: Part, most = Number.MAX_SAFE_INTEGER): Promise<{ readonly octets: Buffer; readonly part: Part }> {
  const octets = await octetsOf(ctx, opened, part.body, Math.min(part.end, part.body + most))
  return { octets, part: { ...part, start: 0, body: 0, end: octets.length } }
}
