import assert from 'node:assert/strict'
import { test } from 'node:test'
import { array, assert as holds, asyncProperty, constantFrom, double, integer, nat, record, uint8Array } from 'fast-check'
import { indexMessage } from './part.ts'
import { attachedIn, encoded, encodedSize } from './recipe.ts'
import type { Attached } from './recipe.ts'

const base64 = (octets: Buffer, line: number, eol: string): string => (octets.toString('base64').match(new RegExp(`.{1,${line}}`, 'g')) ?? []).join(eol)
const letter = (attachment: string, { eol = '\r\n', encoding = 'base64', tail = '' } = {}): Buffer =>
  Buffer.from(['Subject: papers', 'Content-Type: multipart/mixed; boundary=b', '', '--b', '', 'see below', '--b', 'Content-Type: application/pdf', `Content-Transfer-Encoding: ${encoding}`, '', `${attachment}${tail}`, '--b--', ''].join(eol), 'latin1')
const found = (raw: Buffer, least = 1): readonly Attached[] => attachedIn(raw, indexMessage(raw), least)
async function again({ octets, coding }: Attached, from: number, to: number): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(encoded(octets.length, coding, from, to, async (start, end) => octets.subarray(start, end))))
}

const octets = uint8Array({ minLength: 1, maxLength: 3_000 }).map((bytes) => Buffer.from(bytes))
const coding = record({ line: integer({ min: 1, max: 100 }).map((quads) => quads * 4), eol: constantFrom('\r\n', '\n') })

test('whatever was written as base64 in whatever lines comes out the same, whole and in every range', async () => {
  await holds(asyncProperty(octets, coding, array(double({ min: 0, max: 1, noNaN: true }), { minLength: 2, maxLength: 2 }), constantFrom('', '\r\n', '\n\n'), async (content, { line, eol }, ends, tail) => {
    const raw = letter(base64(content, line, eol), { eol, tail })
    const [one] = found(raw)
    assert.ok(one !== undefined && one.octets.equals(content))
    const text = raw.subarray(one.start, one.end)
    assert.equal(encodedSize(content.length, one.coding), text.length)
    assert.ok((await again(one, 0, text.length)).equals(text))
    const [from = 0, to = 0] = ends.map((share) => Math.round(share * text.length)).toSorted((a, b) => a - b)
    assert.ok((await again(one, from, to)).equals(text.subarray(from, to)))
  }))
})

test('a megabyte comes out the same, in lines and in one', async () => {
  const content = Buffer.from(Array.from({ length: 1_000_000 }, (_, index) => (index * 31) & 255))
  for (const [line, eol] of [[76, '\r\n'], [64, '\n'], [2_000_000, '']] as const) {
    const raw = letter(base64(content, line, eol))
    const [one] = found(raw)
    assert.ok(one !== undefined)
    assert.ok((await again(one, 0, one.end - one.start)).equals(raw.subarray(one.start, one.end)))
    assert.ok((await again(one, 700_001, 1_200_003)).equals(raw.subarray(one.start + 700_001, one.start + 1_200_003)))
  }
})

test('one octet changed in the base64: either it is still made again exactly, or it is not taken', async () => {
  await holds(asyncProperty(octets, coding, nat(), integer({ min: 32, max: 255 }), async (content, { line, eol }, place, value) => {
    const text = Buffer.from(base64(content, line, eol), 'latin1')
    text[place % text.length] = value
    const raw = letter(text.toString('latin1'), { eol })
    for (const one of found(raw)) assert.ok((await again(one, 0, one.end - one.start)).equals(raw.subarray(one.start, one.end)))
  }))
})

const WHOLE: readonly (readonly [what: string, raw: Buffer])[] = [
  ['lines of unequal length', letter('AAAA\r\nAAAAAAAA\r\nAAAA')],
  ['lines that end in the middle of four', letter('AAAAAA\r\nAA')],
  ['two ways of ending a line', letter('AAAA\r\nAAAA\nAAAA')],
  ['blanks', letter('AAAA AAAA')],
  ['padding in the middle', letter('AA==\r\nAAAA')],
  ['bits that padding would drop', letter('AAAAAB==')],
  ['quoted-printable', letter('AAAA', { encoding: 'quoted-printable' })],
  ['nothing', letter('')],
]
for (const [what, raw] of WHOLE) test(`${what}: kept as it is`, () => assert.deepEqual(found(raw), []))

test('small attachments stay where they are; those in a message inside a message are found', () => {
  const inner = letter(base64(Buffer.alloc(300, 7), 76, '\r\n'))
  const outer = Buffer.concat([Buffer.from('Content-Type: multipart/mixed; boundary=o\r\n\r\n--o\r\nContent-Type: message/rfc822\r\n\r\n'), inner, Buffer.from('\r\n--o--\r\n')])
  assert.deepEqual(found(outer, 300).map(({ octets: { length } }) => length), [300])
  assert.deepEqual(found(outer, 301), [])
})
