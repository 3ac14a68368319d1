import type { ReactNode } from 'react'
import { Boundary } from '#ui/lib/boundary.tsx'

const BROKEN = (
  <div className="state" role="alert">
    <strong>这一页没有打开</strong>
    <span>系统可能刚刚更新，请刷新页面；若仍然打不开，请联系运维人员。</span>
    <button type="button" className="p-button" data-tone="primary" onClick={() => window.location.reload()}>刷新页面</button>
    <button type="button" className="p-button" onClick={() => window.history.back()}>返回</button>
  </div>
)

/** A page of the phone; a broken one leaves the others standing. */
export const PhoneBoundary = ({ of, children }: { readonly of: string; readonly children: ReactNode }) => <Boundary of={of} broken={BROKEN}>{children}</Boundary>
