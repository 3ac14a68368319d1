import type { DiagramWire } from '#kit/wire/task.ts'

interface Point { readonly x: number; readonly y: number }

export const pathOf = (points: readonly Point[]): string => points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('')

const EDGE = 12
const BACK = { first: 28, step: 14, label: 64 }

/** A way back that was taken: out at the left side of one step and in at the left side of the other, each further out than the last. */
export function returnWay({ nodes }: DiagramWire, { from, to }: DiagramWire['returns'][number], index: number): readonly Point[] | null {
  const [a, b] = [nodes.find(({ id }) => id === from), nodes.find(({ id }) => id === to)]
  if (a === undefined || b === undefined) return null
  const x = Math.min(...nodes.map((node) => node.x)) - BACK.first - index * BACK.step
  const [start, end] = [a.y + a.h / 2 + 4, b.y + b.h / 2 + 4]
  return [{ x: a.x, y: start }, { x, y: start }, { x, y: end }, { x: b.x, y: end }]
}

/** What the picture covers, with the ways aside and a margin. */
export function areaOf(diagram: DiagramWire): { readonly x: number; readonly y: number; readonly w: number; readonly h: number } {
  const points = [
    ...diagram.nodes.flatMap(({ x, y, w, h }) => [{ x, y }, { x: x + w, y: y + h }]), ...diagram.edges.flatMap(({ points: way }) => way),
    ...diagram.returns.flatMap((way, index) => (returnWay(diagram, way, index) ?? []).map(({ x, y }) => ({ x: x - BACK.label, y }))),
  ]
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
  const [x, y] = [Math.min(...xs, 0) - EDGE, Math.min(...ys, 0) - EDGE]
  return { x, y, w: Math.max(...xs, 0) + EDGE - x, h: Math.max(...ys, 0) + EDGE - y }
}

export const ZOOM = { least: 0.4, most: 2, step: 0.2 } as const

/** The scale at which the whole width is seen; never larger than `most`. */
export const fitting = (room: number, width: number, most: number): number => (room <= 0 ? most : Math.max(ZOOM.least, Math.min(most, room / width)))

export const zoomed = (scale: number, steps: number): number => Math.round(Math.max(ZOOM.least, Math.min(ZOOM.most, scale + steps * ZOOM.step)) * 100) / 100
