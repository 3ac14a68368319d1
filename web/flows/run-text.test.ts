import { expect, test } from 'vitest'
import type { FlowRunWire } from '#kit/wire/flow-run.ts'
import { longestStay, reasonText, soonest, stepText } from './run-text.ts'

const step = (name: string, since: string, due: string | null, people: readonly string[]): FlowRunWire['steps'][number] =>
  ({ node: name, name, since, due, parts: people.map((one) => ({ id: one, name: one, personId: one, onBehalfOf: null })) })

test('a case says where it is, how long it has stood there, and its first limit', () => {
  const steps = [step('会签', '2026-11-03T01:00:00Z', '2026-11-09T01:00:00Z', ['甲', '乙']), step('协办', '2026-11-01T01:00:00Z', '2026-11-08T01:00:00Z', ['丙'])]
  expect([stepText({ steps }), longestStay({ steps }), soonest({ steps })]).toEqual(['会签：甲、乙；协办：丙', '2026-11-01T01:00:00Z', '2026-11-08T01:00:00Z'])
  expect([stepText({ steps: [] }), longestStay({ steps: [] }), soonest({ steps: [] })]).toEqual(['', null, null])
})

test('without a trouble of its own a case has only been quiet for long', () => {
  expect(reasonText({ stuck: '找不到“审核”的办理人' })).toBe('找不到“审核”的办理人')
  expect(reasonText({ stuck: null })).toBe('两周没有任何进展')
})
