import { expect, test } from 'vitest'
import { mayOpenForm } from './record-acts.tsx'

test('who has a task fills in its fields in place, without a second way to edit; a draft is written in its form', () => {
  expect(mayOpenForm({ acts: ['edit', 'start'], taskIds: [] })).toBe(true)
  expect(mayOpenForm({ acts: ['edit'], taskIds: ['t1'] })).toBe(false)
  expect(mayOpenForm({ acts: ['urge'], taskIds: [] })).toBe(false)
})
