import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assert as check, constantFrom, array, property, uint8Array } from 'fast-check'
import { cursorOf, type Cursor, expectEnd, GrammarError } from './cursor.ts'
import { chosen, readChanges, readEntries, readOptions, valuesText } from './metadata-entries.ts'

const on = (text: string): Cursor => cursorOf({ texts: [text], literals: [] })
function whole<T>(text: string, read: (cursor: Cursor) => T): T {
  const cursor = on(text)
  const found = read(cursor)
  expectEnd(cursor)
  return found
}

const entries: readonly (readonly [string, readonly string[]])[] = [
  ['/shared/comment', ['/shared/comment']],
  ['(/Shared/Comment "/private/a b")', ['/shared/comment', '/private/a b']],
  ['/private', ['/private']],
  ['(/shared/vendor)', ['/shared/vendor']],
]
for (const [text, expected] of entries) test(`entries: ${text}`, () => assert.deepEqual(whole(text, readEntries), expected))

for (const text of ['', '()', 'comment', '/comment', '/public/x', '/shared/', '/shared//x', '"/shared/a*"', '"/shared/a%b"', '"/shared/\x19"', '"/shared/\xe4"', '/', `/shared/${'x'.repeat(300)}`, `/shared${'/x'.repeat(30)}`, '(/shared/a', `(${'/shared/a '.repeat(200)}/shared/a)`]) {
  test(`no entries: ${JSON.stringify(text.slice(0, 40))}`, () => assert.throws(() => whole(text, readEntries), GrammarError))
}

const nothing = { depth: 0, most: null } as const
const options: readonly (readonly [string, unknown])[] = [
  ['', nothing],
  ['(MAXSIZE 1024) ', { depth: 0, most: 1_024 }],
  ['(depth Infinity MaxSize 0) ', { depth: 'infinity', most: 0 }],
  ['(DEPTH 1) (MAXSIZE 5) ', { depth: 1, most: 5 }],
]
for (const [text, expected] of options) test(`options: ${text}`, () => assert.deepEqual(whole(text, (cursor) => readOptions(cursor, nothing)), expected))
for (const text of ['(MAXSIZE -1) ', '(DEPTH 2) ', '(DEPTH 1 MAXSIZE) ', '(DEPTH 1)', '(MAXSIZE 1 SIZE 2) ']) test(`no options: ${text}`, () => assert.throws(() => whole(text, (cursor) => readOptions(cursor, nothing)), GrammarError))

test('changes: values, quoted NIL, and NIL', () => {
  const read = whole('(/private/comment "NIL" /shared/Comment nil /private/vendor/a/b "")', readChanges)
  assert.deepEqual(read.map(({ entry, value }) => [entry, value?.toString() ?? null]), [['/private/comment', 'NIL'], ['/shared/comment', null], ['/private/vendor/a/b', '']])
})
for (const text of ['()', '(/private "x")', '(/private/vendor "x")', '(/shared/vendor/token "x")', '(/private/comment )', '(/private/comment x)', '/private/comment "x"', '(/private/comment "x"', '(/private/a "x" /PRIVATE/A NIL)', '(/private/comment NILS)']) {
  test(`no changes: ${text}`, () => assert.throws(() => whole(text, readChanges), GrammarError))
}

const all = ['/private/a', '/private/a/b', '/private/a/b/c', '/private/ab'].map((entry) => ({ entry, value: Buffer.from(entry) }))
const depths: readonly (readonly [0 | 1 | 'infinity', readonly string[]])[] = [[0, ['/private/a']], [1, ['/private/a', '/private/a/b']], ['infinity', ['/private/a', '/private/a/b', '/private/a/b/c']]]
for (const [depth, expected] of depths) test(`depth ${depth}`, () => assert.deepEqual(chosen(all, { entries: ['/private/a'], depth, most: null }).told.map(({ entry }) => entry), expected))

test('what is too long is left out and its size told; what is not there is NIL', () => {
  const { told, longest } = chosen(all, { entries: ['/private/a/b', '/private/none', '/private/a'], depth: 0, most: 10 })
  assert.deepEqual([valuesText(told), longest], ['(/private/none NIL /private/a "/private/a")', 12])
})

test('values come back from what is written: text, octets of all kinds', () => {
  check(property(array(uint8Array({ maxLength: 30 }), { minLength: 1, maxLength: 3 }), constantFrom('/private/x', '/shared/y (z)'), (values, name) => {
    const changes = values.map((value, at) => ({ entry: `${name}${at}`, value: Buffer.from(value) }))
    const [texts, literals]: [string[], Buffer[]] = [[], []]
    let rest = valuesText(changes)
    for (let found = /~?\{(\d+)\}\r\n/.exec(rest); found !== null; found = /~?\{(\d+)\}\r\n/.exec(rest)) {
      const from = found.index + found[0].length
      texts.push(rest.slice(0, from - 2))
      literals.push(Buffer.from(rest.slice(from, from + Number(found[1])), 'latin1'))
      rest = rest.slice(from + Number(found[1]))
    }
    const read = readChanges(cursorOf({ texts: [...texts, rest], literals: literals.map((octets) => ({ kind: 'octets', octets })) }))
    assert.deepEqual(read, changes)
  }))
})
