import { clearScope, holderOf, openSub, settleScope } from './container.ts'
import { type Draft, emit, list, patch, row, rows } from './draft.ts'
import { must } from './error.ts'
import { type BoundaryNode, type EventSpec, innerOf, type IrNode, type NodeId, type ThrowNode } from './ir.ts'
import { addToken, cancelScope, cancelTokens } from './relocate.ts'
import type { RowId, Scope, Subscription, Token } from './state.ts'
import { arm, dropSubscriptions, keyOf } from './subscribe.ts'
import { containerOf, tell, tellScope } from './trace.ts'
import { askForUndoing, closeAfterUndoing } from './undo.ts'
import { cancelCurrent, seal } from './work.ts'

/** Where an event is caught: a row that waits, or a catcher found by looking outwards. */
type Catcher = Pick<Subscription, 'kind' | 'node' | 'scope' | 'branch' | 'token' | 'host'> & { readonly id: RowId | null }

const nodeAt = (draft: Draft, id: NodeId): IrNode => must(draft.ir.nodes[id], id)

/** Lets an event occur where it is caught. */
export function trigger(draft: Draft, one: Catcher): void {
  emit(draft, 'event.caught', { node: one.node }, { subscription: one.id })
  switch (one.kind) {
    case 'catch': return caught(draft, one, must(one.token, 'waiting token'))
    case 'gateway': return chosen(draft, one, must(one.token, 'waiting token'))
    case 'boundary': return atBoundary(draft, one)
    case 'inner': return inside(draft, one)
    case 'compensate': return
  }
}

function caught(draft: Draft, one: Catcher, token: RowId): void {
  seal(draft, row(draft, 'tokens', token))
  cancelCurrent(draft, token)
  draft.queue.push({ token: patch(draft, 'tokens', token, { node: one.node }).id, move: 'signal' })
}

/** The first event behind an event gateway: the others are not waited for any more. */
function chosen(draft: Draft, one: Catcher, token: RowId): void {
  tell(draft, 'destroyScope', nodeAt(draft, row(draft, 'tokens', token).node), one.scope)
  tell(draft, 'createScope', nodeAt(draft, one.node), one.scope)
  caught(draft, one, token)
}

function atBoundary(draft: Draft, one: Catcher): void {
  const node = nodeAt(draft, one.node) as BoundaryNode
  const host = nodeAt(draft, node.host)
  tell(draft, 'createScope', node, one.scope)
  tell(draft, 'signal', node, one.scope)
  const scope = one.host === null ? null : row(draft, 'scopes', one.host)
  const from = scope ?? row(draft, 'tokens', must(one.token, 'token with boundary'))
  const { cause = null, outcome = null } = from
  if (!node.interrupting) spent(draft, one)
  else if (scope === null) {
    tell(draft, 'exit', host, one.scope)
    cancelTokens(draft, ({ id }) => id === one.token)
  } else {
    clearScope(draft, scope.id)
    tellScope(draft, 'exit', host, scope.id)
    cancelScope(draft, scope.id)
  }
  draft.queue.push({ token: addToken(draft, one, node.id, { cause, outcome }), move: 'exit' })
}

/** A timer that fires once is over; one that repeats is set again. */
function spent(draft: Draft, one: Catcher): void {
  const own = one.id === null ? undefined : rows(draft, 'subscriptions')[one.id]
  if (own === undefined || own.event.type !== 'timer') return
  const fired = (own.fired ?? 0) + 1
  const { at } = own.event
  if (at?.kind === 'every' && (at.times === null || fired < at.times)) {
    patch(draft, 'subscriptions', own.id, { fired })
    arm(draft, own.id, own.event, own.scope)
  } else if (at !== null) dropSubscriptions(draft, ({ id }) => id === own.id)
}

function inside(draft: Draft, one: Catcher): void {
  const node = nodeAt(draft, must(nodeAt(draft, one.node).parent, 'event sub-process'))
  if (node.kind !== 'sub') throw new Error(`workflow invariant broken: ${node.id} is no sub-process`)
  const host = must(one.host, 'scope around event sub-process')
  const around = row(draft, 'scopes', host)
  tell(draft, 'createScope', node, host)
  if (isInterrupting(draft, one)) {
    clearScope(draft, host)
    patch(draft, 'scopes', host, { interrupted: true })
  } else spent(draft, one)
  openSub(draft, { scope: host, branch: null, cause: around.cause ?? null, outcome: around.outcome ?? null }, node, one.node)
}

type Thrown = EventSpec & { readonly type: 'error' | 'escalation' }

const nameOf = (event: EventSpec): string | null => ('name' in event ? event.name : null)

/** The nearest catcher of an error or escalation, looking outwards from a token; one that names it goes before one for any. */
export function catcherOf(draft: Draft, token: Token, thrown: Thrown): Catcher | null {
  const best = (found: readonly Catcher[], specs: readonly EventSpec[]): Catcher | null => {
    const named = found[specs.findIndex((spec) => nameOf(spec) !== null && nameOf(spec) === thrown.name)]
    return named ?? found[specs.findIndex((spec) => nameOf(spec) === null)] ?? null
  }
  const onHost = (node: IrNode, spot: Pick<Token, 'scope' | 'branch'>, on: Pick<Catcher, 'token' | 'host'>): Catcher | null => {
    const events = (node.attached ?? []).map((id) => nodeAt(draft, id)).filter((one): one is BoundaryNode => one.kind === 'boundary' && one.event.type === thrown.type)
    return best(events.map(({ id }) => ({ id: null, kind: 'boundary', node: id, scope: spot.scope, branch: spot.branch, ...on })), events.map(({ event }) => event))
  }
  const own = onHost(nodeAt(draft, token.node), token, { token: token.id, host: null })
  if (own !== null) return own
  for (let scope: Scope | undefined = row(draft, 'scopes', token.scope); scope !== undefined; scope = rows(draft, 'scopes')[scope.parent ?? 0]) {
    const found = withinScope(draft, scope, thrown, best) ?? (scope.region === null || scope.parent === null ? null : onHost(nodeAt(draft, scope.region), { scope: scope.parent, branch: scope.branch }, { token: null, host: scope.id }))
    if (found !== null) return found
  }
  return null
}

function withinScope(draft: Draft, scope: Scope, thrown: Thrown, best: (found: readonly Catcher[], specs: readonly EventSpec[]) => Catcher | null): Catcher | null {
  if (scope.interrupted === true || (scope.kind !== 'case' && scope.kind !== 'sub')) return null
  const starts = innerOf(draft.ir, scope.region).flatMap(({ triggers = [] }) => triggers.filter(({ event }) => event.type === thrown.type))
  return best(starts.map(({ start }) => ({ id: null, kind: 'inner', node: start, scope: scope.id, branch: null, token: null, host: scope.id })), starts.map(({ event }) => event))
}

/** Whether an error thrown at a node may be caught: by an event at it or around it, or by an event sub-process. */
export function catchesError({ nodes }: Pick<Draft['ir'], 'nodes'>, name: string): boolean {
  const takes = (event: EventSpec): boolean => event.type === 'error' && (event.name === null || event.name === name)
  return Object.values(nodes).some((node) => (node.kind === 'boundary' && takes(node.event)) || (node.kind === 'sub' && node.triggers?.some(({ event }) => takes(event)) === true))
}

/** Throws an error of the business at a token; false when nobody catches it. */
export function throwError(draft: Draft, token: Token, thrown: Thrown): boolean {
  const found = catcherOf(draft, token, thrown)
  if (found !== null) trigger(draft, found)
  return found !== null
}

/** Lets everybody in this case who waits for a signal or message have it; of one scope or activity only the innermost catcher that interrupts. */
export function deliver(draft: Draft, event: 'message' | 'signal', name: string | null, key: string | null = null): number {
  const meant = ({ correlation }: Subscription): boolean => correlation === undefined || (correlation !== '' && correlation === key)
  const listening = list(draft, 'subscriptions').filter((one) => one.kind !== 'compensate' && one.event.type === event && nameOf(one.event) === name && meant(one))
  let reached = 0
  for (const group of Map.groupBy(listening, (one) => (one.host === null ? `token ${one.token}` : `scope ${one.host}`)).values()) {
    const interrupts = group.filter((one) => isInterrupting(draft, one))
    const first = interrupts.find(({ kind }) => kind === 'inner') ?? interrupts[0]
    for (const one of first === undefined ? group : [first]) {
      if (rows(draft, 'subscriptions')[one.id] === undefined) continue
      trigger(draft, one)
      reached++
      if (event === 'message') return reached
    }
  }
  return reached
}

function isInterrupting(draft: Draft, one: Pick<Subscription, 'kind' | 'node'>): boolean {
  const node = nodeAt(draft, one.node)
  if (node.kind === 'boundary') return node.interrupting
  const around = one.kind === 'inner' ? nodeAt(draft, must(node.parent, 'event sub-process')) : null
  return around?.kind !== 'sub' || around.triggers?.find(({ start }) => start === one.node)?.interrupting !== false
}

/** What a throwing event does; true when its token goes on at once. */
export function throwEvent(draft: Draft, token: Token, { id: node, event }: ThrowNode): boolean {
  emit(draft, 'event.thrown', { node }, { type: event.type })
  switch (event.type) {
    case 'message':
    case 'signal': {
      if (event.type === 'signal') deliver(draft, 'signal', event.name)
      draft.intents.push({ kind: 'throw', event: event.type, name: event.name, key: keyOf(draft, event, token.scope), node })
      return true
    }
    case 'error':
    case 'escalation': {
      throwError(draft, token, { ...event, type: event.type })
      return true
    }
    case 'compensate': return !askForUndoing(draft, token.id, holderOf(draft, token.scope), event.activity) || !awaitUndoing(draft, token)
    case 'cancel': return cancelTransaction(draft, token)
    case 'terminate': return terminate(draft, token)
    case 'timer':
    case 'conditional':
    case 'none': return true
  }
}

function awaitUndoing(draft: Draft, token: Token): boolean {
  draft.queue.push({ token: token.id, move: 'undo' })
  return true
}

/** Ends everything in the process or sub-process around; the sub-process is then left as if it had come to its end. */
function terminate(draft: Draft, token: Token): boolean {
  const scope = containerOf(draft, token.scope)
  clearScope(draft, scope)
  settleScope(draft, scope)
  return false
}

/** Undoes a transaction and leaves it by its cancel event; without one its token ends. */
function cancelTransaction(draft: Draft, token: Token): boolean {
  const scope = transactionAround(draft, token.scope)
  if (scope === null) return true
  const node = nodeAt(draft, must(scope.region, 'transaction'))
  const boundary = (node.attached ?? []).map((id) => nodeAt(draft, id)).find((one) => one.kind === 'boundary' && one.event.type === 'cancel') ?? null
  const spot = { scope: must(scope.parent, 'scope around'), branch: scope.branch }
  if (boundary !== null) {
    tell(draft, 'createScope', boundary, spot.scope)
    tell(draft, 'signal', boundary, spot.scope)
  }
  clearScope(draft, scope.id)
  dropSubscriptions(draft, (one) => one.host === scope.id && one.kind === 'boundary')
  patch(draft, 'scopes', scope.id, { done: true })
  const out = addToken(draft, spot, boundary?.id ?? node.id, { cause: scope.cause ?? null, outcome: scope.outcome ?? null })
  askForUndoing(draft, out, scope.id, null)
  closeAfterUndoing(draft, out, scope.id, node.id)
  draft.queue.push({ token: out, move: 'undo' })
  return false
}

function transactionAround(draft: Draft, from: RowId): Scope | null {
  for (let scope: Scope | undefined = row(draft, 'scopes', from); scope !== undefined; scope = rows(draft, 'scopes')[scope.parent ?? 0]) {
    const node = scope.kind === 'sub' ? nodeAt(draft, must(scope.region, 'sub-process')) : null
    if (node?.kind === 'sub' && node.transaction) return scope
  }
  return null
}
