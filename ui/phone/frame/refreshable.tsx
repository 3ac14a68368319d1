import type { ReactNode } from 'react'
import { PullToRefresh } from 'antd-mobile'

/** Pulled down at its top, it reads its contents anew. */
export const Refreshable = ({ refresh, children }: { readonly refresh: () => Promise<unknown>; readonly children: ReactNode }) => (
  <PullToRefresh onRefresh={async () => void (await refresh())} pullingText="下拉刷新" canReleaseText="松开刷新" refreshingText="正在刷新" completeText="已刷新">{children}</PullToRefresh>
)
