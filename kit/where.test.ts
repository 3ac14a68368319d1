import assert from 'node:assert/strict'
import { test } from 'node:test'
import { and, type Condition, fieldsOf, holds, or, where } from './where.ts'

const leave = { kind: 'trip', days: 3, until: '2026-07-01', proof: [], tags: ['a'], urgent: true, applicant: { unit: 'office' }, period: { start: '2026-07-01', end: '2026-07-03' } }

const table: readonly (readonly [Condition, boolean])[] = [
  [where('kind', '=', 'trip'), true],
  [where('kind', '!=', 'trip'), false],
  [where('missing', '=', null), true],
  [where('missing', '!=', 'x'), true],
  [where('days', '>', 2), true],
  [where('days', '>=', 3), true],
  [where('days', '<', 3), false],
  [where('days', '<=', 3), true],
  [where('until', '<', '2026-10-01'), true],
  [where('days', '>', '2'), false],
  [where('missing', '<', 5), false],
  [where('kind', 'in', ['trip', 'abroad']), true],
  [where('kind', 'not-in', ['trip']), false],
  [where('missing', 'not-in', ['trip']), true],
  [where('tags', 'contains', 'a'), true],
  [where('kind', 'contains', 'ri'), true],
  [where('days', 'contains', '3'), false],
  [where('period', 'overlaps', { start: '2026-07-03', end: '2026-07-09' }), true],
  [where('period', 'overlaps', { start: '2026-07-04', end: '2026-07-09' }), false],
  [where('proof', 'empty'), true],
  [where('kind', 'filled'), true],
  [where('applicant.unit', '=', 'office'), true],
  [where('applicant.unit.name', '=', 'office'), false],
  [where('kind.length', '=', 4), false],
  [where('toString', 'filled'), false],
  [and(where('urgent', '=', true), where('days', '>', 2)), true],
  [and(where('urgent', '=', true), where('days', '>', 5)), false],
  [or(where('days', '>', 5), where('kind', '=', 'trip')), true],
  [and(), true],
  [or(), false],
]

test('conditions', () => {
  for (const [condition, expected] of table) assert.equal(holds(condition, leave), expected, JSON.stringify(condition))
})

test('symbolic values are translated by the caller', () => {
  assert.equal(holds(where('owner', '=', 'me'), { owner: 'p1' }, (value) => (value === 'me' ? 'p1' : value)), true)
})

test('fields a condition reads', () => {
  assert.deepEqual(fieldsOf(and(where('period.end', '<', 'x'), or(where('days', '>', 1), where('period.start', 'filled')))), ['period', 'days'])
})
