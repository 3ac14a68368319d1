export interface Point {
  readonly x: number
  readonly y: number
}
export type Stroke = readonly Point[]

/** Where the strokes go on a picture cut close around them, and its size in pixels. */
export interface Fitted {
  readonly width: number
  readonly height: number
  readonly scale: number
  readonly strokes: readonly Stroke[]
}

const MARGIN = 6
const MOST = { width: 600, height: 240 } as const
const LEAST = { width: 60, height: 20 } as const

/** A signature worth keeping is more than a slip of the finger. */
export const isWritten = (strokes: readonly Stroke[]): boolean => strokes.reduce((sum, stroke) => sum + stroke.length, 0) >= 8

/** Cuts a signature out of the pad and makes it small enough to be kept; the picture is never smaller than what is accepted. */
export function fit(strokes: readonly Stroke[]): Fitted {
  const points = strokes.flat()
  const [left, top] = [Math.min(...points.map(({ x }) => x)), Math.min(...points.map(({ y }) => y))]
  const [wide, high] = [Math.max(...points.map(({ x }) => x)) - left, Math.max(...points.map(({ y }) => y)) - top]
  const scale = Math.min(1, (MOST.width - 2 * MARGIN) / Math.max(1, wide), (MOST.height - 2 * MARGIN) / Math.max(1, high))
  return {
    width: Math.max(LEAST.width, Math.ceil(wide * scale) + 2 * MARGIN), height: Math.max(LEAST.height, Math.ceil(high * scale) + 2 * MARGIN), scale,
    strokes: strokes.map((stroke) => stroke.map(({ x, y }) => ({ x: (x - left) * scale + MARGIN, y: (y - top) * scale + MARGIN }))),
  }
}
