import type { Entry, Mark } from '../store/contract.ts'
import { imapString } from '../mime/imap-text.ts'
import type { Message, Part } from '../mime/part.ts'
import { partAt, type Section, sectionOf } from '../mime/section.ts'
import { decodeTransfer } from '../mime/transfer.ts'
import { cut, dateTimeText, literal } from './answers.ts'
import type { FetchItem } from './fetch-items.ts'
import { type Details, type ImapAccount, Refusal } from './store.ts'

const WHOLE: Section = { path: [], text: null }

/** Items told from what was made at arrival. */
export const needsDetails = (items: readonly FetchItem[]): boolean => items.some(({ kind }) => kind === 'ENVELOPE' || kind === 'BODY' || kind === 'BODYSTRUCTURE' || kind === 'PREVIEW' || kind === 'THREADID')
export const marksSeen = (items: readonly FetchItem[]): boolean =>
  items.some((item) => item.kind === 'RFC822' || item.kind === 'RFC822.TEXT' || ((item.kind === 'SECTION' || item.kind === 'BINARY') && !item.peek))

/** Items that tell what a message says, not only who wrote about what. */
export const tellsText = (items: readonly FetchItem[]): boolean =>
  items.some((item) => item.kind === 'RFC822' || item.kind === 'RFC822.TEXT' || item.kind === 'BINARY' || (item.kind === 'SECTION' && (item.section.text === null || item.section.text === 'TEXT')))

/** The section that an item asks for; null for items answered from the entry. */
function sectionAsked(item: FetchItem): Section | null {
  if (item.kind === 'SECTION') return item.section
  if (item.kind === 'RFC822') return WHOLE
  if (item.kind === 'RFC822.HEADER') return { path: [], text: 'HEADER' }
  return item.kind === 'RFC822.TEXT' ? { path: [], text: 'TEXT' } : null
}

const isRaw = (item: FetchItem): boolean => sectionAsked(item) !== null || item.kind === 'BINARY' || item.kind === 'BINARY.SIZE'

/** Items that need to know where parts begin; the whole message does not. */
function isDivided(item: FetchItem): boolean {
  if (item.kind === 'BINARY' || item.kind === 'BINARY.SIZE') return item.path.length > 0
  const section = sectionAsked(item)
  return section !== null && (section.text !== null || section.path.length > 0)
}

/** Items that a mark does not tell; octets are asked for by their size. */
export const needsEntry = (items: readonly FetchItem[]): boolean => items.some((item) => item.kind === 'INTERNALDATE' || item.kind === 'SAVEDATE' || item.kind === 'RFC822.SIZE' || isRaw(item))

export const isPlain = (items: readonly FetchItem[]): boolean => !items.some(isRaw)

/** Pieces of an answer: octets, or text that has a character for each. */
export type Pieces = readonly (string | Buffer)[]

/** The answers to items that need no octets of the message, with blanks between. */
export const plainItems = (items: readonly FetchItem[], entry: Mark | Entry, details: Details | undefined): string => items.map((item) => plainText(item, entry, details)).join(' ')

/** The answers to items for one message, with blanks between, one after the other: together they may be many times the message. */
export async function* itemsOf(account: Pick<ImapAccount, 'raw' | 'index'>, items: readonly FetchItem[], entry: Mark | Entry, details: Details | undefined): AsyncGenerator<Pieces> {
  const [raw, index] = await Promise.all([account.raw(entry.messageId), items.some(isDivided) ? account.index(entry.messageId) : null])
  const source: Source = { raw, index, decoded: new Map() }
  // Nothing is told of a message of which something cannot be.
  for (const item of items) if (item.kind === 'BINARY' || item.kind === 'BINARY.SIZE') checkEncoding(source, item.path)
  for (const [place, item] of items.entries()) yield [place > 0 ? ' ' : '', ...(isRaw(item) ? rawItem(item, source) : [plainText(item, entry, details)])]
}

/** A message that items are asked of; what of it has been decoded for one of them is there for the others. */
type Source = { readonly raw: Buffer; readonly index: Message | null; readonly decoded: Map<string, Buffer | null> }

function rawItem(item: FetchItem, source: Source): Pieces {
  const { raw, index } = source
  if (item.kind === 'BINARY.SIZE') return [`BINARY.SIZE[${item.label}] ${decoded(source, item.path)?.length ?? 0}`]
  if (item.kind === 'BINARY') return labelled(`BINARY[${item.label}]`, item.partial, decoded(source, item.path))
  const section = sectionAsked(item) ?? WHOLE
  return labelled(item.kind === 'SECTION' ? `BODY[${item.label}]` : item.kind, item.kind === 'SECTION' ? item.partial : null, index === null ? raw : sectionOf(raw, index, section))
}

type Partial = Parameters<typeof cut>[1]

function labelled(label: string, partial: Partial, found: Buffer | null): Pieces {
  const head = `${label}${partial === null ? '' : `<${partial.origin}>`} `
  if (found === null) return [head, 'NIL']
  const value = cut(found, partial)
  return [head, ...literal(value, label.startsWith('BINARY') && value.includes(0))]
}

/** A part without its transfer encoding (RFC 3516); multiparts and the whole message have none of their own. */
function decoded({ raw, index, decoded: known }: Source, path: readonly number[]): Buffer | null {
  if (path.length === 0 || index === null) return raw
  const place = path.join('.')
  const before = known.get(place)
  if (before !== undefined) return before
  const part = partAt(index.root, path)
  const found = part === null ? null : part.parts.length > 0 ? raw.subarray(part.body, part.end) : decodeTransfer(raw.subarray(part.body, part.end), encodingOf(part))
  known.set(place, found)
  return found
}

const encodingOf = ({ encoding }: Part): string => (encoding ?? '7bit').toLowerCase()

function checkEncoding({ index }: Source, path: readonly number[]): void {
  const part = index === null || path.length === 0 ? null : partAt(index.root, path)
  if (part === null || part.parts.length > 0) return
  if (!['7bit', '8bit', 'binary', 'base64', 'quoted-printable', 'x-uuencode', 'uuencode'].includes(encodingOf(part))) throw new Refusal('UNKNOWN-CTE', 'transfer encoding is not known')
}

const whole = (entry: Mark | Entry): Entry => {
  if ('size' in entry) return entry
  throw new Error('sizes and moments were not read')
}

function plainText({ kind }: FetchItem, entry: Mark | Entry, details: Details | undefined): string {
  switch (kind) {
    case 'UID': return `UID ${entry.uid}`
    case 'FLAGS': return `FLAGS (${entry.flags.join(' ')})`
    case 'INTERNALDATE': return `INTERNALDATE ${dateTimeText(whole(entry).internalAt)}`
    case 'RFC822.SIZE': return `RFC822.SIZE ${whole(entry).size}`
    case 'MODSEQ': return `MODSEQ (${entry.modseq})`
    case 'EMAILID': return `EMAILID (M${entry.messageId})`
    case 'THREADID': return details === undefined ? 'THREADID NIL' : `THREADID (${details.threadId})`
    case 'SAVEDATE': return `SAVEDATE ${dateTimeText(whole(entry).savedAt)}`
    case 'PREVIEW': return `PREVIEW ${details === undefined ? 'NIL' : imapString(Buffer.from(details.preview, 'utf8').toString('latin1'))}`
    case 'ENVELOPE': return `ENVELOPE ${details?.envelope ?? 'NIL'}`
    case 'BODY': return `BODY ${details?.body ?? 'NIL'}`
    default: return `BODYSTRUCTURE ${details?.structure ?? 'NIL'}`
  }
}
