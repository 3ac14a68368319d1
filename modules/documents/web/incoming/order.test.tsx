import { expect, test } from 'vitest'
import { partsOf } from './order.ts'

test('who reads or decides sees the text first, who has to fill in something sees the form first', () => {
  expect(partsOf({ requires: [], attachments: 0, running: true })).toEqual(['text', 'form', 'sheet', 'readings'])
  expect(partsOf({ requires: ['proposal'], attachments: 2, running: true })).toEqual(['form', 'text', 'attachments', 'sheet', 'readings'])
})

test('a draft has neither sheet nor readings', () => {
  expect(partsOf({ requires: [], attachments: 0, running: false })).toEqual(['text', 'form'])
})
