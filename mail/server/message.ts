import type { z } from 'zod'
import type { ServerContext } from '#platform/db/server/context.ts'
import { decodeText } from '../mime/decode.ts'
import { decodedSize } from '../display/size.ts'
import { shownOf } from '../display/parts.ts'
import { textOf } from '../mime/text.ts'
import type { headers, messageView } from '../api.ts'
import { doubtOf } from './doubt.ts'
import { octetsOf, openMessage, openShown, partOf } from './octets.ts'
import { peopleOf } from './people.ts'
import { signatureOf } from './signature.ts'

/** Octets of a text that are read, and characters of it that are shown; the rest is in the original. */
const MOST_OCTETS = 2_097_152
const MOST_TEXT = 200_000
const MOST_HEADER = 65_536

type Place = z.output<typeof messageView.input>

/** A message for the page: who, when, its text, and what is attached. */
export async function viewMessage(ctx: ServerContext, place: Place): Promise<z.input<typeof messageView.output>> {
  const opened = await openShown(ctx, place)
  const { envelope } = opened.index
  const { html, plain, attachments } = shownOf(opened.index)
  const shown = plain ?? html
  const body = shown === null ? null : await partOf(ctx, opened, shown.part, MOST_OCTETS)
  const text = body === null ? '' : textOf(body.octets, body.part).replaceAll('\r\n', '\n')
  return {
    uid: place.uid, subject: opened.subject, at: opened.at.toISOString(), sentAt: opened.sentAt?.toISOString() ?? null, size: opened.size, seen: (opened.flags & 1) !== 0, flagged: (opened.flags & 4) !== 0, rights: opened.rights,
    from: peopleOf(envelope.from), to: peopleOf(envelope.to), cc: peopleOf(envelope.cc), replyTo: peopleOf(envelope.replyTo), html: html !== null,
    attachments: attachments.map(({ path, name, type, part }) => ({ path, name, type, size: decodedSize(part) })), text: text.slice(0, MOST_TEXT), cut: text.length > MOST_TEXT || (shown !== null && shown.part.end - shown.part.body > MOST_OCTETS), doubt: await doubtOf(ctx, opened.messageId),
    signature: await signatureOf(ctx, opened),
  }
}

/** The header as it came, encoded words decoded. */
export async function headersOf(ctx: ServerContext, place: Place): Promise<z.input<typeof headers.output>> {
  const opened = await openMessage(ctx, place)
  const { start, body } = opened.index.root
  const raw = await octetsOf(ctx, opened, start, Math.min(body, start + MOST_HEADER))
  return { text: raw.toString('latin1').split(/\r?\n(?![ \t])/).map(decodeText).join('\n').trim() }
}
