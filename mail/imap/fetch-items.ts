import type { Section } from '../mime/section.ts'
import { type Cursor, expect, match, peek, readAstring, readList, readNumber, readPositive, take, wrong } from './cursor.ts'

/** Octets of an answer: from `origin`, at most `length` (RFC 9051 6.4.5 "partial"). */
export type Partial = { readonly origin: number; readonly length: number }
/** What a client asks of each message. `peek` leaves \Seen alone; `decoded` is BINARY (RFC 3516). */
export type FetchItem =
  | { readonly kind: 'FLAGS' | 'UID' | 'INTERNALDATE' | 'RFC822.SIZE' | 'ENVELOPE' | 'BODY' | 'BODYSTRUCTURE' | 'MODSEQ' | 'EMAILID' | 'THREADID' | 'SAVEDATE' | 'PREVIEW' | 'RFC822' | 'RFC822.HEADER' | 'RFC822.TEXT' }
  | { readonly kind: 'SECTION'; readonly section: Section; readonly label: string; readonly partial: Partial | null; readonly peek: boolean }
  | { readonly kind: 'BINARY'; readonly path: readonly number[]; readonly label: string; readonly partial: Partial | null; readonly peek: boolean }
  | { readonly kind: 'BINARY.SIZE'; readonly path: readonly number[]; readonly label: string }

const PLAIN = ['FLAGS', 'UID', 'INTERNALDATE', 'RFC822.SIZE', 'ENVELOPE', 'BODY', 'BODYSTRUCTURE', 'MODSEQ', 'EMAILID', 'THREADID', 'SAVEDATE', 'PREVIEW', 'RFC822', 'RFC822.HEADER', 'RFC822.TEXT'] as const
type Plain = (typeof PLAIN)[number]
const isPlain = (word: string): word is Plain => (PLAIN as readonly string[]).includes(word)

const FAST: readonly FetchItem[] = [{ kind: 'FLAGS' }, { kind: 'INTERNALDATE' }, { kind: 'RFC822.SIZE' }]
const MACROS: Readonly<Record<string, readonly FetchItem[]>> = { FAST, ALL: [...FAST, { kind: 'ENVELOPE' }], FULL: [...FAST, { kind: 'ENVELOPE' }, { kind: 'BODY' }] }
const WORD = /[A-Za-z0-9.]+/y
const MOST_ITEMS = 200
const MOST_FIELDS = 1_000

/** The items of a FETCH: a macro, one item, or a list of them. */
export function readFetchItems(cursor: Cursor): readonly FetchItem[] {
  if (peek(cursor) === '(') {
    const items = readList(cursor, readItem)
    if (items.length > MOST_ITEMS) wrong('too many items')
    // What is asked twice is told once.
    return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()]
  }
  const before = { piece: cursor.piece, at: cursor.at }
  const macro = MACROS[(match(cursor, WORD) ?? '').toUpperCase()]
  if (macro !== undefined) return macro
  Object.assign(cursor, before)
  return [readItem(cursor)]
}

function readItem(cursor: Cursor): FetchItem {
  const word = (match(cursor, WORD) ?? wrong('missing item')).toUpperCase()
  if (peek(cursor) === '[') return readBracketed(cursor, word)
  if (word === 'PREVIEW' && take(cursor, ' (')) {
    readPreviewModifier(cursor)
    return { kind: 'PREVIEW' }
  }
  return isPlain(word) ? { kind: word } : wrong(`unknown item ${word}`)
}

/** `(LAZY)` (RFC 8970): previews are made when a message arrives, so there is nothing to wait for. */
function readPreviewModifier(cursor: Cursor): void {
  if (match(cursor, /LAZY\)/iy) === null) wrong('unknown modifier of PREVIEW')
}

function readBracketed(cursor: Cursor, word: string): FetchItem {
  const quiet = word.endsWith('.PEEK')
  const name = quiet ? word.slice(0, -'.PEEK'.length) : word
  if (name === 'BODY') {
    const { section, label } = readSection(cursor)
    return { kind: 'SECTION', section, label, partial: readPartial(cursor), peek: quiet }
  }
  if (name !== 'BINARY' && word !== 'BINARY.SIZE') wrong(`unknown item ${word}`)
  const { section, label } = readSection(cursor)
  if (section.text !== null) wrong('BINARY takes part numbers only')
  if (name === 'BINARY') return { kind: 'BINARY', path: section.path, label, partial: readPartial(cursor), peek: quiet }
  return { kind: 'BINARY.SIZE', path: section.path, label }
}

const PATH = /\d{1,5}(?:\.\d{1,5})*/y
const MOST_LEVELS = 101
const SECTION_WORD = /HEADER\.FIELDS\.NOT|HEADER\.FIELDS|HEADER|TEXT|MIME/iy

/** `[…]` with the octets to say it back by. */
export function readSection(cursor: Cursor): { readonly section: Section; readonly label: string } {
  expect(cursor, '[')
  const digits = match(cursor, PATH) ?? ''
  const path = digits === '' ? [] : digits.split('.').map(Number)
  if (path.includes(0) || path.length > MOST_LEVELS) wrong('no such part')
  if (digits !== '' && !take(cursor, '.')) {
    expect(cursor, ']')
    return { section: { path, text: null }, label: digits }
  }
  const word = match(cursor, SECTION_WORD)?.toUpperCase() ?? (digits === '' ? '' : wrong('missing section'))
  if (word === 'MIME' && digits === '') wrong('MIME needs a part number')
  const dotted = digits === '' ? word : `${digits}.${word}`
  if (!word.startsWith('HEADER.FIELDS')) {
    expect(cursor, ']')
    return { section: { path, text: word === '' ? null : (word as 'HEADER' | 'TEXT' | 'MIME') }, label: dotted }
  }
  expect(cursor, ' ')
  const fields = readList(cursor, readAstring)
  if (fields.length > MOST_FIELDS) wrong('too many fields')
  expect(cursor, ']')
  return { section: { path, text: { fields, not: word.endsWith('NOT') } }, label: `${dotted} (${fields.map(fieldText).join(' ')})` }
}

const fieldText = (name: string): string => (/^[!#-'*+\-.0-9:A-Z^-~]+$/i.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`)

function readPartial(cursor: Cursor): Partial | null {
  if (!take(cursor, '<')) return null
  const origin = readNumber(cursor)
  expect(cursor, '.')
  const length = readPositive(cursor)
  expect(cursor, '>')
  return { origin, length }
}
