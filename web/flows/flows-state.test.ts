import { expect, test } from 'vitest'
import { changeFlows, groupOf, queryOf, readFlows, turnTo, writeFlows } from './flows-state.ts'

const start = readFlows(new URLSearchParams())

test('the page is the same after reading its own address; nonsense opens the first page', () => {
  const state = { ...start, entity: 'leave_request', node: 'chain', age: '7', only: 'overdue', open: 'c1' }
  expect(readFlows(writeFlows(state))).toEqual(state)
  expect(writeFlows(start).toString()).toBe('')
  expect(readFlows(new URLSearchParams('tab=nonsense')).tab).toBe('runs')
})

test('another filter closes what is open; only what is filtered is asked for', () => {
  const state = { ...start, entity: 'leave_request', open: 'c1' }
  expect(changeFlows(state, { only: 'stuck' })).toEqual({ ...state, only: 'stuck', open: '' })
  expect(changeFlows(state, { open: 'c2' }).entity).toBe('leave_request')
  expect(queryOf({ ...state, person: 'p', age: '15' })).toEqual({ entity: 'leave_request', person: 'p', age: '15' })
})

test('a page belongs to a group; the chosen version goes along within it, filters stay behind', () => {
  expect(['steps', 'timers', 'replay', 'nonsense'].map((tab) => groupOf(tab).key)).toEqual(['running', 'attention', 'versions', 'running'])
  const state = { ...start, tab: 'simulation', entity: 'leave_request', version: 'v', only: 'stuck' }
  expect(turnTo(state, 'replay')).toEqual({ ...start, tab: 'replay', entity: 'leave_request', version: 'v' })
  expect(turnTo(state, 'runs')).toEqual({ ...start, tab: 'runs', entity: 'leave_request' })
})
