import { lazy, Suspense, useState } from 'react'
import { RightOutlined } from '@ant-design/icons'
import type { Labels } from '#kit/fields/field.ts'
import type { Identity } from '#ui/engine/picker/choice.ts'

const PeopleSheet = lazy(async () => ({ default: (await import('./people-sheet.tsx')).PeopleSheet }))

export interface PeopleProps {
  readonly id?: string
  readonly title: string
  readonly several: boolean
  readonly identity: Identity
  readonly within?: string
  readonly value: readonly string[]
  readonly labels: Labels
  readonly change: (ids: readonly string[], names: Labels) => void
}

/** People chosen so far; a touch opens the directory. */
export function PeopleField(props: PeopleProps) {
  const [open, setOpen] = useState(false)
  const { id, title, value, labels } = props
  const chosen = value.map((one) => labels[one] ?? '…').join('、')
  return (
    <>
      <button type="button" id={id} className="p-input p-opens" aria-label={`${title}：${chosen || '未选择'}`} onClick={() => setOpen(true)}>
        {chosen === '' ? <span className="faint grow">请选择</span> : <span className="grow">{chosen}</span>}
        <RightOutlined aria-hidden className="faint" />
      </button>
      {open && <Suspense><PeopleSheet {...props} close={() => setOpen(false)} /></Suspense>}
    </>
  )
}
