import assert from 'node:assert/strict'
import { test } from 'node:test'
import { collides, leadsBack, standInOf } from './delegation.ts'
import type { Delegation } from './delegation.ts'
import { who } from './test/world.ts'

const delegation = (principal: string, delegate: string, more: Partial<Delegation> = {}): Delegation => ({
  id: `${principal}-${delegate}`, principal, delegate: who(delegate), scope: 'all', processes: [], excluded: [], post: null, secrets: false, shared: false, from: 100, until: 200, ...more,
})
const matter = { entity: 'leave_request', secret: false, now: 150 }
const standIn = (delegations: readonly Delegation[], more: Partial<typeof matter> = {}): string | null => standInOf(delegations, who('乙'), { ...matter, ...more })?.who.name ?? null

test('from the first moment to the last', () => {
  const one = [delegation('乙', '甲')]
  assert.deepEqual([99, 100, 199, 200].map((now) => standIn(one, { now })), [null, '甲', '甲', null])
  assert.equal(standInOf(one, who('丙'), matter), null)
  assert.equal(standInOf(one, who('乙'), matter)?.evidence, '乙委托甲代办')
})

test('chosen processes, excluded ones, secrets, one post', () => {
  assert.deepEqual(['leave_request', 'other'].map((entity) => standIn([delegation('乙', '甲', { scope: 'processes', processes: ['leave_request'] })], { entity })), ['甲', null])
  assert.deepEqual(['leave_request', 'other'].map((entity) => standIn([delegation('乙', '甲', { excluded: ['leave_request'] })], { entity })), [null, '甲'])
  assert.equal(standIn([delegation('乙', '甲')], { secret: true }), null)
  assert.equal(standIn([delegation('乙', '甲', { secrets: true })], { secret: true }), '甲')
  assert.deepEqual(['乙-post', 'another'].map((post) => standIn([delegation('乙', '甲', { scope: 'post', post })])), ['甲', null])
})

test('the narrowest delegation wins, then the latest', () => {
  const all = [delegation('乙', '甲'), delegation('乙', '丙', { scope: 'processes', processes: ['leave_request'] }), delegation('乙', '丁', { scope: 'post', post: '乙-post' })]
  assert.equal(standIn(all), '丁')
  assert.equal(standIn(all.slice(0, 2)), '丙')
  assert.equal(standIn([delegation('乙', '甲'), delegation('乙', '丙', { from: 120 })]), '丙')
})

test('chains are followed; circles and endless chains are bounded', () => {
  const chain = [delegation('乙', '甲'), delegation('甲', '丙', { shared: true })]
  const found = standInOf(chain, who('乙'), matter)
  assert.deepEqual([found?.who.name, found?.delegation, found?.shared, found?.evidence], ['丙', '乙-甲', false, '乙委托甲代办，甲现委托丙代办'])
  assert.equal(standIn([delegation('乙', '甲'), delegation('甲', '乙')]), null)
  assert.equal(standIn([delegation('乙', '甲'), delegation('甲', '丙'), delegation('丙', '甲')]), '丙')
  const long = ['乙', '1', '2', '3', '4', '5', '6', '7'].map((name, index, all) => delegation(name, all[index + 1] ?? '8'))
  assert.equal(standIn(long), '5')
  assert.equal(standIn([delegation('乙', '甲'), delegation('甲', '丙', { until: 140 })]), '甲')
})

test('a delegation that would close a circle, or contradict another one, is told before', () => {
  const existing = [delegation('甲', '丙'), delegation('丙', '丁', { from: 150, until: 300 })]
  const lead = (delegate: string, principal: string, from = 100, until = 200): boolean => leadsBack(existing, { principal, delegate: who(delegate), from, until })
  assert.deepEqual([lead('甲', '乙'), lead('甲', '丙'), lead('甲', '丁'), lead('甲', '丁', 100, 150), lead('甲', '丙', 200, 300), lead('乙', '乙')], [false, true, true, false, false, true])
  const base = delegation('乙', '甲')
  assert.deepEqual(
    [delegation('乙', '丙'), delegation('丙', '甲'), delegation('乙', '丙', { from: 200, until: 250 }), delegation('乙', '丙', { scope: 'processes', processes: ['x'] })].map((one) => collides(base, one)),
    [true, false, false, false],
  )
  const some = (processes: string[]) => delegation('乙', '甲', { scope: 'processes', processes })
  assert.deepEqual([collides(some(['x', 'y']), some(['y'])), collides(some(['x']), some(['y']))], [true, false])
})
