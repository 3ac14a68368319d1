import type { CommandOf } from '../command.ts'
import { type Draft, drop, emit, patch, row, rows } from '../draft.ts'
import { fail, must } from '../error.ts'
import { followOnly } from '../run.ts'
import type { RowId, Timer } from '../state.ts'
import { dropTimers, finishTask, humanNode } from '../work.ts'
import { remindOpen } from './inform.ts'
import { setVariables } from './set.ts'

/** A timer fires. One that is gone was overtaken by a person: nothing happens, so that a repeated delivery does no harm. */
export function fireTimer(draft: Draft, command: CommandOf<'timer'>): void {
  const timer = rows(draft, 'timers')[command.timer]
  if (timer === undefined) return
  if (timer.at > draft.context.now) fail('workflow.timer.early', { at: timer.at })
  drop(draft, 'timers', timer.id)
  if (timer.kind === 'wait') endWait(draft, must(timer.token, 'token of wait'))
  else fireLimit(draft, timer, must(timer.task, 'task of timer'))
}

function fireLimit(draft: Draft, timer: Timer, id: RowId): void {
  const task = row(draft, 'tasks', id)
  const node = humanNode(draft, task.node)
  if (timer.kind === 'remind') {
    remindOpen(draft, id, 'remind', null)
    return emit(draft, 'reminded', { node: node.id, task: id })
  }
  emit(draft, 'task.overdue', { node: node.id, task: id }, { action: node.timeout })
  if (node.timeout === 'remind') remindOpen(draft, id, 'overdue', null)
  else finishTask(draft, id, node.timeout === 'reject' ? 'reject' : must(node.outcomes[0], 'outcome'), null)
}

/** Ends a wait before its time, e.g. 提前销假. */
export function wake(draft: Draft, command: CommandOf<'wake'>): void {
  endWait(draft, command.token)
}

function endWait(draft: Draft, id: RowId): void {
  const token = rows(draft, 'tokens')[id]
  if (token === undefined || draft.ir.nodes[token.node]?.kind !== 'wait') fail('workflow.token.unknown')
  dropTimers(draft, (timer) => timer.token === id)
  if (token.cause !== null) patch(draft, 'tasks', token.cause, { sealed: true })
  emit(draft, 'wait.ended', { node: token.node }, { token: id })
  followOnly(draft, token)
}

/** A called function has answered; its variables are there for the conditions that follow. */
export function called(draft: Draft, command: CommandOf<'called'>): void {
  const token = rows(draft, 'tokens')[command.token]
  if (token === undefined || draft.ir.nodes[token.node]?.kind !== 'call') fail('workflow.token.unknown')
  setVariables(draft, command.variables)
  emit(draft, 'called', { node: token.node }, { token: token.id })
  followOnly(draft, token)
}
