import { isGateway, isHuman } from './ir.ts'
import type { IrGraph, IrNode, NodeId } from './ir.ts'
import type { State } from './state.ts'

export type NodeState = 'done' | 'now' | 'returned' | 'cancelled' | 'next'
type Point = { readonly x: number; readonly y: number }
export type Drawing = {
  readonly nodes: readonly { readonly id: NodeId; readonly name: string; readonly kind: string; readonly x: number; readonly y: number; readonly w: number; readonly h: number; readonly state: NodeState }[]
  readonly edges: readonly { readonly from: NodeId; readonly to: NodeId; readonly points: readonly Point[]; readonly taken: boolean }[]
}

const COLUMN = 200
const ROW = 96
const STEP = { w: 136, h: 44 }
const GATEWAY = { w: 32, h: 32 }

const nextOf = (ir: IrGraph, id: NodeId): readonly NodeId[] => (ir.nodes[id]?.out ?? []).flatMap((flow) => ir.flows[flow]?.to ?? [])

/** Nodes so that each comes after those before it; ways back to a node on the present way are left out. */
function inOrder(ir: IrGraph): { readonly order: readonly NodeId[]; readonly back: ReadonlySet<string> } {
  const [order, back, seen, onWay]: [NodeId[], Set<string>, Set<NodeId>, Set<NodeId>] = [[], new Set(), new Set(), new Set()]
  const visit = (id: NodeId): void => {
    seen.add(id)
    onWay.add(id)
    for (const next of nextOf(ir, id)) {
      if (onWay.has(next)) back.add(`${id}>${next}`)
      else if (!seen.has(next)) visit(next)
    }
    onWay.delete(id)
    order.unshift(id)
  }
  visit(ir.start)
  return { order, back }
}

/** Row of each node: one below the lowest of those before it. */
function rowsOf(ir: IrGraph): ReadonlyMap<NodeId, number> {
  const { order, back } = inOrder(ir)
  const rows = new Map<NodeId, number>(order.map((id) => [id, 0]))
  for (const id of order) {
    for (const next of nextOf(ir, id)) if (!back.has(`${id}>${next}`)) rows.set(next, Math.max(rows.get(next) ?? 0, (rows.get(id) ?? 0) + 1))
  }
  return rows
}

const STATES = { open: 'now', completed: 'done', returned: 'returned', withdrawn: 'returned', cancelled: 'cancelled' } as const

/** Nodes a case has come to, with how the last visit went. Gateways and calls count as passed when what lies before and after them was. */
function visited(ir: IrGraph, state: State): ReadonlyMap<NodeId, NodeState> {
  const states = new Map<NodeId, NodeState>(Object.values(state.tasks).toSorted((a, b) => a.id - b.id).map(({ node, status }) => [node, STATES[status]]))
  for (const { node } of Object.values(state.tokens)) if (!states.has(node)) states.set(node, 'now')
  const passed = (id: NodeId): boolean => states.has(id)
  const silent = Object.values(ir.nodes).filter((node) => !isHuman(node))
  for (let grew = true; grew;) {
    const found = silent.filter(({ id, in: from, out }) => !states.has(id) && from.some((flow) => passed(ir.flows[flow]?.from ?? ''))
      && (out.length === 0 ? state.case.status === 'ended' : reaches(ir, id, passed, new Set())))
    for (const { id } of found) states.set(id, 'done')
    grew = found.length > 0
  }
  return states
}

/** True when a way over silent nodes leads from here to a node that was come to. */
function reaches(ir: IrGraph, id: NodeId, passed: (id: NodeId) => boolean, seen: Set<NodeId>): boolean {
  seen.add(id)
  return nextOf(ir, id).some((next) => {
    const node = ir.nodes[next]
    return passed(next) || (node !== undefined && !isHuman(node) && !seen.has(next) && reaches(ir, next, passed, seen))
  })
}

const kindOf = (node: IrNode): string => (node.kind === 'exclusive' ? 'choice' : node.kind)
const sizeOf = (node: IrNode): { w: number; h: number } => (isGateway(node) ? GATEWAY : STEP)

/** The flow of a case as a drawing from top to bottom, with the way it has taken. */
export function drawingOf(ir: IrGraph, state: State): Drawing {
  const rows = rowsOf(ir)
  const states = visited(ir, state)
  const nodes = [...Map.groupBy([...rows], ([, row]) => row)].flatMap(([row, members]) => members.flatMap(([id], column) => {
    const node = ir.nodes[id]
    if (node === undefined) return []
    const { w, h } = sizeOf(node)
    return [{ id, name: node.name, kind: kindOf(node), x: (column - (members.length - 1) / 2) * COLUMN - w / 2, y: row * ROW - h / 2, w, h, state: states.get(id) ?? ('next' as const) }]
  }))
  const placed = new Map(nodes.map((node) => [node.id, node]))
  const edges = Object.values(ir.flows).flatMap(({ from, to }) => {
    const [a, b] = [placed.get(from), placed.get(to)]
    return a === undefined || b === undefined ? [] : [{ from, to, points: wayOf(a, b), taken: states.has(from) && states.has(to) }]
  })
  return { nodes, edges }
}

type Box = Point & { readonly w: number; readonly h: number }

/** Straight down, or with a bend halfway; ways back leave and arrive at the right side. */
function wayOf(a: Box, b: Box): readonly Point[] {
  const [ax, bx] = [a.x + a.w / 2, b.x + b.w / 2]
  if (b.y <= a.y) {
    const side = Math.max(a.x + a.w, b.x + b.w) + 24
    return [{ x: a.x + a.w, y: a.y + a.h / 2 }, { x: side, y: a.y + a.h / 2 }, { x: side, y: b.y + b.h / 2 }, { x: b.x + b.w, y: b.y + b.h / 2 }]
  }
  const middle = b.y - 16
  const bend = ax === bx ? [] : [{ x: ax, y: middle }, { x: bx, y: middle }]
  return [{ x: ax, y: a.y + a.h }, ...bend, { x: bx, y: b.y }]
}
