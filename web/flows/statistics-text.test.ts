import { expect, test } from 'vitest'
import { hoursText, percentText } from './statistics-text.ts'

test('times are said as people say them, rates in percent', () => {
  expect([0, 0.5, 2, 30.25, 48, 100].map(hoursText)).toEqual(['0 分钟', '30 分钟', '2 小时', '30.3 小时', '2 天', '4.2 天'])
  expect([0, 0.125, 1].map(percentText)).toEqual(['0%', '12.5%', '100%'])
})
