import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { isUuid, uuidOfKey, uuidSource, uuidTime, uuidV7 } from './ids.ts'

test('the example of RFC 9562, appendix A.6', () => {
  const random = Uint8Array.from([0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f])
  const id = uuidV7(0x017f22e279b0, random)
  assert.equal(id, '017f22e2-79b0-7cc3-98c4-dc0c0c07398f')
  assert.equal(uuidTime(id), 0x017f22e279b0)
  assert.throws(() => uuidV7(-1, random), RangeError)
  assert.throws(() => uuidV7(1, random.slice(1)), RangeError)
})

test('only UUIDs are accepted', () => {
  assert.ok(isUuid('017F22E2-79B0-7CC3-98C4-DC0C0C07398F'))
  for (const bad of ['', '017f22e279b07cc398c4dc0c0c07398f', '017f22e2-79b0-7cc3-c8c4-dc0c0c07398f', '00000000-0000-0000-0000-000000000000', '017f22e2-79b0-7cc3-98c4-dc0c0c07398f ']) assert.ok(!isUuid(bad), bad)
  assert.equal(uuidTime(uuidOfKey('a')), null)
})

test('ids never sort backwards, whatever the clock does', () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 2, maxLength: 50 }), fc.uint8Array({ minLength: 10, maxLength: 10 }), (clock, random) => {
    let tick = 0
    const next = uuidSource({ now: () => 1_700_000_000_000 + (clock[tick++] ?? 0), random: () => random })
    const ids = clock.map(() => next())
    return new Set(ids).size === ids.length && ids.every((id, index) => isUuid(id) && (index === 0 || id > (ids[index - 1] ?? '')))
  }))
})

test('a full counter borrows the next millisecond', () => {
  const next = uuidSource({ now: () => 1000, random: () => new Uint8Array(10).fill(255) })
  const ids = Array.from({ length: 10_000 }, next)
  assert.deepEqual([...ids].sort(), ids)
  assert.equal(uuidTime(ids.at(-1)!), 1002)
})

test('ids of keys are stable and distinct', () => {
  assert.equal(uuidOfKey('unit:district'), uuidOfKey('unit:district'))
  const ids = new Set(Array.from({ length: 100_000 }, (_, index) => uuidOfKey(`person:${index}`)))
  assert.equal(ids.size, 100_000)
  assert.ok([...ids].slice(0, 1000).every(isUuid))
})
