import assert from 'node:assert/strict'
import { test } from 'node:test'
import { orderedSubject, references, type ThreadMember, threadsText } from './thread.ts'

const one = (uid: number, id: string | null, refs: readonly string[], subject = `S${uid}`, isReply = false, at = uid): ThreadMember => ({ uid, id, references: refs, subject, isReply, at })
const text = (members: readonly ThreadMember[], way = references): string => threadsText(way(members), (uid) => uid)

const cases: readonly (readonly [string, readonly ThreadMember[], string])[] = [
  ['nothing', [], ''],
  ['one', [one(1, '<a>', [])], '(1)'],
  ['a chain', [one(1, '<a>', []), one(2, '<b>', ['<a>']), one(3, '<c>', ['<a>', '<b>'])], '(1 2 3)'],
  ['two answers to one', [one(1, '<a>', []), one(2, '<b>', ['<a>']), one(3, '<c>', ['<a>']), one(4, '<d>', ['<c>'])], '(1 (2)(3 4))'],
  ['answers of a message that is not there', [one(2, '<b>', ['<x>']), one(3, '<c>', ['<x>'])], '((2)(3))'],
  ['an answer before its question', [one(1, '<b>', ['<a>']), one(2, '<a>', [])], '(2 1)'],
  ['a middle that is not there', [one(1, '<a>', []), one(2, '<c>', ['<a>', '<b>'])], '(1 2)'],
  ['two of one id', [one(1, '<a>', []), one(2, '<a>', []), one(3, '<b>', ['<a>'])], '(1 3)(2)'],
  ['circles', [one(1, '<a>', ['<b>']), one(2, '<b>', ['<a>'])], '(2 1)'],
  ['without ids', [one(1, null, []), one(2, null, [])], '(1)(2)'],
  ['an answer by subject', [one(1, '<a>', [], 'HELLO'), one(2, '<b>', [], 'HELLO', true)], '(1 2)'],
  ['two of one subject, neither an answer', [one(1, '<a>', [], 'HELLO'), one(2, '<b>', [], 'HELLO')], '((1)(2))'],
  ['threads by date, not by number', [one(1, '<a>', [], 'A', false, 9), one(2, '<b>', [], 'B', false, 1)], '(2)(1)'],
]
for (const [name, members, expected] of cases) test(`REFERENCES: ${name}`, () => assert.equal(text(members), expected))

test('ORDEREDSUBJECT: those of one subject follow the earliest', () => {
  assert.equal(text([one(1, null, [], 'B'), one(2, null, [], 'A'), one(3, null, [], 'B'), one(4, null, [], 'B')], orderedSubject), '(1 (3)(4))(2)')
})

test('chains of 20,000 neither overflow nor take long', () => {
  const members = Array.from({ length: 20_000 }, (_, at) => one(at + 1, `<${at}>`, at === 0 ? [] : [`<${at - 1}>`], 'S', at > 0))
  const begin = performance.now()
  assert.equal(text(members).length > 100_000, true)
  assert.ok(performance.now() - begin < 20_000)
})
