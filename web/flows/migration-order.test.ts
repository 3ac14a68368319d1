import { expect, test } from 'vitest'
import type { MigrationWire } from '#kit/wire/flow-cockpit.ts'
import { movesText, openSteps, planOf, reportText } from './migration-order.ts'

const id = '00000000-0000-4000-8000-000000000001'
const one = (part: Partial<MigrationWire['items'][number]>): MigrationWire['items'][number] => ({ caseId: id, entity: 'paper', recordId: id, title: '请示', problem: null, moves: [], ...part })

test('what is chosen becomes a plan; steps at which nobody stands come last', () => {
  expect(planOf({ a: { to: 'b', renamed: true }, c: { to: 'd', renamed: false }, e: { to: '', renamed: true } }, 'skip')).toEqual({ renamed: { a: 'b' }, moved: { c: 'd' }, added: 'skip' })
  const step = (node: string, to: string | null, at: number) => ({ node, name: node, to, at })
  expect(openSteps({ steps: [step('a', 'a', 3), step('b', null, 0), step('c', null, 2)], targets: [] }).map(({ node }) => node)).toEqual(['c', 'b'])
})

test('moves are told in a line, and a report keeps formulas from running', () => {
  const moves: MigrationWire['items'][number]['moves'] = [
    { how: 'kept', from: '会签', to: '会签', people: ['甲'], due: null }, { how: 'renamed', from: '法制', to: '合法性审核', people: ['乙'], due: null }, { how: 'opened', from: null, to: '审计', people: [], due: null },
  ]
  expect(movesText(one({ moves }))).toBe('会签（继续：甲）；法制 → 合法性审核（改名，继续：乙）；审计（新增办理）')
  expect(movesText(one({}))).toBe('等待中，按新版本继续')
  expect(reportText([one({ title: '=1+1', problem: '没有“会签”' })])).toContain('"\'=1+1","不能迁移","没有“会签”"')
})
