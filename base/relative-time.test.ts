import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shanghaiInstant } from './civil-date.ts'
import { relativeDate, relativeTime } from './relative-time.ts'

test('moments as people say them', () => {
  const now = shanghaiInstant('2026-07-02', 600)
  const rows = [
    ['2026-07-02', 603, '今天 10:03'], ['2026-07-02', 0, '今天 00:00'], ['2026-07-01', 1439, '昨天'], ['2026-07-03', 0, '明天'], ['2026-06-29', 0, '周一'],
    ['2026-07-05', 0, '周日'], ['2026-06-28', 600, '2026-06-28'], ['2026-07-06', 0, '2026-07-06'],
  ] as const
  for (const [date, minute, expected] of rows) assert.equal(relativeTime(shanghaiInstant(date, minute), now), expected)
  assert.equal(relativeDate('2026-07-02', '2026-07-02'), '今天')
})
