import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DUTY_RANKS, ENFORCEMENT_GRADES, ENTERPRISE_RANKS, GENERAL_GRADES, GRADE_RANKS, NO_RANK_LEVEL, sortLevel, TECHNICAL_GRADES } from './ranks.ts'

test('as many ranks as the law names', () => {
  assert.equal(DUTY_RANKS.length, 10)
  assert.equal(GENERAL_GRADES.length, 12)
  assert.equal(ENFORCEMENT_GRADES.length, 11)
  assert.equal(TECHNICAL_GRADES.length, 11)
})

test('codes are unique and fit a dictionary', () => {
  const codes = [...DUTY_RANKS, ...GRADE_RANKS, ...ENTERPRISE_RANKS].map(({ code }) => code)
  assert.equal(new Set(codes).size, codes.length)
  assert.ok(codes.every((code) => /^[\w.-]{1,64}$/.test(code)))
})

test('each list runs from high to low', () => {
  for (const ranks of [DUTY_RANKS, GENERAL_GRADES, ENFORCEMENT_GRADES, TECHNICAL_GRADES, ENTERPRISE_RANKS]) {
    const levels = ranks.map(({ level }) => level)
    assert.deepEqual(levels, [...levels].sort((a, b) => a - b))
  }
})

test('the higher of both ranks counts', () => {
  assert.equal(sortLevel('county-deputy', 'researcher-1'), 31)
  assert.equal(sortLevel('county-chief', 'researcher-4'), 30)
  assert.equal(sortLevel(null, 'clerk-1'), 50)
  assert.equal(sortLevel(null, null), NO_RANK_LEVEL)
  assert.equal(sortLevel('removed', null), NO_RANK_LEVEL)
})
