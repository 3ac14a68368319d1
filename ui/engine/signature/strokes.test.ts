import { expect, test } from 'vitest'
import { fit, isWritten } from './strokes.ts'

const line = (from: number, to: number, n = 10) => Array.from({ length: n }, (_, index) => ({ x: from + ((to - from) * index) / (n - 1), y: 50 + index }))

test('a signature is cut out close', () => {
  const { width, height, scale, strokes } = fit([line(100, 300), line(120, 200)])
  expect([width, height, scale]).toEqual([212, 21, 1])
  expect(strokes[0]?.[0]).toEqual({ x: 6, y: 6 })
})

test('a wide one is made smaller, a tiny one gets room', () => {
  const wide = fit([line(0, 2000)])
  expect(wide.width).toBe(600)
  expect(wide.strokes.flat().every(({ x }) => x <= 600)).toBe(true)
  expect([fit([line(5, 6)]).width, fit([line(5, 6)]).height]).toEqual([60, 21])
})

test('a slip of the finger is no signature', () => {
  expect(isWritten([])).toBe(false)
  expect(isWritten([line(0, 10, 7)])).toBe(false)
  expect(isWritten([line(0, 10, 4), line(0, 10, 4)])).toBe(true)
})
