import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { type Condition, holds, type Operator } from '#kit/where.ts'
import { spanOf, timerOf } from './duration.ts'
import { conditionText, parseCondition } from './expression.ts'

const field = fc.constantFrom('amount', '类别', 'period.end', 'a_b')
const value = fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.string({ unit: 'grapheme' }), fc.array(fc.integer(), { maxLength: 3 }))
const operator = fc.constantFrom<Operator>('=', '!=', '<', '<=', '>', '>=', 'in', 'not-in', 'contains', 'overlaps')
const condition: fc.Arbitrary<Condition> = fc.letrec<{ one: Condition }>((tie) => ({
  one: fc.oneof(
    { maxDepth: 3 },
    fc.record({ kind: fc.constant('field' as const), field, op: operator, value }),
    fc.record({ kind: fc.constant('field' as const), field, op: fc.constantFrom<Operator>('empty', 'filled'), value: fc.constant(null) }),
    fc.record({ kind: fc.constant('and' as const), all: fc.array(tie('one'), { minLength: 2, maxLength: 3 }) }),
    fc.record({ kind: fc.constant('or' as const), any: fc.array(tie('one'), { minLength: 2, maxLength: 3 }) }),
  ),
})).one

test('a condition written as text reads back the same', () => {
  fc.assert(fc.property(condition, (one) => assert.deepEqual(parseCondition(conditionText(one)), JSON.parse(JSON.stringify(one)))), { numRuns: 1000 })
})

test('wrappers and signs of other tools are understood', () => {
  const plain = parseCondition('amount > 5 and kind = "a"')
  for (const text of ['${amount > 5 && kind == "a"}', '=amount > 5 and kind = "a"', "#{ amount > 5 and kind = 'a' }"]) assert.deepEqual(parseCondition(text), plain)
})

test('a field alone', () => {
  assert.deepEqual(parseCondition('${approved}'), { kind: 'field', field: 'approved', op: '=', value: true })
  assert.deepEqual(parseCondition('!approved and not late'), { kind: 'and', all: ['approved', 'late'].map((field) => ({ kind: 'field', field, op: '!=', value: true })) })
})

test('values on the left, and values alone', () => {
  assert.deepEqual(parseCondition('5 < amount and "a" = kind'), parseCondition('amount > 5 and kind = "a"'))
  for (const [text, expected] of [['true', true], ['${false}', false], ['1 = 1', true], ['2 <= 1', false], ['true and a = 1', false], ['false or (true)', true]] as const) {
    const read = parseCondition(text)
    assert.equal(holds(read, {}), expected, text)
    assert.deepEqual(parseCondition(conditionText(read)), read, text)
  }
})

test('anything else is refused with the place', () => {
  for (const text of ['', 'amount >', 'not a = 1', '!', 'and', 'amount > x', '5', '5 >', '"a" and b', '!5 > a', 'null', 'a = 1 b = 2', '(a = 1', 'a = [1', 'alert(1)', 'a = 1;', 'a ? b : c']) assert.throws(() => parseCondition(text), /[\u4e00-\u9fff]/u, text)
})

test('durations and timers', () => {
  assert.deepEqual(['P3D', 'PT2H', 'P1DT1H', 'PT90S', 'P2W', 'P1M', 'P1Y6M', 'P1M2D', 'P', 'PT', '3 days'].map(spanOf), [
    { unit: 'days', n: 3 }, { unit: 'hours', n: 2 }, { unit: 'hours', n: 25 }, { unit: 'minutes', n: 1.5 }, { unit: 'days', n: 14 }, { unit: 'months', n: 1 }, { unit: 'months', n: 18 }, { unit: 'days', n: 32 }, null, null, null,
  ])
  assert.deepEqual(timerOf('timeCycle', 'R3/PT1H'), { kind: 'every', span: { unit: 'hours', n: 1 }, times: 3 })
  assert.deepEqual(timerOf('timeDate', '2026-10-01T09:00:00Z'), { kind: 'date', at: '2026-10-01T09:00:00Z' })
  assert.deepEqual(timerOf('timeDate', '${period.end}'), { kind: 'field', field: 'period.end' })
  assert.equal(timerOf('timeDate', '0 0 * * *'), null)
})
