import { addActor, lastTaskAt } from '../assign.ts'
import type { CommandOf } from '../command.ts'
import { type Draft, emit, marking, patch, row } from '../draft.ts'
import { fail, must } from '../error.ts'
import type { NodeId } from '../ir.ts'
import { addToken } from '../relocate.ts'
import { sendBack } from '../run.ts'
import { type Actor, actorsOf, type RowId, type Task, type Visit } from '../state.ts'
import { previousTarget, returnTargets } from '../targets.ts'
import { closeTask } from '../work.ts'
import { mayDo, ownOpenPart } from './guard.ts'

/**
 * 退回. `rerun`: everything after the target is done again, and what stands in parallel outside the common branch is cancelled.
 * `back`: the target is done once more and the task then comes straight back here (直送); nothing else is touched: votes already given here
 * stay, and whoever has not voted yet goes on voting meanwhile. If their votes decide the step first, the visit is over too.
 */
export function returnTask(draft: Draft, command: CommandOf<'return'>): void {
  const { actor, task, node } = ownOpenPart(draft, command)
  mayDo(node, 'return')
  const to = targetOf(draft, task, command.to)
  const before = marking(draft)
  const aside = command.after === 'back' && othersAtWork(draft, actor)
  const done = { outcome: 'return', opinion: command.opinion ?? null, actedBy: command.by, closedAt: draft.context.now, revision: actor.revision + 1 } as const
  patch(draft, 'actors', actor.id, { ...done, status: aside ? 'returned' : 'done' })
  if (aside) visitFrom(draft, task, to, { actor: stepAside(draft, actor, task) })
  else {
    closeTask(draft, task.id, 'returned', actor.id, 'return')
    if (command.after === 'rerun') sendBack(draft, row(draft, 'tokens', task.token), to)
    else visitFrom(draft, task, to, {})
  }
  emit(draft, 'task.returned', { node: node.id, task: task.id, actor: actor.id }, { to, mode: command.after, opinion: command.opinion ?? null, before, after: marking(draft) })
}

/** True when the task must stay for others: somebody else works on it (whoever was only asked does not), or waits for a visit of her own. */
const othersAtWork = (draft: Draft, { id, task }: Actor): boolean =>
  actorsOf(draft.tables.actors.rows, task).some((one) => one.id !== id && one.position !== 'consult' && (one.status === 'open' || one.status === 'away'))

/** The part that opens again after the visit; those added below hang on it from now on. */
function stepAside(draft: Draft, actor: Actor, task: Task): RowId {
  const { who, onBehalfOf, evidence, role, weight, veto, order, parent, position, addedBy } = actor
  const next = addActor(draft, task.id, { who, onBehalfOf, evidence, role, weight, veto, order }, { parent, position, addedBy, status: 'away', ...(actor.agency !== undefined && { agency: actor.agency }) })
  for (const child of actorsOf(draft.tables.actors.rows, task.id)) if (child.parent === actor.id) patch(draft, 'actors', child.id, { parent: next.id })
  if (task.claimedBy === actor.id) patch(draft, 'tasks', task.id, { claimedBy: next.id })
  return next.id
}

/** Sends the task's token, or a second one for a part that stepped aside, to the target and straight back. */
function visitFrom(draft: Draft, task: Task, to: NodeId, aside: Pick<Visit, 'actor'>): void {
  const former = must(lastTaskAt(draft, to, task.scope), 'former task')
  const from = row(draft, 'tokens', task.token)
  const token = aside.actor === undefined ? from.id : addToken(draft, from, to, { cause: former.cause, outcome: null })
  patch(draft, 'tokens', token, { node: to, cause: former.cause, back: [...from.back, { node: task.node, task: task.id, ...aside }] })
  draft.queue.push({ token, move: 'enter', opening: { why: 'return', former } })
}

function targetOf(draft: Draft, task: Task, to: CommandOf<'return'>['to']): NodeId {
  if (to === 'previous') return previousTarget(draft, task) ?? fail('workflow.return.none')
  const node = to === 'initiator' ? draft.ir.start : to.node
  if (returnTargets(draft, task).some((target) => target.node === node)) return node
  return fail('workflow.return.target', { from: task.name, to: draft.ir.nodes[node]?.name ?? node })
}
