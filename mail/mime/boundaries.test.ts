import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Around, type Boundary } from './boundaries.ts'
import { LineCounts } from './lines.ts'
import { indexMessage } from './part.ts'
import { generator } from './test/random.ts'

const NAMES = ['', 'a', 'ab', 'b', 'bb', 'b'.repeat(63), 'b'.repeat(64), 'b'.repeat(65), `${'b'.repeat(64)}x`, `${'b'.repeat(64)}xy`]

test('the longest of the delimiters entered is found, of equal ones the innermost, and none that was left', () => {
  const { next } = generator(5)
  const around = new Around()
  const open: Boundary[] = []
  for (let step = 0; step < 20_000; step++) {
    if (open.length > 0 && (open.length > 20 || next(2) === 0)) around.leave(open.pop() ?? assert.fail('none'))
    else {
      open.push({ octets: Buffer.from(NAMES[next(NAMES.length)] ?? ''), depth: open.length })
      around.enter(open.at(-1) ?? assert.fail('none'))
    }
    const line = Buffer.from(`${NAMES[next(NAMES.length)] ?? ''}${['', 'b', 'x', '\r\n'][next(4)] ?? ''}`)
    const wanted = open.filter(({ octets }) => line.subarray(0, octets.length).equals(octets)).toSorted((a, b) => b.octets.length - a.octets.length || b.depth - a.depth)[0] ?? null
    assert.equal(around.longestAt(line, 0), wanted)
  }
})

test('breaks between two places, whatever the places', () => {
  const { next } = generator(9)
  const raw = Buffer.from(Array.from({ length: 3_000 }, () => (next(4) === 0 ? 10 : 65)))
  const lines = new LineCounts(raw)
  for (let run = 0; run < 500; run++) {
    const [start, end] = [next(3_001), next(3_001)]
    assert.equal(lines.between(start, end), raw.subarray(start, Math.max(start, end)).filter((octet) => octet === 10).length)
  }
})

test('a hundred multiparts in each other and half a million lines like their delimiters are read at once', () => {
  const heads = Array.from({ length: 99 }, (_, level) => `Content-Type: multipart/mixed; boundary=b${level}x\r\n\r\n--b${level}x\r\n`).join('')
  const raw = Buffer.from(`${heads}Content-Type: text/plain\r\n\r\n${'--b\r\n'.repeat(500_000)}`)
  const begin = performance.now()
  assert.equal(indexMessage(raw).root.end, raw.length)
  assert.ok(performance.now() - begin < 1_500)
})
