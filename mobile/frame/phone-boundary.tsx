import { Component } from 'react'
import type { ReactNode } from 'react'

interface Props {
  readonly children: ReactNode
  /** A new address gives the page another chance. */
  readonly of: string
}

/** Keeps a broken page from taking the others down. React offers this only to class components. */
export class PhoneBoundary extends Component<Props, { broken: boolean; of: string }> {
  override state = { broken: false, of: this.props.of }

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true }
  }

  static getDerivedStateFromProps(props: Props, state: { of: string }): { broken: boolean; of: string } | null {
    return props.of === state.of ? null : { broken: false, of: props.of }
  }

  override render(): ReactNode {
    if (!this.state.broken) return this.props.children
    return (
      <div className="state" role="alert">
        <strong>这一页没有打开</strong>
        <span>系统可能刚刚更新，请刷新页面；若仍然打不开，请联系运维人员。</span>
        <button type="button" className="p-button" data-tone="primary" onClick={() => window.location.reload()}>刷新页面</button>
        <button type="button" className="p-button" onClick={() => window.history.back()}>返回</button>
      </div>
    )
  }
}
