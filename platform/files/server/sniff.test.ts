import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DOCX, sniffMime } from './sniff.ts'

const text = (value: string): Uint8Array => Buffer.from(value)
const hex = (value: string): Uint8Array => Buffer.from(value, 'hex')

test('the content decides, not the name', () => {
  const files: [mime: string, head: Uint8Array, name: string, entries?: string[]][] = [
    ['application/pdf', text('%PDF-1.7\n'), 'a.txt'],
    ['image/png', hex('89504e470d0a1a0a00'), 'a.html'],
    ['text/plain', text('<!doctype html><script>alert(1)</script>'), 'a.png'],
    ['text/plain', text('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'), 'a.svg'],
    ['text/plain', Buffer.from('d6d0b9fa', 'hex'), '国标编码.txt'],
    ['application/octet-stream', hex('00010203ff'), 'a.docx'],
    ['application/zip', hex('504b030414'), 'a.docx', ['readme.txt']],
    [DOCX, hex('504b030414'), 'a.zip', ['[Content_Types].xml', 'word/document.xml']],
    ['application/ofd', hex('504b030414'), 'a.ofd', ['OFD.xml', 'Doc_0/Document.xml']],
    ['application/msword', hex('d0cf11e0a1b11ae1'), '旧通知.DOC'],
    ['application/x-ole-storage', hex('d0cf11e0a1b11ae1'), 'setup.msi'],
  ]
  for (const [mime, head, name, entries] of files) assert.equal(sniffMime(head, name, entries), mime, name)
})

test('a head that ends within a character is still text', () => {
  assert.equal(sniffMime(text('通知').subarray(0, 5), 'a.txt'), 'text/plain')
})
