import { decodeCharset } from './charset.ts'
import { parameter } from './content-type.ts'
import { decodedParameter, decodeText } from './decode.ts'
import { readHeader, valueOf } from './header.ts'
import type { Message, Part } from './part.ts'
import { decodeTransfer } from './transfer.ts'

/** Octets of one text part that are read for searching, and characters kept of a whole message. */
const MOST_OCTETS = 4_194_304
const MOST_TEXT = 1_000_000

/** All parts of a message, depth first, those of embedded messages included. */
export function* partsOf(part: Part): Generator<Part> {
  yield part
  for (const one of part.parts) yield* partsOf(one)
  if (part.message !== null) yield* partsOf(part.message.root)
}

/** The charset that HTML names in itself, as senders do who say none in the header. */
const CHARSET = /<meta[^>]{0,200}charset=["']?([\w-]{2,40})/i

/** A text part decoded; HTML stays HTML. */
export function decodedText(raw: Buffer, part: Part): string {
  const octets = decodeTransfer(raw.subarray(part.body, Math.min(part.end, part.body + MOST_OCTETS)), part.encoding)
  const said = parameter(part.parameters, 'charset') ?? (part.subtype.toLowerCase() === 'html' ? CHARSET.exec(octets.toString('latin1', 0, 2_000))?.[1] : undefined)
  return decodeCharset(octets, said ?? 'utf-8')
}

/** A text part as text. */
export function textOf(raw: Buffer, part: Part): string {
  const text = decodedText(raw, part)
  return part.subtype.toLowerCase() === 'html' ? withoutTags(text) : text
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

const BREAKS = /^<(?:br\b|\/(?:p|div|tr|li|h\d)\s*>$)/i

/** Tags taken out, those that end a line made a break; looking for the end of each but once, since a text may open very many and end none. */
function untagged(html: string): string {
  const kept: string[] = []
  let from = 0
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', from)) {
    const end = html.indexOf('>', at)
    if (end < 0) break
    kept.push(html.slice(from, at), BREAKS.test(html.slice(at, Math.min(end + 1, at + LONGEST_TAG))) ? '\n' : '')
    from = end + 1
  }
  return kept.join('') + html.slice(from)
}

/** Characters of a tag that tell what it is. */
const LONGEST_TAG = 100

/** The words of an HTML text, for searching and for previews; never for showing. */
export function withoutTags(html: string): string {
  return untagged(html.replace(/<(script|style|head)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, ' ').replace(/<!--[\s\S]*?(?:-->|$)/g, ' '))
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (whole, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
      if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? whole
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
    })
}

/** What a search for words looks through: fields of all headers, one a line and decoded, an empty line before those of each embedded message; text and names of attachments. */
export type SearchText = { readonly head: string; readonly body: string }

export function searchTextOf(raw: Buffer, { root }: Message): SearchText {
  const parts = [...partsOf(root)]
  const heads = [root, ...parts.flatMap((part) => (part.message === null ? [] : [part.message.root]))].map((part) => headText(raw, part))
  const texts = parts.flatMap((part) => [...(part.type.toLowerCase() === 'text' ? [textOf(raw, part)] : []), fileName(part) ?? ''])
  return { head: heads.join('\n\n').slice(0, MOST_TEXT), body: texts.filter((text) => text !== '').join('\n').slice(0, MOST_TEXT) }
}

const headText = (raw: Buffer, part: Part): string =>
  readHeader(raw, part.start, part.body).fields.filter(({ name }) => name !== '').map((field) => `${field.name}: ${decodeText(valueOf(raw, field)).replaceAll('\n', ' ')}`).join('\n')

/** The name under which a part is saved; null when it says none. */
export const fileName = (part: Part): string | null => decodedParameter(part.disposition?.parameters ?? [], 'filename') ?? decodedParameter(part.parameters, 'name')

const PREVIEW = 200

/** The first words of the first text that is no attachment. */
export function previewOf(raw: Buffer, { root }: Message): string {
  const first = [...partsOf(root)].find((part) => part.type.toLowerCase() === 'text' && part.disposition?.kind.toLowerCase() !== 'attachment')
  return first === undefined ? '' : textOf(raw, first).replace(/\s+/g, ' ').trim().slice(0, PREVIEW)
}
