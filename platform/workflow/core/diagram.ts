import { isGateway, isHuman } from './ir.ts'
import type { IrGraph, IrNode, NodeId } from './ir.ts'
import { layoutOf } from './layout.ts'
import type { Box, Point, Size } from './layout.ts'
import type { State } from './state.ts'

export type NodeState = 'done' | 'now' | 'returned' | 'cancelled' | 'next'
export type Drawing = {
  readonly nodes: readonly (Box & { readonly id: NodeId; readonly name: string; readonly kind: string; readonly state: NodeState; readonly mark: 'added' | 'skipped' | null })[]
  readonly edges: readonly { readonly from: NodeId; readonly to: NodeId; readonly label: string | null; readonly points: readonly Point[]; readonly taken: boolean }[]
}

const STEP: Size = { w: 168, h: 56 }
/** What the system does or waits for by itself. */
const SILENT: Size = { w: 128, h: 32 }
const GATEWAY: Size = { w: 28, h: 28 }

const nextOf = (ir: IrGraph, id: NodeId): readonly NodeId[] => (ir.nodes[id]?.out ?? []).flatMap((flow) => ir.flows[flow]?.to ?? [])

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

/** A call that stands on an edge has no name but its function's: people read what it is. */
const nameOf = (node: IrNode): string => (node.kind === 'call' && node.name === node.does ? '系统处理' : node.name)
const kindOf = (node: IrNode): string => (node.kind === 'exclusive' ? 'choice' : node.kind)
const sizeOf = (node: IrNode): Size => (isGateway(node) ? GATEWAY : isHuman(node) ? STEP : SILENT)

/** What belongs to a node without a flow to it: events at its edge, what lies in it, what undoes it. */
function held(node: IrNode): readonly NodeId[] {
  const inside = node.kind === 'sub' ? [...node.starts, ...(node.triggers ?? []).map(({ start }) => start)] : node.kind === 'multi' ? [node.body] : []
  return [...(node.attached ?? []), ...inside, ...(node.compensation === undefined ? [] : [node.compensation])]
}

type Way = { readonly id: string; readonly from: NodeId; readonly to: NodeId; readonly label: string | null }

/** The flows, and from each node to what it holds, so that everything hangs together. */
const waysOf = (ir: IrGraph): readonly Way[] => [
  ...Object.values(ir.flows), ...Object.values(ir.nodes).flatMap((node) => held(node).map((to) => ({ id: `${node.id} holds ${to}`, from: node.id, to, label: null }))),
]

/** A flow as a drawing from top to bottom, with the way a case has taken; without a case nothing was come to yet. */
export function drawingOf(ir: IrGraph, state: State | null): Drawing {
  const states = state === null ? new Map<NodeId, NodeState>() : visited(ir, state)
  const sizes = new Map(Object.values(ir.nodes).map((node) => [node.id, sizeOf(node)]))
  const links = waysOf(ir)
  const { boxes, ways } = layoutOf({ start: ir.start, sizes, links })
  const nodes = [...boxes].flatMap(([id, box]) => {
    const node = ir.nodes[id]
    return node === undefined ? [] : [{ ...box, id, name: nameOf(node), kind: kindOf(node), state: states.get(id) ?? ('next' as const), mark: isHuman(node) ? (node.mark ?? null) : null }]
  })
  const edges = links.flatMap(({ id, from, to, label }) => {
    const points = ways.get(id)
    return points === undefined ? [] : [{ from, to, label, points, taken: states.has(from) && states.has(to) }]
  })
  return { nodes, edges }
}
