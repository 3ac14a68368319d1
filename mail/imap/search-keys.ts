import { type Cursor, expect, match, peek, readAstring, readDate, readFlag, readNumber, readWord, take, wrong } from './cursor.ts'
import { readSequenceSet, type SequenceSet } from './sequence-set.ts'

/** A condition on one message (RFC 9051 6.4.4). Days are ms since 1970 of their start in UTC; texts are octets in the command's charset. */
export type SearchKey =
  | { readonly kind: 'all' }
  | { readonly kind: 'and' | 'or'; readonly keys: readonly SearchKey[] }
  | { readonly kind: 'not'; readonly key: SearchKey }
  | { readonly kind: 'set'; readonly by: 'number' | 'uid'; readonly set: SequenceSet }
  | { readonly kind: 'flag'; readonly flag: string }
  | { readonly kind: 'text'; readonly in: 'BCC' | 'BODY' | 'CC' | 'FROM' | 'SUBJECT' | 'TEXT' | 'TO'; readonly value: string }
  | { readonly kind: 'header'; readonly name: string; readonly value: string }
  | { readonly kind: 'day'; readonly of: 'internal' | 'sent' | 'saved'; readonly is: 'before' | 'on' | 'since'; readonly day: number }
  | { readonly kind: 'size'; readonly is: 'larger' | 'smaller'; readonly octets: number }
  | { readonly kind: 'age'; readonly is: 'older' | 'younger'; readonly seconds: number }
  | { readonly kind: 'modseq'; readonly least: number }
  | { readonly kind: 'id'; readonly of: 'email' | 'thread'; readonly id: string }

const MOST_KEYS = 1_000
const MOST_SETS = 50
/** Octets of a text, of one to be found in a field, and of the name of a field. */
const LONGEST = { text: 10_000, field: 1_000, name: 100 } as const
const DEEPEST = 100
const TEXTS = ['BCC', 'BODY', 'CC', 'FROM', 'SUBJECT', 'TEXT', 'TO'] as const
const FLAGS: Readonly<Record<string, string>> = { ANSWERED: '\\Answered', DELETED: '\\Deleted', DRAFT: '\\Draft', FLAGGED: '\\Flagged', SEEN: '\\Seen' }
const DAYS: Readonly<Record<string, 'internal' | 'sent' | 'saved'>> = { '': 'internal', SENT: 'sent', SAVED: 'saved' }

type Reading = { readonly cursor: Cursor; count: number; sets: number; depth: number }

/** One key or several, which must all hold. */
export function readSearchKeys(cursor: Cursor): SearchKey {
  return readAll({ cursor, count: 0, sets: 0, depth: 0 })
}

function readAll(reading: Reading): SearchKey {
  const keys = [readKey(reading)]
  while (take(reading.cursor, ' ')) keys.push(readKey(reading))
  const [only] = keys
  return keys.length === 1 && only !== undefined ? only : { kind: 'and', keys }
}

function readKey(reading: Reading): SearchKey {
  const { cursor } = reading
  if (++reading.count > MOST_KEYS) wrong('too many search keys')
  if (take(cursor, '(')) {
    const key = deeper(reading, readAll)
    expect(cursor, ')')
    return key
  }
  if (/[\d*$]/.test(peek(cursor))) return { kind: 'set', by: 'number', set: readSet(reading) }
  const word = readWord(cursor)
  return simpleKey(word) ?? dayKey(word, cursor) ?? textKey(word, cursor) ?? combinedKey(word, reading) ?? otherKey(word, reading)
}

function readSet(reading: Reading): SequenceSet {
  return ++reading.sets > MOST_SETS ? wrong('too many message sets') : readSequenceSet(reading.cursor)
}

function deeper<T>(reading: Reading, read: (reading: Reading) => T): T {
  if (++reading.depth > DEEPEST) wrong('search keys nested too deep')
  const result = read(reading)
  reading.depth--
  return result
}

function simpleKey(word: string): SearchKey | null {
  if (word === 'ALL' || word === 'OLD') return { kind: 'all' }
  // \Recent is gone with IMAP4rev2; here no message ever is.
  if (word === 'RECENT' || word === 'NEW') return { kind: 'not', key: { kind: 'all' } }
  if (word === 'SAVEDATESUPPORTED') return { kind: 'all' }
  const flag = FLAGS[word]
  if (flag !== undefined) return { kind: 'flag', flag }
  const without = word.startsWith('UN') ? FLAGS[word.slice(2)] : undefined
  return without === undefined ? null : { kind: 'not', key: { kind: 'flag', flag: without } }
}

function dayKey(word: string, cursor: Cursor): SearchKey | null {
  const found = /^(SENT|SAVED|)(BEFORE|ON|SINCE)$/.exec(word)
  const of = DAYS[found?.[1] ?? 'none']
  if (found === null || of === undefined) return null
  expect(cursor, ' ')
  return { kind: 'day', of, is: found[2] === 'BEFORE' ? 'before' : found[2] === 'ON' ? 'on' : 'since', day: readDate(cursor) }
}

function textKey(word: string, cursor: Cursor): SearchKey | null {
  const where = TEXTS.find((one) => one === word)
  if (where === undefined) return null
  expect(cursor, ' ')
  return { kind: 'text', in: where, value: readSought(cursor, where === 'BODY' || where === 'TEXT' || where === 'SUBJECT' ? 'text' : 'field') }
}

function readSought(cursor: Cursor, what: keyof typeof LONGEST): string {
  const value = readAstring(cursor)
  return value.length > LONGEST[what] ? wrong('search text too long') : value
}

function combinedKey(word: string, reading: Reading): SearchKey | null {
  const next = (): SearchKey => {
    expect(reading.cursor, ' ')
    return deeper(reading, readKey)
  }
  if (word === 'NOT') return { kind: 'not', key: next() }
  return word === 'OR' ? { kind: 'or', keys: [next(), next()] } : null
}

function otherKey(word: string, reading: Reading): SearchKey {
  const { cursor } = reading
  expect(cursor, ' ')
  switch (word) {
    case 'UID': return { kind: 'set', by: 'uid', set: readSet(reading) }
    case 'LARGER': return { kind: 'size', is: 'larger', octets: readNumber(cursor) }
    case 'SMALLER': return { kind: 'size', is: 'smaller', octets: readNumber(cursor) }
    case 'OLDER': return { kind: 'age', is: 'older', seconds: readNumber(cursor) }
    case 'YOUNGER': return { kind: 'age', is: 'younger', seconds: readNumber(cursor) }
    case 'KEYWORD': return { kind: 'flag', flag: readFlag(cursor) }
    case 'UNKEYWORD': return { kind: 'not', key: { kind: 'flag', flag: readFlag(cursor) } }
    case 'HEADER': return readHeaderKey(cursor)
    case 'MODSEQ': return readModseqKey(cursor)
    case 'EMAILID': return { kind: 'id', of: 'email', id: readAstring(cursor) }
    case 'THREADID': return { kind: 'id', of: 'thread', id: readAstring(cursor) }
    default: return wrong(`unknown search key ${word}`)
  }
}

function readHeaderKey(cursor: Cursor): SearchKey {
  const name = readSought(cursor, 'name')
  expect(cursor, ' ')
  return { kind: 'header', name, value: readSought(cursor, 'field') }
}

/** `MODSEQ ["/flags/\\Seen" all] 5` (RFC 7162 3.1.5); numbers are kept per message, not per flag. */
function readModseqKey(cursor: Cursor): SearchKey {
  match(cursor, /"\/flags\/[^"]*" (?:all|shared|priv) /iy)
  return { kind: 'modseq', least: readNumber(cursor) }
}
