import assert from 'node:assert/strict'
import { test } from 'node:test'
import { assert as check, integer, property, string } from 'fast-check'
import { type MessageUrl, readMessageUrl, urlText } from './message-url.ts'

const INBOX: MessageUrl = { mailbox: 'INBOX', relative: false, uidValidity: null, uid: 1, section: { path: [], text: null }, partial: null }

const good: readonly (readonly [string, MessageUrl])[] = [
  ['/INBOX/;UID=1', INBOX],
  ['/INBOX;UIDVALIDITY=785799047/;UID=113330/;section=1.5.9', { ...INBOX, uidValidity: 785_799_047, uid: 113_330, section: { path: [1, 5, 9], text: null } }],
  ['/Drafts;uidvalidity=9/;uid=20/;Section=HEADER', { ...INBOX, mailbox: 'Drafts', uidValidity: 9, uid: 20, section: { path: [], text: 'HEADER' } }],
  ['/plans/2026/;UID=1/;SECTION=1.MIME', { ...INBOX, mailbox: 'plans/2026', section: { path: [1], text: 'MIME' } }],
  ['/INBOX/;UID=1/;SECTION=HEADER.FIELDS%20(Date%20From)', { ...INBOX, section: { path: [], text: { fields: ['Date', 'From'], not: false } } }],
  ['/%E7%9D%A3%E5%8A%9E/;UID=1', { ...INBOX, mailbox: Buffer.from('督办').toString('latin1') }],
  ['/&ZTZO9nux-/;UID=1', { ...INBOX, mailbox: '&ZTZO9nux-' }],
  ['/a%2Fb%3Bc/;UID=1', { ...INBOX, mailbox: 'a/b;c' }],
  [';UID=7', { ...INBOX, mailbox: null, uid: 7 }],
  [';UID=7/;SECTION=TEXT/;PARTIAL=10.5', { ...INBOX, mailbox: null, uid: 7, section: { path: [], text: 'TEXT' }, partial: { origin: 10, length: 5 } }],
  ['plans/;UID=7/;PARTIAL=10', { ...INBOX, mailbox: 'plans', relative: true, uid: 7, partial: { origin: 10, length: 4_294_967_295 } }],
]
for (const [url, expected] of good) test(`a message: ${url}`, () => assert.deepEqual(readMessageUrl(url), expected))

const bad = [
  '', '/', '/INBOX', '/INBOX;UIDVALIDITY=1', '/INBOX/;UID=0', '/INBOX/;UID=4294967296', '/INBOX/;UID=1/', '/INBOX;UID=1', 'imap://host/INBOX/;UID=1', '//host/INBOX/;UID=1', '/;UID=1', 'http:/INBOX/;UID=1',
  '/INBOX/;UID=1/;SECTION=', '/INBOX/;UID=1/;SECTION=MIME', '/INBOX/;UID=1/;SECTION=0', '/INBOX/;UID=1/;SECTION=1]x', '/INBOX/;UID=1/;SECTION=1%5Dx', '/INBOX/;UID=1/;SECTION=HEADER.FIELDS', '/INBOX/;UID=1/;PARTIAL=1.0', '/INBOX/;UID=1/;PARTIAL=x',
  '/a b/;UID=1', '/a%/;UID=1', '/a%2/;UID=1', '/a\r\n/;UID=1', '/\u00e4/;UID=1', '/INBOX/;UID=1;URLAUTH=anonymous', '/INBOX/;UID=1?x', ';SECTION=1', `/${'a'.repeat(4_000)}/;UID=1`,
]
for (const url of bad) test(`no message: ${JSON.stringify(url.slice(0, 60))}`, () => assert.equal(readMessageUrl(url), null))

test('every name comes back through percent signs', () => {
  check(property(string({ minLength: 1, maxLength: 50, unit: 'binary' }), integer({ min: 1, max: 4_294_967_295 }), (name, uid) => {
    const octets = Buffer.from(name.toWellFormed())
    const read = readMessageUrl(`/${[...octets].map((octet) => `%${octet.toString(16).padStart(2, '0')}`).join('')}/;UID=${uid}`)
    assert.deepEqual([read?.mailbox, read?.uid], [octets.toString('latin1'), uid])
  }))
})

test('a code tells any URL without ending early', () => {
  check(property(string({ minLength: 1, unit: 'binary' }), (url) => assert.match(urlText(Buffer.from(url).toString('latin1')), /^[\x21-\x5c\x5e-\x7e]*$/)))
})
