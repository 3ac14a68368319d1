/**
 * One header field of a raw message, by octet offsets: `start` at its name, `valueStart` after the colon, `end` after its last line
 * break. A line that is no field (no colon) has the empty name.
 */
export type HeaderField = { readonly name: string; readonly start: number; readonly valueStart: number; readonly end: number }

/** The header of a message or part: `end` is where its body starts, behind the empty line if there is one. */
export type Header = { readonly start: number; readonly end: number; readonly fields: readonly HeaderField[] }

const LF = 10
const CR = 13
const SPACE = 32
const TAB = 9
const COLON = 58

/** Header fields beyond this number are kept in the message but not looked at. */
export const MOST_FIELDS = 1_000

/** Octet after the line break that ends the line at `from`; `end` when the last line has none. */
export function lineEnd(raw: Uint8Array, from: number, end: number): number {
  const at = raw.indexOf(LF, from)
  return at < 0 || at >= end ? end : at + 1
}

/** Octets of a line without its break. */
export const withoutBreak = (raw: Uint8Array, start: number, end: number): number =>
  end > start && raw[end - 1] === LF ? (end - 1 > start && raw[end - 2] === CR ? end - 2 : end - 1) : end

/**
 * Reads the header that starts at `start` (RFC 5322 2.2). It ends at the first empty line, at `end`, or before a line that is no field
 * and that `stops` names the delimiter of an enclosing multipart.
 */
export function readHeader(raw: Uint8Array, start: number, end: number, stops: (lineStart: number) => boolean = () => false): Header {
  const fields: HeaderField[] = []
  let at = start
  while (at < end) {
    let next = lineEnd(raw, at, end)
    const content = withoutBreak(raw, at, next)
    if (content === at && next > at) return { start, end: next, fields }
    const colon = colonIn(raw, at, content)
    if (colon < 0 && stops(at)) break
    while (next < end && (raw[next] === SPACE || raw[next] === TAB)) next = lineEnd(raw, next, end)
    if (fields.length < MOST_FIELDS) fields.push({ name: nameOf(raw, at, colon), start: at, valueStart: colon < 0 ? at : colon + 1, end: next })
    at = next
  }
  return { start, end: at, fields }
}

/** Within the line alone: lines without one must not cost a look at all that follows. */
function colonIn(raw: Uint8Array, start: number, end: number): number {
  const at = raw.subarray(start, end).indexOf(COLON)
  return at < 0 ? -1 : start + at
}

function nameOf(raw: Uint8Array, start: number, colon: number): string {
  let end = colon
  while (end > start && (raw[end - 1] === SPACE || raw[end - 1] === TAB)) end--
  return end <= start ? '' : octets(raw, start, end)
}

/** Octets as a string of one character each (ISO 8859-1), the form in which the index keeps whatever a header holds. */
export const octets = (raw: Uint8Array, start: number, end: number): string => Buffer.from(raw.buffer, raw.byteOffset + start, end - start).toString('latin1')

/** Octets of a value that are looked at: as many as a whole header has that comes by SMTP. */
const LONGEST_VALUE = 1_048_576

/** Value of a field with each fold (RFC 5322 2.2.3) as one blank, without the blanks around it. */
export const valueOf = (raw: Uint8Array, field: HeaderField): string =>
  octets(raw, field.valueStart, Math.min(field.end, field.valueStart + LONGEST_VALUE)).replace(/\r?\n[ \t]+/g, ' ').replace(/^[ \t]+|[ \t\r\n]+$/g, '').replaceAll('\0', '')

/** The first field of a name, in any case. */
export function fieldNamed(header: Header, name: string): HeaderField | undefined {
  const wanted = name.toLowerCase()
  return header.fields.find((field) => field.name.length === wanted.length && field.name.toLowerCase() === wanted)
}

/** Value of the first field of a name; null when there is none. */
export function valueNamed(raw: Uint8Array, header: Header, name: string): string | null {
  const field = fieldNamed(header, name)
  return field === undefined ? null : valueOf(raw, field)
}
