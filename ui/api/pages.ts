import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { QueryKey } from '@tanstack/react-query'

interface Page<T> {
  readonly items: readonly T[]
  readonly next: string | null
}

/** A keyset list read page by page; `items` holds everything read so far. */
export function usePages<T>(queryKey: QueryKey, read: (after: string | null, signal: AbortSignal) => Promise<Page<T>>, enabled = true) {
  const result = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    enabled,
    placeholderData: keepPreviousData,
  })
  return { ...result, items: result.data?.pages.flatMap((page) => page.items) ?? [] }
}
