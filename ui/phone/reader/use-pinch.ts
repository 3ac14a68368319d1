import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { RefObject } from 'react'
import { distance, keptUnder, tapped, within } from './zoom.ts'
import type { Point } from './zoom.ts'

const DOUBLE_MS = 300
const NEAR_PX = 30

interface Pinch {
  readonly span: number
  readonly at: Point
  factor: number
}

const pointOf = ({ clientX, clientY }: Touch, frame: DOMRect): Point => ({ x: clientX - frame.left, y: clientY - frame.top })

/**
 * Two fingers or a double tap change the zoom. While the fingers move, the drawn pages are only stretched; when they leave, the pages are drawn
 * anew at the new size.
 */
export function usePinch(frame: RefObject<HTMLElement | null>) {
  const [zoom, setZoom] = useState(1)
  const pages = useRef<HTMLDivElement>(null)
  const target = useRef<Point | null>(null)
  const current = useRef(zoom)
  current.current = zoom
  useLayoutEffect(() => {
    if (target.current !== null) frame.current?.scrollTo(target.current.x, target.current.y)
    target.current = null
  // oxlint-disable-next-line react/exhaustive-effect-dependencies -- scrolls once the pages have their new size
  }, [zoom, frame])
  useEffect(() => {
    const element = frame.current
    if (element === null) return undefined
    let pinch: Pinch | null = null
    let last: { at: Point; time: number } | null = null
    const change = (next: number, at: Point): void => {
      const { scrollLeft: x, scrollTop: y } = element
      target.current = keptUnder({ x, y }, at, next / current.current)
      setZoom(next)
    }
    const start = (event: TouchEvent): void => {
      const box = element.getBoundingClientRect()
      const [a, b] = [...event.touches].map((touch) => pointOf(touch, box))
      if (a === undefined || b === undefined) return
      pinch = { span: distance(a, b), at: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, factor: 1 }
      last = null
    }
    const move = (event: TouchEvent): void => {
      const box = element.getBoundingClientRect()
      const [a, b] = [...event.touches].map((touch) => pointOf(touch, box))
      if (pinch === null || a === undefined || b === undefined || pages.current === null) return
      event.preventDefault()
      pinch.factor = within(current.current * (distance(a, b) / pinch.span)) / current.current
      pages.current.style.transformOrigin = `${element.scrollLeft + pinch.at.x}px ${element.scrollTop + pinch.at.y}px`
      pages.current.style.transform = `scale(${pinch.factor})`
    }
    const end = (event: TouchEvent): void => {
      if (pinch !== null) {
        if (event.touches.length > 1) return
        if (pages.current !== null) pages.current.style.transform = ''
        change(current.current * pinch.factor, pinch.at)
        pinch = null
        return
      }
      const touch = event.changedTouches[0]
      if (touch === undefined) return
      const at = pointOf(touch, element.getBoundingClientRect())
      const twice = last !== null && event.timeStamp - last.time < DOUBLE_MS && distance(last.at, at) < NEAR_PX
      last = twice ? null : { at, time: event.timeStamp }
      if (twice) change(tapped(current.current), at)
    }
    element.addEventListener('touchstart', start, { passive: true })
    element.addEventListener('touchmove', move, { passive: false })
    element.addEventListener('touchend', end)
    return () => {
      element.removeEventListener('touchstart', start)
      element.removeEventListener('touchmove', move)
      element.removeEventListener('touchend', end)
    }
  }, [frame])
  return { zoom, pages }
}
