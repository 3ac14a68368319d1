import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { byteRange, contentDisposition, mayShowInline } from './headers.ts'

test('names by RFC 6266 and RFC 8187', () => {
  assert.equal(contentDisposition('attachment', "请假单 (1)'s.docx"),
    "attachment; filename=\"___ (1)'s.docx\"; filename*=UTF-8''%E8%AF%B7%E5%81%87%E5%8D%95%20%281%29%27s.docx")
  assert.equal(contentDisposition('inline', 'a"b\\c%.pdf'), "inline; filename=\"a_b_c_.pdf\"; filename*=UTF-8''a%22b%5Cc%25.pdf")
})

test('any name gives one line of ASCII from which it can be read back', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (name) => {
    const header = contentDisposition('attachment', name)
    assert.match(header, /^[\u0020-\u007E]*$/)
    assert.equal(decodeURIComponent(header.split("UTF-8''")[1] ?? ''), name)
  }))
})

test('ranges of a file of ten bytes', () => {
  const ranges: [header: string | undefined, range: ReturnType<typeof byteRange>][] = [
    [undefined, null], ['bytes=0-3', { start: 0, end: 3 }], ['bytes=4-', { start: 4, end: 9 }], ['bytes=-3', { start: 7, end: 9 }], ['bytes=-30', { start: 0, end: 9 }],
    ['bytes=9-100', { start: 9, end: 9 }], ['bytes=10-', 'outside'], ['bytes=-0', 'outside'], ['bytes=5-2', null], ['bytes=0-1,4-5', null], ['bytes=-', null], ['lines=1-2', null],
  ]
  for (const [header, range] of ranges) assert.deepEqual(byteRange(header, 10), range, header ?? 'none')
})

test('nothing that runs scripts is shown inline', () => {
  assert.deepEqual(['application/pdf', 'image/png', 'image/svg+xml', 'text/html', 'text/plain'].map(mayShowInline), [true, true, false, false, false])
})
