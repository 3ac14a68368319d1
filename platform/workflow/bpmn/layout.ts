import { type Ir, type IrNode, isGateway, isHuman, type NodeId } from '../core/ir.ts'

type Point = { readonly x: number; readonly y: number }
export type Placed = Point & { readonly id: NodeId; readonly w: number; readonly h: number }
export type Layout = { readonly shapes: readonly Placed[]; readonly edges: readonly { readonly id: string; readonly points: readonly Point[] }[] }

const COLUMN = 180
const ROW = 120
const sizeOf = (node: IrNode): { readonly w: number; readonly h: number } =>
  (isGateway(node) ? { w: 50, h: 50 } : (isHuman(node) && node.kind === 'task') || node.kind === 'call' ? { w: 120, h: 80 } : { w: 36, h: 36 })

/** Places the nodes of a flow from left to right: each one column after the last of those before it, branches below each other. */
export function layout(ir: Ir): Layout {
  const { columns, back } = columnsOf(ir)
  const rows = rowsOf(ir, columns, back)
  const shapes = Object.values(ir.nodes).map((node): Placed => {
    const { w, h } = sizeOf(node)
    return { id: node.id, x: 100 + (columns.get(node.id) ?? 0) * COLUMN - w / 2, y: 100 + (rows.get(node.id) ?? 0) * ROW - h / 2, w, h }
  })
  const placed = new Map(shapes.map((one) => [one.id, one]))
  const bottom = Math.max(...shapes.map(({ y, h }) => y + h))
  let lanes = 0
  const edges = Object.values(ir.flows).flatMap(({ id, from, to }) => {
    const [a, b] = [placed.get(from), placed.get(to)]
    if (a === undefined || b === undefined) return []
    return [{ id, points: back.has(id) ? wayBack(a, b, bottom + 30 + 20 * lanes++) : wayOn(a, b) }]
  })
  return { shapes, edges }
}

/** Column of each node, and the flows that lead back to a node on the way. */
function columnsOf(ir: Ir): { readonly columns: ReadonlyMap<NodeId, number>; readonly back: ReadonlySet<string> } {
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
  visit(ir.start)
  const columns = new Map<NodeId, number>(Object.keys(ir.nodes).map((id) => [id, 0]))
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
