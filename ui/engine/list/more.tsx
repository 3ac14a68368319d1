import { useEffect, useRef } from 'react'
import { Button } from 'antd'
import { FailureView } from '#ui/components/states.tsx'

interface Props {
  readonly of: {
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    readonly isFetchNextPageError: boolean
    readonly error: unknown
    readonly fetchNextPage: () => unknown
  }
  readonly count: number
}

/** End of a list: reads on when it comes into sight. */
export function More({ of: { hasNextPage, isFetchingNextPage, isFetchNextPageError, error, fetchNextPage }, count }: Props) {
  const end = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!hasNextPage || isFetchNextPageError || end.current === null) return undefined
    const seen = new IntersectionObserver(([entry]) => entry?.isIntersecting === true && fetchNextPage(), { rootMargin: '400px' })
    seen.observe(end.current)
    return () => seen.disconnect()
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- a page that does not fill the window must be followed by the next one at once
  }, [hasNextPage, isFetchNextPageError, fetchNextPage, count])
  if (isFetchNextPageError) return <FailureView error={error} retry={() => void fetchNextPage()} />
  return (
    <div ref={end} className="list-end no-print">
      {hasNextPage ? <Button type="text" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>继续加载</Button> : count > 20 && <span className="faint">已到底，共 {count} 条</span>}
    </div>
  )
}
