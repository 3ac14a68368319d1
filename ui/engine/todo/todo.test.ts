import { expect, test } from 'vitest'
import { changeTodoState, queryOf, readTodoState, writeTodoState } from './todo-state.ts'
import { runEach } from './use-batch.ts'

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

test('a batch goes on past a failure, names it, and stops when asked', async () => {
  const seen: string[] = []
  const run = (item: string) => { seen.push(item); return item === 'b' ? Promise.reject(new Error('no')) : Promise.resolve() }
  const failed = await runEach(['a', 'b', 'c'], run, () => undefined, () => false)
  expect(seen).toEqual(['a', 'b', 'c'])
  expect([...failed.keys()]).toEqual(['b'])
  let done = 0
  await runEach(['a', 'b', 'c'], run, (count) => { done = count }, () => done === 1)
  expect(done).toBe(1)
})
