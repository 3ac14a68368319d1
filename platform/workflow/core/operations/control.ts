import { samePerson } from '../assign.ts'
import type { CommandOf } from '../command.ts'
import { type Draft, emit, list, marking, put, rows } from '../draft.ts'
import { fail, must } from '../error.ts'
import { isHuman, type NodeId } from '../ir.ts'
import { endCase } from '../run.ts'
import { moveTo, relocate } from '../relocate.ts'
import type { RowId, Timer } from '../state.ts'
import { mayDo } from './guard.ts'

/** 终止 by an administrator; the shell has checked the right. */
export function terminate(draft: Draft, command: CommandOf<'terminate'>): void {
  endCase(draft, 'terminated', command.reason ?? null, marking(draft))
}

/** 作废 by the initiator. */
export function voidCase(draft: Draft, command: CommandOf<'void'>): void {
  const node = must(draft.ir.nodes[draft.ir.start], draft.ir.start)
  if (isHuman(node)) mayDo(node, 'void')
  if (!samePerson(command.by, draft.case.initiator)) fail('workflow.operation.notAllowed', { node: node.name, operation: 'void' })
  endCase(draft, 'void', command.reason ?? null, marking(draft))
}

/** 挂起: nothing but resuming, ending and reading is possible; limits stand still. */
export function suspend(draft: Draft, command: CommandOf<'suspend'>): void {
  draft.case = { ...draft.case, status: 'suspended', suspendedAt: draft.context.now }
  emit(draft, 'case.suspended', {}, { reason: command.reason ?? null })
}

/** 恢复: due times and reminders move by the length of the pause; waits for a time of the record do not. */
export function resume(draft: Draft): void {
  if (draft.case.suspendedAt === null) fail('workflow.case.notSuspended')
  const pause = draft.context.now - draft.case.suspendedAt
  draft.case = { ...draft.case, status: 'running', suspendedAt: null }
  const later = (at: number | null): number | null => (at === null ? null : at + pause)
  for (const timer of list(draft, 'timers')) if (moves(draft, timer)) put(draft, 'timers', { ...timer, at: timer.at + pause }, timer.id)
  for (const task of list(draft, 'tasks')) if (task.status === 'open' && task.due !== null) put(draft, 'tasks', { ...task, due: later(task.due) }, task.id)
  for (const actor of list(draft, 'actors')) {
    if ((actor.status === 'open' || actor.status === 'waiting') && actor.due !== null) put(draft, 'actors', { ...actor, due: later(actor.due) }, actor.id)
  }
  emit(draft, 'case.resumed', {}, { pause })
}

/** A limit or a span goes on after a pause; a fixed time does not. */
function moves(draft: Draft, { kind, subscription }: Timer): boolean {
  if (kind !== 'event') return kind !== 'wait'
  const event = rows(draft, 'subscriptions')[subscription ?? 0]?.event
  return event?.type === 'timer' && (event.at?.kind === 'after' || event.at?.kind === 'every')
}

/** 跳转 of one token by an administrator to any step it can soundly stand at; branches skipped on the way count as done. */
export function jump(draft: Draft, command: CommandOf<'jump'>): void {
  moveToken(draft, command.token, command.to, command.reason ?? null)
}

/** The same by itself, when a step's time is over. */
export function moveToken(draft: Draft, from: RowId, to: NodeId, reason: string | null): void {
  const token = rows(draft, 'tokens')[from] ?? fail('workflow.token.unknown')
  const node = draft.ir.nodes[to]
  if (node === undefined || moveTo(draft, token, node.id) === null) fail('workflow.jump.target', { to: node?.name ?? to })
  if (node.kind === 'parallel' || node.kind === 'inclusive') fail('workflow.jump.target', { to: node.name })
  const before = marking(draft)
  const id = relocate(draft, token, must(node.id, 'jump'), { cause: null, outcome: token.outcome })
  draft.queue.push({ token: id, move: 'enter', opening: { why: 'jump' } })
  emit(draft, 'jumped', { node: node.id }, { from: token.node, to: node.id, reason, before, after: marking(draft) })
}
