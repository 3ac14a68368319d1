import type { CommandOf } from '../command.ts'
import { type Draft, emit, patch } from '../draft.ts'
import { fail } from '../error.ts'
import { actorsOf } from '../state.ts'
import { activate } from '../work.ts'
import { ownOpenPart } from './guard.ts'

/** 签收 of a task several persons could do: the others are held back until it is released. */
export function claim(draft: Draft, command: CommandOf<'claim'>): void {
  const { actor, task, node } = ownOpenPart(draft, command)
  const candidates = actorsOf(draft.tables.actors.rows, task.id).filter((one) => one.parent === null && one.status === 'open')
  if (task.decide !== 'any' || actor.parent !== null || candidates.length < 2) fail('workflow.claim.notShared')
  patch(draft, 'tasks', task.id, { claimedBy: actor.id, revision: task.revision + 1 })
  activate(draft, task.id)
  emit(draft, 'task.claimed', { node: node.id, task: task.id, actor: actor.id })
}

/** Gives a claimed task back to all candidates. */
export function release(draft: Draft, command: CommandOf<'release'>): void {
  const { actor, task, node } = ownOpenPart(draft, command)
  if (task.claimedBy !== actor.id) fail('workflow.claim.notShared')
  patch(draft, 'tasks', task.id, { claimedBy: null, revision: task.revision + 1 })
  activate(draft, task.id)
  emit(draft, 'task.released', { node: node.id, task: task.id, actor: actor.id })
}
