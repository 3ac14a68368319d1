import { expect, test } from 'vitest'
import { partsOf } from './order.ts'

test('who reads sees the text first, who fills in sees the form first', () => {
  expect(partsOf({ rights: { subject: 'read' }, attachments: 0, running: true })).toEqual(['text', 'form', 'sheet', 'readings'])
  expect(partsOf({ rights: { subject: 'read', proposal: 'write' }, attachments: 2, running: true })).toEqual(['form', 'text', 'attachments', 'sheet', 'readings'])
})

test('a draft has neither sheet nor readings', () => {
  expect(partsOf({ rights: { subject: 'write' }, attachments: 0, running: false })).toEqual(['form', 'text'])
})
