/** Messages made to be told at length: what is kept about them and the time to find it stay bounded, whatever they weigh. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeCharset } from './charset.ts'
import { parseDate } from './date.ts'
import { decodeText } from './decode.ts'
import { envelopeText, structureText } from './imap-text.ts'
import { indexMessage } from './part.ts'
import { previewOf, searchTextOf } from './text.ts'
import { decodeTransfer } from './transfer.ts'

const MOST_MS = 8_000
const MEGABYTE = 1_000_000

/** All that is kept of a message when it arrives. */
function keptOf(raw: Buffer): number {
  const begin = performance.now()
  const message = indexMessage(raw)
  const { head, body } = searchTextOf(raw, message)
  const kept = [envelopeText(message.envelope), structureText(message.root, true), structureText(message.root, false), JSON.stringify(message), head, body, previewOf(raw, message)]
  assert.ok(performance.now() - begin < MOST_MS, `${Math.round(performance.now() - begin)} ms`)
  return kept.reduce((sum, text) => sum + text.length, 0)
}

const multipart = (part: string, size: number): string => `Content-Type: multipart/mixed; boundary=b\r\n\r\n${`--b\r\n${part}\r\n\r\nx\r\n`.repeat(Math.floor(size / part.length))}--b--`
const parameters = (count: number): string => Array.from({ length: count }, (_, at) => `; p${at}=${'v'.repeat(100)}`).join('')

const made: readonly (readonly [string, () => string])[] = [
  ['an endless subject', () => `Subject: ${'x'.repeat(20 * MEGABYTE)}\r\n\r\nx`],
  ['an endless subject in encoded words', () => `Subject: ${'=?utf-8?q?x?= '.repeat(MEGABYTE)}\r\n\r\nx`],
  ['very many recipients', () => `To: ${'a@b.example, '.repeat(MEGABYTE)}\r\n\r\nx`],
  ['very many fields of recipients', () => `${`To: ${'a@b.example, '.repeat(1_000)}\r\n`.repeat(1_000)}\r\nx`],
  ['very many authors', () => `From: ${`${'n'.repeat(90)} <a@b.example>, `.repeat(100_000)}\r\n\r\nx`],
  ['10,000 parts that tell much of themselves', () => multipart(`Content-Type: text/plain${parameters(20)}`, 20 * MEGABYTE)],
  ['30,000 parts', () => multipart('A: b', 120_000)],
  ['parts with an endless header', () => multipart(`Content-Description: ${'d'.repeat(2 * MEGABYTE)}`, 20 * MEGABYTE)],
  ['1,000 levels of multiparts', () => Array.from({ length: 1_000 }, (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`).join('')],
  ['1,000 levels of messages, each with an endless subject', () => `Subject: ${'s'.repeat(20_000)}\r\nContent-Type: message/rfc822\r\n\r\n`.repeat(1_000)],
  ['one boundary for all of 1,000 levels', () => 'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n'.repeat(1_000)],
]
for (const [name, make] of made) test(`kept of ${name}: a few megabytes`, () => assert.ok(keptOf(Buffer.from(make(), 'latin1')) < 16 * MEGABYTE))

test('encoded words of one charset are joined in a time that grows with them', () => {
  const begin = performance.now()
  assert.equal(decodeText('=?utf-8?q?x?= '.repeat(300_000)).length, 300_001)
  assert.ok(performance.now() - begin < MOST_MS)
})

const broken: readonly (readonly [string, string, string])[] = [
  ['not padded', 'aGVsbG8', 'hello'], ['padded too often', 'aGVsbG8=====', 'hello'], ['with foreign signs', 'aGV*sb\0G8=', 'hello'], ['cut in the middle', 'aGVsbG8gd29ybGQ', 'hello world'], ['two runs', 'aGVs\r\nbG8=\r\nISE=\r\n', 'hello!!'], ['nothing of it', '!!!!', ''],
]
for (const [name, text, expected] of broken) test(`broken base64 is read as far as it goes: ${name}`, () => assert.equal(decodeTransfer(Buffer.from(text, 'latin1'), 'base64').toString(), expected))

for (const name of ['x-unknown', '', 'utf-7777', '__proto__', 'constructor', '../../etc/passwd', 'a'.repeat(10_000), 'gb2312; x', '"utf-8"', 'UTF8']) {
  test(`a charset nobody knows is guessed: ${JSON.stringify(name.slice(0, 20))}`, () => {
    assert.equal(decodeCharset(Buffer.from('中文'), name), '中文')
    assert.equal(typeof decodeCharset(Buffer.from([0xff, 0xfe, 0x80]), name), 'string')
  })
}

test('bare octets above 127 in a header are read as what Chinese senders mean, or as they are', () => {
  assert.equal(decodeText(Buffer.from('中文').toString('latin1')), '中文')
  assert.equal(decodeText(Buffer.from([0xd6, 0xd0, 0xce, 0xc4]).toString('latin1')), '中文')
  assert.equal(decodeText('\xff\xff'), '\xff\xff')
})

const dates: readonly (readonly [string, string | null])[] = [
  ['Mon, 1 Jan 1900 00:00:00 +0000', '1900-01-01T00:00:00.000Z'], ['Fri, 31 Dec 9999 23:59:59 +0000', '9999-12-31T23:59:59.000Z'], ['1 Jan 0001 00:00:00 +0000', null], ['32 Dec 2026 00:00:00 +0000', null], ['29 Feb 2026 00:00:00 +0000', null],
  ['1 Jan 99999 00:00:00 +0000', null], ['1 Jan 2026 25:00:00 +0000', null], ['1 Jan 2026 00:00:60 +0000', '2026-01-01T00:00:59.000Z'], ['1 Jan 2026 00:00:00 +9999', '2025-12-27T19:21:00.000Z'], ['1 Jan 2026 00:00:00 constructor', '2026-01-01T00:00:00.000Z'], ['', null], ['-1', null],
]
for (const [text, expected] of dates) {
  test(`the date ${JSON.stringify(text)}`, () => {
    const date = parseDate(text)
    assert.equal(date === null ? null : new Date(date.at).toISOString(), expected)
  })
}
