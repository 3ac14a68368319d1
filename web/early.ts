import type { QueryClient } from '@tanstack/react-query'
import { menuQuery } from '#ui/api/meta.ts'
import { sessionQuery } from '#ui/api/session.ts'

/** Pages that are shown without a session. */
const OUTSIDE: readonly string[] = ['/sign-in', '/password']

/**
 * Asks at once for what every page inside the frame needs, so that the menu waits neither for the session nor for the first drawing, and the home
 * page's cards not for the menu.
 */
export function askEarly(client: QueryClient, path: string, readCards: () => void): void {
  if (OUTSIDE.includes(path)) return
  void client.prefetchQuery(sessionQuery)
  void client.prefetchQuery(menuQuery)
  if (path === '/') readCards()
}
