import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { chineseAmount, formatWanYuan, formatYuan, parseYuan } from './money.ts'

test('amounts in capitals (支付结算办法, annex 1, and edges)', () => {
  const rows = [
    [140_950, '壹仟肆佰零玖元伍角整'], [600_714, '陆仟零柒元壹角肆分'], [168_032, '壹仟陆佰捌拾元零叁角贰分'], [10_700_053, '壹拾万柒仟元零伍角叁分'],
    [1_640_902, '壹万陆仟肆佰零玖元零贰分'], [32_504, '叁佰贰拾伍元零肆分'], [0, '零元整'], [5, '伍分'], [10, '壹角整'], [100, '壹元整'], [1000, '壹拾元整'],
    [101, '壹元零壹分'], [10_000_000_100, '壹亿零壹元整'], [1_000_050_000_00, '壹拾亿零伍万元整'], [100_000_000_000_000, '壹万亿元整'], [123_450_000_000_000, '壹万贰仟叁佰肆拾伍亿元整'],
    [1_000_100_00, '壹佰万零壹佰元整'], [-1200, '负壹拾贰元整'], [2_000_300_04, '贰佰万零叁佰元零肆分'],
  ] as const
  for (const [fen, expected] of rows) assert.equal(chineseAmount(fen), expected)
  assert.throws(() => chineseAmount(0.5), RangeError)
})

test('amounts are read and written', () => {
  const rows = [['1,234.5', 123_450], ['0.07', 7], ['-3', -300], ['12,345,678.90', 1_234_567_890], ['1.234', null], ['', null], ['1e3', null], ['1,2345', null], ['12,34', null], ['-0', 0], ['壹', null]] as const
  for (const [text, fen] of rows) assert.equal(parseYuan(text), fen, text)
  assert.equal(formatYuan(123_456_789), '1,234,567.89')
  assert.equal(formatYuan(-5), '-0.05')
  assert.equal(formatWanYuan(123_456_700), '123.46')
})

test('properties of amounts', () => {
  const fen = fc.integer({ min: -900_000_000_000_000, max: 900_000_000_000_000 })
  fc.assert(fc.property(fen, (amount) => parseYuan(formatYuan(amount)) === amount))
  fc.assert(fc.property(fen, (amount) => amount === 0 || !/零零|零元|零万|零亿|^零/.test(chineseAmount(amount))))
  fc.assert(fc.property(fen, fen, (a, b) => a === b || chineseAmount(a) !== chineseAmount(b)))
})
