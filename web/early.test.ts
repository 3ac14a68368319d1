import { QueryClient } from '@tanstack/react-query'
import { afterEach, expect, test, vi } from 'vitest'
import { askEarly } from './early.ts'

afterEach(() => vi.unstubAllGlobals())

function asked(path: string): { readonly urls: readonly unknown[]; readonly cards: number } {
  const server = vi.fn<(url: string) => Promise<Response>>(async () => new Response('{}', { headers: { 'content-type': 'application/json' } }))
  const readCards = vi.fn<() => void>()
  vi.stubGlobal('fetch', server)
  askEarly(new QueryClient(), path, readCards)
  return { urls: server.mock.calls.map(([url]) => url).sort(), cards: readCards.mock.calls.length }
}

test('the menu does not wait for the session, nor the cards of the home page for the menu', () => {
  expect(asked('/')).toEqual({ urls: ['/api/meta', '/api/session'], cards: 1 })
})

test('other pages read no cards; those shown without a session ask for nothing', () => {
  expect(asked('/todo')).toEqual({ urls: ['/api/meta', '/api/session'], cards: 0 })
  expect(['/sign-in', '/password'].map(asked)).toEqual([{ urls: [], cards: 0 }, { urls: [], cards: 0 }])
})
