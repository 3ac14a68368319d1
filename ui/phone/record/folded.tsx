import { useState } from 'react'
import type { ReactNode } from 'react'
import { DownOutlined } from '@ant-design/icons'

interface Props {
  readonly title: string
  /** What is inside, in a few words, so that nobody has to open it in vain. */
  readonly note?: string
  readonly open?: boolean
  readonly children: ReactNode
}

/** A part of a page that most people pass over; its contents are asked for when it is opened first. */
export function Folded({ title, note = '', open = false, children }: Props) {
  const [seen, see] = useState(open)
  return (
    <details className="p-card p-folded" open={open} onToggle={({ currentTarget }) => currentTarget.open && see(true)}>
      <summary className="p-row"><strong>{title}</strong><span className="quiet cut grow">{note}</span><DownOutlined aria-hidden className="faint" /></summary>
      {seen && <div className="p-folded-body">{children}</div>}
    </details>
  )
}
