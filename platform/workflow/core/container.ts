import { type Draft, emit, list, put, row, rows, drop, patch } from './draft.ts'
import { must } from './error.ts'
import { innerOf, type IrNode, type NodeId, type SubNode } from './ir.ts'
import { addToken, cancelScope, cancelTokens, openScope } from './relocate.ts'
import type { RowId, Scope, Token } from './state.ts'
import { dropSubscriptions, subscribe, watchScope } from './subscribe.ts'
import { tell, tellScope } from './trace.ts'

type Spot = Pick<Token, 'scope' | 'branch'>
type Coming = Spot & Pick<Token, 'cause' | 'outcome' | 'compensates'>

const subOf = (draft: Draft, id: NodeId): SubNode => {
  const node = must(draft.ir.nodes[id], id)
  if (node.kind !== 'sub') throw new Error(`workflow invariant broken: ${id} is no sub-process`)
  return node
}

/** Opens a sub-process for a token that has come to it (and is gone now); with `start` only this start event occurs. */
export function openSub(draft: Draft, from: Coming, node: SubNode, start: NodeId | null): Scope {
  const scope = openScope(draft, from, node.id, 'sub')
  const { cause, outcome, compensates } = from
  patch(draft, 'scopes', scope.id, { cause, outcome, ...(compensates === undefined ? {} : { compensates }) })
  emit(draft, 'scope.opened', { node: node.id }, { scope: scope.id })
  watchScope(draft, scope, node)
  if (node.triggers !== undefined) tellScope(draft, 'signal', node, scope.id)
  return beginIn(draft, row(draft, 'scopes', scope.id), start === null ? node.starts : [start, ...node.starts.filter((id) => !isEvent(draft, id))])
}

const isEvent = (draft: Draft, id: NodeId): boolean => {
  const node = must(draft.ir.nodes[id], id)
  return node.kind === 'pass' && node.signalled
}

/** Puts a token at each of the first nodes of a scope. */
export function beginIn(draft: Draft, scope: Scope, starts: readonly NodeId[]): Scope {
  for (const id of starts) {
    tell(draft, 'createScope', must(draft.ir.nodes[id], id), scope.id)
    const token = addToken(draft, { scope: scope.id, branch: null }, id, { cause: scope.cause ?? null, outcome: scope.outcome ?? null })
    draft.queue.push({ token, move: isEvent(draft, id) ? 'signal' : 'enter' })
  }
  if (starts.length === 0) settleScope(draft, scope.id)
  return scope
}

const isAlive = (draft: Draft, id: RowId): boolean =>
  list(draft, 'tokens').some(({ scope }) => scope === id) || list(draft, 'arrivals').some(({ scope }) => scope === id) ||
  list(draft, 'scopes').some(({ parent, done }) => parent === id && done !== true)

/** Ends a sub-process, or a run of a repeated activity, in which nothing lives any more. */
export function settleScope(draft: Draft, id: RowId): void {
  const scope = rows(draft, 'scopes')[id]
  if (scope === undefined || scope.done === true || isAlive(draft, id)) return
  if (scope.kind === 'sub') finishSub(draft, scope)
  else if (scope.kind === 'run') finishRun(draft, scope)
}

function finishSub(draft: Draft, scope: Scope): void {
  const node = subOf(draft, must(scope.region, 'sub-process'))
  const parent = must(scope.parent, 'scope around')
  emit(draft, 'scope.closed', { node: node.id }, { scope: scope.id })
  if (node.triggers !== undefined) {
    tellScope(draft, 'exit', node, scope.id)
    closeScope(draft, scope, node)
    if (scope.compensates !== undefined) draft.queue.push({ token: scope.compensates, move: 'undo' })
    return settleScope(draft, parent)
  }
  const kept = keepForUndoing(draft, scope, node)
  const token = addToken(draft, { scope: parent, branch: scope.branch }, node.id, { cause: scope.cause ?? null, outcome: scope.outcome ?? null, ...(scope.compensates === undefined ? {} : { compensates: scope.compensates }) })
  if (!kept) leaveScope(draft, scope)
  draft.queue.unshift({ token, move: 'exit', from: { scope: scope.id, kept } })
}

/** Takes a scope away without telling; whoever moves the token on tells. */
function leaveScope(draft: Draft, scope: Scope): void {
  dropSubscriptions(draft, (one) => one.host === scope.id || one.scope === scope.id)
  dropVariables(draft, scope.id)
  drop(draft, 'scopes', scope.id)
}

function closeScope(draft: Draft, scope: Scope, node: IrNode): void {
  for (const child of list(draft, 'scopes')) if (child.parent === scope.id) cancelScope(draft, child.id)
  leaveScope(draft, scope)
  draft.trace.push(...(node.element === null ? [] : [{ action: 'destroyScope' as const, element: node.element ?? node.id, scope: scope.id }]))
}

const dropVariables = (draft: Draft, scope: RowId): void => {
  for (const one of list(draft, 'variables')) if (one.scope === scope) drop(draft, 'variables', `${scope}.${one.name}`)
}

/** Keeps a finished sub-process in which there is something to undo, or that knows how to undo itself. True when it is kept. */
function keepForUndoing(draft: Draft, scope: Scope, node: SubNode): boolean {
  dropSubscriptions(draft, (one) => one.host === scope.id && one.kind !== 'compensate')
  const inside = list(draft, 'subscriptions').some((one) => one.kind === 'compensate' && one.scope === scope.id)
  const undoes = undoingOf(draft, node.id) !== undefined
  if (!inside && !undoes && node.compensation === undefined) return false
  const holder = holderOf(draft, must(scope.parent, 'scope around'))
  const keep = inside || undoes
  subscribe(draft, { kind: 'compensate', node: node.id, event: { type: 'compensate', activity: null }, scope: holder, branch: null, token: null, host: keep ? scope.id : null })
  if (!keep) return false
  // It moves up to the process or sub-process that may ask for the undoing: the region it ran in will be gone then.
  patch(draft, 'scopes', scope.id, { done: true, parent: holder, branch: null })
  return true
}

/** The process or sub-process (no event sub-process) in which finished activities wait to be undone. */
export function holderOf(draft: Draft, scope: RowId): RowId {
  let found = row(draft, 'scopes', scope)
  while (found.kind !== 'case' && (found.kind !== 'sub' || subOf(draft, must(found.region, 'sub-process')).triggers !== undefined)) found = row(draft, 'scopes', must(found.parent, 'scope around'))
  return found.id
}

/** The event sub-process that undoes a sub-process from within. */
export function undoingOf(draft: Draft, container: NodeId): { readonly node: SubNode; readonly start: NodeId } | undefined {
  for (const node of innerOf(draft.ir, container)) {
    const undoes = node.triggers?.find(({ event }) => event.type === 'compensate')
    if (undoes !== undefined) return { node, start: undoes.start }
  }
  return undefined
}

/** Notes that an activity with an undoing is finished. */
export function registerUndoing(draft: Draft, spot: Spot, node: IrNode): void {
  if (node.compensation === undefined || node.kind === 'sub') return
  subscribe(draft, { kind: 'compensate', node: node.id, event: { type: 'compensate', activity: null }, scope: holderOf(draft, spot.scope), branch: null, token: null, host: null })
}

/** Takes away everything that lives in a scope, but not what is finished and may have to be undone. */
export function clearScope(draft: Draft, id: RowId): void {
  for (const child of list(draft, 'scopes')) if (child.parent === id && child.done !== true) cancelScope(draft, child.id)
  cancelTokens(draft, (token) => token.scope === id)
  for (const arrival of list(draft, 'arrivals').filter((one) => one.scope === id)) {
    drop(draft, 'arrivals', arrival.id)
    tell(draft, 'destroyScope', must(draft.ir.nodes[arrival.node], arrival.node), id)
  }
  dropSubscriptions(draft, (one) => one.host === id && one.kind === 'inner')
}

/** One run of a repeated activity is over: the next one starts, or the activity is left. */
function finishRun(draft: Draft, scope: Scope): void {
  const around = row(draft, 'scopes', must(scope.parent, 'repeated activity'))
  dropVariables(draft, scope.id)
  drop(draft, 'scopes', scope.id)
  const runs = must(around.runs, 'runs')
  const outcomes = runs.outcomes === undefined ? {} : { outcomes: { ...runs.outcomes, [scope.branch ?? '']: scope.outcome ?? null } }
  put(draft, 'scopes', { ...around, cause: scope.cause ?? null, outcome: scope.outcome ?? null, runs: { ...runs, ...outcomes, finished: runs.finished + 1 } }, around.id)
  draft.queue.push({ token: around.id, move: 'again' })
}
