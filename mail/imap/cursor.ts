import type { Literal, RawCommand } from './reader.ts'

/** A command or one of its arguments is not what the grammar says; the text goes behind `BAD`. */
export class GrammarError extends Error {}

/** Where a command is read: the text with the literals cut out of it, each standing behind its `{size}`. */
export type Cursor = { readonly texts: readonly string[]; readonly literals: readonly Literal[]; piece: number; at: number }

export const cursorOf = ({ texts, literals }: RawCommand): Cursor => ({ texts, literals, piece: 0, at: 0 })

export function wrong(message: string): never {
  throw new GrammarError(message)
}

const text = (cursor: Cursor): string => cursor.texts[cursor.piece] ?? ''
export const peek = (cursor: Cursor): string => text(cursor)[cursor.at] ?? ''
export const atEnd = (cursor: Cursor): boolean => cursor.at >= text(cursor).length && cursor.piece >= cursor.texts.length - 1

export function expectEnd(cursor: Cursor): void {
  if (!atEnd(cursor)) wrong('unexpected text after the command')
}

export function take(cursor: Cursor, char: string): boolean {
  if (!text(cursor).startsWith(char, cursor.at)) return false
  cursor.at += char.length
  return true
}

export function expect(cursor: Cursor, char: string): void {
  if (!take(cursor, char)) wrong(char === ' ' ? 'missing argument' : `missing "${char}"`)
}

/** What matches a sticky pattern here; null, with nothing taken, when it does not. */
export function match(cursor: Cursor, pattern: RegExp): string | null {
  pattern.lastIndex = cursor.at
  const found = pattern.exec(text(cursor))?.[0] ?? null
  if (found !== null) cursor.at += found.length
  return found
}

const ATOM = /[^\x80-\xff\s(){%*"\\\]]+/y
const ASTRING = /[^\x80-\xff\s(){%*"\\]+/y
const LIST_MAILBOX = /[^\x80-\xff\s(){"\\]+/y
const QUOTED = /"(?:[^"\\\r\n]|\\["\\])*"/y
const LITERAL = /~?\{\d+[+-]?\}$/y
const NUMBER = /\d{1,19}/y
const TAG = /[^\x80-\xff\s(){%*"\\+]{1,64}/y

export const readTag = (cursor: Cursor): string => match(cursor, TAG) ?? wrong('missing tag')
export const readAtom = (cursor: Cursor): string => match(cursor, ATOM) ?? wrong('missing word')
/** An atom in upper case: names of commands, items and keys. */
export const readWord = (cursor: Cursor): string => readAtom(cursor).toUpperCase()

/** A 63-bit number (RFC 9051 9 "number64"). */
export function readNumber(cursor: Cursor): number {
  const digits = match(cursor, NUMBER) ?? wrong('missing number')
  const value = Number(digits)
  return Number.isSafeInteger(value) ? value : wrong('number too large')
}

export function readPositive(cursor: Cursor): number {
  const value = readNumber(cursor)
  return value > 0 ? value : wrong('number must not be 0')
}

/** A string, quoted or literal; octets. */
export function readString(cursor: Cursor): string {
  const quoted = match(cursor, QUOTED)
  if (quoted !== null) return quoted.slice(1, -1).replace(/\\(["\\])/g, '$1')
  return octetsOf(readLiteral(cursor) ?? wrong('missing string'))
}

/** The literal that comes next, wherever it was kept; null when none does. */
export function readLiteral(cursor: Cursor): Literal | null {
  if (match(cursor, LITERAL) === null) return null
  const literal = cursor.literals[cursor.piece]
  cursor.piece++
  cursor.at = 0
  return literal ?? wrong('missing literal')
}

/** No string holds NUL (RFC 9051 9 "literal"); what may be binary is read as a literal. */
function octetsOf(literal: Literal): string {
  if (literal.kind !== 'octets') return wrong('literal too large here')
  return literal.octets.includes(0) ? wrong('NUL in a string') : literal.octets.toString('latin1')
}

const isString = (cursor: Cursor): boolean => peek(cursor) === '"' || peek(cursor) === '{' || peek(cursor) === '~'

/** An atom or a string; octets. */
export const readAstring = (cursor: Cursor): string => (isString(cursor) ? readString(cursor) : (match(cursor, ASTRING) ?? wrong('missing argument')))

/** A mailbox pattern with the wildcards `*` and `%`. */
export const readListMailbox = (cursor: Cursor): string => (isString(cursor) ? readString(cursor) : (match(cursor, LIST_MAILBOX) ?? wrong('missing mailbox')))

/** A string or NIL. */
export const readNstring = (cursor: Cursor): string | null => (match(cursor, /NIL\b/iy) === null ? readString(cursor) : null)

/** `(item item …)`, at least `least` of them. */
export function readList<T>(cursor: Cursor, item: (cursor: Cursor) => T, least = 1): readonly T[] {
  expect(cursor, '(')
  const found: T[] = []
  while (!take(cursor, ')')) {
    if (found.length > 0) expect(cursor, ' ')
    found.push(item(cursor))
  }
  return found.length >= least ? found : wrong('empty list')
}

const FLAG = /\\?[^\0-\x20\x7f-\xff(){%*"\\\]]+/y
/** A flag or keyword; system flags as IMAP spells them. */
export function readFlag(cursor: Cursor): string {
  const flag = match(cursor, FLAG) ?? wrong('missing flag')
  if (!flag.startsWith('\\')) return flag.length <= 100 ? flag : wrong('keyword too long')
  const known = ['\\Seen', '\\Answered', '\\Flagged', '\\Deleted', '\\Draft'].find((one) => one.toLowerCase() === flag.toLowerCase())
  return known ?? wrong(`flag ${flag} cannot be set`)
}

const DATE = /"?(\d{1,2})-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-(\d{4})"?/iy
const DATE_TIME = /"([ \d]\d)-(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"/iy
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** A day as ms since 1970 of its start in UTC. */
export function readDate(cursor: Cursor): number {
  DATE.lastIndex = cursor.at
  const found = DATE.exec(text(cursor)) ?? wrong('missing date')
  cursor.at += found[0].length
  return dayAt(found[1], found[2], found[3])
}

function dayAt(day = '', month = '', year = ''): number {
  const at = Date.UTC(Number(year), MONTHS.indexOf(month.toLowerCase()), Number(day))
  const date = new Date(at)
  return date.getUTCDate() === Number(day) && Number(year) >= 100 ? at : wrong('no such date')
}

/** The last moment whose year has four digits wherever it is told. */
const LAST = Date.UTC(9999, 11, 31)

/** A moment in ms since 1970. */
export function readDateTime(cursor: Cursor): number {
  DATE_TIME.lastIndex = cursor.at
  const [whole, day, month, year, hour, minute, second, sign, offsetHours, offsetMinutes] = DATE_TIME.exec(text(cursor)) ?? wrong('missing date-time')
  cursor.at += whole.length
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) wrong('no such time')
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * (sign === '-' ? -1 : 1)
  const at = dayAt(day, month, year) + ((Number(hour) * 60 + Number(minute) - offset) * 60 + Number(second)) * 1000
  return at <= LAST ? at : wrong('no such time')
}
