/** Inputs of a megabyte made to be read again and again from each place: each is read in a time that grows with its length alone. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAddresses } from './address.ts'
import { baseSubject } from './base-subject.ts'
import { parseContentType } from './content-type.ts'
import { parseDate } from './date.ts'
import { decodeText } from './decode.ts'
import { indexMessage } from './part.ts'
import { searchTextOf, withoutTags } from './text.ts'

const SIZE = 1_000_000
const MOST_MS = 2_000
const repeated = (piece: string): string => piece.repeat(Math.floor(SIZE / piece.length))

const READERS: readonly (readonly [string, (text: string) => unknown, readonly string[]])[] = [
  ['tags', withoutTags, ['<', '<br', '<!-', '<!--', '<script ', '</p ', '<script></script ', '<script></script', '&#', '<a>']],
  ['addresses', parseAddresses, ['a b ', 'a.b ', '"a" ', '(a) ', '(', '<', '<@', 'a@', 'a, ', 'a:b;', '\\"']],
  ['date', parseDate, ['(', '1 ', 'Mon, ', ' ', ':', 'Jan ']],
  ['content type', (text) => parseContentType(`a/b${text}`), [';', '; a', '; a*0=b', '"', '(']],
  ['encoded words', decodeText, ['=?', '=?a?b?', '=?a?q?x?= ', '?=']],
  ['subject', (text) => baseSubject(text.slice(0, 2_000)), ['Re: ', '[a] ', '(fwd)', '[', ' ']],
]
for (const [name, read, pieces] of READERS) {
  test(`${name} of a megabyte that repeats itself`, () => {
    for (const piece of pieces) {
      const begin = performance.now()
      read(repeated(piece))
      assert.ok(performance.now() - begin < MOST_MS, JSON.stringify(piece))
    }
  })
}

test('headers of a megabyte that repeats itself, indexed and made text for searching', () => {
  for (const [head, piece] of [['Subject: ', '=?utf-8?q?a?= '], ['From: ', '(('], ['References: ', '<a'], ['Content-Type: text/plain', '; x'], ['', 'x:y\r\n'], ['Content-Type: multipart/mixed; boundary=b\r\n\r\n', '--b\r\n'], ['Content-Type: text/html\r\n\r\n', '<'], ['Content-Language: ', ',('], ['From: ', ',:'], ['Content-Transfer-Encoding: ', '(a)'], ['Content-Type: text/plain\r\nContent-Transfer-Encoding: x-uuencode\r\n\r\nbegin x\r\n', 'M\r\n']] as const) {
    const begin = performance.now()
    const raw = Buffer.from(`${head}${repeated(piece)}\r\n\r\nx`)
    searchTextOf(raw, indexMessage(raw))
    assert.ok(performance.now() - begin < MOST_MS, head)
  }
})

test('tags of HTML go, lines stay lines, and what is never closed is text', () => {
  assert.equal(withoutTags('<p>一<b>二</b></p>三<br class="x">四<div>五</div >六 < 七'), '一二\n三\n四五\n六 < 七')
})
