import { type Ir, type IrNode, isGateway, isHuman, type NodeId } from '../core/ir.ts'

type Point = { readonly x: number; readonly y: number }
type Size = { readonly w: number; readonly h: number }
export type Placed = Point & Size & { readonly id: NodeId }
type Way = { readonly id: string; readonly points: readonly Point[] }
export type Layout = { readonly shapes: readonly Placed[]; readonly edges: readonly Way[] }

const COLUMN = 180
const ROW = 120
/** Between two shapes side by side, one of them a sub-process. */
const GAP = 60
/** Around what lies in a sub-process, with room for its name. */
const PADDING = 40

const plainSize = (node: IrNode): Size =>
  (isGateway(node) ? { w: 50, h: 50 } : (isHuman(node) && node.kind === 'task') || node.kind === 'call' ? { w: 120, h: 80 } : { w: 36, h: 36 })

/**
 * Places the nodes of a flow from left to right: each one column after the last of those before it, branches below each other; what a repeated
 * step consists of lies inside of it.
 */
export function layout(ir: Ir): Layout {
  return layoutIn(ir, undefined, [ir.start], { x: 100, y: 100 })
}

/** The nodes of one container, the first of them with its middle at `origin`. */
function layoutIn(ir: Ir, parent: NodeId | undefined, starts: readonly NodeId[], origin: Point): Layout {
  const nodes = Object.values(ir.nodes).filter((node) => node.parent === parent)
  const inner = new Map(nodes.flatMap((node) => (node.kind === 'multi' ? [[node.id, insideOf(ir, node.body)] as const] : [])))
  const sizes = new Map(nodes.map((node) => [node.id, inner.get(node.id)?.size ?? plainSize(node)]))
  const { columns, back } = columnsOf(ir, nodes, starts)
  const rows = rowsOf(ir, columns, back)
  const lefts = middles(columns, new Map([...sizes].map(([id, { w }]) => [id, w])), COLUMN)
  const tops = middles(rows, new Map([...sizes].map(([id, { h }]) => [id, h])), ROW)
  const shapes = nodes.map(({ id }): Placed => {
    const { w, h } = sizes.get(id) ?? { w: 0, h: 0 }
    return { id, x: origin.x + (lefts[columns.get(id) ?? 0] ?? 0) - w / 2, y: origin.y + (tops[rows.get(id) ?? 0] ?? 0) - h / 2, w, h }
  })
  const placed = new Map(shapes.map((one) => [one.id, one]))
  const within = shapes.flatMap(({ id, x, y }) => {
    const { layout: own } = inner.get(id) ?? {}
    return own === undefined ? [] : [moved(own, { x: x + PADDING, y: y + PADDING })]
  })
  const edges = waysOf(ir, placed, back)
  return { shapes: [...shapes, ...within.flatMap((one) => one.shapes)], edges: [...edges, ...within.flatMap((one) => one.edges)] }
}

const lowest = (shapes: Iterable<Placed>): number => Math.max(...[...shapes].map(({ y, h }) => y + h))

function waysOf(ir: Ir, placed: ReadonlyMap<NodeId, Placed>, back: ReadonlySet<string>): readonly Way[] {
  const bottom = lowest(placed.values())
  let lanes = 0
  return Object.values(ir.flows).flatMap(({ id, from, to }) => {
    const [a, b] = [placed.get(from), placed.get(to)]
    if (a === undefined || b === undefined) return []
    return [{ id, points: back.has(id) ? wayBack(a, b, bottom + 30 + 20 * lanes++) : wayOn(a, b) }]
  })
}

/** What lies in a sub-process, from its upper left corner on, and how much room it takes. */
function insideOf(ir: Ir, body: NodeId): { readonly layout: Layout; readonly size: Size } {
  const sub = ir.nodes[body]
  const own = layoutIn(ir, body, sub?.kind === 'sub' ? sub.starts : [], { x: 0, y: 0 })
  const points = [...own.shapes.flatMap(({ x, y, w, h }) => [{ x, y }, { x: x + w, y: y + h }]), ...own.edges.flatMap(({ points: way }) => way)]
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  return { layout: moved(own, { x: -left, y: -top }), size: { w: Math.max(...xs) - left + 2 * PADDING, h: Math.max(...ys) - top + 2 * PADDING } }
}

function moved({ shapes, edges }: Layout, by: Point): Layout {
  const move = <P extends Point>(point: P): P => ({ ...point, x: point.x + by.x, y: point.y + by.y })
  return { shapes: shapes.map(move), edges: edges.map(({ id, points }) => ({ id, points: points.map(move) })) }
}

/** Middle of each column or row, as far from the one before as both need. */
function middles(places: ReadonlyMap<NodeId, number>, lengths: ReadonlyMap<NodeId, number>, least: number): readonly number[] {
  const widest: number[] = []
  for (const [id, place] of places) widest[place] = Math.max(widest[place] ?? 0, lengths.get(id) ?? 0)
  const found = [0]
  for (let at = 1; at < widest.length; at++) found.push((found[at - 1] ?? 0) + Math.max(least, ((widest[at - 1] ?? 0) + (widest[at] ?? 0)) / 2 + GAP))
  return found
}

/** Column of each node, and the flows that lead back to a node on the way. */
function columnsOf(ir: Ir, nodes: readonly IrNode[], starts: readonly NodeId[]): { readonly columns: ReadonlyMap<NodeId, number>; readonly back: ReadonlySet<string> } {
  const back = new Set<string>()
  const order: NodeId[] = []
  const [seen, onWay] = [new Set<NodeId>(), new Set<NodeId>()]
  const visit = (id: NodeId): void => {
    seen.add(id)
    onWay.add(id)
    for (const flow of ir.nodes[id]?.out ?? []) {
      const to = ir.flows[flow]?.to ?? id
      if (onWay.has(to)) back.add(flow)
      else if (!seen.has(to)) visit(to)
    }
    onWay.delete(id)
    order.unshift(id)
  }
  for (const start of starts) visit(start)
  const columns = new Map<NodeId, number>(nodes.map(({ id }) => [id, 0]))
  for (const id of order) {
    for (const flow of ir.nodes[id]?.out ?? []) {
      const to = ir.flows[flow]?.to ?? id
      if (!back.has(flow)) columns.set(to, Math.max(columns.get(to) ?? 0, (columns.get(id) ?? 0) + 1))
    }
  }
  return { columns, back }
}

/** Row of each node: that of what it follows if it is free in its column, else the next free one below. */
function rowsOf(ir: Ir, columns: ReadonlyMap<NodeId, number>, back: ReadonlySet<string>): ReadonlyMap<NodeId, number> {
  const rows = new Map<NodeId, number>()
  const taken = new Set<string>()
  for (const [id, column] of [...columns].toSorted((a, b) => a[1] - b[1])) {
    const before = (ir.nodes[id]?.in ?? []).filter((flow) => !back.has(flow)).map((flow) => rows.get(ir.flows[flow]?.from ?? '') ?? 0)
    let row = before.length === 0 ? 0 : Math.min(...before)
    while (taken.has(`${column} ${row}`)) row++
    taken.add(`${column} ${row}`)
    rows.set(id, row)
  }
  return rows
}

const right = ({ x, y, w, h }: Placed): Point => ({ x: x + w, y: y + h / 2 })
const left = ({ x, y, h }: Placed): Point => ({ x, y: y + h / 2 })
const foot = ({ x, y, w, h }: Placed): Point => ({ x: x + w / 2, y: y + h })

function wayOn(a: Placed, b: Placed): readonly Point[] {
  const [from, to] = [right(a), left(b)]
  if (from.y === to.y) return [from, to]
  const middle = to.x - 30
  return [from, { x: middle, y: from.y }, { x: middle, y: to.y }, to]
}

const wayBack = (a: Placed, b: Placed, y: number): readonly Point[] => [foot(a), { x: foot(a).x, y }, { x: foot(b).x, y }, foot(b)]
