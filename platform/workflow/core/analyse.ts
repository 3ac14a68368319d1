import { must } from './error.ts'
import { type FlowId, type Ir, type IrGraph, type IrNode, innerOf, isConcurrent, isHuman, type NodeId, type Place, type Region, type Structure, type Target } from './ir.ts'

/** Computes regions, places and legal 退回 targets of a graph, once, when a flow is compiled. */
export function analyse(graph: IrGraph): Structure {
  const regions = findRegions(graph)
  const crowded = crowdedIn(graph)
  const inner = Object.values(graph.nodes).filter((node) => node.kind === 'sub' && node.triggers !== undefined).map(({ id }) => id)
  const joins = Object.fromEntries(Object.values(regions).map((region) => [region.join, region.split]))
  const places = placesOf(graph, regions)
  const free = Object.fromEntries(
    Object.values(graph.nodes)
      .filter((node) => isConcurrent(node) && regions[node.id] === undefined && joins[node.id] === undefined)
      .map((node) => [node.id, [...reachable(graph, node.out)]]),
  )
  const partial = { regions, joins, places, free, ...(crowded.length === 0 ? {} : { crowded }), ...(inner.length === 0 ? {} : { inner }) }
  return { ...partial, targets: targetsOf(graph, partial) }
}

/** Nodes reachable through the given flows, not going beyond `stop`. */
export function reachable(graph: IrGraph, from: readonly FlowId[], stop: NodeId | null = null): ReadonlySet<NodeId> {
  const seen = new Set<NodeId>()
  const open = [...from]
  for (let flow = open.pop(); flow !== undefined; flow = open.pop()) {
    const node = must(graph.nodes[must(graph.flows[flow], flow).to], flow)
    if (node.id === stop || seen.has(node.id)) continue
    seen.add(node.id)
    open.push(...node.out)
    for (const event of node.attached ?? []) {
      seen.add(event)
      open.push(...must(graph.nodes[event], event).out)
    }
  }
  return seen
}

/** What may follow a node directly: also into a sub-process, out of it when it ends, and by its boundary events. */
export function followersOf(graph: IrGraph, id: NodeId): readonly NodeId[] {
  const node = must(graph.nodes[id], id)
  const around = node.parent === undefined ? undefined : graph.nodes[node.parent]
  return [
    ...node.out.map((flow) => must(graph.flows[flow], flow).to),
    ...(node.attached ?? []),
    ...(node.kind === 'sub' ? [...node.starts, ...innerOf(graph, id).map((inner) => inner.id)] : node.kind === 'multi' ? [node.body] : []),
    ...(node.kind === 'sub' ? (node.triggers ?? []).map(({ start }) => start) : []),
    ...(around === undefined ? [] : [...(around.attached ?? []), ...(node.out.length === 0 ? around.out.map((flow) => must(graph.flows[flow], flow).to) : [])]),
    // A container around whose own end this is the end of ends as well.
    ...(around !== undefined && node.out.length === 0 && around.out.length === 0 && around.parent !== undefined ? followersOf(graph, around.id) : []),
  ]
}

/** Nodes that may come after a node, through sub-processes and events too. */
function after(graph: IrGraph, id: NodeId): ReadonlySet<NodeId> {
  const seen = new Set<NodeId>()
  const open = [...followersOf(graph, id)]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (seen.has(next)) continue
    seen.add(next)
    open.push(...followersOf(graph, next))
  }
  return seen
}

const known = new WeakMap<IrGraph, Map<NodeId, ReadonlySet<NodeId>>>()

/** True when one node may come after another, directly or later. */
export function comesAfter(graph: IrGraph, first: NodeId, then: NodeId): boolean {
  const sets = known.get(graph) ?? new Map<NodeId, ReadonlySet<NodeId>>()
  known.set(graph, sets)
  const found = graph.nodes[first] === undefined ? new Set<NodeId>() : (sets.get(first) ?? after(graph, first))
  sets.set(first, found)
  return found.has(then)
}

/** Containers in which several tokens may live side by side without a split. */
function crowdedIn(graph: IrGraph): readonly NodeId[] {
  const nodes = Object.values(graph.nodes)
  const aside = nodes.filter((node) => (node.kind === 'boundary' && !node.interrupting) || (node.kind === 'sub' && node.triggers?.some(({ interrupting }) => !interrupting) === true)).map(({ parent }) => parent ?? '')
  const starts = nodes.filter((node) => node.kind === 'sub' && node.starts.length > 1).map(({ id }) => id)
  return [...new Set([...aside, ...starts, ...((graph.implicit ?? []).length > 0 ? [''] : [])])].toSorted()
}

function findRegions(graph: IrGraph): Readonly<Record<NodeId, Region>> {
  const gateways = Object.values(graph.nodes).filter(isConcurrent)
  const joins = gateways.filter((node) => node.in.length > 1)
  const found: Record<NodeId, Region> = {}
  for (const split of gateways.filter((node) => node.out.length > 1)) {
    const region = joins.map((join) => regionBetween(graph, split, join)).find((one) => one !== null)
    if (region !== undefined && region !== null) found[split.id] = region
  }
  return found
}

/** The region between a split and a join; null unless every branch is closed in itself and enters the join by exactly one flow. */
function regionBetween(graph: IrGraph, split: IrNode, join: IrNode): Region | null {
  if (split.out.length !== join.in.length || (split.kind === 'inclusive' && join.kind === 'parallel')) return null
  const branches: Region['branches'][number][] = []
  for (const out of split.out) {
    const nodes = reachable(graph, [out], join.id)
    const into = join.in.filter((flow) => flow === out || nodes.has(must(graph.flows[flow], flow).from))
    const [only] = into
    if (only === undefined || into.length > 1 || !isClosed(graph, nodes, out, split.id)) return null
    branches.push({ out, into: only, nodes: [...nodes] })
  }
  return { split: split.id, join: join.id, branches }
}

function isClosed(graph: IrGraph, nodes: ReadonlySet<NodeId>, entry: FlowId, split: NodeId): boolean {
  return [...nodes].every((id) => {
    const node = must(graph.nodes[id], id)
    const entered = node.in.every((flow) => flow === entry || nodes.has(must(graph.flows[flow], flow).from))
    return id !== split && node.out.length > 0 && entered && !(node.kind === 'boundary' && !node.interrupting)
  })
}

function placesOf(graph: IrGraph, regions: Readonly<Record<NodeId, Region>>): Readonly<Record<NodeId, readonly Place[]>> {
  const size = (region: Region): number => region.branches.reduce((sum, branch) => sum + branch.nodes.length, 0)
  const places: Record<NodeId, Place[]> = {}
  for (const region of Object.values(regions).toSorted((a, b) => size(b) - size(a))) {
    for (const branch of region.branches) {
      for (const node of branch.nodes) (places[node] ??= []).push({ region: region.split, branch: branch.out })
    }
  }
  const around = (id: NodeId): readonly Place[] => {
    const parent = graph.nodes[id]?.parent
    return [...(parent === undefined ? [] : [...around(parent), ...inside(graph, parent)]), ...(places[id] ?? [])]
  }
  const nested = Object.keys(graph.nodes).filter((id) => graph.nodes[id]?.parent !== undefined)
  return { ...places, ...Object.fromEntries(nested.map((id) => [id, around(id)])) }
}

const inside = (graph: IrGraph, id: NodeId): readonly Place[] => {
  const own = { region: id, branch: '' }
  return graph.nodes[id]?.kind === 'multi' ? [{ region: id, branch: '*' }, own] : [own]
}

type Shape = Pick<Structure, 'regions' | 'joins' | 'places' | 'free' | 'crowded' | 'inner'>

/** Places around a node, outermost first. */
export const placesAt = (shape: Pick<Structure, 'places'>, node: NodeId): readonly Place[] => shape.places[node] ?? []

const samePlace = (a: Place | undefined, b: Place | undefined): boolean => a !== undefined && b !== undefined && a.region === b.region && sameBranch(a.branch, b.branch)

/** Which run of a repeated activity it is only the running case knows. */
const sameBranch = (a: FlowId, b: FlowId): boolean => a === b || (a === '*' && b.startsWith('#')) || (b === '*' && a.startsWith('#'))

/** Length of the common outer part of two lists of places. */
export function commonDepth(a: readonly Place[], b: readonly Place[]): number {
  let depth = 0
  while (samePlace(a[depth], b[depth])) depth++
  return depth
}

/** True when places contain a parallel or inclusive gateway without a region, so that several tokens may live side by side in it. */
export function isTangled(shape: Shape, places: readonly Place[]): boolean {
  const last = places.at(-1)
  if ((last === undefined || last.branch === '') && shape.crowded?.includes(last?.region ?? '') === true) return true
  return Object.keys(shape.free).some((gateway) => {
    const own = placesAt(shape, gateway)
    return own.length === places.length && commonDepth(own, places) === own.length
  })
}

/**
 * What moving a token from `from` (its places) to `node` means; null when it is not sound. Unsound are: into a sibling branch of the same
 * region (the own branch would never arrive at the join), and to a node that lies behind a free gateway (tokens would be missing).
 */
export function relation(shape: Shape, from: readonly Place[], node: NodeId): Target | null {
  const to = placesAt(shape, node)
  const depth = commonDepth(from, to)
  if (from.length > depth && to.length > depth && from[depth]?.region === to[depth]?.region) return null
  // One run of a repeated activity, or an event sub-process, cannot be entered from outside.
  if (to.slice(depth).some(({ region, branch }) => branch === '*' || isInner(shape, region))) return null
  for (let level = depth; level <= to.length; level++) {
    if (behindFreeGateway(shape, to.slice(0, level), to[level]?.region ?? node)) return null
  }
  const cut = from[depth]
  const tangled = isTangled(shape, to.slice(0, depth))
  const left = cut !== undefined && !tangled && (cut.branch === '' || cut.branch === '*' || cut.branch.startsWith('#'))
  const cancels = left ? 'sub' : cut !== undefined || tangled ? 'parallel' : depth > 0 ? 'branch' : 'own'
  return { node, cancels, region: tangled ? null : (cut?.region ?? null), reopens: to.slice(depth).map((place) => place.region) }
}

const isInner = (shape: Shape, id: NodeId): boolean => shape.inner?.includes(id) === true

function behindFreeGateway(shape: Shape, context: readonly Place[], entry: NodeId): boolean {
  return Object.entries(shape.free).some(([gateway, reach]) => {
    const own = placesAt(shape, gateway)
    return own.length === context.length && commonDepth(own, context) === own.length && (gateway === entry || reach.includes(entry))
  })
}

function targetsOf(graph: IrGraph, shape: Shape): Readonly<Record<NodeId, readonly Target[]>> {
  const steps = Object.values(graph.nodes).filter(isHuman).filter(({ mark }) => mark !== 'skipped')
  const reach = new Map(steps.map((step) => [step.id, after(graph, step.id)]))
  return Object.fromEntries(
    steps.map((step) => [
      step.id,
      steps
        .filter((other) => other.id !== step.id && must(reach.get(other.id), other.id).has(step.id))
        .map((other) => relation(shape, placesAt(shape, step.id), other.id))
        .filter((target) => target !== null),
    ]),
  )
}

/** The node with this id, or a broken invariant. */
export const nodeOf = (ir: Ir, id: NodeId): IrNode => must(ir.nodes[id], `node ${id}`)
