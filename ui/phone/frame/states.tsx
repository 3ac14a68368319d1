import type { ReactNode } from 'react'
import { isForbidden, messageOf } from '#ui/api/failure.ts'
import { Loading } from '#ui/components/quiet.tsx'
import { failureTitle, quotedNumber } from '#ui/lib/failure-words.ts'

/** What happened, what to do, and the number to quote. */
export const FailureView = ({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) => (
  <div className="state" role="alert">
    <strong>{failureTitle(error)}</strong>
    <span>{messageOf(error)}</span>
    {isForbidden(error) && <span>如工作需要，请联系本单位管理员开通权限。</span>}
    {quotedNumber(error) !== '' && <span className="faint">报修时请提供编号 <code>{quotedNumber(error)}</code></span>}
    {retry !== undefined && !isForbidden(error) && <button type="button" className="p-button" onClick={retry}>重试</button>}
  </div>
)

interface Result<T> {
  readonly data: T | undefined
  readonly error: unknown
  readonly refetch: () => unknown
}

/** Shows what was loaded, and the fitting state until then. */
export function Loaded<T>({ of: { data, error, refetch }, lines, children }: { readonly of: Result<T>; readonly lines?: number; readonly children: (data: T) => ReactNode }) {
  if (data !== undefined) return <>{children(data)}</>
  if (error !== null) return <FailureView error={error} retry={() => void refetch()} />
  return <Loading lines={lines} />
}
