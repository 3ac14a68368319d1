import assert from 'node:assert/strict'
import { test } from 'node:test'
import { indexMessage } from './part.ts'
import { type Section, sectionOf } from './section.ts'

const raw = Buffer.from(
  [
    'Subject: outer', 'X-A: 1', 'Content-Type: multipart/mixed; boundary=b', '', 'preamble', '--b', 'X-Mime: m', '', 'first', '--b', 'Content-Type: message/rfc822', '',
    'Subject: inner', 'Content-Type: multipart/alternative; boundary=i', '', '--i', '', 'plain', '--i', 'Content-Type: text/html', '', '<p>', '--i--', '--b', 'Content-Type: message/rfc822', '',
    'Subject: single', '', 'alone', '--b--', '',
  ].join('\r\n'),
)
const message = indexMessage(raw)
const get = (path: readonly number[], text: Section['text'] = null): string | null => sectionOf(raw, message, { path, text })?.toString() ?? null

const table: readonly (readonly [string, string | null, string | null])[] = [
  ['1', get([1]), 'first'],
  ['1.MIME', get([1], 'MIME'), 'X-Mime: m\r\n\r\n'],
  ['1.1 is none', get([1, 1]), null],
  ['1.HEADER is none: no message', get([1], 'HEADER'), null],
  ['2.HEADER', get([2], 'HEADER'), 'Subject: inner\r\nContent-Type: multipart/alternative; boundary=i\r\n\r\n'],
  ['2.1', get([2, 1]), 'plain'],
  ['2.2', get([2, 2]), '<p>'],
  ['2.2.MIME', get([2, 2], 'MIME'), 'Content-Type: text/html\r\n\r\n'],
  ['2.3 is none', get([2, 3]), null],
  ['3.1 is the body of the embedded message', get([3, 1]), 'alone'],
  ['3.TEXT', get([3], 'TEXT'), 'alone'],
  ['4 is none', get([4]), null],
  ['HEADER.FIELDS', get([], { fields: ['x-a', 'SUBJECT'], not: false }), 'Subject: outer\r\nX-A: 1\r\n\r\n'],
  ['HEADER.FIELDS.NOT', get([], { fields: ['Content-Type', 'x-a'], not: true }), 'Subject: outer\r\n\r\n'],
  ['2.HEADER.FIELDS', get([2], { fields: ['subject'], not: false }), 'Subject: inner\r\n\r\n'],
  ['MIME of the message is none', get([], 'MIME'), null],
  ['the whole', get([]), raw.toString()],
  ['HEADER and TEXT make the whole', `${get([], 'HEADER')}${get([], 'TEXT')}`, raw.toString()],
]
for (const [name, found, expected] of table) test(name, () => assert.equal(found, expected))

test('a message that is no multipart has its body as part 1 and no other', () => {
  const plain = Buffer.from('Subject: x\r\n\r\nbody\r\n')
  const index = indexMessage(plain)
  assert.equal(sectionOf(plain, index, { path: [1], text: null })?.toString(), 'body\r\n')
  assert.equal(sectionOf(plain, index, { path: [2], text: null }), null)
})
