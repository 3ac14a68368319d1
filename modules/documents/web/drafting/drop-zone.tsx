import { useState } from 'react'
import type { DragEvent, ReactNode } from 'react'

interface Props {
  readonly className: string
  readonly drop: (file: File) => void
  readonly children: ReactNode
}

/** Files dropped on the attachments stay theirs. */
const isHere = ({ dataTransfer, target }: DragEvent): boolean => dataTransfer.types.includes('Files') && !(target instanceof Element && target.closest('.files') !== null)

/** Takes a Word file dropped anywhere on the form; in the capture phase, before the editor makes a picture of it. */
export function DropZone({ className, drop, children }: Props) {
  const [over, setOver] = useState(false)
  return (
    <div
      className={className} data-over={over || undefined}
      onDragOverCapture={(event) => { if (isHere(event)) { event.preventDefault(); setOver(true) } else setOver(false) }}
      onDragLeave={(event) => { if (!(event.relatedTarget instanceof Node && event.currentTarget.contains(event.relatedTarget))) setOver(false) }}
      onDropCapture={(event) => {
        setOver(false)
        if (!isHere(event)) return
        event.preventDefault()
        event.stopPropagation()
        const [file] = event.dataTransfer.files
        if (file !== undefined) drop(file)
      }}
    >
      {over && <div className="drop-sign" aria-hidden>松开鼠标，导入 Word 文档</div>}
      {children}
    </div>
  )
}
