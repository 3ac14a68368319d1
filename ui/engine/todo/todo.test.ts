import { expect, test } from 'vitest'
import { changeTodoState, queryOf, readTodoState, writeTodoState } from './todo-state.ts'
import { runGroups } from './use-batch.ts'

const start = readTodoState(new URLSearchParams())

test('the to-do centre is the same after reading its own address', () => {
  const state = { ...start, box: 'toread' as const, search: '安全', urgency: 'urgent', due: 'today', open: 't1' }
  expect(readTodoState(writeTodoState(state))).toEqual(state)
  expect(writeTodoState(start).toString()).toBe('')
  expect(readTodoState(new URLSearchParams('box=nonsense')).box).toBe('todo')
})

test('another box starts without filters; a filter closes what is open', () => {
  const state = { ...start, search: '安全', sort: 'due', open: 't1' }
  expect(changeTodoState(state, { box: 'done' })).toEqual({ ...start, box: 'done', sort: 'due' })
  expect(changeTodoState(state, { urgency: 'urgent' })).toEqual({ ...state, urgency: 'urgent', open: null })
  expect(queryOf(state)).toEqual({ box: 'todo', search: '安全', sort: 'due' })
})

const lines = Array.from({ length: 25 }, (_, index) => ({ id: `t${index}` }))

test('a batch goes in groups, keeps each result, and a group that could not be sent does not stop the rest', async () => {
  const sizes: number[] = []
  const send = (group: readonly { readonly id: string }[]) => {
    sizes.push(group.length)
    return sizes.length === 2 ? Promise.reject(new Error('no')) : Promise.resolve(group.map(({ id }) => ({ id, done: id !== 't3', problem: id === 't3' ? '已由 何静 于 10:03 办理' : null })))
  }
  const results = await runGroups(lines, send, () => undefined, () => false)
  expect(sizes).toEqual([10, 10, 5])
  expect(results.map(({ id }) => id)).toEqual(lines.map(({ id }) => id))
  expect(results.filter(({ done }) => !done).map(({ id }) => id)).toEqual(['t3', ...lines.slice(10, 20).map(({ id }) => id)])
})

test('a batch stops between two groups when asked', async () => {
  let done = 0
  const results = await runGroups(lines, (group) => Promise.resolve(group.map(({ id }) => ({ id, done: true, problem: null }))), (count) => { done = count }, () => done === 10)
  expect([done, results.length]).toEqual([10, 10])
})
