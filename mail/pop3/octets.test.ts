import assert from 'node:assert/strict'
import { test } from 'node:test'
import { LineReader } from './lines.ts'
import { dotted } from './octets.ts'

const cases: readonly (readonly [string, string, number | null, string])[] = [
  ['a message', 'A: b\r\n\r\nc\r\n', null, 'A: b\r\n\r\nc\r\n.\r\n'],
  ['dots at the beginning of lines', '.a\r\n..\r\nb.\r\n.', null, '..a\r\n...\r\nb.\r\n..\r\n.\r\n'],
  ['a message without an end of line', 'A: b\r\n\r\nc', null, 'A: b\r\n\r\nc\r\n.\r\n'],
  ['nothing', '', null, '.\r\n'],
  ['bare line feeds', 'A: b\n\n.\n', null, 'A: b\n\n..\n.\r\n'],
  ['the header alone', 'A: b\r\n\r\nc\r\nd\r\n', 0, 'A: b\r\n\r\n.\r\n'],
  ['a line of the body', 'A: b\r\n\r\nc\r\nd\r\n', 1, 'A: b\r\n\r\nc\r\n.\r\n'],
  ['more lines than there are', 'A: b\r\n\r\nc\r\nd', 9, 'A: b\r\n\r\nc\r\nd\r\n.\r\n'],
  ['no body', 'A: b', 3, 'A: b\r\n.\r\n'],
]
for (const [name, raw, lines, expected] of cases) test(`as an answer: ${name}`, () => assert.equal(dotted(Buffer.from(raw), lines).toString(), expected))

test('lines come whole in whatever pieces they arrive; an overlong one is told once and read away', () => {
  const heard: (string | null)[] = []
  const reader = new LineReader((line) => void heard.push(line))
  for (const piece of ['US', 'ER a\r', '\nNOOP\n', 'x'.repeat(9_000), 'y'.repeat(9_000), '\r\nQUIT\r\n']) reader.push(Buffer.from(piece))
  assert.deepEqual(heard, ['USER a', 'NOOP', null, 'QUIT'])
})
