import type { Annotation } from '../store/contract.ts'
import { may, type Rights } from '../store/rights.ts'
import { quoted } from './answers.ts'
import { type Cursor, match, peek, readAstring, readList, readLiteral, readNumber, readWord, expect, take, wrong } from './cursor.ts'

/** How many levels below a named entry are told as well (RFC 5464 4.2.2). */
export type Depth = 0 | 1 | 'infinity'

/** What a client wants to know: entries in lower case, and octets of the largest value it takes. */
export type Wanted = { readonly entries: readonly string[]; readonly depth: Depth; readonly most: number | null }

/** One change: null takes the entry away. */
export type AnnotationChange = { readonly entry: string; readonly value: Buffer | null }

/** Whether annotations of a mailbox may be read, and one's private ones changed (RFC 5464 3.3). */
export const maySeeNotes = (rights: Rights): boolean => may(rights, 'l') && [...'rswip'].some((right) => may(rights, right))

const LONGEST = 300
const MOST_LEVELS = 20
const MOST_ENTRIES = 200
const NAME = /^(?:\/[\x20-$&-)+-.0-~]+)+$/

/** A name of an entry (RFC 5464 3.2) in lower case; case makes no difference. */
function readName(cursor: Cursor): string {
  const name = readAstring(cursor).toLowerCase()
  const [, scope, ...below] = name.split('/')
  if (!NAME.test(name) || name.length > LONGEST || below.length > MOST_LEVELS || (scope !== 'private' && scope !== 'shared')) wrong('not the name of an entry')
  return name
}

/** A name that may have a value: something below the scope, and below a vendor's token. */
function readSettable(cursor: Cursor): string {
  const name = readName(cursor)
  const levels = name.split('/').length - 1
  return levels < (name.split('/')[2] === 'vendor' ? 4 : 2) ? wrong('entry has too few levels') : name
}

const few = <T>(found: readonly T[]): readonly T[] => (found.length <= MOST_ENTRIES ? found : wrong('too many entries'))

/** One entry or a list of them. */
export const readEntries = (cursor: Cursor): readonly string[] => (peek(cursor) === '(' ? few(readList(cursor, readName)) : [readName(cursor)])

const OPTIONS = /\((?=MAXSIZE |DEPTH )/iy

function readDepth(cursor: Cursor): Depth {
  const word = readWord(cursor)
  if (word === 'INFINITY') return 'infinity'
  return word === '0' ? 0 : word === '1' ? 1 : wrong('unknown depth')
}

/** `(MAXSIZE n DEPTH d) `, if that comes next: the grammar has it before the mailbox, the examples behind it, and clients follow either. */
export function readOptions(cursor: Cursor, before: Omit<Wanted, 'entries'>): Omit<Wanted, 'entries'> {
  if (match(cursor, OPTIONS) === null) return before
  let { depth, most } = before
  do {
    const word = readWord(cursor)
    expect(cursor, ' ')
    if (word === 'MAXSIZE') most = readNumber(cursor)
    else if (word === 'DEPTH') depth = readDepth(cursor)
    else wrong(`unknown option ${word}`)
  } while (take(cursor, ' '))
  expect(cursor, ')')
  expect(cursor, ' ')
  return readOptions(cursor, { depth, most })
}

/** A value: NIL, a string, or octets of all kinds. */
function readValue(cursor: Cursor): Buffer | null {
  if (match(cursor, /NIL(?=[ )])/iy) !== null) return null
  if (peek(cursor) === '"') return Buffer.from(readAstring(cursor), 'latin1')
  const literal = readLiteral(cursor) ?? wrong('missing value')
  return literal.kind === 'octets' ? literal.octets : wrong('literal too large here')
}

/** `(entry value …)`; a blank in front of the end, as in examples that went around, is passed over. */
export function readChanges(cursor: Cursor): readonly AnnotationChange[] {
  const changes = readPairs(cursor)
  if (new Set(changes.map(({ entry }) => entry)).size < changes.length) wrong('an entry twice')
  return few(changes)
}

function readPairs(cursor: Cursor): readonly AnnotationChange[] {
  expect(cursor, '(')
  const found: AnnotationChange[] = []
  do {
    const entry = readSettable(cursor)
    expect(cursor, ' ')
    found.push({ entry, value: readValue(cursor) })
  } while (match(cursor, / (?!\))/y) !== null)
  match(cursor, / /y)
  expect(cursor, ')')
  return found
}

const isBelow = (entry: string, root: string, depth: Depth): boolean => depth !== 0 && entry.startsWith(`${root}/`) && (depth === 'infinity' || !entry.includes('/', root.length + 1))

/** What to tell of annotations that are there: named ones that are not as NIL; `longest`: octets of the largest one that is not told. */
export function chosen(all: readonly Pick<Annotation, 'entry' | 'value'>[], { entries, depth, most }: Wanted): { readonly told: readonly AnnotationChange[]; readonly longest: number | null } {
  const byName = new Map(all.map(({ entry, value }) => [entry, value]))
  const names = new Set(entries.flatMap((root) => [root, ...[...byName.keys()].filter((entry) => isBelow(entry, root, depth)).toSorted()]))
  const found = [...names].map((entry) => ({ entry, value: byName.get(entry) ?? null }))
  const isShort = ({ value }: AnnotationChange): boolean => value === null || most === null || value.length <= most
  const longest = found.filter((one) => !isShort(one)).reduce((size, { value }) => Math.max(size, value?.length ?? 0), 0)
  return { told: found.filter(isShort), longest: longest === 0 ? null : longest }
}

const valueText = (value: Buffer): string => (value.includes(0) ? `~{${value.length}}\r\n${value.toString('latin1')}` : quoted(value.toString('latin1')))

const ATOM = /^[!#$&'+-[\]^-z|}~]+$/
const entryText = (entry: string): string => (ATOM.test(entry) ? entry : quoted(entry))

/** Entries with their values, as an answer has them. */
export const valuesText = (told: readonly AnnotationChange[]): string => `(${told.map(({ entry, value }) => `${entryText(entry)} ${value === null ? 'NIL' : valueText(value)}`).join(' ')})`
