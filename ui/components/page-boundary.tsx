import type { ReactNode } from 'react'
import { Button } from 'antd'
import { Boundary } from '#ui/lib/boundary.tsx'

const BROKEN = (
  <div className="state" role="alert">
    <strong>这一页没有打开</strong>
    <span>系统可能刚刚更新，请刷新页面；若仍然打不开，请联系运维人员并告知当前网址。</span>
    <Button type="primary" onClick={() => window.location.reload()}>刷新页面</Button>
  </div>
)

/** A page of the PC; a broken one leaves the frame standing. */
export const PageBoundary = ({ of, children }: { readonly of: string; readonly children: ReactNode }) => <Boundary of={of} broken={BROKEN}>{children}</Boundary>
