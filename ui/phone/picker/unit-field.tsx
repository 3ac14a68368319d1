import { lazy, Suspense, useState } from 'react'
import { RightOutlined } from '@ant-design/icons'
import type { Labels } from '#kit/fields/field.ts'

const UnitSheet = lazy(async () => ({ default: (await import('./unit-sheet.tsx')).UnitSheet }))

export interface UnitProps {
  readonly id?: string
  readonly title: string
  readonly several: boolean
  readonly organisations: boolean
  readonly within?: string
  readonly value: readonly string[]
  readonly labels: Labels
  readonly change: (ids: readonly string[], names: Labels) => void
}

/** Units chosen so far; a touch opens the organisation. */
export function UnitField(props: UnitProps) {
  const [open, setOpen] = useState(false)
  const { id, title, value, labels } = props
  return (
    <>
      <button type="button" id={id} className="p-input p-opens" onClick={() => setOpen(true)}>
        {value.length === 0 ? <span className="faint grow">请选择</span> : <span className="grow">{value.map((one) => labels[one] ?? '…').join('、')}</span>}
        <RightOutlined aria-hidden className="faint" /><span className="unseen">选择{title}</span>
      </button>
      {open && <Suspense><UnitSheet {...props} close={() => setOpen(false)} /></Suspense>}
    </>
  )
}
