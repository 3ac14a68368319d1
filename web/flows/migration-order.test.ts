import { expect, test } from 'vitest'
import { openSteps, planOf } from './migration-order.ts'

test('what is chosen becomes a plan; steps at which nobody stands come last', () => {
  expect(planOf({ a: { to: 'b', renamed: true }, c: { to: 'd', renamed: false }, e: { to: '', renamed: true } }, 'skip')).toEqual({ renamed: { a: 'b' }, moved: { c: 'd' }, added: 'skip' })
  const step = (node: string, to: string | null, at: number) => ({ node, name: node, to, at })
  expect(openSteps({ steps: [step('a', 'a', 3), step('b', null, 0), step('c', null, 2)], targets: [] }).map(({ node }) => node)).toEqual(['c', 'b'])
})
