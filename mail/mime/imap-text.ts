import type { Address } from './address.ts'
import type { Parameters } from './content-type.ts'
import type { Envelope } from './envelope.ts'
import type { Message, Part } from './part.ts'

/** Octets as IMAP writes them: quoted if that can hold them, else as a literal, `NIL` for nothing (RFC 9051 4.3). */
export function imapString(value: string | null): string {
  if (value === null) return 'NIL'
  if (/[\x80-\xff\r\n\0]/.test(value) || value.length > 1_000) return `{${value.length}}\r\n${value}`
  return `"${value.replace(/["\\]/g, '\\$&')}"`
}

const list = <T>(items: readonly T[] | null, write: (item: T) => string): string => (items === null || items.length === 0 ? 'NIL' : `(${items.map(write).join('')})`)

const addressText = ({ name, route, mailbox, host }: Address): string => `(${[name, route, mailbox, host].map(imapString).join(' ')})`

/** An ENVELOPE as octets. */
export function envelopeText(one: Envelope): string {
  const people = [one.from, one.sender, one.replyTo, one.to, one.cc, one.bcc].map((all) => list(all, addressText))
  return `(${[imapString(one.date), imapString(one.subject), ...people, imapString(one.inReplyTo), imapString(one.messageId)].join(' ')})`
}

const parametersText = (parameters: Parameters): string =>
  parameters.length === 0 ? 'NIL' : `(${parameters.map(([name, value]) => `${imapString(name)} ${imapString(value)}`).join(' ')})`

function extensionText(part: Part): string {
  const { disposition, languages } = part
  const kind = disposition === null ? 'NIL' : `(${imapString(disposition.kind)} ${parametersText(disposition.parameters)})`
  const spoken = languages.length === 0 ? 'NIL' : `(${languages.map(imapString).join(' ')})`
  return `${kind} ${spoken} ${imapString(part.location)}`
}

/** A multipart of which no part was found must not be empty: it is told as holding one empty text. */
const emptyText = (extended: boolean): string => `("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 0 0${extended ? ' NIL NIL NIL NIL' : ''})`

/** BODYSTRUCTURE, or BODY when not `extended`, as octets (RFC 9051 7.5.2). */
export function structureText(part: Part, extended: boolean): string {
  if (part.type.toLowerCase() === 'multipart') {
    const inner = part.parts.length === 0 ? emptyText(extended) : part.parts.map((one) => structureText(one, extended)).join('')
    return `(${inner} ${imapString(part.subtype)}${extended ? ` ${parametersText(part.parameters)} ${extensionText(part)}` : ''})`
  }
  const size = part.end - part.body
  const fields = [imapString(part.type), imapString(part.subtype), parametersText(part.parameters), imapString(part.id), imapString(part.description), imapString(part.encoding ?? '7bit'), String(size)]
  if (part.type.toLowerCase() === 'text') fields.push(String(part.lines))
  if (part.message !== null) fields.push(...messageText(part.message, extended), String(part.lines))
  if (extended) fields.push(imapString(part.md5), extensionText(part))
  return `(${fields.join(' ')})`
}

const messageText = (message: Message, extended: boolean): readonly string[] => [envelopeText(message.envelope), structureText(message.root, extended)]
