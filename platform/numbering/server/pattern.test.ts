import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { firstFree, numberText, yearOfPattern } from './pattern.ts'

test('fills year and number without leading zeros', () => {
  assert.equal(numberText('长应急〔{year}〕{n}号', 2026, 7), '长应急〔2026〕7号')
})

test('a pattern without a year runs on', () => {
  assert.equal(yearOfPattern('第{n}号', 2026), 0)
  assert.equal(yearOfPattern('{year}-{n}', 2026), 2026)
})

test('the first free number is free and nothing before it is', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 20 }), fc.uniqueArray(fc.integer({ min: 1, max: 40 })), (next, numbers) => {
    const taken = numbers.sort((a, b) => a - b)
    const free = firstFree(next, taken)
    assert.ok(free >= next && !taken.includes(free))
    for (let n = next; n < free; n += 1) assert.ok(taken.includes(n))
  }))
})
