import { holds, valueAt } from '#kit/where.ts'
import { chosenName, lastTaskAt } from './assign.ts'
import type { Marking } from './command.ts'
import { openSub, registerUndoing, settleScope } from './container.ts'
import { type Draft, drop, emit, list, type Move, patch, row, rows, variablesOf } from './draft.ts'
import { fail, must } from './error.ts'
import { throwEvent, trigger } from './events.ts'
import {
  type CallNode, type CatchNode, elementOf, type EventGatewayNode, type FlowId, type GatewayNode, type HumanNode, type IrFlow, type IrNode, isHuman, type NodeId, type WaitNode,
} from './ir.ts'
import { openMulti, runAgain } from './multi.ts'
import { arrive, fireInclusive, split } from './parallel.ts'
import { cancelScope, relocate } from './relocate.ts'
import { rootScope, type Task, type Token } from './state.ts'
import { conditionsMet, dropSubscriptions, subscribe, watchToken } from './subscribe.ts'
import { previousTarget } from './targets.ts'
import { addTimer } from './timers.ts'
import { containerOf, tell, tellScope } from './trace.ts'
import { undoNext } from './undo.ts'
import { comeBack, openTask, seal } from './work.ts'

/** Automatic moves one command may cause; more is an endless loop. */
export const MOST_MOVES = 1000

/** Moves tokens until each waits for a person, a time, an event, a call or another branch. */
export function run(draft: Draft): void {
  let moves = 0
  do {
    for (let next = draft.queue.shift(); next !== undefined; next = draft.queue.shift()) {
      if (++moves > MOST_MOVES) fail('workflow.loop', { node: placeOf(draft, next) })
      moveOn(draft, next)
    }
  } while (draft.case.status === 'running' && (fireInclusive(draft) || fireConditions(draft)))
  if (draft.case.status === 'running' && isOver(draft)) endCase(draft, 'ended', draft.case.outcome)
}

const isOver = (draft: Draft): boolean =>
  list(draft, 'tokens').length + list(draft, 'arrivals').length === 0 && list(draft, 'scopes').every(({ kind, done }) => kind === 'case' || done === true)

function placeOf(draft: Draft, { token, move }: Move): string {
  const id = move === 'again' ? rows(draft, 'scopes')[token]?.region : rows(draft, 'tokens')[token]?.node
  return draft.ir.nodes[id ?? '']?.name ?? draft.ir.title
}

function fireConditions(draft: Draft): boolean {
  for (const one of conditionsMet(draft)) if (rows(draft, 'subscriptions')[one.id] !== undefined) trigger(draft, one)
  return draft.queue.length > 0
}

function moveOn(draft: Draft, next: Move): void {
  if (next.move === 'again') {
    const left = runAgain(draft, next.token)
    if (left !== null) leaveRuns(draft, row(draft, 'tokens', left))
    return
  }
  const token = rows(draft, 'tokens')[next.token]
  if (token === undefined) return
  switch (next.move) {
    case 'enter': return enter(draft, token, next)
    case 'leave': return leaveStep(draft, token)
    case 'signal': return occur(draft, token)
    case 'exit': return followOnly(draft, token, next.from)
    case 'throw': {
      const node = must(draft.ir.nodes[token.node], token.node)
      if (node.kind === 'throw' && throwEvent(draft, token, node)) draft.queue.push({ token: token.id, move: 'exit' })
      return
    }
    case 'undo': {
      if (undoNext(draft, token.id)) draft.queue.push({ token: token.id, move: draft.ir.nodes[token.node]?.kind === 'throw' ? 'signal' : 'exit' })
    }
  }
}

/** A repeated activity whose runs decided against it ends the case, unless a flow takes the rejection. */
function leaveRuns(draft: Draft, token: Token): void {
  const node = must(draft.ir.nodes[token.node], token.node)
  if (node.kind === 'multi' && node.decide !== undefined && node.reject !== 'flow' && token.outcome === 'reject') return endCase(draft, 'ended', 'reject')
  draft.queue.push({ token: token.id, move: 'exit' })
}

/** An event occurs at the node where a token stands, or an activity that was held goes on. */
function occur(draft: Draft, token: Token): void {
  const node = must(draft.ir.nodes[token.node], token.node)
  tell(draft, 'signal', node, token.scope)
  if (node.kind !== 'sub') return followOnly(draft, token)
  drop(draft, 'tokens', token.id)
  openSub(draft, token, node, null)
}

/** Sends a token along a flow. */
export function follow(draft: Draft, token: Token, flow: FlowId): void {
  const way = must(draft.ir.flows[flow], flow)
  const node = must(draft.ir.nodes[way.to], way.to)
  for (const action of ['createScope', 'enter', 'exit'] as const) tell(draft, action, way, token.scope)
  tell(draft, 'createScope', node, token.scope)
  tell(draft, 'destroyScope', way, token.scope)
  if ((node.kind === 'parallel' || node.kind === 'inclusive') && node.in.length > 1) return arrive(draft, token, node, flow)
  patch(draft, 'tokens', token.id, { node: way.to })
  draft.queue.push({ token: token.id, move: node.kind === 'pass' && node.signalled ? 'signal' : 'enter' })
}

/** Sends a token out of a node with one way out; a dead end ends it. `from`: the sub-process it comes out of. */
export function followOnly(draft: Draft, token: Token, from?: Move['from']): void {
  const node = must(draft.ir.nodes[token.node], token.node)
  dropSubscriptions(draft, (one) => one.token === token.id)
  // The way on may close the scope of the token.
  const within = from?.scope ?? containerOf(draft, token.scope)
  tellScope(draft, 'exit', node, within)
  registerUndoing(draft, token, node)
  const [flow] = node.out
  if (flow === undefined) endToken(draft, token, null)
  else follow(draft, token, flow)
  if (from?.kept !== true) tellScope(draft, 'destroyScope', node, within)
}

function isHeld(draft: Draft, node: IrNode): boolean {
  const element = elementOf(node)
  return element !== null && draft.context.simulation?.holds(element) === true
}

function enter(draft: Draft, token: Token, move: Move): void {
  const node = must(draft.ir.nodes[token.node], token.node)
  tell(draft, 'enter', node, token.scope)
  if (!isHuman(node) && isHeld(draft, node)) return watchToken(draft, token, node)
  switch (node.kind) {
    case 'start':
    case 'task': return enterStep(draft, token, node, move)
    case 'exclusive': return enterChoice(draft, token, node)
    case 'parallel':
    case 'inclusive': return node.out.length > 1 ? split(draft, token, node, flowsOut(draft, token, node), follow) : followOnly(draft, token)
    case 'wait': return enterWait(draft, token, node)
    case 'call': return enterCall(draft, token, node)
    case 'end': {
      tell(draft, 'exit', node, token.scope)
      tell(draft, 'destroyScope', node, token.scope)
      return endToken(draft, token, node.outcome)
    }
    case 'pass':
    case 'boundary': return followOnly(draft, token)
    case 'catch': return enterCatch(draft, token, node)
    case 'events': return enterEvents(draft, token, node)
    case 'throw': {
      // A terminating end lets nobody else move first.
      if (node.event.type === 'terminate') return void throwEvent(draft, token, node)
      draft.queue.push({ token: token.id, move: 'throw' })
      return
    }
    case 'sub': {
      drop(draft, 'tokens', token.id)
      openSub(draft, token, node, null)
      return
    }
    case 'multi': {
      drop(draft, 'tokens', token.id)
      return openMulti(draft, token, node)
    }
  }
}

function enterCall(draft: Draft, token: Token, node: CallNode): void {
  seal(draft, token)
  watchToken(draft, token, node)
  draft.intents.push({ kind: 'call', token: token.id, node: node.id, does: node.does })
}

function enterCatch(draft: Draft, token: Token, node: CatchNode): void {
  subscribe(draft, { kind: 'catch', node: node.id, event: node.event, scope: token.scope, branch: token.branch, token: token.id, host: null })
  watchToken(draft, token, node)
}

function enterEvents(draft: Draft, token: Token, node: EventGatewayNode): void {
  for (const flow of node.out) {
    const next = must(draft.ir.nodes[must(draft.ir.flows[flow], flow).to], flow)
    if (next.kind === 'catch') subscribe(draft, { kind: 'gateway', node: next.id, event: next.event, scope: token.scope, branch: token.branch, token: token.id, host: null })
  }
}

function enterChoice(draft: Draft, token: Token, node: GatewayNode): void {
  if (node.out.length === 0) return followOnly(draft, token)
  const flow = choose(draft, token, node)
  const within = containerOf(draft, token.scope)
  tellScope(draft, 'exit', node, within)
  follow(draft, token, flow)
  tellScope(draft, 'destroyScope', node, within)
}

function enterStep(draft: Draft, token: Token, node: HumanNode, move: Move): void {
  if (node.mark === 'skipped' || isOthers(draft, token, node)) emit(draft, 'task.skipped', { node: node.id })
  else if (openTask(draft, token, node, move.opening ?? { why: 'flow' })) return
  patch(draft, 'tokens', token.id, { outcome: node.outcomes[0] ?? null })
  draft.queue.push({ token: token.id, move: 'leave' })
}

/** A step added in one branch of a 会签 by departments is nobody's in the others. */
const isOthers = (draft: Draft, { scope }: Token, { id, mark }: HumanNode): boolean => mark === 'added' && variablesOf(draft, scope)[chosenName(id)] === undefined

/** What follows a finished step: the edges, the rule for rejections, or the way straight back after a visit. */
function leaveStep(draft: Draft, token: Token): void {
  dropSubscriptions(draft, (one) => one.token === token.id)
  const node = must(draft.ir.nodes[token.node], token.node)
  if (!isHuman(node)) throw new Error(`workflow invariant broken: ${node.id} is no step`)
  if (token.outcome === 'reject') return leaveRejected(draft, token, node)
  const visit = token.back.at(-1)
  if (visit === undefined) return followOnly(draft, token)
  if (visit.actor !== undefined) return comeBack(draft, token.id, visit.task, visit.actor)
  patch(draft, 'tokens', token.id, { node: visit.node, back: token.back.slice(0, -1) })
  const former: Task = row(draft, 'tasks', visit.task)
  draft.queue.push({ token: token.id, move: 'enter', opening: { why: 'back', former, reopen: ({ outcome }) => outcome === 'reject' || outcome === 'return' } })
}

function leaveRejected(draft: Draft, token: Token, node: HumanNode): void {
  if (node.reject === 'end') return endCase(draft, 'ended', 'reject')
  if (node.reject === 'flow') {
    // A visiting token lives in the scope of the step that sent it; a rejection is decided where this step stands.
    return followOnly(draft, token.back.length === 0 ? token : row(draft, 'tokens', relocate(draft, token, node.id, token)))
  }
  const target = node.reject === 'initiator' ? draft.ir.start : previousTarget(draft, must(rows(draft, 'tasks')[token.cause ?? 0], 'rejecting task'))
  if (target === null) return endCase(draft, 'ended', 'reject')
  sendBack(draft, token, target)
}

/** Moves a token back to an earlier step, to be done by those who did it, and everything after it again. */
export function sendBack(draft: Draft, token: Token, node: NodeId): void {
  const former = lastTaskAt(draft, node, token.scope)
  const id = relocate(draft, token, node, { cause: former?.cause ?? null, outcome: null })
  draft.queue.push({ token: id, move: 'enter', opening: former === undefined ? { why: 'jump' } : { why: 'return', former } })
}

/** The flows a simulation takes here, whatever the conditions say. */
const wanted = (draft: Draft, node: GatewayNode): readonly FlowId[] | undefined =>
  draft.context.simulation?.choose(elementOf(node) ?? node.id.replace(/\?(?:#\d+)?$/u, ''))?.filter((flow) => node.out.includes(flow))

function choose(draft: Draft, token: Token, node: GatewayNode): FlowId {
  const [given] = wanted(draft, node) ?? []
  if (given !== undefined) return given
  const flows = node.out.map((id) => must(draft.ir.flows[id], id))
  const chosen = flows.find((flow) => !isDefault(flow) && accepts(draft, token, flow)) ?? flows.find(isDefault)
  return (chosen ?? fail('workflow.choice.none', { node: node.name })).id
}

function flowsOut(draft: Draft, token: Token, node: GatewayNode): readonly FlowId[] {
  if (node.kind === 'parallel') return node.out
  const given = wanted(draft, node) ?? []
  if (given.length > 0) return given
  const flows = node.out.map((id) => must(draft.ir.flows[id], id))
  const chosen = flows.filter((flow) => !isDefault(flow) && accepts(draft, token, flow))
  const taken = chosen.length > 0 ? chosen : flows.filter(isDefault)
  return taken.length > 0 ? taken.map((flow) => flow.id) : fail('workflow.choice.none', { node: node.name })
}

const isDefault = (flow: IrFlow): boolean => flow.otherwise ?? (flow.when === null && flow.on === null)

function accepts(draft: Draft, token: Token, flow: IrFlow): boolean {
  return (flow.on === null || flow.on === token.outcome) && (flow.when === null || holds(flow.when, variablesOf(draft, token.scope)))
}

function enterWait(draft: Draft, token: Token, node: WaitNode): void {
  addTimer(draft, 'wait', waitUntil(draft, node), { task: null, token: token.id })
  emit(draft, 'wait.started', { node: node.id }, { token: token.id })
}

export function waitUntil(draft: Draft, node: WaitNode): number {
  const value = valueAt(variablesOf(draft), node.until)
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || value === '') fail('workflow.wait.noTime', { node: node.name, field: node.until })
  return draft.context.calendar.instant(value)
}

function endToken(draft: Draft, token: Token, outcome: string | null): void {
  drop(draft, 'tokens', token.id)
  const scope = row(draft, 'scopes', token.scope)
  if (scope.parent === null) draft.case = { ...draft.case, outcome: outcome ?? draft.case.outcome ?? token.outcome }
  else if (scope.done !== true) patch(draft, 'scopes', scope.id, { cause: token.cause ?? scope.cause ?? null, outcome: outcome ?? token.outcome ?? scope.outcome ?? null })
  if (token.compensates !== undefined) draft.queue.push({ token: token.compensates, move: 'undo' })
  settleScope(draft, scope.id)
}

/** Ends the case: everything still alive is cancelled. `before`: where the tokens stood when somebody ended it from outside. */
export function endCase(draft: Draft, status: 'ended' | 'terminated' | 'void', outcome: string | null, before?: Marking): void {
  const whole = { id: draft.ir.element ?? draft.ir.id }
  const root = rootScope(draft.tables.scopes.rows).id
  tellScope(draft, 'exit', whole, root)
  for (const scope of list(draft, 'scopes')) if (scope.parent === null) cancelScope(draft, scope.id)
  tellScope(draft, 'destroyScope', whole, root)
  draft.queue.length = 0
  draft.case = { ...draft.case, status, outcome, endedAt: draft.context.now, suspendedAt: null }
  emit(draft, status === 'ended' ? 'case.ended' : status === 'void' ? 'case.voided' : 'case.terminated', {}, { outcome, ...(before === undefined ? {} : { before, after: [] }) })
  draft.intents.push({ kind: 'finished', status, outcome })
}
