/** A layered drawing of a directed graph from top to bottom: rows by the longest way, order by the middle of the neighbours, orthogonal ways. */

export type Size = { readonly w: number; readonly h: number }
export type Box = Size & { readonly x: number; readonly y: number }
export type Point = { readonly x: number; readonly y: number }
export type Link = { readonly id: string; readonly from: string; readonly to: string }
export type Layout = { readonly boxes: ReadonlyMap<string, Box>; readonly ways: ReadonlyMap<string, readonly Point[]> }

const GAP = { x: 36, y: 36 }
/** Room a way needs that passes a row between two boxes. */
const LANE: Size = { w: 20, h: 0 }
const SWEEPS = 8

type Graph = { readonly start: string; readonly sizes: ReadonlyMap<string, Size>; readonly links: readonly Link[] }
/** A place in a row: a node, or the lane of a way that passes. */
type Slot = { readonly id: string; readonly size: Size; readonly before: Slot[]; readonly after: Slot[]; x: number }

/** Boxes and ways of the nodes that can be reached; ways back leave and arrive at the right side. */
export function layoutOf(graph: Graph): Layout {
  const { order, back } = inOrder(graph)
  const rows = rowsOf(graph, order, back)
  const slots = new Map<string, Slot>()
  const layers = layersOf(graph, rows, back, slots)
  arrange(layers)
  const heights = layers.map((layer) => Math.max(...layer.map(({ size }) => size.h)))
  const tops = heights.map((_, row) => heights.slice(0, row).reduce((sum, height) => sum + height + GAP.y, 0))
  const boxes = new Map(order.map((id) => {
    const [slot, row] = [slots.get(id) as Slot, rows.get(id) ?? 0]
    return [id, { ...slot.size, x: slot.x - slot.size.w / 2, y: (tops[row] ?? 0) + ((heights[row] ?? 0) - slot.size.h) / 2 }] as const
  }))
  const right = Math.max(...[...slots.values()].map(({ x, size }) => x + size.w / 2))
  let turned = 0
  const ways = graph.links.flatMap((link) => {
    const [a, b] = [boxes.get(link.from), boxes.get(link.to)]
    if (a === undefined || b === undefined) return []
    if (back.has(link.id)) return [[link.id, aside(a, b, right + 16 + 12 * turned++)] as const]
    const lanes = lanesOf(link, rows).map((id) => (slots.get(id) as Slot).x)
    return [[link.id, down(a, b, lanes, (row) => tops[(rows.get(link.from) ?? 0) + row] ?? 0)] as const]
  })
  return { boxes, ways: new Map(ways) }
}

/** Nodes so that each comes after those before it; links back to a node on the present way. */
function inOrder({ start, links }: Graph): { readonly order: readonly string[]; readonly back: ReadonlySet<string> } {
  const [order, back, seen, onWay] = [[] as string[], new Set<string>(), new Set<string>(), new Set<string>()]
  const visit = (id: string): void => {
    seen.add(id)
    onWay.add(id)
    for (const link of links.filter(({ from }) => from === id).toReversed()) {
      if (onWay.has(link.to)) back.add(link.id)
      else if (!seen.has(link.to)) visit(link.to)
    }
    onWay.delete(id)
    order.unshift(id)
  }
  visit(start)
  return { order, back }
}

/** Row of each node: one below the lowest of those before it. */
function rowsOf({ links }: Graph, order: readonly string[], back: ReadonlySet<string>): ReadonlyMap<string, number> {
  const rows = new Map(order.map((id) => [id, 0]))
  for (const id of order) {
    for (const { id: link, to } of links.filter(({ from }) => from === id)) if (!back.has(link)) rows.set(to, Math.max(rows.get(to) ?? 0, (rows.get(id) ?? 0) + 1))
  }
  return rows
}

const lanesOf = ({ id, from, to }: Link, rows: ReadonlyMap<string, number>): readonly string[] => {
  const [first, last] = [rows.get(from) ?? 0, rows.get(to) ?? 0]
  return Array.from({ length: Math.max(0, last - first - 1) }, (_, index) => `${id}#${index}`)
}

function layersOf({ sizes, links }: Graph, rows: ReadonlyMap<string, number>, back: ReadonlySet<string>, slots: Map<string, Slot>): readonly Slot[][] {
  const layers: Slot[][] = []
  const add = (id: string, size: Size, row: number): void => {
    const slot: Slot = { id, size, before: [], after: [], x: 0 }
    slots.set(id, slot)
    ;(layers[row] ??= []).push(slot)
  }
  for (const [id, row] of rows) add(id, sizes.get(id) ?? LANE, row)
  for (const link of links.filter(({ id, from, to }) => !back.has(id) && rows.has(from) && rows.has(to))) {
    const lanes = lanesOf(link, rows)
    lanes.forEach((lane, index) => add(lane, LANE, (rows.get(link.from) ?? 0) + index + 1))
    const way = [link.from, ...lanes, link.to].map((id) => slots.get(id) as Slot)
    for (const [index, slot] of way.slice(1).entries()) {
      way[index]?.after.push(slot)
      slot.before.push(way[index] as Slot)
    }
  }
  return layers
}

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0) / numbers.length

/** Orders each row by where its neighbours are, then moves everything as near to them as the room allows. */
function arrange(layers: readonly Slot[][]): void {
  for (const layer of layers) place(layer, (_, index) => index)
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const falls = sweep % 2 === 0
    for (const layer of falls ? layers : layers.toReversed()) {
      const wanted = (slot: Slot): number => {
        const near = falls ? slot.before : slot.after
        return near.length === 0 ? slot.x : mean(near.map(({ x }) => x))
      }
      if (sweep < SWEEPS / 2) layer.sort((a, b) => wanted(a) - wanted(b))
      place(layer, wanted)
    }
  }
}

/** Places a row so that the sum of squared distances to the wanted places is least and nothing overlaps (pool adjacent violators). */
function place(layer: readonly Slot[], wanted: (slot: Slot, index: number) => number): void {
  const offsets = layer.map((_, index) => layer.slice(0, index).reduce((sum, { size }, at) => sum + size.w / 2 + GAP.x + (layer[at + 1]?.size.w ?? 0) / 2, 0))
  const pools: { sum: number; n: number }[] = []
  for (const [index, slot] of layer.entries()) {
    pools.push({ sum: wanted(slot, index) - (offsets[index] ?? 0), n: 1 })
    for (let [a, b] = pools.slice(-2); a !== undefined && b !== undefined && a.sum / a.n > b.sum / b.n; [a, b] = pools.slice(-2)) pools.splice(-2, 2, { sum: a.sum + b.sum, n: a.n + b.n })
  }
  const places = pools.flatMap(({ sum, n }) => Array.from({ length: n }, () => sum / n))
  for (const [index, slot] of layer.entries()) slot.x = (places[index] ?? 0) + (offsets[index] ?? 0)
}

/** Straight down, changing sides between two rows. */
function down(a: Box, b: Box, lanes: readonly number[], topOf: (row: number) => number): readonly Point[] {
  const points: Point[] = [{ x: a.x + a.w / 2, y: a.y + a.h }]
  for (const [index, x] of [...lanes, b.x + b.w / 2].entries()) {
    const at = points.at(-1) as Point
    const y = topOf(index + 1) - GAP.y / 2
    if (Math.abs(at.x - x) > 0.5) points.push({ x: at.x, y }, { x, y })
  }
  return [...points, { x: points.at(-1)?.x ?? 0, y: b.y }]
}

function aside(a: Box, b: Box, x: number): readonly Point[] {
  const [from, to] = [a.y + a.h / 2, b.y + b.h / 2]
  return [{ x: a.x + a.w, y: from }, { x, y: from }, { x, y: to }, { x: b.x + b.w, y: to }]
}
