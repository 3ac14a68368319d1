import { holds, valueAt } from '#kit/where.ts'
import { lastTaskAt } from './assign.ts'
import { type Draft, drop, emit, list, type Move, patch, row, rows, variablesOf } from './draft.ts'
import { fail, must } from './error.ts'
import { type FlowId, type GatewayNode, type IrFlow, isHuman, type HumanNode, type NodeId, type WaitNode } from './ir.ts'
import { arrive, fireInclusive, split } from './parallel.ts'
import { cancelScope, relocate } from './relocate.ts'
import { previousTarget } from './targets.ts'
import type { Task, Token } from './state.ts'
import { addTimer, comeBack, openTask } from './work.ts'

/** Automatic moves one command may cause; more is an endless loop. */
export const MOST_MOVES = 1000

/** Moves tokens until each waits for a person, a time, a call or another branch. */
export function run(draft: Draft): void {
  let moves = 0
  do {
    for (let next = draft.queue.shift(); next !== undefined; next = draft.queue.shift()) {
      const token = rows(draft, 'tokens')[next.token]
      if (token === undefined) continue
      if (++moves > MOST_MOVES) fail('workflow.loop', { node: must(draft.ir.nodes[token.node], token.node).name })
      if (next.move === 'leave') leaveStep(draft, token)
      else enter(draft, token, next)
    }
  } while (draft.case.status === 'running' && fireInclusive(draft, follow))
  if (draft.case.status === 'running' && list(draft, 'tokens').length + list(draft, 'arrivals').length === 0) endCase(draft, 'ended', draft.case.outcome)
}

/** Sends a token along a flow. */
export function follow(draft: Draft, token: Token, flow: FlowId): void {
  const { to } = must(draft.ir.flows[flow], flow)
  const node = must(draft.ir.nodes[to], to)
  if ((node.kind === 'parallel' || node.kind === 'inclusive') && node.in.length > 1) return arrive(draft, token, node, flow, follow)
  patch(draft, 'tokens', token.id, { node: to })
  draft.queue.push({ token: token.id, move: 'enter' })
}

/** Sends a token out of a node with one way out; a dead end ends it. */
export function followOnly(draft: Draft, token: Token): void {
  const [flow] = must(draft.ir.nodes[token.node], token.node).out
  if (flow === undefined) return endToken(draft, token, null)
  follow(draft, token, flow)
}

function enter(draft: Draft, token: Token, move: Move): void {
  const node = must(draft.ir.nodes[token.node], token.node)
  switch (node.kind) {
    case 'start':
    case 'task': return enterStep(draft, token, node, move)
    case 'exclusive': return follow(draft, token, choose(draft, token, node))
    case 'parallel':
    case 'inclusive': return node.out.length > 1 ? split(draft, token, node, flowsOut(draft, token, node), follow) : followOnly(draft, token)
    case 'wait': return enterWait(draft, token, node)
    case 'call': {
      seal(draft, token)
      draft.intents.push({ kind: 'call', token: token.id, node: node.id, does: node.does })
      return
    }
    case 'end': return endToken(draft, token, node.outcome)
  }
}

function enterStep(draft: Draft, token: Token, node: HumanNode, move: Move): void {
  if (openTask(draft, token, node, move.opening ?? { why: 'flow' })) return
  patch(draft, 'tokens', token.id, { outcome: node.outcomes[0] ?? null })
  draft.queue.push({ token: token.id, move: 'leave' })
}

/** What follows a finished step: the edges, the rule for rejections, or the way straight back after a visit. */
function leaveStep(draft: Draft, token: Token): void {
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
  const former = lastTaskAt(draft, node)
  const id = relocate(draft, token, node, { cause: former?.cause ?? null, outcome: null })
  draft.queue.push({ token: id, move: 'enter', opening: former === undefined ? { why: 'jump' } : { why: 'return', former } })
}

function choose(draft: Draft, token: Token, node: GatewayNode): FlowId {
  const flows = node.out.map((id) => must(draft.ir.flows[id], id))
  const chosen = flows.find((flow) => !isDefault(flow) && accepts(draft, token, flow)) ?? flows.find(isDefault)
  return (chosen ?? fail('workflow.choice.none', { node: node.name })).id
}

function flowsOut(draft: Draft, token: Token, node: GatewayNode): readonly FlowId[] {
  if (node.kind === 'parallel') return node.out
  const flows = node.out.map((id) => must(draft.ir.flows[id], id))
  const chosen = flows.filter((flow) => !isDefault(flow) && accepts(draft, token, flow))
  const taken = chosen.length > 0 ? chosen : flows.filter(isDefault)
  return taken.length > 0 ? taken.map((flow) => flow.id) : fail('workflow.choice.none', { node: node.name })
}

const isDefault = (flow: IrFlow): boolean => flow.when === null && flow.on === null

function accepts(draft: Draft, token: Token, flow: IrFlow): boolean {
  return (flow.on === null || flow.on === token.outcome) && (flow.when === null || holds(flow.when, variablesOf(draft)))
}

/** Nothing before a call or a wait can be withdrawn any more. */
function seal(draft: Draft, token: Token): void {
  if (token.cause !== null) patch(draft, 'tasks', token.cause, { sealed: true })
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
  draft.case = { ...draft.case, outcome: outcome ?? draft.case.outcome ?? token.outcome }
}

/** Ends the case: everything still alive is cancelled. */
export function endCase(draft: Draft, status: 'ended' | 'terminated' | 'void', outcome: string | null): void {
  for (const scope of list(draft, 'scopes')) if (scope.parent === null) cancelScope(draft, scope.id)
  draft.queue.length = 0
  draft.case = { ...draft.case, status, outcome, endedAt: draft.context.now, suspendedAt: null }
  emit(draft, status === 'ended' ? 'case.ended' : status === 'void' ? 'case.voided' : 'case.terminated', {}, { outcome })
  draft.intents.push({ kind: 'finished', status, outcome })
}
