import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ContentReader } from './content.ts'
import { stuffed } from './stuffed.ts'

const limits = { message: 10_000_000, line: 1_000_000 }
const sent = (raw: Buffer): Buffer => Buffer.concat([...stuffed(raw)])

test('what leaves is read as it was, wherever its dots stand; an end of line is added where none was', () => {
  const around = [0, 1, 2, 65_533, 65_534, 65_535, 65_536, 65_537, 131_070, 131_072]
  for (const at of around) {
    for (const piece of ['.', '\r\n.', '\r\n..\r\n', '\r\n.\r\n.', '\r\n']) {
      const raw = Buffer.from(`${'x'.repeat(at)}${piece}${'y'.repeat(70_000)}\r\n`)
      const reader = new ContentReader(limits, () => true)
      const octets = sent(raw)
      assert.equal(reader.push(octets), octets.length)
      assert.deepEqual(reader.end(), { raw, fault: null }, `${JSON.stringify(piece)} at ${at}`)
    }
  }
  assert.equal(sent(Buffer.from('x')).toString(), 'x\r\n.\r\n')
  assert.throws(() => sent(Buffer.from('x\n.\r\ny\r\n')), /must not leave/)
})

test('a message of nothing but dots leaves in pieces of a size worth writing', () => {
  const pieces = [...stuffed(Buffer.from('.\r\n'.repeat(500_000)))]
  assert.equal(Buffer.concat(pieces).length, 4 * 500_000 + 3)
  assert.ok(pieces.length < 30)
})
