import { octets, readHeader } from './header.ts'
import type { Message, Part } from './part.ts'

/**
 * What may be asked of a message (RFC 9051 6.4.5): part numbers, then one of the words; no word and no number is the whole message.
 * `TEXT`, `HEADER` and the lists of fields behind numbers belong to an embedded message, `MIME` to the part itself.
 */
export type Section = { readonly path: readonly number[]; readonly text: 'HEADER' | 'TEXT' | 'MIME' | HeaderFields | null }
export type HeaderFields = { readonly fields: readonly string[]; readonly not: boolean }

/** Octets asked for; null when there is no such part. */
export function sectionOf(raw: Buffer, message: Message, section: Section): Buffer | null {
  const found = partAt(message.root, section.path)
  if (found === null) return null
  const { text, path } = section
  if (text === null) return path.length === 0 ? raw : raw.subarray(found.body, found.end)
  if (text === 'MIME') return path.length === 0 ? null : raw.subarray(found.start, found.body)
  const whole = path.length === 0 ? found : (found.message?.root ?? null)
  if (whole === null) return null
  const end = path.length === 0 ? raw.length : found.end
  if (text === 'HEADER') return raw.subarray(whole.start, whole.body)
  return text === 'TEXT' ? raw.subarray(whole.body, end) : fieldsOf(raw, whole, text)
}

/**
 * The part at a path of numbers from 1. A message that is no multipart has its one body as part 1; an embedded message is stepped
 * into without a number of its own (RFC 9051 6.4.5.1).
 */
export function partAt(root: Part, path: readonly number[]): Part | null {
  let part: Part = root
  for (const [depth, number] of path.entries()) {
    const holder: Part = depth > 0 && part.message !== null ? part.message.root : part
    const multipart = holder.type.toLowerCase() === 'multipart' && holder.parts.length > 0
    const single = (depth === 0 || part.message !== null) && !multipart && number === 1
    const next: Part | undefined = multipart ? holder.parts[number - 1] : single ? holder : undefined
    if (next === undefined) return null
    part = next
  }
  return part
}

function fieldsOf(raw: Buffer, part: Part, { fields, not }: HeaderFields): Buffer {
  const wanted = new Set(fields.map((name) => name.toLowerCase()))
  const kept = readHeader(raw, part.start, part.body).fields.filter((field) => wanted.has(field.name.toLowerCase()) !== not)
  return Buffer.from(`${kept.map((field) => octets(raw, field.start, field.end)).join('')}\r\n`, 'latin1')
}
