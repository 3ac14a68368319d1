import type { ReactNode } from 'react'
import { Popup } from 'antd-mobile'
import { CloseOutlined } from '@ant-design/icons'
import { useBackCloses } from './back.tsx'

interface Props {
  readonly title: string
  readonly close: () => void
  /** Covers the whole page instead of its lower part. */
  readonly full?: boolean
  readonly foot?: ReactNode
  readonly children: ReactNode
}

/** Something asked above the page; the cross, the dark part and going back all close it. */
export function Sheet({ title, close, full = false, foot, children }: Props) {
  useBackCloses(true, close)
  return (
    <Popup
      visible position={full ? 'right' : 'bottom'} onMaskClick={close} closeOnMaskClick destroyOnClose
      bodyClassName={full ? 'p-sheet p-sheet-full' : 'p-sheet'} bodyStyle={full ? { width: '100vw' } : {}}
    >
      <section role="dialog" aria-modal="true" aria-label={title} className="p-sheet-frame">
        <header className="p-head">
          <h2 className="grow cut" data-first>{title}</h2>
          <button type="button" className="plain p-touch" aria-label="关闭" onClick={close}><CloseOutlined /></button>
        </header>
        <div className="p-sheet-body">{children}</div>
        {foot !== undefined && <footer className="p-foot">{foot}</footer>}
      </section>
    </Popup>
  )
}
