import { must } from './error.ts'
import { type FlowId, type Ir, type IrNode, type NodeId } from './ir.ts'

/** Markings looked at for one container; with more nothing is claimed. */
const MOST_MARKINGS = 4000
/** Tokens one container may hold in what is looked at: more means that they multiply without end. */
const MOST_TOKENS = 24

export type Exploration = {
  /** Parallel joins that no way makes fire. */
  readonly deadJoins: readonly NodeId[]
  /** Parallel joins at which some way waits for ever. */
  readonly stuckJoins: readonly NodeId[]
  /** Nodes by which tokens multiply without end. */
  readonly endless: readonly NodeId[]
}

/** Tokens on flows (or, with `@`, at a node that starts), sorted. */
type Marking = readonly string[]

/**
 * Follows every way tokens can take in one container, whatever the conditions say. Events may or may not happen; an inclusive join lets through
 * what is there. Every way of the real engine is among these, so what never fires here never fires.
 */
export function explore(ir: Ir, container: NodeId | null): Exploration {
  const nodes = Object.values(ir.nodes).filter((node) => (node.parent ?? null) === container)
  const joins = nodes.filter(isJoin).map(({ id }) => id)
  if (joins.length === 0) return { deadJoins: [], stuckJoins: [], endless: [] }
  const fired = new Set<NodeId>()
  const stuck = new Set<NodeId>()
  const seen = new Set<string>()
  const open: Marking[] = [...beginnings(ir, container)]
  for (let marking = open.pop(); marking !== undefined; marking = open.pop()) {
    const key = marking.join(' ')
    if (seen.has(key)) continue
    seen.add(key)
    if (marking.length > MOST_TOKENS) return { deadJoins: [], stuckJoins: [], endless: multipliers(nodes) }
    if (seen.size > MOST_MARKINGS) return { deadJoins: [], stuckJoins: [], endless: [] }
    const next = steps(ir, marking, fired)
    if (next.length === 0) for (const flow of marking) stuck.add(must(ir.flows[flow], flow).to)
    open.push(...next)
  }
  const dead = joins.filter((id) => !fired.has(id))
  return { deadJoins: dead, stuckJoins: isExact(nodes) ? joins.filter((id) => stuck.has(id) && !dead.includes(id)) : [], endless: [] }
}

const isJoin = (node: IrNode): boolean => node.kind === 'parallel' && node.in.length > 1
const splits = (node: IrNode): boolean => (node.kind === 'parallel' || node.kind === 'inclusive') && node.out.length > 1

/** The split to name; none where more ways are followed than the engine has. */
const multipliers = (nodes: readonly IrNode[]): readonly NodeId[] => (isExact(nodes) ? nodes.filter(splits).map(({ id }) => id).slice(0, 1) : [])

/** Inclusive joins wait for more than is looked at, and events beside an activity happen only so often. */
const isExact = (nodes: readonly IrNode[]): boolean => !nodes.some((node) => (node.kind === 'boundary' && !node.interrupting) || (node.kind === 'inclusive' && node.in.length > 1))

function beginnings(ir: Ir, container: NodeId | null): readonly Marking[] {
  if (container === null) {
    const implicit = (ir.implicit ?? []).map((id) => `@${id}`)
    const starts = ir.starts === undefined || ir.starts.length === 0 ? [ir.start] : ir.starts.map(({ node }) => node)
    return starts.map((id) => [...new Set([`@${id}`, ...implicit])].toSorted())
  }
  const node = ir.nodes[container]
  if (node?.kind === 'multi') return [[`@${node.body}`]]
  if (node?.kind !== 'sub') return []
  const own = node.starts.map((id) => `@${id}`).toSorted()
  return node.triggers === undefined ? [own] : node.triggers.map(({ start }) => [`@${start}`, ...own].toSorted())
}

const without = (marking: Marking, gone: readonly string[]): Marking => {
  const left = [...marking]
  for (const one of gone) left.splice(left.indexOf(one), 1)
  return left
}

/** Markings one step further. */
function steps(ir: Ir, marking: Marking, fired: Set<NodeId>): readonly Marking[] {
  const nodes = new Set(marking.map((one) => (one.startsWith('@') ? one.slice(1) : must(ir.flows[one], one).to)))
  return [...nodes].flatMap((id) => {
    const node = must(ir.nodes[id], id)
    const here = marking.filter((one) => one === `@${id}` || node.in.includes(one))
    const taken = isJoin(node) ? node.in : node.kind === 'inclusive' ? [...new Set(here)] : here.slice(0, 1)
    if (taken.some((one) => !marking.includes(one))) return []
    if (isJoin(node)) fired.add(id)
    const rest = node.kind === 'throw' && node.event.type === 'terminate' ? [] : without(marking, taken)
    return leaving(ir, node).map((flows) => [...rest, ...flows].toSorted())
  })
}

/** The sets of flows by which a token may leave a node. */
function leaving(ir: Ir, node: IrNode): readonly (readonly FlowId[])[] {
  const boundaries = (node.attached ?? []).map((id) => must(ir.nodes[id], id)).filter((one) => one.kind === 'boundary')
  const normal = waysOut(node)
  const interrupted = boundaries.filter((one) => one.interrupting).map((one) => one.out)
  const beside = boundaries.filter((one) => !one.interrupting).flatMap((one) => one.out)
  return [...normal, ...interrupted, ...(beside.length === 0 ? [] : normal.map((out) => [...out, ...beside]))]
}

function waysOut(node: IrNode): readonly (readonly FlowId[])[] {
  switch (node.kind) {
    case 'exclusive':
    case 'events': return node.out.length === 0 ? [[]] : node.out.map((flow) => [flow])
    case 'inclusive': return node.out.length < 2 ? [node.out] : subsets(node.out)
    default: return [node.out]
  }
}

/** Every set with at least one of the flows; of many only the single ones and all. */
function subsets(flows: readonly FlowId[]): readonly (readonly FlowId[])[] {
  if (flows.length > 5) return [...flows.map((flow) => [flow]), flows]
  return Array.from({ length: 2 ** flows.length - 1 }, (_, index) => flows.filter((_flow, bit) => ((index + 1) >> bit) % 2 === 1))
}
