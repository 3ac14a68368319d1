import { useEffect, useRef } from 'react'
import type { ReactNode } from 'react'
import { Loading } from '#ui/components/quiet.tsx'
import { Refreshable } from './refreshable.tsx'
import { FailureView } from './states.tsx'

interface Paged<T> {
  readonly items: readonly T[]
  readonly data: unknown
  readonly error: unknown
  /** What was asked before is still shown. */
  readonly isPlaceholderData: boolean
  readonly hasNextPage: boolean
  readonly isFetchingNextPage: boolean
  readonly isFetchNextPageError: boolean
  readonly fetchNextPage: () => unknown
  readonly refetch: () => Promise<unknown>
}

/** End of a list: reads on when it comes into sight. */
function More<T>({ of: { items, hasNextPage, isFetchNextPageError, error, fetchNextPage } }: { readonly of: Paged<T> }) {
  const end = useRef<HTMLDivElement>(null)
  const count = items.length
  useEffect(() => {
    if (!hasNextPage || isFetchNextPageError || end.current === null) return undefined
    const seen = new IntersectionObserver(([entry]) => entry?.isIntersecting === true && fetchNextPage(), { rootMargin: '400px' })
    seen.observe(end.current)
    return () => seen.disconnect()
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a page that does not fill the screen must be followed by the next one at once
  }, [hasNextPage, isFetchNextPageError, fetchNextPage, count])
  if (isFetchNextPageError) return <FailureView error={error} retry={() => void fetchNextPage()} />
  return <div ref={end} className="p-end faint">{hasNextPage ? '正在加载…' : count > 8 && `已到底，共 ${count} 条`}</div>
}

/** A list read page by page: pull down to read it anew, scroll on for more. */
export function Endless<T>({ of, empty, children }: { readonly of: Paged<T>; readonly empty: ReactNode; readonly children: (items: readonly T[]) => ReactNode }) {
  if (of.data === undefined) return of.error === null ? <Loading lines={8} /> : <FailureView error={of.error} retry={() => void of.refetch()} />
  return (
    <Refreshable refresh={of.refetch}>
      {of.items.length === 0 ? empty : <div aria-busy={of.isPlaceholderData}>{children(of.items)}<More of={of} /></div>}
    </Refreshable>
  )
}
