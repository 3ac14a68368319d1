import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Cursor, cursorOf, expectEnd, GrammarError } from './cursor.ts'
import { readFetchItems } from './fetch-items.ts'
import { readSearchKeys } from './search-keys.ts'

const on = (text: string): Cursor => cursorOf({ texts: [text], literals: [] })
function whole<T>(text: string, read: (cursor: Cursor) => T): T {
  const cursor = on(text)
  const found = read(cursor)
  expectEnd(cursor)
  return found
}

const items: readonly (readonly [string, unknown])[] = [
  ['ALL', [{ kind: 'FLAGS' }, { kind: 'INTERNALDATE' }, { kind: 'RFC822.SIZE' }, { kind: 'ENVELOPE' }]],
  ['uid', [{ kind: 'UID' }]],
  ['(UID BODY)', [{ kind: 'UID' }, { kind: 'BODY' }]],
  ['BODY[]', [{ kind: 'SECTION', section: { path: [], text: null }, label: '', partial: null, peek: false }]],
  ['BODY.PEEK[1.2]<0.100>', [{ kind: 'SECTION', section: { path: [1, 2], text: null }, label: '1.2', partial: { origin: 0, length: 100 }, peek: true }]],
  ['body[2.mime]', [{ kind: 'SECTION', section: { path: [2], text: 'MIME' }, label: '2.MIME', partial: null, peek: false }]],
  ['BODY[HEADER.FIELDS (To "x y")]', [{ kind: 'SECTION', section: { path: [], text: { fields: ['To', 'x y'], not: false } }, label: 'HEADER.FIELDS (To "x y")', partial: null, peek: false }]],
  ['BODY[3.HEADER.FIELDS.NOT (to)]', [{ kind: 'SECTION', section: { path: [3], text: { fields: ['to'], not: true } }, label: '3.HEADER.FIELDS.NOT (to)', partial: null, peek: false }]],
  ['BINARY.PEEK[1]<5.1>', [{ kind: 'BINARY', path: [1], label: '1', partial: { origin: 5, length: 1 }, peek: true }]],
  ['BINARY.SIZE[1]', [{ kind: 'BINARY.SIZE', path: [1], label: '1' }]],
  ['PREVIEW (LAZY)', [{ kind: 'PREVIEW' }]],
]
for (const [text, expected] of items) test(`FETCH ${text}`, () => assert.deepEqual(whole(text, readFetchItems), expected))

for (const text of ['', '()', 'NOTHING', 'BODY[MIME]', 'BODY[0]', 'BODY[1.]', 'BODY[HEADER.FIELDS ()]', 'BODY[]<1.0>', 'BINARY[HEADER]', 'BODY.PEEK', '(UID UID', 'BODY[1', 'ALL)', `(${'UID '.repeat(200)}UID)`, `BODY[${'1.'.repeat(101)}1]`]) {
  test(`refused: FETCH ${text.slice(0, 40)}`, () => assert.throws(() => whole(text, readFetchItems), GrammarError))
}

const not = (key: unknown): unknown => ({ kind: 'not', key })
const keys: readonly (readonly [string, unknown])[] = [
  ['ALL', { kind: 'all' }],
  ['UNSEEN DELETED', { kind: 'and', keys: [not({ kind: 'flag', flag: '\\Seen' }), { kind: 'flag', flag: '\\Deleted' }] }],
  ['OR (1:3 NOT UID 5) SUBJECT "a b"', { kind: 'or', keys: [{ kind: 'and', keys: [{ kind: 'set', by: 'number', set: [[1, 3]] }, not({ kind: 'set', by: 'uid', set: [[5, 5]] })] }, { kind: 'text', in: 'SUBJECT', value: 'a b' }] }],
  ['$', { kind: 'set', by: 'number', set: '$' }],
  ['SENTSINCE 1-Feb-2026', { kind: 'day', of: 'sent', is: 'since', day: Date.UTC(2026, 1, 1) }],
  ['SAVEDBEFORE 1-Feb-2026', { kind: 'day', of: 'saved', is: 'before', day: Date.UTC(2026, 1, 1) }],
  ['ON 1-Feb-2026', { kind: 'day', of: 'internal', is: 'on', day: Date.UTC(2026, 1, 1) }],
  ['HEADER X-A ""', { kind: 'header', name: 'X-A', value: '' }],
  ['MODSEQ "/flags/\\\\Seen" all 5', { kind: 'modseq', least: 5 }],
  ['UNKEYWORD $Done LARGER 10 YOUNGER 60', { kind: 'and', keys: [not({ kind: 'flag', flag: '$Done' }), { kind: 'size', is: 'larger', octets: 10 }, { kind: 'age', is: 'younger', seconds: 60 }] }],
]
for (const [text, expected] of keys) test(`SEARCH ${text}`, () => assert.deepEqual(whole(text, readSearchKeys), expected))

for (const text of ['', 'NOPE', 'NOT', 'OR ALL', '(ALL', 'SUBJECT', 'SINCE yesterday', 'LARGER -1', 'KEYWORD \\Recent', `${'('.repeat(200)}ALL${')'.repeat(200)}`, `${'NOT '.repeat(200)}ALL`, 'ALL '.repeat(1_001).trim(), 'ALL  ALL']) {
  test(`refused: SEARCH ${text.slice(0, 40)}`, () => assert.throws(() => whole(text, readSearchKeys), GrammarError))
}
