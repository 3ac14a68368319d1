import { type Message, type Part } from './part.ts'

/** How octets were written as base64 (RFC 2045 6.8): characters of a full line, and what ends a line; without an end there is one line. */
export type Coding = { readonly line: number; readonly eol: '' | '\n' | '\r\n' }

/** Base64 of a part between `start` and `end` of the raw message, which `coding` makes again from `octets`, exactly. */
export type Attached = { readonly start: number; readonly end: number; readonly coding: Coding; readonly octets: Buffer }

const MOST_ATTACHED = 500
/** Characters of a line where there are no lines; any multiple of four. */
const UNBROKEN = 65_536
const [CR, LF] = [13, 10]

/** The attachments of a message that can be kept by themselves: base64 of at least so many octets that comes out the same when it is made again. In order. */
export function attachedIn(raw: Buffer, { root }: Message, least: number): readonly Attached[] {
  const found: Attached[] = []
  const open: Part[] = [root]
  for (let part = open.pop(); part !== undefined && found.length < MOST_ATTACHED; part = open.pop()) {
    const one = isLeaf(part) && part.end - part.body >= least ? attachedAt(raw, part) : null
    if (one !== null && one.octets.length >= least) found.push(one)
    open.push(...part.parts, ...(part.message === null ? [] : [part.message.root]))
  }
  return found.toSorted((a, b) => a.start - b.start)
}

const isLeaf = ({ parts, message, encoding }: Part): boolean => parts.length === 0 && message === null && (encoding ?? '').toLowerCase() === 'base64'

function attachedAt(raw: Buffer, { body, end: outer }: Part): Attached | null {
  let end = outer
  while (end > body && (raw[end - 1] === LF || raw[end - 1] === CR)) end--
  const coding = codingOf(raw, body, end)
  const octets = coding === null ? null : decoded(raw, body, end, coding)
  return coding === null || octets === null ? null : { start: body, end, coding, octets }
}

/** As the first line says; null where lines cannot be made one by one. */
function codingOf(raw: Buffer, start: number, end: number): Coding | null {
  const at = raw.indexOf(LF, start)
  if (at < 0 || at >= end) return { line: UNBROKEN, eol: '' }
  const eol = raw[at - 1] === CR ? '\r\n' : '\n'
  const line = at - start - (eol.length - 1)
  return line >= 4 && line <= UNBROKEN && line % 4 === 0 ? { line, eol } : null
}

/** Lines that are looked at together: memory stays small. */
const linesAtOnce = ({ line }: Coding): number => Math.max(1, Math.floor(262_144 / line))

/** What the base64 says, or null unless it would be written so again. */
function decoded(raw: Buffer, start: number, end: number, coding: Coding): Buffer | null {
  const step = linesAtOnce(coding) * (coding.line + coding.eol.length)
  const pieces: Buffer[] = []
  for (let at = start; at < end; at += step) {
    const last = at + step >= end
    const piece = Buffer.from(raw.toString('latin1', at, Math.min(end, at + step)), 'base64')
    const again = encodeLines(piece, coding, last)
    if (again.length !== Math.min(end, at + step) - at || raw.compare(again, 0, again.length, at, at + again.length) !== 0) return null
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}

/** Whole lines of base64, each with its end but for the `last`. */
function encodeLines(octets: Buffer, { line, eol }: Coding, last: boolean): Buffer {
  const text = octets.toString('base64')
  if (eol === '') return Buffer.from(text, 'latin1')
  const lines: string[] = []
  for (let at = 0; at < text.length; at += line) lines.push(text.slice(at, at + line))
  return Buffer.from(lines.join(eol) + (last ? '' : eol), 'latin1')
}

/** Octets of the base64 of so many octets. */
export function encodedSize(size: number, { line, eol }: Coding): number {
  const characters = Math.ceil(size / 3) * 4
  return characters + Math.max(0, Math.ceil(characters / line) - 1) * eol.length
}

/** Reads octets of a kept attachment from `start` up to `end`. */
export type ReadPart = (start: number, end: number) => Promise<Buffer>

/** The base64 of an attachment of `size` octets, from `from` up to `to` of it, some lines at a time. */
export async function* encoded(size: number, coding: Coding, from: number, to: number, read: ReadPart): AsyncGenerator<Buffer> {
  const [wide, narrow] = [coding.line + coding.eol.length, (coding.line / 4) * 3]
  const lines = Math.ceil(size / narrow)
  const step = linesAtOnce(coding)
  for (let first = Math.floor(from / wide); first < lines && first * wide < to; first += step) {
    const next = Math.min(lines, first + step, Math.ceil(to / wide))
    const text = encodeLines(await read(first * narrow, Math.min(size, next * narrow)), coding, next === lines)
    yield text.subarray(Math.max(0, from - first * wide), Math.max(0, to - first * wide))
  }
}
