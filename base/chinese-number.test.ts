import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { parseChineseNumber, toChineseNumber } from '#base/chinese-number.ts'

test('reads integers the way they are spoken', () => {
  const table: [number, string][] = [
    [0, '零'], [1, '一'], [9, '九'], [10, '十'], [11, '十一'], [20, '二十'], [21, '二十一'], [100, '一百'], [103, '一百零三'],
    [110, '一百一十'], [999, '九百九十九'], [1000, '一千'], [1001, '一千零一'], [1010, '一千零一十'], [10_000, '一万'],
    [10_010, '一万零一十'], [100_010, '十万零一十'], [100_000_000, '一亿'], [100_010_000, '一亿零一万'],
  ]
  for (const [value, text] of table) assert.equal(toChineseNumber(value), text)
})

test('refuses negatives, fractions and numbers beyond the range', () => {
  for (const value of [-1, 1.5, 10 ** 12, Number.NaN]) assert.throws(() => toChineseNumber(value), RangeError)
})

test('reading and parsing are inverse', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 10 ** 12 - 1 }), (value) => parseChineseNumber(toChineseNumber(value)) === value))
})

test('does not take other words for numbers', () => {
  for (const text of ['', '一一', '十十', '零一', '一百三', '两', '第一']) assert.equal(parseChineseNumber(text), null)
})
