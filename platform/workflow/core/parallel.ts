import { type Draft, drop, emit, list, nextGeneration, nextId, put, row } from './draft.ts'
import { must } from './error.ts'
import type { FlowId, GatewayNode } from './ir.ts'
import { addToken, openScope } from './relocate.ts'
import type { Arrival, RowId, Token } from './state.ts'
import { tell } from './trace.ts'

type Follow = (draft: Draft, token: Token, flow: FlowId) => void

/** Sends one token down each chosen branch; a region opens a new generation of its scope for them. */
export function split(draft: Draft, token: Token, node: GatewayNode, flows: readonly FlowId[], follow: Follow): void {
  drop(draft, 'tokens', token.id)
  const region = draft.ir.structure.regions[node.id]
  const scope = region === undefined ? null : openScope(draft, token, node.id)
  tell(draft, 'exit', node, token.scope)
  emit(draft, 'split', { node: node.id }, { flows, scope: scope?.id ?? token.scope })
  const spot = (flow: FlowId) => (scope === null ? token : { scope: scope.id, branch: flow })
  // All tokens exist before the first one moves: a join must not fire while a branch is still to be born.
  const born = flows.map((flow) => ({ flow, id: addToken(draft, spot(flow), node.id, token) }))
  for (const { flow, id } of born) follow(draft, row(draft, 'tokens', id), flow)
  tell(draft, 'destroyScope', node, token.scope)
}

/** A token reaches a join by a flow: it becomes an arrival, and the join fires when the last one is there. */
export function arrive(draft: Draft, token: Token, node: GatewayNode, flow: FlowId): void {
  const split = draft.ir.structure.joins[node.id]
  const id = nextId(draft)
  const { scope, branch, cause, outcome } = token
  const generation = split === undefined ? freeGeneration(draft, token, node, flow) : row(draft, 'scopes', scope).generation
  drop(draft, 'tokens', token.id)
  tell(draft, 'enter', node, scope)
  put(draft, 'arrivals', { id, scope, branch, node: node.id, flow, generation, cause, outcome, kept: false }, id)
  if (split !== undefined) fireRegion(draft, scope, node, token)
  else if (node.kind === 'parallel') fireFree(draft, token, node)
}

/** The same for a region from which something was taken away. */
export function settleRegion(draft: Draft, id: RowId): void {
  const region = must(draft.ir.structure.regions[row(draft, 'scopes', id).region ?? ''], 'region')
  const node = must(draft.ir.nodes[region.join], region.join)
  if (node.kind === 'parallel' || node.kind === 'inclusive') fireRegion(draft, id, node, { cause: null, outcome: null })
}

/** A region's join fires once nothing but arrivals lives in this generation, whichever branches were taken. */
function fireRegion(draft: Draft, scopeId: RowId, node: GatewayNode, last: Pick<Token, 'cause' | 'outcome'>): void {
  const scope = row(draft, 'scopes', scopeId)
  const alive = list(draft, 'tokens').some((token) => token.scope === scopeId) || list(draft, 'scopes').some((child) => child.parent === scopeId && child.done !== true)
  if (alive) return
  const arrived = list(draft, 'arrivals').filter((arrival) => arrival.scope === scopeId)
  joinTogether(draft, node, scopeId, arrived)
  drop(draft, 'scopes', scopeId)
  emit(draft, 'joined', { node: node.id }, { scope: scopeId, generation: scope.generation })
  const parent = must(scope.parent, 'parent of region')
  pass(draft, { scope: parent, branch: scope.branch, cause: last.cause, outcome: last.outcome }, node)
}

/** One of the arrivals goes on, the others are over. */
function joinTogether(draft: Draft, node: GatewayNode, scope: RowId, arrived: readonly Arrival[]): void {
  for (const arrival of arrived) drop(draft, 'arrivals', arrival.id)
  for (const arrival of arrived.slice(1)) if (!arrival.kept) tell(draft, 'destroyScope', node, scope)
}

type Passing = Pick<Token, 'scope' | 'branch' | 'cause' | 'outcome'>

function pass(draft: Draft, from: Passing, node: GatewayNode): void {
  draft.queue.push({ token: addToken(draft, from, node.id, from), move: 'exit' })
}

const side = (a: Pick<Token, 'scope' | 'branch'>, b: Pick<Token, 'scope' | 'branch'>): boolean => a.scope === b.scope && a.branch === b.branch

function waitingAt(draft: Draft, spot: Pick<Token, 'scope' | 'branch'>, node: GatewayNode): readonly Arrival[] {
  return list(draft, 'arrivals').filter((arrival) => arrival.node === node.id && side(arrival, spot))
}

/** Arrivals on the same flow queue up: the n-th waits for the n-th firing from now. */
function freeGeneration(draft: Draft, token: Token, node: GatewayNode, flow: FlowId): number {
  const queued = waitingAt(draft, token, node).filter((arrival) => arrival.flow === flow).length
  return (draft.case.generations[node.id] ?? 0) + queued + 1
}

function fireFree(draft: Draft, token: Token, node: GatewayNode): void {
  const waiting = waitingAt(draft, token, node)
  const first = node.in.map((flow) => waiting.find((arrival) => arrival.flow === flow)).filter((arrival) => arrival !== undefined)
  if (first.length === node.in.length) fire(draft, token, node, first)
}

function fire(draft: Draft, from: Passing, node: GatewayNode, used: readonly Arrival[]): void {
  joinTogether(draft, node, from.scope, used)
  emit(draft, 'joined', { node: node.id }, { scope: from.scope, generation: nextGeneration(draft, node.id) })
  pass(draft, from, node)
}

/**
 * Fires one free inclusive join at which tokens wait and to which no other token of the same context can still come.
 * Called when nothing else moves; true when one fired.
 */
export function fireInclusive(draft: Draft): boolean {
  for (const arrival of list(draft, 'arrivals')) {
    const node = must(draft.ir.nodes[arrival.node], arrival.node)
    if (node.kind !== 'inclusive' || draft.ir.structure.joins[node.id] !== undefined || mayStillCome(draft, arrival, node)) continue
    const waiting = waitingAt(draft, arrival, node)
    fire(draft, arrival, node, node.in.flatMap((flow) => waiting.find((one) => one.flow === flow) ?? []))
    return true
  }
  return false
}

/**
 * Whether a token elsewhere in the same context can still come: it can reach a flow on which nobody waits, and no flow on which somebody
 * waits already (BPMN 2.0, 13.4.3).
 */
function mayStillCome(draft: Draft, arrival: Arrival, join: GatewayNode): boolean {
  const nodes = list(draft, 'tokens').filter((token) => side(token, arrival)).map((token) => token.node)
  const below = list(draft, 'scopes').filter((scope) => scope.parent === arrival.scope && scope.branch === arrival.branch && scope.done !== true)
  const others = list(draft, 'arrivals').filter((one) => one.node !== join.id && side(one, arrival)).map((one) => one.node)
  const taken = new Set(waitingAt(draft, arrival, join).map(({ flow }) => flow))
  return [...nodes, ...others, ...below.map((scope) => must(scope.region, 'region'))].some((node) => {
    const onward = flowsInto(draft, node, join, false)
    const possible = flowsInto(draft, node, join, true)
    return join.in.some((flow) => possible.has(flow) && !taken.has(flow)) && !join.in.some((flow) => onward.has(flow) && taken.has(flow))
  })
}

/** Flows into a join that can be reached from a node without passing the join; by boundary events too, or only if nothing happens at them. */
function flowsInto(draft: Draft, from: string, join: GatewayNode, byEvents: boolean): ReadonlySet<FlowId> {
  const into = new Set<FlowId>()
  const seen = new Set<string>([from])
  const open = [from]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const node = must(draft.ir.nodes[id], id)
    const ways = [...node.out, ...(byEvents ? (node.attached ?? []).flatMap((event) => must(draft.ir.nodes[event], event).out) : [])]
    for (const flow of ways) {
      const { to } = must(draft.ir.flows[flow], flow)
      if (to === join.id) into.add(flow)
      else if (!seen.has(to)) open.push(to)
      seen.add(to)
    }
  }
  return into
}
