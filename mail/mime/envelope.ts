import { type Address, MOST_ADDRESSES, parseAddresses } from './address.ts'
import { type Header, valueNamed, valueOf } from './header.ts'

/** What IMAP calls ENVELOPE (RFC 9051 7.5.2). Octets, nothing decoded; null = field absent. */
export type Envelope = {
  readonly date: string | null
  readonly subject: string | null
  readonly from: readonly Address[] | null
  readonly sender: readonly Address[] | null
  readonly replyTo: readonly Address[] | null
  readonly to: readonly Address[] | null
  readonly cc: readonly Address[] | null
  readonly bcc: readonly Address[] | null
  readonly inReplyTo: string | null
  readonly messageId: string | null
}

/** Octets of fields of one name after which no further one is read. */
const MOST_OCTETS = 1_048_576

/** Sender and reply-to are the author's where they are missing or empty. */
export function envelopeOf(raw: Uint8Array, header: Header): Envelope {
  const text = (name: string): string | null => valueNamed(raw, header, name)
  const people = (name: string): readonly Address[] | null => {
    const all: Address[] = []
    let read = 0
    for (const field of header.fields.filter((one) => one.name.toLowerCase() === name)) {
      if (read > MOST_OCTETS || all.length >= MOST_ADDRESSES) break
      read += field.end - field.start
      for (const one of parseAddresses(valueOf(raw, field))) all.push(one)
    }
    return all.length === 0 ? null : all
  }
  const from = people('from')
  return {
    date: text('date'),
    subject: text('subject'),
    from,
    sender: people('sender') ?? from,
    replyTo: people('reply-to') ?? from,
    to: people('to'),
    cc: people('cc'),
    bcc: people('bcc'),
    inReplyTo: text('in-reply-to'),
    messageId: text('message-id'),
  }
}
