import { expect, test } from 'vitest'
import { act, render, screen } from '@testing-library/react'
import { Boundary } from './boundary.tsx'
import { later, partsOf } from './later.tsx'

const part = async () => ({ default: ({ name }: { readonly name: string }) => <b>{name} 到了</b> })

test('something stands in until the part has been read; then it is there at once, also the next time', async () => {
  const Part = later(part, <i>请稍候</i>)
  const { unmount } = render(<Part name="甲" />)
  expect(screen.getByText('请稍候')).toBeTruthy()
  await act(async () => undefined)
  expect(screen.getByText('甲 到了')).toBeTruthy()
  unmount()
  render(<Part name="乙" />)
  expect(screen.getByText('乙 到了')).toBeTruthy()
})

test('a part that cannot be read goes to the boundary, and is read anew when it is shown again', async () => {
  let reads = 0
  const Part = later(async () => {
    reads += 1
    if (reads === 1) throw new Error('the network is gone')
    return part()
  })
  const shown = (of: string) => <Boundary of={of} broken={<i>没有打开</i>}><Part name="甲" /></Boundary>
  const { rerender } = render(shown('first'), { onCaughtError: () => undefined })
  await act(async () => undefined)
  expect(screen.getByText('没有打开')).toBeTruthy()
  rerender(shown('second'))
  await act(async () => undefined)
  expect(screen.getByText('甲 到了')).toBeTruthy()
})

test('a file has one part, however often it is asked for; one that is not there has none', () => {
  const of = partsOf<{ readonly name: string }>({ '/a': part })
  expect(of('/a')).toBe(of('/a'))
  expect(of('/b')).toBeUndefined()
})
