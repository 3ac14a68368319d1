import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import type { Decide, Vote } from '#kit/flow.ts'
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

type Cast = { readonly result: string | null; readonly weight: number; readonly veto: boolean }

/** A finished vote, straight from the words of the rule: who has not voted was absent. */
function counted(how: Vote, cast: readonly Cast[]): string {
  const sum = (results: readonly (string | null)[]): number => cast.reduce((all, one, index) => all + (results.includes(one.result) ? (index === 0 ? (how.leadWeight ?? one.weight) : one.weight) : 0), 0)
  const vetoed = cast.some((one, index) => one.result === 'reject' && (one.veto || how.veto === 'any' || (how.veto === 'lead' && index === 0)))
  const present = cast.filter(({ result }) => result !== null).length
  const base = how.of === 'cast' ? sum(['approve', 'reject']) : sum(['approve', 'reject', 'abstain', null])
  const passes = sum(['approve']) > 0 && sum(['approve']) >= how.ratio * base - 1e-9 && present >= Math.min(how.quorum ?? 0, cast.length)
  return passes && !vetoed ? 'approve' : 'reject'
}

const futures = (cast: readonly Cast[], from = 0): readonly (readonly Cast[])[] => {
  const open = cast.findIndex(({ result }, index) => index >= from && result === null)
  const one = cast[open]
  return one === undefined ? [cast] : ['approve', 'reject', 'abstain', null].flatMap((result) => futures(cast.with(open, { ...one, result }), open + 1))
}

test('a vote with weights, quorum and vetoes is decided exactly when every future agrees', (t) => {
  const rule = fc.record({
    ratio: fc.constantFrom(0.34, 0.5, 2 / 3, 1), quorum: fc.integer({ min: 0, max: 6 }), of: fc.constantFrom('all' as const, 'cast' as const),
    veto: fc.constantFrom('lead' as const, 'any' as const, undefined), leadWeight: fc.constantFrom(1, 2, 3, undefined),
  }, { requiredKeys: ['ratio'] })
  const voice = fc.record({ result: fc.constantFrom('approve', 'reject', 'abstain', null), weight: fc.constantFrom(1, 1, 2, 5), veto: fc.constantFrom(false, false, false, true) })
  let open = 0
  fc.assert(fc.property(rule, fc.array(voice, { minLength: 1, maxLength: 5 }), (given, cast) => {
    const how: Vote = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Vote
    const results = new Set(futures(cast).map((end) => counted(how, end)))
    const actors = cast.map(({ result, weight, veto }, id) => vote(result, { id: id + 1, order: id, weight, veto }))
    const now = decide(how, ['approve', 'reject'], actors)
    const all = cast.every(({ result }) => result !== null)
    assert.equal(now, results.size === 1 || all ? [...results][0] : null, JSON.stringify({ how, cast }))
    if (now === null) open++
  }), { numRuns: 5000 })
  t.diagnostic(`${open} of 5000 still open`)
  assert.ok(open > 500)
})

function endings(signs: readonly string[]): readonly (readonly string[])[] {
  const open = signs.indexOf('?')
  return open < 0 ? [signs] : ['+', '-', '0'].flatMap((sign) => endings(signs.with(open, sign)))
}
