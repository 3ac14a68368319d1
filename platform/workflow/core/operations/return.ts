import { lastTaskAt } from '../assign.ts'
import type { CommandOf } from '../command.ts'
import { type Draft, emit, marking, patch, row } from '../draft.ts'
import { fail, must } from '../error.ts'
import type { NodeId } from '../ir.ts'
import { sendBack } from '../run.ts'
import type { Task } from '../state.ts'
import { previousTarget, returnTargets } from '../targets.ts'
import { closeTask } from '../work.ts'
import { mayDo, ownOpenPart } from './guard.ts'

/**
 * 退回. `rerun`: everything after the target is done again, and what stands in parallel outside the common branch is cancelled.
 * `back`: the target is done once more and the task then comes straight back here (直送); nothing else is touched, and votes already
 * given here stay.
 */
export function returnTask(draft: Draft, command: CommandOf<'return'>): void {
  const { actor, task, node } = ownOpenPart(draft, command)
  mayDo(node, 'return')
  const to = targetOf(draft, task, command.to)
  const before = marking(draft)
  const token = row(draft, 'tokens', task.token)
  patch(draft, 'actors', actor.id, { status: 'done', outcome: 'return', opinion: command.opinion ?? null, actedBy: command.by, closedAt: draft.context.now, revision: actor.revision + 1 })
  closeTask(draft, task.id, 'returned', actor.id, 'return')
  if (command.after === 'rerun') sendBack(draft, token, to)
  else {
    const former = must(lastTaskAt(draft, to), 'former task')
    patch(draft, 'tokens', token.id, { node: to, cause: former.cause, back: [...token.back, { node: task.node, task: task.id }] })
    draft.queue.push({ token: token.id, move: 'enter', opening: { why: 'return', former } })
  }
  emit(draft, 'task.returned', { node: node.id, task: task.id, actor: actor.id }, { to, mode: command.after, opinion: command.opinion ?? null, before, after: marking(draft) })
}

function targetOf(draft: Draft, task: Task, to: CommandOf<'return'>['to']): NodeId {
  if (to === 'previous') return previousTarget(draft, task) ?? fail('workflow.return.none')
  const node = to === 'initiator' ? draft.ir.start : to.node
  if (returnTargets(draft, task).some((target) => target.node === node)) return node
  return fail('workflow.return.target', { from: task.name, to: draft.ir.nodes[node]?.name ?? node })
}
