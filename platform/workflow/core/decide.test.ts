import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { Decide } from '#kit/flow.ts'
import { decide } from './decide.ts'
import type { Actor } from './state.ts'
import { who } from './test/world.ts'

const vote = (outcome: string | null, more: Partial<Actor> = {}): Actor => ({
  id: 0, task: 1, who: who('甲'), onBehalfOf: null, evidence: '', order: 0, parent: null, position: null, addedBy: null, role: null, weight: 1, veto: false,
  status: outcome === null ? 'open' : 'done', revision: 1, openedAt: 0, closedAt: null, due: null, outcome, opinion: null, keptFrom: null, actedBy: null, ...more,
})
const votes = (...signs: readonly string[]): readonly Actor[] =>
  [...signs.join('')].map((sign, id) => vote(sign === '+' ? 'approve' : sign === '-' ? 'reject' : sign === '0' ? 'abstain' : null, { id: id + 1, order: id }))

const table: readonly (readonly [Decide, string, string | null])[] = [
  ['any', '??', null], ['any', '?+', 'approve'], ['any', '?-', 'reject'],
  ['all', '++?', null], ['all', '+-?', 'reject'], ['all', '+++', 'approve'],
  ['in-turn', '+??', null], ['in-turn', '-??', 'reject'], ['in-turn', '++', 'approve'],
  ['lead', '+?', null], ['lead', '+-', 'approve'], ['lead', '-+', 'reject'],
  [{ ratio: 2 / 3 }, '-??', null], [{ ratio: 2 / 3 }, '--?', 'reject'], [{ ratio: 2 / 3 }, '++?', 'approve'],
  [{ ratio: 0.5 }, '0?+', null], [{ ratio: 0.5 }, '00?', 'reject'], [{ ratio: 0.55 }, '+'.repeat(55) + '-'.repeat(45), 'approve'],
  [{ ratio: 0.5, quorum: 3 }, '++??', null], [{ ratio: 0.5, quorum: 3 }, '++0?', 'approve'], [{ ratio: 0.5, quorum: 9 }, '++', 'approve'],
]

test('joint decisions', () => {
  for (const [how, signs, expected] of table) assert.equal(decide(how, ['approve', 'reject'], votes(signs)), expected, `${JSON.stringify(how)} ${signs}`)
})

test('weights and veto', () => {
  const heavy = [vote('approve', { id: 1, weight: 3 }), vote('reject', { id: 2 }), vote(null, { id: 3 })]
  assert.equal(decide({ ratio: 0.6 }, ['approve', 'reject'], heavy), 'approve')
  const veto = (outcome: string | null) => [vote('approve', { id: 1 }), vote('approve', { id: 2 }), vote(outcome, { id: 3, veto: true })]
  assert.equal(decide({ ratio: 0.5 }, ['approve', 'reject'], veto('reject')), 'reject')
  assert.equal(decide({ ratio: 0.5 }, ['approve', 'reject'], veto(null)), null)
})

test('a custom outcome of a single person is the outcome', () => {
  assert.equal(decide('any', ['agree', 'revise'], [vote('revise')]), 'revise')
})

test('decided exactly when certain: all ways to go on agree', () => {
  const sign = fc.constantFrom('+', '-', '0', '?')
  const how = fc.constantFrom<Decide>('all', { ratio: 0.5 }, { ratio: 2 / 3 }, { ratio: 1 }, { ratio: 0.34 })
  fc.assert(fc.property(how, fc.array(sign, { minLength: 1, maxLength: 6 }), (rule, signs) => {
    const outcomes = new Set(endings(signs).map((full) => decide(rule, ['approve', 'reject'], votes(...full))))
    assert.ok(!outcomes.has(null))
    const now = decide(rule, ['approve', 'reject'], votes(...signs))
    assert.deepEqual(now, outcomes.size === 1 ? [...outcomes][0] : null)
  }))
})

function endings(signs: readonly string[]): readonly (readonly string[])[] {
  const open = signs.indexOf('?')
  return open < 0 ? [signs] : ['+', '-', '0'].flatMap((sign) => endings(signs.with(open, sign)))
}
