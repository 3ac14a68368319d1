import assert from 'node:assert/strict'
import { test } from 'node:test'
import { atEnd, type Cursor, cursorOf, GrammarError, readAstring, readDate, readDateTime, readFlag, readList, readListMailbox, readNstring, readNumber, readString, readTag, readWord } from './cursor.ts'
import { decodeMailboxName, encodeMailboxName } from './mailbox-name.ts'
import { rangesOf, readSequenceSet, setText } from './sequence-set.ts'

const on = (...texts: readonly string[]): Cursor => cursorOf({ texts, literals: texts.slice(1).map(() => ({ kind: 'octets', octets: Buffer.from('lit') })) })

const good: readonly (readonly [string, unknown, unknown])[] = [
  ['a tag', readTag(on('A1.x')), 'A1.x'],
  ['a word', readWord(on('uid]')), 'UID'],
  ['a quoted string', readString(on('"a \\"b\\\\ c"')), 'a "b\\ c'],
  ['a literal', readString(on('{3}', '')), 'lit'],
  ['a literal8', readString(on('~{3+}', '')), 'lit'],
  ['an atom as astring, with the bracket it may hold', readAstring(on('INBOX]x')), 'INBOX]x'],
  ['a pattern', readListMailbox(on('a/%*b')), 'a/%*b'],
  ['NIL', readNstring(on('nil')), null],
  ['a number', readNumber(on('9007199254740991')), 9_007_199_254_740_991],
  ['a list', readList(on('(a b)'), readWord), ['A', 'B']],
  ['an empty list where it may be', readList(on('()'), readWord, 0), []],
  ['a system flag in any case', readFlag(on('\\sEEN')), '\\Seen'],
  ['a keyword', readFlag(on('$Forwarded')), '$Forwarded'],
  ['a day', readDate(on('5-Feb-2026')), Date.UTC(2026, 1, 5)],
  ['a quoted day', readDate(on('"05-feb-2026"')), Date.UTC(2026, 1, 5)],
  ['a moment', readDateTime(on('" 5-Feb-2026 08:00:00 +0800"')), Date.UTC(2026, 1, 5)],
  ['a set', readSequenceSet(on('1,3:5,*:2')), [[1, 1], [3, 5], ['*', 2]]],
  ['the saved result', readSequenceSet(on('$')), '$'],
]
for (const [name, found, expected] of good) test(name, () => assert.deepEqual(found, expected))

const bad: readonly (readonly [string, () => unknown])[] = [
  ['an open quote', () => readString(on('"abc'))],
  ['an escape of something else', () => readString(on('"a\\b"'))],
  ['a number beyond 2^53', () => readNumber(on('9007199254740993'))],
  ['message 0', () => readSequenceSet(on('0:3'))],
  ['message 2^32', () => readSequenceSet(on('4294967296'))],
  ['\\Recent, which is the server\'s', () => readFlag(on('\\Recent'))],
  ['30 February', () => readDate(on('30-Feb-2026'))],
  ['a moment in the year 10000', () => readDateTime(on('"31-Dec-9999 23:59:59 -9959"'))],
  ['a control character in a keyword', () => readList(on('(a\x01b)'), readFlag)],
  ['NUL in a string', () => readString(cursorOf({ texts: ['{3}', ''], literals: [{ kind: 'octets', octets: Buffer.from('a\0b') }] }))],
  ['25 o\'clock', () => readDateTime(on('" 5-Feb-2026 25:00:00 +0800"'))],
  ['an empty list', () => readList(on('()'), readWord)],
  ['a list without end', () => readList(on('(a b'), readWord)],
  ['two blanks in a list', () => readList(on('(a  b)'), readWord)],
]
for (const [name, read] of bad) test(`refused: ${name}`, () => assert.throws(read, GrammarError))

test('the end is the end of the last text', () => {
  const cursor = on('{3}', '')
  assert.equal(atEnd(cursor), false)
  readString(cursor)
  assert.equal(atEnd(cursor), true)
})

test('ranges are ordered, merged and know the largest', () => {
  assert.deepEqual(rangesOf([[5, '*'], [1, 2], [3, 3], [9, 8]], 7), [[1, 3], [5, 9]])
  assert.deepEqual(rangesOf([['*', '*']], 0), [])
  assert.deepEqual(rangesOf([['*', '*']], 7), [[7, 7]])
  assert.deepEqual(rangesOf([[1, '*']], 0), [[1, 1]])
})

test('numbers are told as the shortest set', () => {
  assert.equal(setText([1, 2, 3, 5, 7, 8]), '1:3,5,7:8')
  assert.equal(setText([]), '')
})

const names: readonly (readonly [string, string])[] = [['INBOX', 'INBOX'], ['收件箱', '&ZTZO9nux-'], ['A&B', 'A&-B'], ['~peter/台北/日本語', '~peter/&U,BTFw-/&ZeVnLIqe-'], ['𠂇', '&2EDchw-']]
for (const [name, written] of names) {
  test(`mailbox ${name}`, () => {
    assert.equal(encodeMailboxName(name), written)
    assert.equal(decodeMailboxName(written), name)
  })
}
for (const written of ['&', '&A-', '&AGE-', '&ZTZO9nux', '&U,BT!w-', '收']) test(`no mailbox name: ${written}`, () => assert.equal(decodeMailboxName(written), null))
