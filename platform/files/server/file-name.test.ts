import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { cleanFileName } from './file-name.ts'

test('keeps what officials write and takes away what deceives', () => {
  const names: [given: string, kept: string][] = [
    ['关于2026年国庆值班的通知（送审稿）.docx', '关于2026年国庆值班的通知（送审稿）.docx'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\李\\报告.pdf', '报告.pdf'],
    ['报告\u202Efdp.exe', '报告fdp.exe'],
    ['a\u0000b\u200B.txt', 'ab.txt'],
    ['问题<1>:"是|否"?*.txt', '问题＜1＞：＂是｜否＂？＊.txt'],
    ['CON.txt', '_CON.txt'],
    ['.htaccess', 'htaccess'],
    [' .. ', '未命名文件'],
    ['', '未命名文件'],
    ['报告. ', '报告'],
  ]
  for (const [given, kept] of names) assert.equal(cleanFileName(given), kept)
})

test('long names keep their ending', () => {
  const name = cleanFileName(`${'长'.repeat(300)}.docx`)
  assert.equal([...name].length, 120)
  assert.ok(name.endsWith('长.docx'))
})

test('any name comes out safe, and the same when cleaned again', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (given) => {
    const name = cleanFileName(given)
    assert.match(name, /^[^/\\<>:"|?*\p{Cc}\u202A-\u202E\u2066-\u2069]{1,121}$/u)
    assert.equal(cleanFileName(name), name)
  }))
})
