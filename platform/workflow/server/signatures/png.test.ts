import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32, deflateSync } from 'node:zlib'
import { checkPng } from './png.ts'
import { drawnPng } from './drawn.fixture.ts'

const problem = (bytes: Uint8Array): string => {
  const result = checkPng(bytes)
  return result.ok ? `${result.width}×${result.height}` : result.problem
}

test('a real picture with transparency passes', () => {
  assert.equal(problem(drawnPng()), '200×80')
  assert.equal(problem(drawnPng({ width: 60, height: 20 })), '60×20')
})

test('everything else is refused for its reason', () => {
  assert.equal(problem(new TextEncoder().encode('<svg onload="alert(1)"/>')), 'type')
  assert.equal(problem(Buffer.from([0xff, 0xd8, 0xff, 0xe0])), 'type')
  assert.equal(problem(Buffer.alloc(0)), 'type')
  assert.equal(problem(Buffer.alloc(201 * 1024)), 'bytes')
  assert.equal(problem(drawnPng({ width: 59 })), 'size')
  assert.equal(problem(drawnPng({ width: 1601 })), 'size')
  assert.equal(problem(drawnPng({ colour: 2 })), 'opaque')
  assert.equal(problem(drawnPng({ lie: 4 })), 'broken')
})

test('cut, altered and stuffed files are broken', () => {
  const whole = drawnPng()
  assert.equal(problem(whole.subarray(0, whole.length - 5)), 'broken')
  assert.equal(problem(Buffer.concat([whole, Buffer.from('MZ executable')])), 'broken')
  const altered = Buffer.from(whole)
  altered[45] = (altered[45] ?? 0) ^ 0xff
  assert.equal(problem(altered), 'broken')
})

test('pixels that unpack to far more than the picture has are not unpacked', () => {
  const bomb = deflateSync(Buffer.alloc(50_000_000))
  const head = Buffer.alloc(13)
  head.writeUInt32BE(200, 0)
  head.writeUInt32BE(80, 4)
  head.set([8, 6, 0, 0, 0], 8)
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  assert.equal(problem(Buffer.concat([whole().subarray(0, 8), chunk('IHDR', head), chunk('IDAT', bomb), chunk('IEND', Buffer.alloc(0))])), 'broken')
})

const whole = (): Buffer => drawnPng()
