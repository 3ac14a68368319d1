import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeCharset } from './charset.ts'
import { parseContentType } from './content-type.ts'
import { parseDate } from './date.ts'
import { decodedParameter, decodeText } from './decode.ts'
import { generator } from './test/random.ts'
import { decodeTransfer } from './transfer.ts'

const latin = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1')

const texts: readonly (readonly [string, string])[] = [
  ['=?utf-8?B?5L2g5aW9?=', '你好'],
  ['=?GB2312?B?tPq67A==?= x', '代红 x'],
  ['=?utf-8?B?5L0=?= =?utf-8?B?oA==?=', '你'],
  ['=?utf-8?q?a_b=21?= c', 'a b! c'],
  ['=?utf-8*zh-CN?Q?=E4=BD=A0?=', '你'],
  ['a =?utf-8?q?b?=\t =?iso-8859-1?q?=E9?= c', 'a bé c'],
  [latin(Buffer.from('通知')), '通知'],
  [latin(Uint8Array.from([0xbb, 0xe1, 0xd2, 0xe9])), '会议'],
  ['=?nobody?b?5L2g?=', '你'],
  ['=?utf-8?x?abc?=', '=?utf-8?x?abc?='],
]
for (const [written, expected] of texts) test(`text of ${JSON.stringify(written)}`, () => assert.equal(decodeText(written), expected))

const charsets: readonly (readonly [string, readonly number[], string])[] = [
  ['GB18030', [0x95, 0x32, 0x82, 0x36], '\u{20000}'],
  ['gbk', [0xe9, 0x46], '镕'],
  ['big5', [0xa7, 0x41, 0xa6, 0x6e], '你好'],
  ['iso-2022-jp', [0x1b, 0x24, 0x42, 0x24, 0x22, 0x1b, 0x28, 0x42], 'あ'],
  ['iso-2022-kr', [0x1b, 0x24, 0x29, 0x43, 0x0e, 0x30, 0x21, 0x0f, 0x61], '가a'],
  ['iso-2022-cn', [0x1b, 0x24, 0x29, 0x41, 0x0e, 0x44, 0x63, 0x0f, 0x62], '你b'],
  ['hz-gb-2312', [0x7e, 0x7b, 0x44, 0x63, 0x7e, 0x7d, 0x7e, 0x7e], '你~'],
  ['utf-7', [...Buffer.from('+T2A-x')], '你x'],
  ['utf-16be', [0x4f, 0x60], '你'],
  ['windows-1252', [0x80], '€'],
]
for (const [name, bytes, expected] of charsets) test(`charset ${name}`, () => assert.equal(decodeCharset(Uint8Array.from(bytes), name), expected))

test('an unknown charset is tried as UTF-8, then GB18030, then Latin-1', () => {
  assert.equal(decodeCharset(Buffer.from('你'), 'x-nothing'), '你')
  assert.equal(decodeCharset(Uint8Array.from([0xc4, 0xe3]), 'x-nothing'), '你')
  assert.equal(decodeCharset(Uint8Array.from([0xff]), 'x-nothing'), 'ÿ')
})

const names: readonly (readonly [string, string | null])[] = [
  ["a/b; name*=utf-8''%E5%BC%A0.txt; name=plain.txt", '张.txt'],
  ["a/b; name*0*=gb2312''%D5; name*1*=%C5.txt", '张.txt'],
  ['a/b; name*0="one "; name*1="two"', 'one two'],
  ['a/b; name="=?utf-8?B?5byg?="', '张'],
  ['a/b; name=a b.txt', 'a'],
  ['a/b', null],
]
for (const [written, expected] of names) {
  test(`name in ${written}`, () => assert.equal(decodedParameter(parseContentType(written)?.parameters ?? [], 'name'), expected))
}

const bodies: readonly (readonly [string, string, string])[] = [
  ['base64', 'QU\r\nJD!!RA==', 'ABCD'],
  ['base64', 'QQ==QkM=', 'ABC'],
  ['BASE64', '', ''],
  ['quoted-printable', 'a=3Db =\r\nc  \r\nd=\n=ZZ=4', 'a=b c\r\nd=ZZ=4'],
  ['x-uuencode', 'begin 644 x\n#86)C\n`\nend\n', 'abc'],
  ['7bit', 'as is =3D', 'as is =3D'],
]
for (const [encoding, body, expected] of bodies) {
  test(`${encoding} of ${JSON.stringify(body)}`, () => assert.equal(decodeTransfer(Buffer.from(body), encoding).toString(), expected))
}

const dates: readonly (readonly [string, string | null])[] = [
  ['Fri, 07 Oct 1994 16:15:05 -0700 (PDT)', '1994-10-07T23:15:05.000Z'],
  ['1 Jan 70 00:00 GMT', '1970-01-01T00:00:00.000Z'],
  ['Wed, 25 Nov 2026 08:00:00 +0800', '2026-11-25T00:00:00.000Z'],
  ['25-Nov-2026', '2026-11-25T00:00:00.000Z'],
  ['Mon, 1 Jan 1900 00:00:00 +0000', '1900-01-01T00:00:00.000Z'],
  ['31 Dec 9999 23:59:60 EST', '+010000-01-01T04:59:59.000Z'],
  ['30 Feb 2026 00:00:00 +0000', null],
  ['1 Foo 2026', null],
  ['', null],
]
for (const [written, expected] of dates) {
  test(`date ${JSON.stringify(written)}`, () => {
    const date = parseDate(written)
    assert.equal(date === null ? null : new Date(date.at).toISOString(), expected)
  })
}

test('base64 in one run and base64 with anything else in it say the same', () => {
  const { next } = generator(11)
  for (let run = 0; run < 2_000; run++) {
    const text = Buffer.from(Array.from({ length: next(200) }, () => next(256))).toString('base64').replace(/.{20}/g, `$&${['\r\n', '\n', ' ', '*', ''][next(5)] ?? ''}`)
    const odd = `${text}${['', '=', '\r\n', '-', '_', '=\r\nQUJD', `${' '.repeat(120)}`][next(7)] ?? ''}`
    const kept = odd.replace(/[^A-Za-z0-9+/=]/g, '')
    const wanted = Buffer.concat(kept.split(/(?<==)(?!=)/).map((one) => Buffer.from(one, 'base64')))
    assert.deepEqual(decodeTransfer(Buffer.from(odd, 'latin1'), 'base64'), wanted, odd)
  }
})
