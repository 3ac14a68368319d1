const LEAST = 1
const MOST = 4
const TAP = 2

export interface Point {
  readonly x: number
  readonly y: number
}

export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y)

export const within = (zoom: number): number => Math.min(MOST, Math.max(LEAST, zoom))

/** A double tap enlarges, and the next one shows the whole width again. */
export const tapped = (zoom: number): number => (zoom > LEAST + 0.05 ? LEAST : TAP)

/** Where to scroll so that the point under the fingers stays under them when the zoom changes by `factor`. `at` is measured from the frame's corner. */
export const keptUnder = (scroll: Point, at: Point, factor: number): Point => ({ x: (scroll.x + at.x) * factor - at.x, y: (scroll.y + at.y) * factor - at.y })
