import { clearScope, openSub, undoingOf } from './container.ts'
import { type Draft, drop, emit, list, nextId, patch, put, row, rows } from './draft.ts'
import { must } from './error.ts'
import type { NodeId } from './ir.ts'
import { addToken, cancelScope } from './relocate.ts'
import type { RowId, Subscription } from './state.ts'
import { tell, tellScope } from './trace.ts'

/**
 * Marks what a token asks to undo: everything finished in a scope, or one activity. The last finished is undone first.
 * @returns whether there is anything
 */
export function askForUndoing(draft: Draft, by: RowId, holder: RowId, activity: NodeId | null): boolean {
  const found = list(draft, 'subscriptions').filter((one) => one.kind === 'compensate' && one.scope === holder && one.by === undefined && (activity === null || one.node === activity))
  for (const one of found) patch(draft, 'subscriptions', one.id, { by, turn: one.id })
  return found.length > 0
}

/** Leaves a cancelled transaction once everything in it is undone. */
export function closeAfterUndoing(draft: Draft, by: RowId, scope: RowId, node: NodeId): void {
  const id = nextId(draft)
  put(draft, 'subscriptions', { id, kind: 'compensate', node, event: { type: 'compensate', activity: null }, scope, branch: null, token: null, host: scope, stage: 'close', by, turn: -1 }, id)
}

/** Undoes the next activity for a token; true when nothing is left and the token may go on. */
export function undoNext(draft: Draft, by: RowId): boolean {
  const next = list(draft, 'subscriptions').filter((one) => one.by === by).toSorted((a, b) => (b.turn ?? 0) - (a.turn ?? 0))[0]
  if (next === undefined) return true
  drop(draft, 'subscriptions', next.id)
  if (next.stage === 'close') return close(draft, next, by)
  emit(draft, 'compensated', { node: next.node }, { by })
  if (next.host !== null && next.stage === undefined) return undoSub(draft, next, by, next.host)
  if (next.host !== null) put(draft, 'subscriptions', { ...next, stage: 'close' }, next.id)
  const handler = draft.ir.nodes[next.node]?.compensation
  return handler === undefined ? undoNext(draft, by) : startHandler(draft, handler, next.scope, by)
}

function close(draft: Draft, one: Subscription, by: RowId): boolean {
  const scope = must(one.host, 'scope of undone sub-process')
  if (rows(draft, 'scopes')[scope] !== undefined) {
    clearScope(draft, scope)
    tellScope(draft, 'exit', must(draft.ir.nodes[one.node], one.node), scope)
    cancelScope(draft, scope)
  }
  return undoNext(draft, by)
}

function startHandler(draft: Draft, handler: NodeId, scope: RowId, by: RowId): boolean {
  tell(draft, 'createScope', must(draft.ir.nodes[handler], handler), scope)
  const { cause = null } = row(draft, 'scopes', scope)
  draft.queue.push({ token: addToken(draft, { scope, branch: null }, handler, { cause, outcome: null, compensates: by }), move: 'enter' })
  return false
}

/** A finished sub-process: by its own event sub-process and then its boundary; without the former by its boundary, or activity by activity. */
function undoSub(draft: Draft, one: Subscription, by: RowId, scope: RowId): boolean {
  const inner = undoingOf(draft, one.node)
  const { compensation } = must(draft.ir.nodes[one.node], one.node)
  if (inner !== undefined) {
    put(draft, 'subscriptions', { ...one, stage: compensation === undefined ? 'close' : 'boundary' }, one.id)
    tell(draft, 'createScope', inner.node, scope)
    openSub(draft, { scope, branch: null, cause: row(draft, 'scopes', scope).cause ?? null, outcome: null, compensates: by }, inner.node, inner.start)
    return false
  }
  if (compensation !== undefined) {
    put(draft, 'subscriptions', { ...one, stage: 'close' }, one.id)
    return startHandler(draft, compensation, one.scope, by)
  }
  const within = list(draft, 'subscriptions').filter((other) => other.kind === 'compensate' && other.scope === scope).map(({ id }) => id)
  put(draft, 'subscriptions', { ...one, stage: 'close', turn: Math.min(one.id, ...within) - 0.5 }, one.id)
  askForUndoing(draft, by, scope, null)
  return undoNext(draft, by)
}
