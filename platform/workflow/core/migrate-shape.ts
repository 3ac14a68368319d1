import { placesAt } from './analyse.ts'
import { type Draft, drop, emit, list, nextId, patch, put, row, rows } from './draft.ts'
import { fail, must } from './error.ts'
import type { FlowId, Ir, NodeId, Region } from './ir.ts'
import { imageOf, type Mapping, nameIn } from './migrate-plan.ts'
import { settleRegion } from './parallel.ts'
import { addToken, reopen } from './relocate.ts'
import { follow } from './run.ts'
import type { Arrival, RowId, Scope, Token } from './state.ts'
import { dropSubscriptions } from './subscribe.ts'

type Living = { readonly table: 'tokens'; readonly id: RowId; readonly node: NodeId } | { readonly table: 'scopes'; readonly id: RowId; readonly node: NodeId }

/**
 * Brings the scopes of a case into the shape of the new version, from the outside to the inside. A parallel part that is gone, with only
 * one thing alive in it, gives that back to what is around it; one that has come stands around a token as after a return, its other
 * branches counting as done. Whatever would leave two tokens where one belongs is refused.
 */
export function fitShape(draft: Draft, mapping: Mapping): void {
  dropSubscriptionsGone(draft, mapping)
  for (const { id } of list(draft, 'scopes').toSorted((a, b) => depthOf(draft, a) - depthOf(draft, b))) {
    const scope = row(draft, 'scopes', id)
    if (scope.kind === 'region') fitRegion(draft, mapping, scope)
    else if (scope.parent !== null) fitContainer(draft, mapping, scope)
  }
  for (const token of list(draft, 'tokens')) wrap(draft, token)
  fitFreeJoins(draft, mapping)
  for (const scope of list(draft, 'scopes')) if (scope.kind === 'region' && rows(draft, 'scopes')[scope.id] !== undefined) settleRegion(draft, scope.id)
}

const depthOf = (draft: Draft, scope: Scope): number => (scope.parent === null ? 0 : depthOf(draft, row(draft, 'scopes', scope.parent)) + 1)

function dropSubscriptionsGone(draft: Draft, mapping: Mapping): void {
  for (const one of list(draft, 'subscriptions')) {
    const image = imageOf(mapping, one.node)
    const [before, after] = [mapping.from.nodes[one.node], image === undefined ? undefined : draft.ir.nodes[image]]
    const event = (node: typeof before): string => JSON.stringify(node !== undefined && 'event' in node ? node.event : null)
    if (image === undefined || after?.kind !== before?.kind || event(before) !== event(after)) dropSubscriptions(draft, ({ id }) => id === one.id)
    else patch(draft, 'subscriptions', one.id, { node: image })
  }
}

/** What lives directly in a scope, with the node that tells where it belongs. */
function livingIn(draft: Draft, id: RowId): readonly Living[] {
  const tokens = list(draft, 'tokens').filter((token) => token.scope === id).map((token): Living => ({ table: 'tokens', id: token.id, node: token.back[0]?.node ?? token.node }))
  const scopes = list(draft, 'scopes').filter((scope) => scope.parent === id && scope.done !== true).map((scope): Living => ({ table: 'scopes', id: scope.id, node: scope.region ?? '' }))
  return [...tokens, ...scopes]
}

const arrivalsIn = (draft: Draft, id: RowId): readonly Arrival[] => list(draft, 'arrivals').filter((arrival) => arrival.scope === id)

/** A sub-process, a repeated activity or one of its runs: the node must still be one. */
function fitContainer(draft: Draft, mapping: Mapping, scope: Scope): void {
  const former = must(scope.region, 'node')
  const image = imageOf(mapping, former)
  const node = image === undefined ? undefined : draft.ir.nodes[image]
  if (node === undefined || node.kind !== mapping.from.nodes[former]?.kind) fail('workflow.migrate.gone', { node: nameIn(mapping.from, former) })
  patch(draft, 'scopes', scope.id, { region: node.id })
}

function fitRegion(draft: Draft, mapping: Mapping, scope: Scope): void {
  const former = must(scope.region, 'split')
  const image = imageOf(mapping, former)
  const region = image === undefined ? undefined : draft.ir.structure.regions[image]
  if (region === undefined || isAloneOutside(draft, region, scope.id)) return unwrap(draft, mapping, scope)
  patch(draft, 'scopes', scope.id, { region: region.split })
  const taken = new Set<FlowId>()
  const take = (branch: FlowId): FlowId => {
    if (taken.has(branch)) fail('workflow.migrate.crowded', { node: nameIn(mapping.from, former) })
    taken.add(branch)
    return branch
  }
  for (const one of livingIn(draft, scope.id)) {
    const branch = branchOf(draft.ir, region, one.table === 'scopes' ? (imageOf(mapping, one.node) ?? '') : one.node) ?? branchByNodes(mapping, former, region, row(draft, one.table, one.id).branch)
    if (branch === undefined) fail('workflow.migrate.left', { node: nameIn(draft.ir, one.node) })
    patch(draft, one.table, one.id, { branch: take(branch) })
  }
  for (const arrival of arrivalsIn(draft, scope.id)) fitArrival(draft, mapping, { region, former, arrival, taken })
  if (draft.ir.nodes[region.split]?.kind === 'parallel') for (const { out, into } of region.branches) if (!taken.has(out)) addBranch(draft, mapping, scope.id, region, { out, into })
}

/** The only thing alive in a parallel part stands behind or before it now. */
function isAloneOutside(draft: Draft, region: Region, id: RowId): boolean {
  const [one, another] = livingIn(draft, id)
  return one?.table === 'tokens' && another === undefined && branchOf(draft.ir, region, one.node) === undefined
}

/** The branch of a region in which a node stands, by itself or within more. */
const branchOf = (ir: Ir, { split }: Region, node: NodeId): FlowId | undefined => placesAt(ir.structure, node).find((place) => place.region === split)?.branch

/** The branch that took the place of one of the old version: by its flow, by the steps in it, or because both are empty. */
function branchByNodes(mapping: Mapping, former: NodeId, region: Region, branch: FlowId | null): FlowId | undefined {
  const nodes = mapping.from.structure.regions[former]?.branches.find(({ out }) => out === branch)?.nodes ?? []
  const images = nodes.flatMap((node) => imageOf(mapping, node) ?? [])
  const byNodes = region.branches.find((one) => one.nodes.some((node) => images.includes(node)))
  const byFlow = region.branches.find(({ out, nodes: own }) => out === branch && (own.length === 0) === (nodes.length === 0))
  const empty = nodes.length === 0 ? region.branches.find((one) => one.nodes.length === 0) : undefined
  return (byNodes ?? byFlow ?? empty)?.out
}

type Arrived = { readonly region: Region; readonly former: NodeId; readonly arrival: Arrival; readonly taken: Set<FlowId> }

/** What has come to the join waits for the new join; what came by a branch that is gone is no longer asked for. */
function fitArrival(draft: Draft, mapping: Mapping, { region, former, arrival, taken }: Arrived): void {
  const branch = branchByNodes(mapping, former, region, arrival.branch)
  const into = region.branches.find(({ out }) => out === branch)?.into
  if (branch === undefined || into === undefined || taken.has(branch)) return drop(draft, 'arrivals', arrival.id)
  taken.add(branch)
  patchArrival(draft, arrival, { branch, flow: into, node: region.join })
}

const patchArrival = (draft: Draft, arrival: Arrival, change: Partial<Arrival>): void => put(draft, 'arrivals', { ...arrival, ...change }, arrival.id)

/** A branch the new version adds to a parallel part under way. */
function addBranch(draft: Draft, { plan }: Mapping, scope: RowId, { split, join }: Region, { out, into }: Pick<Region['branches'][number], 'out' | 'into'>): void {
  const { generation, cause = null } = row(draft, 'scopes', scope)
  if (plan.added === 'skip') {
    const id = nextId(draft)
    return put(draft, 'arrivals', { id, scope, branch: out, node: join, flow: into, generation, cause, outcome: null, kept: true }, id)
  }
  const token = addToken(draft, { scope, branch: out }, split, { cause, outcome: null })
  follow(draft, row(draft, 'tokens', token), out)
}

/** A parallel part that is gone: its only living thing lives on around it. */
function unwrap(draft: Draft, mapping: Mapping, scope: Scope): void {
  const living = livingIn(draft, scope.id)
  const [one] = living
  if (one === undefined || living.length > 1) fail('workflow.migrate.region', { node: nameIn(mapping.from, must(scope.region, 'split')), count: living.length })
  for (const arrival of arrivalsIn(draft, scope.id)) drop(draft, 'arrivals', arrival.id)
  if (one.table === 'tokens') patch(draft, 'tokens', one.id, { scope: must(scope.parent, 'around'), branch: scope.branch })
  else patch(draft, 'scopes', one.id, { parent: must(scope.parent, 'around'), branch: scope.branch })
  drop(draft, 'scopes', scope.id)
  emit(draft, 'region.cancelled', {}, { scope: scope.id, generation: scope.generation })
}

/** Parallel parts that have come around a token open with their other branches counting as done. */
function wrap(draft: Draft, token: Token): void {
  const node = token.back[0]?.node ?? token.node
  const around = chainOf(draft, token)
  const wanted = placesAt(draft.ir.structure, node)
  const fits = around.every((place, level) => place.region === wanted[level]?.region && (wanted[level]?.branch === '*' || place.branch === wanted[level]?.branch))
  if (!fits) fail('workflow.migrate.left', { node: nameIn(draft.ir, node) })
  const spot = wanted.slice(around.length).reduce((at, place) => {
    if (place.branch === '*' || draft.ir.nodes[place.region]?.kind === 'multi') fail('workflow.migrate.left', { node: nameIn(draft.ir, node) })
    return reopen(draft, at, place, token)
  }, { scope: row(draft, 'tokens', token.id).scope, branch: row(draft, 'tokens', token.id).branch })
  patch(draft, 'tokens', token.id, spot)
}

function chainOf(draft: Draft, token: Token): readonly { readonly region: NodeId; readonly branch: FlowId }[] {
  const chain: { region: NodeId; branch: FlowId }[] = []
  let { scope: id, branch } = row(draft, 'tokens', token.id)
  for (let scope = row(draft, 'scopes', id); scope.parent !== null; scope = row(draft, 'scopes', id)) {
    chain.unshift({ region: must(scope.region, 'region of scope'), branch: branch ?? '' })
    ;[id, branch] = [scope.parent, scope.branch]
  }
  return chain
}

/** Joins outside of regions: what has come there waits on the same flow, or on the one from the same step. */
function fitFreeJoins(draft: Draft, mapping: Mapping): void {
  for (const arrival of list(draft, 'arrivals')) {
    if (draft.ir.structure.joins[arrival.node] !== undefined || mapping.from.structure.joins[arrival.node] !== undefined) continue
    const join = imageOf(mapping, arrival.node)
    const node = join === undefined ? undefined : draft.ir.nodes[join]
    if (node === undefined || (node.kind !== 'parallel' && node.kind !== 'inclusive')) fail('workflow.migrate.gone', { node: nameIn(mapping.from, arrival.node) })
    const source = imageOf(mapping, mapping.from.flows[arrival.flow]?.from ?? '')
    const flow = node.in.find((one) => draft.ir.flows[one]?.from === source) ?? node.in.find((one) => one === arrival.flow)
    if (flow === undefined) fail('workflow.migrate.left', { node: node.name })
    patchArrival(draft, arrival, { node: node.id, flow })
  }
}
