import { type Draft, drop, emit, list, nextGeneration, nextId, put, row } from './draft.ts'
import { must } from './error.ts'
import type { FlowId, GatewayNode } from './ir.ts'
import { addToken, openScope } from './relocate.ts'
import type { Arrival, RowId, Token } from './state.ts'

type Follow = (draft: Draft, token: Token, flow: FlowId) => void

/** Sends one token down each chosen branch; a region opens a new generation of its scope for them. */
export function split(draft: Draft, token: Token, node: GatewayNode, flows: readonly FlowId[], follow: Follow): void {
  drop(draft, 'tokens', token.id)
  const region = draft.ir.structure.regions[node.id]
  const scope = region === undefined ? null : openScope(draft, token, node.id)
  emit(draft, 'split', { node: node.id }, { flows, scope: scope?.id ?? token.scope })
  const spot = (flow: FlowId) => (scope === null ? token : { scope: scope.id, branch: flow })
  // All tokens exist before the first one moves: a join must not fire while a branch is still to be born.
  const born = flows.map((flow) => ({ flow, id: addToken(draft, spot(flow), node.id, token) }))
  for (const { flow, id } of born) follow(draft, row(draft, 'tokens', id), flow)
}

/** A token reaches a join by a flow: it becomes an arrival, and the join fires when the last one is there. */
export function arrive(draft: Draft, token: Token, node: GatewayNode, flow: FlowId, follow: Follow): void {
  const split = draft.ir.structure.joins[node.id]
  const id = nextId(draft)
  const { scope, branch, cause, outcome } = token
  const generation = split === undefined ? freeGeneration(draft, token, node, flow) : row(draft, 'scopes', scope).generation
  drop(draft, 'tokens', token.id)
  put(draft, 'arrivals', { id, scope, branch, node: node.id, flow, generation, cause, outcome, kept: false }, id)
  if (split !== undefined) fireRegion(draft, scope, node, token, follow)
  else if (node.kind === 'parallel') fireFree(draft, token, node, follow)
}

/** A region's join fires once nothing but arrivals lives in this generation, whichever branches were taken. */
function fireRegion(draft: Draft, scopeId: RowId, node: GatewayNode, last: Token, follow: Follow): void {
  const scope = row(draft, 'scopes', scopeId)
  const alive = list(draft, 'tokens').some((token) => token.scope === scopeId) || list(draft, 'scopes').some((child) => child.parent === scopeId)
  if (alive) return
  for (const arrival of list(draft, 'arrivals')) if (arrival.scope === scopeId) drop(draft, 'arrivals', arrival.id)
  drop(draft, 'scopes', scopeId)
  emit(draft, 'joined', { node: node.id }, { scope: scopeId, generation: scope.generation })
  const parent = must(scope.parent, 'parent of region')
  pass(draft, { scope: parent, branch: scope.branch, cause: last.cause, outcome: last.outcome }, node, follow)
}

type Passing = Pick<Token, 'scope' | 'branch' | 'cause' | 'outcome'>

function pass(draft: Draft, from: Passing, node: GatewayNode, follow: Follow): void {
  const token = row(draft, 'tokens', addToken(draft, from, node.id, from))
  const [out] = node.out
  follow(draft, token, must(out, `flow out of ${node.id}`))
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

function fireFree(draft: Draft, token: Token, node: GatewayNode, follow: Follow): void {
  const waiting = waitingAt(draft, token, node)
  const first = node.in.map((flow) => waiting.find((arrival) => arrival.flow === flow)).filter((arrival) => arrival !== undefined)
  if (first.length === node.in.length) fire(draft, token, node, first, follow)
}

function fire(draft: Draft, from: Passing, node: GatewayNode, used: readonly Arrival[], follow: Follow): void {
  for (const arrival of used) drop(draft, 'arrivals', arrival.id)
  emit(draft, 'joined', { node: node.id }, { scope: from.scope, generation: nextGeneration(draft, node.id) })
  pass(draft, from, node, follow)
}

/**
 * Fires one free inclusive join at which tokens wait and to which no other token of the same context can still come.
 * Called when nothing else moves; true when one fired.
 */
export function fireInclusive(draft: Draft, follow: Follow): boolean {
  for (const arrival of list(draft, 'arrivals')) {
    const node = must(draft.ir.nodes[arrival.node], arrival.node)
    if (node.kind !== 'inclusive' || draft.ir.structure.joins[node.id] !== undefined || mayStillCome(draft, arrival, node)) continue
    const waiting = waitingAt(draft, arrival, node)
    fire(draft, arrival, node, node.in.flatMap((flow) => waiting.find((one) => one.flow === flow) ?? []), follow)
    return true
  }
  return false
}

function mayStillCome(draft: Draft, arrival: Arrival, join: GatewayNode): boolean {
  const nodes = list(draft, 'tokens').filter((token) => side(token, arrival)).map((token) => token.node)
  const below = list(draft, 'scopes').filter((scope) => scope.parent === arrival.scope && scope.branch === arrival.branch)
  const others = list(draft, 'arrivals').filter((one) => one.node !== join.id && side(one, arrival)).map((one) => one.node)
  return [...nodes, ...others, ...below.map((scope) => must(scope.region, 'region'))].some((node) => reaches(draft, node, join))
}

function reaches(draft: Draft, from: string, join: GatewayNode): boolean {
  const seen = new Set<string>([from])
  const open = [from]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const flow of must(draft.ir.nodes[id], id).out) {
      const { to } = must(draft.ir.flows[flow], flow)
      if (to === join.id) return true
      if (!seen.has(to)) open.push(to)
      seen.add(to)
    }
  }
  return false
}
