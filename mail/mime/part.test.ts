import assert from 'node:assert/strict'
import { test } from 'node:test'
import { structureText } from './imap-text.ts'
import { indexMessage, type Part } from './part.ts'
import { generator } from './test/random.ts'

const lines = (...all: readonly string[]): Buffer => Buffer.from(all.join('\r\n'), 'latin1')
const structure = (raw: Buffer): string => structureText(indexMessage(raw).root, true)

test('a message without any header is one text', () => {
  assert.equal(structure(Buffer.from('')), '("text" "plain" ("charset" "us-ascii") NIL NIL "7bit" 0 0 NIL NIL NIL NIL)')
  assert.equal(indexMessage(lines('', 'body', '')).root.body, 2)
})

test('parts lie between their delimiters, whose line break is not theirs', () => {
  const raw = lines('Content-Type: multipart/mixed; boundary=b', '', 'preamble', '--b', '', 'one', '--b', 'Content-Type: text/html', '', 'two', '', '--b--', 'epilogue')
  const { parts } = indexMessage(raw).root
  assert.deepEqual(parts.map((part) => raw.toString('latin1', part.body, part.end)), ['one', 'two\r\n'])
})

test('a delimiter that begins with the outer one belongs to the inner multipart', () => {
  const raw = lines('Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: multipart/alternative; boundary=b.inner', '', '--b.inner', '', 'x', '--b.inner--', '--b', '', 'y', '--b--')
  const { parts } = indexMessage(raw).root
  assert.deepEqual(parts.map((part) => part.parts.length), [1, 0])
})

test('a part that the outer delimiter cuts short ends there', () => {
  const raw = lines('Content-Type: multipart/mixed; boundary=out', '', '--out', 'Content-Type: multipart/mixed; boundary=in', '', '--in', '', 'cut', '--out', '', 'next', '--out--')
  const [first, second] = indexMessage(raw).root.parts
  assert.equal(first?.parts.length, 1)
  assert.equal(raw.toString('latin1', second?.body, second?.end), 'next')
})

test('a delimiter in the place of a header ends the part', () => {
  const raw = lines('Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/plain', '--b', '', 'after', '--b--')
  assert.deepEqual(indexMessage(raw).root.parts.map((part) => part.end - part.body), [0, 5])
})

test('a digest holds messages, and an embedded message has its own envelope', () => {
  const raw = lines('Content-Type: multipart/digest; boundary=d', '', '--d', '', 'Subject: inner', '', 'text', '--d--')
  assert.equal(indexMessage(raw).root.parts[0]?.message?.envelope.subject, 'inner')
})

test('a multipart without parts is told as holding one empty text', () => {
  assert.match(structure(lines('Content-Type: multipart/mixed; boundary=b', '', 'nothing')), /^\(\("text" "plain" .* "7bit" 0 0 NIL NIL NIL NIL\) "mixed"/)
})

test('nesting and number of parts are bounded', () => {
  const nested = Array.from({ length: 1_000 }, (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n`).join('')
  assert.equal(depthOf(indexMessage(Buffer.from(nested)).root), 101)
  const letters = 'Content-Type: message/rfc822\r\n\r\n'.repeat(1_000)
  assert.ok(depthOf(indexMessage(Buffer.from(letters)).root) <= 101)
  const many = `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(30_000)}--b--`
  assert.equal(indexMessage(Buffer.from(many)).root.parts.length, 9_999)
})

test('whatever the octets are, every part lies inside the one around it and after its elder', () => {
  const random = generator(20_261_125)
  for (let round = 0; round < 2_000; round++) {
    const raw = random.message()
    const { root } = indexMessage(raw)
    assertNested(root, 0, raw.length)
    assert.equal(structureText(root, true).split('(').length, structureText(root, true).split(')').length, `round ${round}`)
  }
})

function depthOf(part: Part): number {
  const inner = part.message === null ? part.parts : [part.message.root]
  return 1 + Math.max(0, ...inner.map(depthOf))
}

function assertNested(part: Part, from: number, to: number): void {
  assert.ok(from <= part.start && part.start <= part.body && part.body <= part.end && part.end <= to, JSON.stringify([from, part.start, part.body, part.end, to]))
  let at = part.body
  for (const one of part.parts) {
    assertNested(one, at, part.end)
    at = one.end
  }
  if (part.message !== null) assertNested(part.message.root, part.body, part.end)
}

test('a header of very many lines without a colon is read in one pass', () => {
  const raw = Buffer.from(`${'QUJDREVG'.repeat(9)}\r\n`.repeat(60_000))
  const begin = performance.now()
  assert.equal(indexMessage(raw).root.end, raw.length)
  assert.ok(performance.now() - begin < 1_000, 'a look at all that follows for every line')
})
