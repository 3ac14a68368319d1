import { useState } from 'react'
import type { ReactNode } from 'react'
import { RightOutlined } from '@ant-design/icons'
import type { Labels } from '#kit/fields/field.ts'

interface Props {
  readonly id?: string | undefined
  readonly title: string
  readonly value: readonly string[]
  readonly labels: Labels
  /** What a touch opens, with the way to close it again. */
  readonly children: (close: () => void) => ReactNode
}

/** The names chosen so far; a touch opens the sheet to choose from. */
export function ChosenField({ id, title, value, labels, children }: Props) {
  const [open, setOpen] = useState(false)
  const chosen = value.map((one) => labels[one] ?? '…').join('、')
  return (
    <>
      <button type="button" id={id} className="p-input p-opens" aria-label={`${title}：${chosen || '未选择'}`} onClick={() => setOpen(true)}>
        {chosen === '' ? <span className="faint grow">请选择</span> : <span className="grow">{chosen}</span>}
        <RightOutlined aria-hidden className="faint" />
      </button>
      {open && children(() => setOpen(false))}
    </>
  )
}
