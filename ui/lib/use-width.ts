import { useEffect, useState } from 'react'

/** A ref for an element, and its inner width in pixels, followed while it changes; null before it is drawn. */
export function useWidth(): readonly [ref: (element: HTMLElement | null) => void, width: number | null] {
  const [element, setElement] = useState<HTMLElement | null>(null)
  const [width, setWidth] = useState<number | null>(null)
  useEffect(() => {
    if (element === null) return undefined
    const seen = new ResizeObserver(([entry]) => entry && setWidth(Math.floor(entry.contentRect.width)))
    seen.observe(element)
    return () => seen.disconnect()
  }, [element])
  return [setElement, width]
}
