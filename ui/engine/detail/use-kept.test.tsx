import { renderHook } from '@testing-library/react'
import { Window } from 'happy-dom'
import { expect, test } from 'vitest'
import { readDraft } from '#ui/engine/form/local-draft.ts'
import { useKept } from './use-kept.ts'

const KEY = 'p1:opinion:t1'

const fresh = (): Storage => new Window().localStorage as unknown as Storage

const typing = (opinion: string) => ({ values: opinion === '' ? {} : { opinion }, labels: {} })

test('what was typed is there again when the page is opened anew, until it was sent', () => {
  const storage = fresh()
  const first = renderHook(({ text }) => useKept(storage, KEY, typing(text)), { initialProps: { text: '' } })
  expect(first.result.current.left).toBeNull()
  first.rerender({ text: '同意，抓紧' })
  first.unmount()
  const second = renderHook(() => useKept(storage, KEY, typing('同意，抓紧')))
  expect(second.result.current.left?.values).toEqual({ opinion: '同意，抓紧' })
  second.result.current.drop()
  second.unmount()
  expect(readDraft(storage, KEY)).toBeNull()
})

test('an emptied box keeps nothing', () => {
  const storage = fresh()
  const { rerender } = renderHook(({ text }) => useKept(storage, KEY, typing(text)), { initialProps: { text: '同意' } })
  expect(readDraft(storage, KEY)).not.toBeNull()
  rerender({ text: '' })
  expect(readDraft(storage, KEY)).toBeNull()
})
