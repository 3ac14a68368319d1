import { sql } from 'kysely'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { Address } from '../../mime/address.ts'
import { parseDate } from '../../mime/date.ts'
import { decodeText } from '../../mime/decode.ts'
import { envelopeText, structureText } from '../../mime/imap-text.ts'
import { indexMessage, type Message } from '../../mime/part.ts'

const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed()

const LONGEST_SUBJECT = 2_000

const authorOf = ([first]: readonly Address[]): string => {
  if (first === undefined) return ''
  const address = `${first.mailbox ?? ''}@${first.host ?? ''}`
  return storable(first.name === null ? address : `${decodeText(first.name)} <${address}>`).slice(0, LONGEST_SUBJECT)
}

/** Keeps one raw message, whose octets are already in place under `blob`; answers its id. */
export async function keepMessage(ctx: ServerContext, raw: Buffer, blob: string, preview: (message: Message) => string = () => ''): Promise<number> {
  const message = indexMessage(raw)
  const { envelope, root } = message
  const date = envelope.date === null ? null : parseDate(envelope.date)
  const sentAt = date === null || Math.abs(date.at) > 8e14 ? null : new Date(date.at)
  const { rows } = await sql<{ id: string }>`
    insert into mail_message (blob, size, envelope, structure, body, parts, subject, sender, rfc_id, sent_at, preview, arrived_at)
    values (${blob}, ${raw.length}, ${envelopeText(envelope)}, ${structureText(root, true)}, ${structureText(root, false)}, ${storable(JSON.stringify(message))}::jsonb,
      ${storable(decodeText(envelope.subject ?? '')).slice(0, LONGEST_SUBJECT)}, ${authorOf(envelope.from ?? [])}, ${envelope.messageId?.slice(0, LONGEST_SUBJECT) ?? null}, ${sentAt},
      ${storable(preview(message))}, ${ctx.now})
    returning id`.execute(ctx.db())
  return Number(rows[0]?.id)
}
