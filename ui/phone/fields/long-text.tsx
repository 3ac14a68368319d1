import { useLayoutEffect, useRef } from 'react'
import { visibleLength } from '#base/text.ts'

interface Props {
  readonly id?: string
  readonly label?: string
  readonly value: string
  readonly change: (value: string) => void
  readonly placeholder?: string
  readonly rows: number
  /** Most characters; shown as people near it. */
  readonly max: number
  readonly invalid?: boolean
}

const NEAR = 0.8

/** Several lines of text; the box grows with what is written. */
export function LongText({ id, label, value, change, placeholder, rows, max, invalid = false }: Props) {
  const box = useRef<HTMLTextAreaElement>(null)
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    element.style.height = 'auto'
    element.style.height = `${element.scrollHeight + 2}px`
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- the height follows the text
  }, [value])
  const length = visibleLength(value)
  return (
    <>
      <textarea ref={box} id={id} className="p-input p-long" aria-label={label} aria-invalid={invalid} placeholder={placeholder} rows={rows} value={value} onChange={(event) => change(event.target.value)} />
      {length > max * NEAR && <div className={length > max ? 'problem p-count' : 'faint p-count'}>{length} / {max}</div>}
    </>
  )
}
