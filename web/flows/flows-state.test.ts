import { expect, test } from 'vitest'
import { changeFlows, queryOf, readFlows, writeFlows } from './flows-state.ts'

const start = readFlows(new URLSearchParams())

test('the page is the same after reading its own address; nonsense opens the first tab', () => {
  const state = { ...start, entity: 'leave_request', node: 'chain', only: 'overdue', open: 'c1' }
  expect(readFlows(writeFlows(state))).toEqual(state)
  expect(writeFlows(start).toString()).toBe('')
  expect(readFlows(new URLSearchParams('tab=nonsense')).tab).toBe('runs')
})

test('another filter closes what is open; only what is filtered is asked for', () => {
  const state = { ...start, entity: 'leave_request', open: 'c1' }
  expect(changeFlows(state, { only: 'stuck' })).toEqual({ ...state, only: 'stuck', open: '' })
  expect(changeFlows(state, { open: 'c2' }).entity).toBe('leave_request')
  expect(queryOf({ ...state, person: 'p' })).toEqual({ entity: 'leave_request', person: 'p' })
})
