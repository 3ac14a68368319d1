import { holds, valueAt } from '#kit/where.ts'
import { type Draft, drop, list, nextId, patch, put, variablesOf } from './draft.ts'
import { type BoundaryNode, type EventSpec, innerOf, type IrNode, type NodeId } from './ir.ts'
import type { RowId, Scope, Subscription, Token } from './state.ts'
import { addTimer, dropTimers, timeOf } from './timers.ts'

type Wanted = Pick<Subscription, 'kind' | 'node' | 'event' | 'scope' | 'branch' | 'token' | 'host'>

/** Events that nobody delivers: they are found by looking outwards when something is thrown. */
const thrownWithin = (event: EventSpec): boolean => event.type === 'error' || event.type === 'escalation' || event.type === 'cancel' || event.type === 'compensate'

/** Value by which a message finds its case; null: the model names no field. An empty field is a value too, which no message bears. */
export function keyOf(draft: Draft, event: EventSpec, scope: RowId): string | null {
  if (!('key' in event) || event.key === undefined) return null
  const value = valueAt(variablesOf(draft, scope), event.key)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** Adds the row that waits for an event, with its timer. */
export function subscribe(draft: Draft, wanted: Wanted): RowId {
  const id = nextId(draft)
  const { event } = wanted
  const held = event.type === 'conditional' && wanted.kind !== 'catch' && wanted.kind !== 'gateway' ? { held: false } : {}
  const key = event.type === 'message' ? keyOf(draft, event, wanted.scope) : null
  put(draft, 'subscriptions', { id, ...wanted, ...held, ...(key === null ? {} : { correlation: key }) }, id)
  if (event.type === 'timer') arm(draft, id, event, wanted.scope)
  return id
}

/** Starts the timer of a subscription; without a time it waits to be triggered by hand. */
export function arm(draft: Draft, id: RowId, event: EventSpec & { readonly type: 'timer' }, scope: RowId): void {
  const at = event.at === null ? null : timeOf(draft, event.at, scope)
  if (at !== null) addTimer(draft, 'event', at, { task: null, token: null, subscription: id })
}

const boundariesOf = (draft: Draft, node: IrNode): readonly BoundaryNode[] =>
  (node.attached ?? []).map((id) => draft.ir.nodes[id]).filter((one): one is BoundaryNode => one?.kind === 'boundary' && !thrownWithin(one.event))

/** Boundary events of an activity at which a token stays; a visit (退回后直送) belongs to the step that sent it. */
export function watchToken(draft: Draft, token: Token, node: IrNode): void {
  if (token.back.length > 0) return
  for (const { id, event } of boundariesOf(draft, node)) subscribe(draft, { kind: 'boundary', node: id, event, scope: token.scope, branch: token.branch, token: token.id, host: null })
}

/** Boundary events of an activity that opened a scope, and the event sub-processes in it. */
export function watchScope(draft: Draft, scope: Scope, node: IrNode): void {
  for (const { id, event } of boundariesOf(draft, node)) {
    subscribe(draft, { kind: 'boundary', node: id, event, scope: scope.parent ?? scope.id, branch: scope.branch, token: null, host: scope.id })
  }
  if (node.kind === 'sub') watchInner(draft, scope.id, node.id)
}

/** Event sub-processes of a process or sub-process. */
export function watchInner(draft: Draft, scope: RowId, container: NodeId | null): void {
  for (const { start, event } of innerOf(draft.ir, container).flatMap(({ triggers = [] }) => triggers)) {
    if (!thrownWithin(event)) subscribe(draft, { kind: 'inner', node: start, event, scope, branch: null, token: null, host: scope })
  }
}

export function dropSubscriptions(draft: Draft, which: (one: Subscription) => boolean): void {
  for (const one of list(draft, 'subscriptions').filter(which)) {
    drop(draft, 'subscriptions', one.id)
    dropTimers(draft, (timer) => timer.subscription === one.id)
  }
}

/** Subscriptions whose condition has come true since it was looked at last. */
export function conditionsMet(draft: Draft): readonly Subscription[] {
  const met: Subscription[] = []
  for (const one of list(draft, 'subscriptions')) {
    if (one.kind === 'compensate' || one.event.type !== 'conditional' || one.event.when === null) continue
    const now = holds(one.event.when, variablesOf(draft, one.scope))
    if (now && one.held !== true) met.push(one)
    if (one.held !== undefined && one.held !== now) patch(draft, 'subscriptions', one.id, { held: now })
  }
  return met
}
