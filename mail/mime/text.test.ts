import assert from 'node:assert/strict'
import { test } from 'node:test'
import { indexMessage } from './part.ts'
import { fileName, previewOf, searchTextOf, withoutTags } from './text.ts'

const raw = Buffer.from(
  [
    'Subject: =?utf-8?B?6YCa55+l?=', 'Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/html; charset=gb2312', 'Content-Transfer-Encoding: base64', '',
    Buffer.from([...Buffer.from('<p>'), 0xbb, 0xe1, 0xd2, 0xe9, ...Buffer.from('</p>&amp;')]).toString('base64'), '--b',
    "Content-Type: application/pdf; name*=utf-8''%E9%99%84%E4%BB%B6.pdf", '', 'x', '--b', 'Content-Type: message/rfc822', '', 'Subject: inner', '', 'deep text', '--b--',
  ].join('\r\n'),
)
const message = indexMessage(raw)

test('words are found in headers, texts, embedded messages and names of attachments', () => {
  const { head, body } = searchTextOf(raw, message)
  assert.match(head, /^Subject: 通知$/m)
  assert.match(head, /^Subject: inner$/m)
  assert.deepEqual(body.split('\n').filter((line) => line !== ''), ['会议', '&', '附件.pdf', 'deep text'])
  assert.equal(previewOf(raw, message), '会议 &')
  assert.deepEqual(message.root.parts.map(fileName), [null, '附件.pdf', null])
})

const table: readonly (readonly [string, string])[] = [
  ['a<br>b', 'a\nb'],
  ['<style>p{}</style>x<script>1<2</script>', ' x '],
  ['&lt;&#20320;&#x597D;&nope;&#0;', '<你好&nope;'],
  ['<b', '<b'],
  ['x<!-- a > b', 'x '],
]
for (const [html, text] of table) test(`words of ${html}`, () => assert.equal(withoutTags(html), text))
