import { useEffect, useRef, useState } from 'react'
import type { ReactNode } from 'react'
import { usePinch } from './use-pinch.ts'
import './reader.css'

/** The page that fills most of the screen, while scrolling. */
function pageInSight(frame: HTMLElement): number {
  const middle = frame.getBoundingClientRect().top + frame.clientHeight / 2
  const pages = [...frame.querySelectorAll('.pdf-page')]
  return Math.max(1, pages.findLastIndex((page) => page.getBoundingClientRect().top <= middle) + 1)
}

interface Props {
  readonly count: number
  /** Draws the pages, each of class `pdf-page`, at a width in CSS pixels. */
  readonly children: (width: number) => ReactNode
}

/** Pages one below the other at the phone's width: scroll through, pinch or double tap to enlarge. */
export function PagesFrame({ count, children }: Props) {
  const frame = useRef<HTMLDivElement>(null)
  const [room, setRoom] = useState(0)
  const [seen, setSeen] = useState(1)
  const { zoom, pages } = usePinch(frame)
  useEffect(() => setRoom(frame.current?.clientWidth ?? 0), [])
  const width = room * zoom
  return (
    <div className="p-reader">
      <div className="p-reader-frame" ref={frame} onScroll={(event) => setSeen(pageInSight(event.currentTarget))}>
        <div className="p-reader-pages" ref={pages} style={{ width, ['--page' as string]: `${width}px` }}>{room > 0 && children(width)}</div>
      </div>
      <span className="p-reader-place" role="status" aria-label={`第 ${seen} 页，共 ${count} 页`}>{seen} / {count}</span>
    </div>
  )
}
