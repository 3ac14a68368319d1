import { QueryClient } from '@tanstack/react-query'
import { ApiFailure } from './failure.ts'

const MINUTE = 60_000

/** Refusals are final; only lost connections and overloaded servers are worth a second try. */
const worthRetry = (count: number, error: Error): boolean => count < 2 && error instanceof ApiFailure && (error.status === 0 || error.status >= 502)

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: { staleTime: MINUTE / 2, gcTime: 10 * MINUTE, retry: worthRetry, refetchOnWindowFocus: true, throwOnError: false },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
