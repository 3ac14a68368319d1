import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { Failure } from '#kit/failure.ts'
import { leaveErrors } from '../words.ts'
import { adjust, balance, carriable, carryOver, closeYear, giveBack, grant, payOut, use, useByYear } from './ledger.ts'
import type { LedgerEntry } from './ledger.ts'

const note = { on: '2026-06-01', reason: '年度核定' }
const by = (request: string) => ({ on: '2026-06-01', reason: '休假', request })
const failsWith = (run: () => unknown, code: keyof typeof leaveErrors) => assert.throws(run, (error) => error instanceof Failure && error.code === code)

test('the balance is the sum of the lines', () => {
  let ledger: readonly LedgerEntry[] = [grant(2026, 10, note)]
  ledger = [...ledger, use(ledger, 2026, 2.5, by('a'))]
  ledger = [...ledger, giveBack(ledger, 2026, 1, by('a'))]
  ledger = [...ledger, adjust(ledger, 2026, -0.5, { ...note, reason: '核对考勤' })]
  ledger = [...ledger, payOut(ledger, 2026, 3, note)]
  assert.deepEqual(balance(ledger, 2026), { year: 2026, granted: 10, carriedIn: 0, used: 1.5, available: 5, carriedLeft: 0 })
  assert.equal(balance(ledger, 2027).available, 0)
})

test('nobody takes, returns or corrects more than there is', () => {
  const ledger = [grant(2026, 5, note)]
  failsWith(() => use(ledger, 2026, 5.5, by('a')), 'leave.balance.short')
  failsWith(() => use(ledger, 2027, 0.5, by('a')), 'leave.balance.short')
  failsWith(() => use(ledger, 2026, 0.25, by('a')), 'leave.balance.step')
  failsWith(() => use(ledger, 2026, 0, by('a')), 'leave.balance.step')
  failsWith(() => payOut(ledger, 2026, 6, note), 'leave.balance.short')
  failsWith(() => adjust(ledger, 2026, -6, note), 'leave.balance.short')
  failsWith(() => adjust(ledger, 2026, 1, { ...note, reason: ' ' }), 'leave.balance.reason')
  const used = [...ledger, use(ledger, 2026, 2, by('a')), use(ledger, 2026, 2, by('b'))]
  failsWith(() => giveBack(used, 2026, 2.5, by('a')), 'leave.balance.give-back')
})

test('carried days are used first and go no further than one year', () => {
  const first = [grant(2025, 5, note)]
  const carried = [...first, ...carryOver(first, 2025, 3, note), grant(2026, 10, note)]
  assert.equal(balance(carried, 2025).available, 2)
  assert.deepEqual([balance(carried, 2026).available, balance(carried, 2026).carriedLeft, carriable(carried, 2026)], [13, 3, 10])
  const used = [...carried, use(carried, 2026, 2, by('a'))]
  assert.deepEqual([balance(used, 2026).carriedLeft, carriable(used, 2026)], [1, 10])
  failsWith(() => carryOver(used, 2026, 10.5, note), 'leave.balance.short')
  const closed = [...used, ...closeYear(used, 2026, 20, note)]
  assert.deepEqual([balance(closed, 2026).available, balance(closed, 2027).available, balance(closed, 2027).carriedLeft], [0, 10, 10])
  assert.equal(closed.find(({ type }) => type === 'expire')?.days, -1)
})

test('a year closes without carry, and an empty year without lines', () => {
  const ledger = [grant(2026, 5, note)]
  assert.deepEqual(closeYear(ledger, 2026, 0, note), [{ year: 2026, type: 'expire', days: -5, ...note }])
  assert.deepEqual(closeYear([], 2026, 5, note), [])
})

test('a leave over New Year uses two accounts', () => {
  const ledger = [grant(2026, 5, note), grant(2027, 5, note)]
  assert.deepEqual(useByYear(ledger, [{ year: 2026, days: 1.5 }, { year: 2027, days: 2 }, { year: 2028, days: 0 }], by('a')).map(({ year, days }) => [year, days]), [[2026, -1.5], [2027, -2]])
})

test('no sequence of entries makes a balance negative or changes an older line', () => {
  const step = fc.record({ does: fc.constantFrom('grant', 'use', 'back', 'adjust', 'pay', 'close'), days: fc.integer({ min: -12, max: 24 }).map((halves) => halves / 2), year: fc.integer({ min: 2025, max: 2027 }) })
  const act = (ledger: readonly LedgerEntry[], { does, days, year }: { does: string; days: number; year: number }): readonly LedgerEntry[] => {
    if (does === 'grant') return [grant(year, days, note)]
    if (does === 'use') return [use(ledger, year, days, by('r'))]
    if (does === 'back') return [giveBack(ledger, year, days, by('r'))]
    if (does === 'adjust') return [adjust(ledger, year, days, note)]
    return does === 'pay' ? [payOut(ledger, year, days, note)] : closeYear(ledger, year, Math.max(0, days), note)
  }
  fc.assert(fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
    let ledger: readonly LedgerEntry[] = []
    for (const item of steps) {
      try {
        ledger = [...ledger, ...act(ledger, item)]
      } catch (error) {
        assert.ok(error instanceof Failure && error.code in leaveErrors)
      }
      for (const year of [2025, 2026, 2027, 2028]) {
        const { available, carriedLeft, carriedIn } = balance(ledger, year)
        assert.ok(available >= 0 && carriedLeft >= 0 && carriedLeft <= carriedIn && carriedLeft <= available)
      }
    }
  }))
})
