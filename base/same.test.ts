import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { sameJson } from './same.ts'

const reversed = (value: unknown): unknown =>
  Array.isArray(value) ? value.map(reversed) : typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).toReversed().map(([key, part]) => [key, reversed(part)])) : value

test('the order of keys does not matter, that of a list does', () => {
  fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => assert.ok(sameJson(value, reversed(value)))))
  assert.ok(!sameJson([1, 2], [2, 1]))
})

test('what differs anywhere is not the same', () => {
  const pairs: [unknown, unknown][] = [[{ a: 1 }, { a: 1, b: undefined }], [{ a: { b: 1 } }, { a: { b: 2 } }], [[], {}], [null, {}], ['1', 1], [[1], [1, 2]], [{ a: 1 }, { b: 1 }]]
  for (const [a, b] of pairs) assert.ok(!sameJson(a, b), JSON.stringify([a, b]))
})
