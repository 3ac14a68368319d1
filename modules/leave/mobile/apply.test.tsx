import { expect, test } from 'vitest'
import { balanceText } from '../web/texts.ts'

test('what is left says what is still being approved', () => {
  expect(balanceText({ label: '年休假', available: 9, pending: 3 })).toBe('年休假可休 9 天，另有 3 天审批中')
  expect(balanceText({ label: '年休假', available: 12, pending: 0 })).toBe('年休假可休 12 天')
})
