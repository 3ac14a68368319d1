import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import { APPEND_LIMIT } from '../../imap/status-items.ts'
import type { Address } from '../../mime/address.ts'
import { shownOf } from '../../display/parts.ts'
import { parseDate } from '../../mime/date.ts'
import { decodeText } from '../../mime/decode.ts'
import { envelopeText, structureText } from '../../mime/imap-text.ts'
import { indexMessage, type Message } from '../../mime/part.ts'
import { baseSubject } from '../../mime/base-subject.ts'
import { readHeader, valueNamed } from '../../mime/header.ts'
import { previewOf, searchTextOf } from '../../mime/text.ts'
import { insideOf } from '../../smime/inside.ts'
import { keepVerdict } from './signatures.ts'
import { writeOctets } from './octets.ts'
import type { Kept, MessageStore } from './octets.ts'

const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed()

const LONGEST_SUBJECT = 2_000

const authorOf = ([first]: readonly Address[]): string => {
  if (first === undefined) return ''
  const address = `${first.mailbox ?? ''}@${first.host ?? ''}`
  return storable(first.name === null ? address : `${decodeText(first.name)} <${address}>`).slice(0, LONGEST_SUBJECT)
}

/** Text by which people sort: without regard to case (RFC 5051 in the simple cases). */
const folded = (text: string): string => storable(text.toUpperCase()).slice(0, LONGEST_SUBJECT)

/** The first mailbox of a list, as SORT compares it (RFC 5256 3). */
const firstOf = (addresses: readonly Address[] | null): string => folded(addresses?.find(({ mailbox }) => mailbox !== null)?.mailbox ?? '')

const MOST_REFERENCES = 200
const MESSAGE_ID = /<[^<>\s]{1,500}>/g

/** Ids that a message refers to, oldest first: those of References, else the first of In-Reply-To (RFC 5256 3). */
function referencesOf(raw: Buffer, { root, envelope }: Message): readonly string[] {
  const listed = valueNamed(raw, readHeader(raw, root.start, root.body), 'references')?.match(MESSAGE_ID) ?? []
  const ids = listed.length > 0 ? listed.slice(-MOST_REFERENCES) : (envelope.inReplyTo?.match(MESSAGE_ID) ?? []).slice(0, 1)
  return [...new Set(ids)].map(storable)
}

const DAY = 86_400_000
/** Moments PostgreSQL and every client can tell. */
const isTold = (at: number): boolean => at >= Date.UTC(1, 0, 1) && at <= Date.UTC(9999, 11, 31)

/** Puts the octets of a message in their place; answers what is to be noted about them. */
export async function keepOctets(blobs: MessageStore, raw: Buffer): Promise<Kept> {
  const written = await writeOctets(blobs, raw, APPEND_LIMIT)
  await written.keep()
  return written
}

/** Keeps one raw message, whose octets are already in place; answers its id. */
export async function keepMessage(ctx: ServerContext, raw: Buffer, { blob, recipe, parts }: Kept): Promise<number> {
  const message = indexMessage(raw)
  const { envelope, root } = message
  const inside = insideOf(raw, message)
  const [seen, told] = [inside?.raw ?? raw, inside?.message ?? message]
  const { head, body } = searchTextOf(raw, message)
  const text = inside === null ? body : searchTextOf(seen, told).body
  const date = envelope.date === null ? null : parseDate(envelope.date)
  const sent = date !== null && isTold(date.at) ? date : null
  const day = sent === null ? null : new Date(Math.floor((sent.at + sent.offset * 60_000) / DAY) * DAY).toISOString().slice(0, 10)
  const subject = storable(decodeText(envelope.subject ?? '')).slice(0, LONGEST_SUBJECT)
  const { base, isReply } = baseSubject(subject)
  const { rows } = await sql<{ id: string }>`
    with kept as (
      insert into mail_message (blob, recipe, size, envelope, structure, body, parts, subject, sender, rfc_id, sent_at, sent_day, preview, arrived_at, base_subject, is_reply, first_from, first_to, first_cc, refs, attachments)
      values (${blob}, ${recipe}, ${raw.length}, ${envelopeText(envelope)}, ${structureText(root, true)}, ${structureText(root, false)}, ${storable(JSON.stringify(message))}::jsonb,
        ${subject}, ${authorOf(envelope.from ?? [])}, ${envelope.messageId?.slice(0, LONGEST_SUBJECT) ?? null}, ${sent === null ? null : new Date(sent.at)},
        ${day}::date, ${storable(previewOf(seen, told))}, ${ctx.now},
        ${folded(base)}, ${isReply}, ${firstOf(envelope.from)}, ${firstOf(envelope.to)}, ${firstOf(envelope.cc)}, ${referencesOf(raw, message)}::text[], ${shownOf(told).attachments.length})
      returning id)${parts.length === 0 ? sql`` : sql`, named as (insert into mail_message_part (message_id, part) select id, unnest(${[...parts]}::text[]) from kept)`}
    insert into mail_text (message_id, head, body) select id, ${storable(head)}, ${storable(text)} from kept returning message_id as id`.execute(ctx.db())
  const id = Number(rows[0]?.id)
  await keepVerdict(ctx, id, raw, message)
  return id
}
