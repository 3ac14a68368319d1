import { Around, type Boundary } from './boundaries.ts'
import { type ContentType, parseContentType, parseDisposition, parameter, type Disposition, type Parameters } from './content-type.ts'
import { type Header, lineEnd, readHeader, valueNamed } from './header.ts'
import { type Envelope, envelopeOf } from './envelope.ts'
import { LineCounts } from './lines.ts'

/**
 * A part of a raw message by octet offsets: its header is `start`–`body`, its body `body`–`end`. `lines` counts line breaks of the body.
 * All strings are octets (ISO 8859-1), so the whole tree is JSON; it is computed once when a message arrives.
 */
export type Part = {
  readonly start: number
  readonly body: number
  readonly end: number
  readonly lines: number
  /** As written, or the default of the place (RFC 2045 5.2, RFC 2046 5.1.5). */
  readonly type: string
  readonly subtype: string
  readonly parameters: Parameters
  readonly encoding: string | null
  readonly id: string | null
  readonly description: string | null
  readonly md5: string | null
  readonly disposition: Disposition | null
  readonly languages: readonly string[]
  readonly location: string | null
  /** Parts of a multipart. */
  readonly parts: readonly Part[]
  /** The message inside a message/rfc822 or message/global part. */
  readonly message: Message | null
}
export type Message = { readonly envelope: Envelope; readonly root: Part }

/** Nesting and number of parts that are looked at, and octets of what they tell of themselves; what lies beyond stays an undivided body. */
export type Limits = { readonly depth: number; readonly parts: number; readonly told: number }
export const limits: Limits = { depth: 100, parts: 10_000, told: 2_097_152 }

type Reading = { readonly raw: Buffer; readonly limits: Limits; readonly around: Around; readonly lines: LineCounts; count: number; told: number }
type Place = { readonly level: number; readonly fallback: 'text/plain' | 'message/rfc822' }

/** The index of a raw message: every part found in one pass, never an error, whatever the octets are. */
export function indexMessage(raw: Buffer, within: Limits = limits): Message {
  return readMessage({ raw, limits: within, around: new Around(), lines: new LineCounts(raw), count: 0, told: 0 }, 0, { level: 0, fallback: 'text/plain' }).message
}

type Read<T> = T & { readonly at: number }

function readMessage(reading: Reading, start: number, place: Place): Read<{ readonly message: Message }> {
  const header = headerAt(reading, start)
  const envelope = envelopeOf(reading.raw, header)
  reading.told += header.end - header.start
  const { part, at } = readPart(reading, header, place)
  return { message: { envelope, root: part }, at }
}

const headerAt = (reading: Reading, start: number): Header => readHeader(reading.raw, start, reading.raw.length, (at) => matching(reading, at) !== null)

/** Reads one part; `at` is where its body ended: the line of an enclosing delimiter, or the end of the message. */
function readPart(reading: Reading, header: Header, place: Place): Read<{ readonly part: Part }> {
  reading.count++
  const described = describe(reading.raw, header, place)
  reading.told += Math.min(header.end - header.start, 4 * LONGEST)
  const inside = place.level < reading.limits.depth && !isEnough(reading)
  const kind = described.type.toLowerCase()
  const boundary = kind === 'multipart' ? (parameter(described.parameters, 'boundary') ?? '') : ''
  if (boundary !== '' && inside) return readMultipart(reading, header, described, boundary, place)
  if (isMessage(described) && inside) {
    const { message, at } = readMessage(reading, header.end, { ...place, level: place.level + 1, fallback: 'text/plain' })
    return { part: bodied(reading, header, described, { parts: [], message, at }), at }
  }
  const at = delimiterFrom(reading, header.end)
  return { part: bodied(reading, header, described, { parts: [], message: null, at }), at }
}

const isEnough = ({ count, told, limits: most }: Reading): boolean => count >= most.parts || told > most.told

const isMessage = ({ type, subtype }: Described): boolean => type.toLowerCase() === 'message' && /^(rfc822|global)$/i.test(subtype)

function readMultipart(reading: Reading, header: Header, described: Described, boundary: string, place: Place): Read<{ readonly part: Part }> {
  const { raw, around } = reading
  const own: Boundary = { octets: Buffer.from(boundary, 'latin1'), depth: place.level }
  const inner: Place = { level: place.level + 1, fallback: described.subtype.toLowerCase() === 'digest' ? 'message/rfc822' : 'text/plain' }
  const parts: Part[] = []
  around.enter(own)
  let at = delimiterFrom(reading, header.end)
  while (matching(reading, at) === own && !closes(raw, at, boundary) && !isEnough(reading)) {
    const read = readPart(reading, headerAt(reading, lineEnd(raw, at, raw.length)), inner)
    parts.push(read.part)
    at = read.at
  }
  const closed = matching(reading, at) === own
  around.leave(own)
  if (closed) at = delimiterFrom(reading, lineEnd(raw, at, raw.length))
  return { part: bodied(reading, header, described, { parts, message: null, at }), at }
}

const closes = (raw: Buffer, at: number, boundary: string): boolean => raw[at + 2 + boundary.length] === DASH && raw[at + 3 + boundary.length] === DASH

const DASH = 45
const LF = 10
const CR = 13
const DELIMITER = Buffer.from('\n--')

/** Start of the first line at or after `from` that delimits one of the enclosing multiparts. */
function delimiterFrom(reading: Reading, from: number): number {
  const { raw } = reading
  const atLineStart = from === 0 || raw[from - 1] === LF
  if (atLineStart && matching(reading, from) !== null) return from
  if (reading.around.isEmpty) return raw.length
  for (let at = raw.indexOf(DELIMITER, from); at >= 0; at = raw.indexOf(DELIMITER, at + 1)) {
    if (matching(reading, at + 1) !== null) return at + 1
  }
  return raw.length
}

/**
 * The multipart that the line at `at` delimits: a delimiter need only be the beginning of the line (RFC 2046 5.1.1), so the longest
 * that fits is meant.
 */
const matching = ({ raw, around }: Reading, at: number): Boundary | null => (raw[at] === DASH && raw[at + 1] === DASH ? around.longestAt(raw, at + 2) : null)

/** Characters of a field that describes a part, and of its languages, that are looked at. */
const LONGEST = 65_536
const LONGEST_LANGUAGES = 1_000

type Described = Omit<Part, 'start' | 'body' | 'end' | 'lines' | 'parts' | 'message'>

function describe(raw: Buffer, header: Header, { fallback }: Place): Described {
  const value = (name: string): string | null => valueNamed(raw, header, name)?.slice(0, LONGEST) ?? null
  const [type = '', subtype = ''] = fallback.split('/')
  const content = parseContentType(value('content-type') ?? '') ?? { type, subtype, parameters: [] }
  return {
    ...content,
    parameters: withCharset(content),
    encoding: firstWord(value('content-transfer-encoding')),
    id: value('content-id'),
    description: value('content-description'),
    md5: value('content-md5'),
    disposition: parseDisposition(value('content-disposition') ?? ''),
    languages: (value('content-language') ?? '').slice(0, LONGEST_LANGUAGES).replace(/\([^)]*\)/g, '').split(',').map((one) => one.trim()).filter((one) => one !== ''),
    location: value('content-location'),
  }
}

/** A text without a charset is told as US-ASCII (RFC 2046 4.1.2). */
const withCharset = ({ type, parameters }: ContentType): Parameters =>
  type.toLowerCase() === 'text' && !parameters.some(([name]) => /^charset$/i.test(name)) ? [...parameters, ['charset', 'us-ascii']] : parameters

const firstWord = (value: string | null): string | null => /[^\s;(]+/.exec((value ?? '').replace(/^(\s*\([^)]*\))+/, ''))?.[0] ?? null

function bodied({ raw, lines }: Reading, header: Header, described: Described, { at, ...inner }: Pick<Part, 'parts' | 'message'> & { readonly at: number }): Part {
  const end = Math.max(header.end, beforeBreak(raw, at), inner.message?.root.end ?? 0)
  return { start: header.start, body: header.end, end, lines: lines.between(header.end, end), ...described, ...inner }
}

/** The line break before a delimiter belongs to it. */
const beforeBreak = (raw: Buffer, at: number): number => (at === raw.length || raw[at - 1] !== LF ? at : raw[at - 2] === CR ? at - 2 : at - 1)
