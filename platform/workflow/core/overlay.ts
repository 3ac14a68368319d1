import { analyse } from './analyse.ts'
import { must } from './error.ts'
import { type FlowId, type HumanNode, type Ir, type IrFlow, type IrGraph, type IrNode, isHuman, type NodeId } from './ir.ts'
import type { Overlay } from './state.ts'

const bases = new WeakMap<Ir, Ir>()
const effective = new WeakMap<Ir, Map<string, Ir>>()
/** Overlays kept ready for one flow. */
const MOST_KEPT = 100

/** The flow under an overlay; without one the flow itself. */
export const baseOf = (ir: Ir): Ir => bases.get(ir) ?? ir

/** The flow as one case has it, with its structure and legal 退回 targets worked out anew. Steps after which nothing can be put (any more) are left out. */
export function effectiveIr(ir: Ir, overlay: Overlay | undefined): Ir {
  const base = baseOf(ir)
  if (overlay === undefined) return base
  const key = JSON.stringify(overlay)
  const known = effective.get(base) ?? new Map<string, Ir>()
  effective.set(base, known)
  const made = known.get(key) ?? overlaid(base, overlay)
  if (known.size > MOST_KEPT) known.clear()
  known.set(key, made)
  bases.set(made, base)
  return made
}

function overlaid(base: Ir, { added, skipped }: Overlay): Ir {
  const { structure: _structure, format, ...graph } = base
  const longer = added.reduce<IrGraph>((now, step) => withStep(now, step), graph)
  const nodes = Object.fromEntries(Object.entries(longer.nodes).map(([id, node]) => [id, isHuman(node) && skipped.includes(id) ? { ...node, mark: 'skipped' as const } : node]))
  const whole = { ...longer, nodes }
  return { format, ...whole, structure: analyse(whole) }
}

/**
 * The flow a step leaves by when it passes: its own, or that of the choice behind it which takes its first outcome. Null when what follows
 * depends on more than the outcome.
 */
export function wayOn(graph: IrGraph, id: NodeId): IrFlow | null {
  const node = graph.nodes[id]
  const [first] = node?.out ?? []
  if (node === undefined || !isHuman(node) || first === undefined) return null
  const way = must(graph.flows[first], first)
  const next = must(graph.nodes[way.to], way.to)
  const choices = next.kind === 'exclusive' && next.in.length === 1 ? next.out.map((flow) => must(graph.flows[flow], flow)) : []
  if (choices.every(({ on }) => on === null)) return way
  const passing = choices.filter(({ on }) => on === null || on === node.outcomes[0])
  return passing.length === 1 && passing[0]?.when === null ? passing[0] : null
}

/** The last leg keeps its id, so that joins and branches stay what they are; what was asked on the way is asked on the first. */
function withStep(graph: IrGraph, { id, name, after, decide }: Overlay['added'][number]): IrGraph {
  const way = wayOn(graph, after)
  const own = graph.nodes[after]
  if (way === null || own === undefined || !isHuman(own)) return graph
  const first: FlowId = `${way.id}+${id}`
  const from = must(graph.nodes[way.from], way.from)
  const leads = { ...from, out: from.out.map((flow) => (flow === way.id ? first : flow)) } as IrNode
  const { otherwise, ...last } = way
  return {
    ...graph,
    nodes: { ...graph.nodes, [from.id]: leads, [id]: { ...stepOf(own), id, name, decide, in: [first], out: [way.id] } },
    flows: { ...graph.flows, [first]: { ...last, id: first, to: id, ...(otherwise === undefined ? {} : { otherwise }) }, [way.id]: { ...last, from: id, when: null, on: null, label: null } },
  }
}

/** An added step sees no more than the one it follows, and speaks in the same place. */
const stepOf = ({ may, parent, form: { hide, area, hideAreas } }: HumanNode): Omit<HumanNode, 'id' | 'name' | 'decide' | 'in' | 'out'> => ({
  kind: 'task', by: { kind: 'chosen' }, outcomes: ['approve', 'reject'], reject: 'previous', due: null, remind: [], timeout: 'remind', nobody: 'initiator', sameAsInitiator: 'keep',
  may, form: { ...(hide !== undefined && { hide }), ...(area !== undefined && { area }), ...(hideAreas !== undefined && { hideAreas }) }, element: null, mark: 'added', ...(parent === undefined ? {} : { parent }),
})
