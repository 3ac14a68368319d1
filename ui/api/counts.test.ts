import { expect, test } from 'vitest'
import { countsMoved, staleAfter } from './counts.ts'

const counts = { todo: 3, toread: 1, notices: 0 }

test.each([
  ['the page has just been opened, its numbers are not there yet', undefined, counts, true, false],
  ['its numbers say the same', counts, counts, true, false],
  ['something came between', counts, { ...counts, todo: 4 }, true, true],
  ['a message is no to-do', counts, { ...counts, notices: 2 }, true, false],
  ['later, also with the same numbers: one came, one went', counts, counts, false, true],
] as const)('lists of to-dos are read again or not: %s', (_what, known, told, first, expected) => {
  expect(countsMoved(known, told, first)).toBe(expected)
})

test('a topic makes what shows it stale, an unknown one what bears its name', () => {
  expect(staleAfter('records')).toEqual(['records', 'record'])
  expect(staleAfter('dictionary')).toEqual(['dictionary'])
})
