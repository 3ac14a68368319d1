import type { ReactNode } from 'react'
import { LeftOutlined } from '@ant-design/icons'
import { useBack } from './back.tsx'

interface Props {
  readonly title: ReactNode
  /** Stands right in the head: a place in a list, a search button. */
  readonly tools?: ReactNode
  /** Under the head, not scrolling: tabs, a search box. */
  readonly top?: ReactNode
  /** Under the contents, within reach of the thumb. */
  readonly foot?: ReactNode
  /** Where back leads when this page was opened by a link; without it the page has no way back, as the tabs. */
  readonly home?: string | undefined
  readonly children: ReactNode
}

const BackButton = ({ home }: { readonly home: string }) => (
  <button type="button" className="plain p-touch" aria-label="返回" onClick={useBack(home)}><LeftOutlined /></button>
)

/** One page of the phone: head, contents that scroll, and acts at the bottom. */
export const Page = ({ title, tools, top, foot, home, children }: Props) => (
  <div className="p-page">
    <header className="p-head">
      {home !== undefined && <BackButton home={home} />}
      <h1 className="grow cut" data-first={home === undefined || undefined}>{title}</h1>
      {tools}
    </header>
    {top}
    <main className="p-body">{children}</main>
    {foot}
  </div>
)
