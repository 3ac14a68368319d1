import type { CommandOf } from '../command.ts'
import { type Draft, drop, emit, row, rows } from '../draft.ts'
import { fail, must } from '../error.ts'
import { throwError, trigger } from '../events.ts'
import { followOnly } from '../run.ts'
import type { RowId, Timer } from '../state.ts'
import { addTimer, dropTimers } from '../timers.ts'
import { finishTask, humanNode, seal } from '../work.ts'
import { timeoutWords } from '../../words.ts'
import { moveToken } from './control.ts'
import { escalate } from './escalate.ts'
import { remindOpen } from './inform.ts'
import { setVariables } from './set.ts'

/** A timer fires. One that is gone was overtaken by a person: nothing happens, so that a repeated delivery does no harm. */
export function fireTimer(draft: Draft, command: CommandOf<'timer'>): void {
  const timer = rows(draft, 'timers')[command.timer]
  if (timer === undefined) return
  if (timer.at > draft.context.now) fail('workflow.timer.early', { at: timer.at })
  drop(draft, 'timers', timer.id)
  if (timer.kind === 'event') fireEvent(draft, must(timer.subscription, 'subscription of timer'))
  else if (timer.kind === 'call') callAgain(draft, timer)
  else if (timer.kind === 'wait') endWait(draft, must(timer.token, 'token of wait'))
  else fireLimit(draft, timer, must(timer.task, 'task of timer'))
}

function fireLimit(draft: Draft, timer: Timer, id: RowId): void {
  const task = row(draft, 'tasks', id)
  const node = humanNode(draft, task.node)
  if (timer.kind === 'remind') {
    remindOpen(draft, id, 'remind', null)
    return emit(draft, 'reminded', { node: node.id, task: id })
  }
  if (timer.kind === 'escalate') return escalate(draft, task, node, timer.level ?? 0)
  emit(draft, 'task.overdue', { node: node.id, task: id }, { action: node.timeout })
  if (node.timeout === 'remind') remindOpen(draft, id, 'overdue', null)
  else if (typeof node.timeout === 'object') moveToken(draft, task.token, node.timeout.move, timeoutWords.move)
  else finishTask(draft, id, node.timeout === 'reject' ? 'reject' : must(node.outcomes[0], 'outcome'), null)
}

function fireEvent(draft: Draft, id: RowId): void {
  const one = rows(draft, 'subscriptions')[id]
  if (one !== undefined) trigger(draft, one)
}

/** Ends a wait before its time, e.g. 提前销假; lets an activity go on at which a simulation holds. */
export function wake(draft: Draft, command: CommandOf<'wake'>): void {
  const token = rows(draft, 'tokens')[command.token]
  const node = token === undefined ? undefined : draft.ir.nodes[token.node]
  if (node?.kind === 'pass' || node?.kind === 'sub') draft.queue.push({ token: command.token, move: 'signal' })
  else endWait(draft, command.token)
}

function endWait(draft: Draft, id: RowId): void {
  const token = rows(draft, 'tokens')[id]
  if (token === undefined || draft.ir.nodes[token.node]?.kind !== 'wait') fail('workflow.token.unknown')
  dropTimers(draft, (timer) => timer.token === id)
  seal(draft, token)
  emit(draft, 'wait.ended', { node: token.node }, { token: id })
  followOnly(draft, token)
}

const AGAIN_AFTER_MS = 60_000

/** The token stays at its call, which is made again later; whatever moves the token away ends that. */
export function putOff(draft: Draft, { token, opinion, post }: CommandOf<'put-off'>): void {
  addTimer(draft, 'call', draft.context.now + AGAIN_AFTER_MS, { task: null, token, ...(opinion !== null && { opinion }), ...(post !== undefined && { post }) })
}

function callAgain(draft: Draft, { token: id, opinion }: Timer): void {
  const token = row(draft, 'tokens', must(id, 'token of call'))
  const node = draft.ir.nodes[token.node]
  if (node?.kind === 'call') draft.intents.push({ kind: 'call', token: token.id, node: node.id, does: node.does, ...(opinion !== undefined && { opinion }) })
}

const dropCall = (draft: Draft, token: RowId): void => dropTimers(draft, (timer) => timer.kind === 'call' && timer.token === token)

/** A called function has answered; its variables are there for the conditions that follow. */
export function called(draft: Draft, command: CommandOf<'called'>): void {
  const token = rows(draft, 'tokens')[command.token]
  if (token === undefined || draft.ir.nodes[token.node]?.kind !== 'call') fail('workflow.token.unknown')
  dropCall(draft, token.id)
  setVariables(draft, command.variables)
  emit(draft, 'called', { node: token.node }, { token: token.id })
  followOnly(draft, token)
}

/** A called function refuses with an error of the business: it is caught in the model, or the call counts as failed. */
export function failed(draft: Draft, command: CommandOf<'error'>): void {
  const token = rows(draft, 'tokens')[command.token] ?? fail('workflow.token.unknown')
  dropCall(draft, token.id)
  setVariables(draft, command.variables)
  if (!throwError(draft, token, { type: 'error', name: command.name })) fail('workflow.error.uncaught', { node: must(draft.ir.nodes[token.node], token.node).name, name: command.name ?? '' })
}
