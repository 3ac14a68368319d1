import { QueryClient } from '@tanstack/react-query'
import { ApiFailure } from './failure.ts'

const MINUTE = 60_000

/** Refusals are final; only lost connections and overloaded servers are worth a second try. */
const worthRetry = (count: number, error: Error): boolean => count < 2 && error instanceof ApiFailure && (error.status === 0 || error.status >= 502)

/** Without a network a question is not put off: its page says so at once, and asks again when the network is back. */
const OFFLINE_TOO = { networkMode: 'always', refetchOnReconnect: true } as const

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: { staleTime: MINUTE / 2, gcTime: 10 * MINUTE, retry: worthRetry, refetchOnWindowFocus: true, throwOnError: false, ...OFFLINE_TOO },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
