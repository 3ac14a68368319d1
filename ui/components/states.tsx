import type { ReactNode } from 'react'
import { Button } from 'antd'
import { ApiFailure, isForbidden, isMissing, isOffline, messageOf } from '#ui/api/failure.ts'
import { useAfter } from '#ui/lib/use-later.ts'

const SKELETON_MS = 200

/** Bars of the coming shape, shown only when loading takes longer than people notice. */
export function Loading({ lines = 5 }: { readonly lines?: number }) {
  const slow = useAfter(SKELETON_MS)
  return (
    <div className="bones" role="status" aria-label="正在加载" style={slow ? undefined : { visibility: 'hidden' }}>
      {Array.from({ length: lines }, (_, index) => <i key={index} style={{ width: `${[92, 78, 85, 64, 88][index % 5]}%` }} />)}
    </div>
  )
}

/** Nothing here: what this is, and the first step. */
export const Empty = ({ title, children, small = false }: { readonly title: string; readonly children?: ReactNode; readonly small?: boolean }) => (
  <div className={small ? 'state state-small' : 'state'}>
    {small ? <span>{title}</span> : <strong>{title}</strong>}
    {children}
  </div>
)

function titleOf(error: unknown): string {
  if (isOffline(error)) return '网络不通'
  if (isMissing(error)) return '没有找到'
  if (isForbidden(error)) return '没有权限'
  return '没有加载成功'
}

const quoted = (error: unknown): string => (error instanceof ApiFailure ? error.requestId : '')

/** What happened, what to do, and the number to quote. */
export const FailureView = ({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) => (
  <div className="state" role="alert">
    <strong>{titleOf(error)}</strong>
    <span>{messageOf(error)}</span>
    {isForbidden(error) && <span>如工作需要，请联系本单位管理员开通权限。</span>}
    {quoted(error) !== '' && <span className="faint">报修时请提供编号 <code>{quoted(error)}</code></span>}
    {retry !== undefined && !isForbidden(error) && <Button onClick={retry}>重试</Button>}
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
