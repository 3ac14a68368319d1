import { isTangled, placesAt, relation } from './analyse.ts'
import { type Draft, drop, emit, list, nextGeneration, nextId, put, row } from './draft.ts'
import { must } from './error.ts'
import type { FlowId, NodeId, Place, Target } from './ir.ts'
import type { RowId, Scope, Token } from './state.ts'
import { dropSubscriptions, watchInner, watchScope } from './subscribe.ts'
import { tell, tellScope } from './trace.ts'
import { cancelCurrent } from './work.ts'

type Spot = { readonly scope: RowId; readonly branch: FlowId | null }
type LivePlace = Place & { readonly scope: RowId }

/** Places around something that lives in a scope and branch, outermost first, with the scope of each region. */
export function livePlaces(scopes: Readonly<Record<string, Scope>>, spot: Spot): readonly LivePlace[] {
  const places: LivePlace[] = []
  let { scope: id, branch } = spot
  for (let scope = must(scopes[id], 'scope'); scope.parent !== null; scope = must(scopes[id], 'scope')) {
    places.unshift({ region: must(scope.region, 'region of scope'), branch: branch ?? '', scope: scope.id })
    id = scope.parent
    branch = scope.branch
  }
  return places
}

/** What moving a live token to a node means now; null when it is not sound. */
export function moveTo(draft: Pick<Draft, 'ir' | 'tables'>, spot: Spot, node: NodeId): Target | null {
  return relation(draft.ir.structure, livePlaces(draft.tables.scopes.rows, spot), node)
}

type Fate = Pick<Token, 'cause' | 'outcome' | 'compensates'>

/**
 * The one primitive behind 退回, 撤回 and 跳转: takes everything away that stands between a spot and the common context with `node`, then
 * enters the regions around `node` with the results of their other branches kept. Returns the token at `node`; callers queue it.
 */
export function relocate(draft: Draft, spot: Spot, node: NodeId, fate: Fate): RowId {
  const from = livePlaces(draft.tables.scopes.rows, spot)
  const target = must(relation(draft.ir.structure, from, node), `move to ${node}`)
  const to = placesAt(draft.ir.structure, node)
  const depth = to.length - target.reopens.length
  const context: Spot = depth === 0 ? { scope: rootId(draft), branch: null } : spotIn(must(from[depth - 1], 'context'))
  const cut = from[depth]
  if (isTangled(draft.ir.structure, to.slice(0, depth))) cancelContext(draft, context)
  else if (cut === undefined) cancelTokens(draft, (token) => token.scope === spot.scope && token.branch === spot.branch)
  else cancelScope(draft, cut.scope)
  dropArrivals(draft, (arrival) => arrival.scope === context.scope && arrival.branch === context.branch)
  resume(draft, context.scope)
  const inner = to.slice(depth).reduce((at, place) => reopen(draft, at, place, fate), context)
  tell(draft, 'createScope', must(draft.ir.nodes[node], node), inner.scope)
  return addToken(draft, inner, node, fate)
}

/** Its event sub-processes listen again in a container that goes on after one of them had taken over. */
function resume(draft: Draft, id: RowId): void {
  const { interrupted, ...scope } = row(draft, 'scopes', id)
  if (interrupted !== true) return
  put(draft, 'scopes', scope, id)
  watchInner(draft, id, scope.region)
}

/** Nothing but a region has branches of its own. */
const spotIn = ({ scope, branch }: LivePlace): Spot => ({ scope, branch: branch === '' ? null : branch })

const rootId = (draft: Draft): RowId => must(list(draft, 'scopes').find((scope) => scope.parent === null), 'root scope').id

export function addToken(draft: Draft, spot: Spot, node: NodeId, fate: Fate): RowId {
  const id = nextId(draft)
  put(draft, 'tokens', { id, scope: spot.scope, branch: spot.branch, node, back: [], cause: fate.cause, outcome: fate.outcome, ...(fate.compensates === undefined ? {} : { compensates: fate.compensates }) }, id)
  return id
}

/** Opens a new generation of a region, sub-process or repeated activity; counts from 1 for each over the whole case. */
export function openScope(draft: Draft, spot: Spot, region: NodeId, kind: Exclude<Scope['kind'], 'case'> = 'region'): Scope {
  const scope: Scope = { id: nextId(draft), kind, parent: spot.scope, branch: spot.branch, region, generation: nextGeneration(draft, region) }
  put(draft, 'scopes', scope, scope.id)
  return scope
}

/** Opens what stands around a place for one token: the other branches of a parallel part count as done. */
export function reopen(draft: Draft, spot: Spot, place: Place, fate: Fate): Spot {
  const around = must(draft.ir.nodes[place.region], place.region)
  if (around.kind === 'sub') {
    const scope = openScope(draft, spot, around.id, 'sub')
    put(draft, 'scopes', { ...scope, cause: fate.cause, outcome: fate.outcome }, scope.id)
    emit(draft, 'region.reopened', { node: around.id }, { scope: scope.id, generation: scope.generation })
    tell(draft, 'createScope', around, spot.scope)
    watchScope(draft, scope, around)
    return { scope: scope.id, branch: null }
  }
  const scope = openScope(draft, spot, place.region)
  const region = must(draft.ir.structure.regions[place.region], 'region')
  for (const other of region.branches.filter((branch) => branch.out !== place.branch)) {
    const id = nextId(draft)
    put(draft, 'arrivals', { id, scope: scope.id, branch: other.out, node: region.join, flow: other.into, generation: scope.generation, kept: true, ...fate }, id)
  }
  emit(draft, 'region.reopened', { node: place.region }, { scope: scope.id, generation: scope.generation })
  return { scope: scope.id, branch: place.branch }
}

/** Cancels one generation of a region with everything inside. */
export function cancelScope(draft: Draft, id: RowId): void {
  const scope = row(draft, 'scopes', id)
  for (const child of list(draft, 'scopes')) if (child.parent === id) cancelScope(draft, child.id)
  cancelTokens(draft, (token) => token.scope === id)
  dropArrivals(draft, (arrival) => arrival.scope === id)
  dropSubscriptions(draft, (one) => one.scope === id || one.host === id)
  if (scope.kind === 'sub') tellScope(draft, 'destroyScope', must(draft.ir.nodes[must(scope.region, 'sub-process')], 'sub-process'), id)
  if (scope.parent !== null) for (const one of list(draft, 'variables')) if (one.scope === id) drop(draft, 'variables', `${id}.${one.name}`)
  drop(draft, 'scopes', id)
  if (scope.region !== null && scope.done !== true) emit(draft, 'region.cancelled', { node: scope.region }, { scope: id, generation: scope.generation })
}

/** Cancels all tokens side by side in one branch (or at the top level), with the regions below. */
function cancelContext(draft: Draft, context: Spot): void {
  for (const child of list(draft, 'scopes')) if (child.parent === context.scope && child.branch === context.branch && child.done !== true) cancelScope(draft, child.id)
  cancelTokens(draft, (token) => token.scope === context.scope && token.branch === context.branch)
}

export function cancelTokens(draft: Draft, which: (token: Token) => boolean): void {
  for (const token of list(draft, 'tokens').filter(which)) {
    cancelCurrent(draft, token.id)
    drop(draft, 'tokens', token.id)
    tell(draft, 'destroyScope', must(draft.ir.nodes[token.node], token.node), token.scope)
  }
}

function dropArrivals(draft: Draft, which: (arrival: Spot) => boolean): void {
  for (const arrival of list(draft, 'arrivals').filter(which)) {
    drop(draft, 'arrivals', arrival.id)
    tell(draft, 'destroyScope', must(draft.ir.nodes[arrival.node], arrival.node), arrival.scope)
  }
}
