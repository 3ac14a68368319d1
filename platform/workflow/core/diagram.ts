import { isGateway, isHuman } from './ir.ts'
import type { IrGraph, IrNode, NodeId } from './ir.ts'
import { layoutOf } from './layout.ts'
import type { Box, Point, Size } from './layout.ts'
import { latestAt, type State } from './state.ts'

export type NodeState = 'done' | 'now' | 'returned' | 'cancelled' | 'next'
export type Drawing = {
  readonly nodes: readonly (Box & { readonly id: NodeId; readonly name: string; readonly kind: string; readonly state: NodeState; readonly mark: 'added' | 'skipped' | null })[]
  readonly edges: readonly { readonly from: NodeId; readonly to: NodeId; readonly label: string | null; readonly points: readonly Point[]; readonly taken: boolean }[]
}

const STEP: Size = { w: 168, h: 56 }
/** What the system does or waits for by itself. */
const SILENT: Size = { w: 128, h: 32 }
const GATEWAY: Size = { w: 28, h: 28 }

const STATES = { open: 'now', completed: 'done', returned: 'returned', withdrawn: 'returned', cancelled: 'cancelled' } as const

/** How the last visit to each step went; while one branch of a 会签 by departments is at it, it is now. */
function visits({ tasks }: State): ReadonlyMap<NodeId, NodeState> {
  const states = new Map<NodeId, NodeState>()
  for (const [node, all] of Map.groupBy(Object.values(tasks).toSorted((a, b) => a.id - b.id), (task) => task.node)) {
    const last = latestAt(all)
    const shown = last.find(({ status }) => status === 'open') ?? last.at(-1)
    if (shown !== undefined) states.set(node, STATES[shown.status])
  }
  return states
}

/** Nodes a case has come to, with how the last visit went. Gateways and calls count as passed when what lies before and after them was. */
function visited(ir: IrGraph, ways: readonly Way[], state: State): ReadonlyMap<NodeId, NodeState> {
  const states = new Map(visits(state))
  for (const { node } of Object.values(state.tokens)) if (!states.has(node)) states.set(node, 'now')
  for (const { kind, region } of Object.values(state.scopes)) if (kind === 'multi' && region !== null && !states.has(region)) states.set(region, 'now')
  const [into, out] = [Map.groupBy(ways, ({ to }) => to), Map.groupBy(ways, ({ from }) => from)]
  const reaches = (id: NodeId, seen: Set<NodeId>): boolean => {
    seen.add(id)
    return (out.get(id) ?? []).some(({ to }) => {
      const node = ir.nodes[to]
      return states.has(to) || (node !== undefined && !isHuman(node) && !seen.has(to) && reaches(to, seen))
    })
  }
  const silent = Object.values(ir.nodes).filter((node) => !isHuman(node))
  for (let grew = true; grew;) {
    const found = silent.filter(({ id }) => !states.has(id) && (into.get(id) ?? []).some(({ from }) => states.has(from))
      && ((out.get(id) ?? []).length === 0 ? state.case.status === 'ended' : reaches(id, new Set())))
    for (const { id } of found) states.set(id, 'done')
    grew = found.length > 0
  }
  return states
}

/** A call that stands on an edge has no name but its function's: people read what it is. */
const nameOf = (node: IrNode): string => (node.kind === 'call' && node.name === node.does ? '系统处理' : node.name)
const kindOf = (node: IrNode): string => (node.kind === 'exclusive' ? 'choice' : node.kind)
const sizeOf = (node: IrNode): Size => (isGateway(node) ? GATEWAY : isHuman(node) ? STEP : SILENT)

type Way = { readonly id: string; readonly from: NodeId; readonly to: NodeId; readonly label: string | null }

/** What belongs to a node without a flow to it: events at its edge, what lies in it, what undoes it. What is repeated is drawn once. */
function held(ir: IrGraph, node: IrNode): readonly NodeId[] {
  const body = node.kind === 'multi' ? ir.nodes[node.body] : node
  const inside = body?.kind === 'sub' ? [...body.starts, ...(body.triggers ?? []).map(({ start }) => start)] : body === undefined || body === node ? [] : [body.id]
  return [...(node.attached ?? []), ...inside, ...(node.compensation === undefined ? [] : [node.compensation])]
}

/** Where the way goes on after a repeated sub-process: from its last steps, for they are drawn below it. */
function exitsOf(ir: IrGraph, node: IrNode): readonly NodeId[] {
  const body = node.kind === 'multi' ? ir.nodes[node.body] : undefined
  if (body?.kind !== 'sub') return [node.id]
  const last = Object.values(ir.nodes).filter(({ parent, out, kind }) => parent === body.id && out.length === 0 && kind !== 'boundary' && kind !== 'sub')
  return last.length === 0 ? [node.id] : last.map(({ id }) => id)
}

/** The flows, and from each node to what it holds, so that everything hangs together. */
const waysOf = (ir: IrGraph): readonly Way[] => [
  ...Object.values(ir.flows).flatMap(({ id, from, to, label }) => {
    const node = ir.nodes[from]
    return (node === undefined ? [from] : exitsOf(ir, node)).map((exit, index): Way => ({ id: index === 0 ? id : `${id} ${exit}`, from: exit, to, label }))
  }),
  ...Object.values(ir.nodes).flatMap((node) => held(ir, node).map((to): Way => ({ id: `${node.id} holds ${to}`, from: node.id, to, label: node.kind === 'multi' && to !== node.compensation ? '分别办理' : null }))),
]

/** A flow as a drawing from top to bottom, with the way a case has taken; without a case nothing was come to yet. */
export function drawingOf(ir: IrGraph, state: State | null): Drawing {
  const links = waysOf(ir)
  const states = state === null ? new Map<NodeId, NodeState>() : visited(ir, links, state)
  const sizes = new Map(Object.values(ir.nodes).map((node) => [node.id, sizeOf(node)]))
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
