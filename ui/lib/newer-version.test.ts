import { expect, test, vi } from 'vitest'
import { renewOnNewerVersion } from './newer-version.ts'

test('a part that is gone makes the page read anew, once', () => {
  const reload = vi.fn()
  const target = Object.assign(new EventTarget(), { sessionStorage, location: { reload } }) as unknown as Window
  renewOnNewerVersion(target)
  const lost = (): boolean => target.dispatchEvent(new Event('vite:preloadError', { cancelable: true }))
  expect(lost()).toBe(false)
  expect(lost()).toBe(true)
  expect(reload).toHaveBeenCalledTimes(1)
})
