import type { May } from '#kit/flow.ts'
import { closedReasons } from '../../words.ts'
import { closerOf, isSharedPrincipal, samePerson } from '../assign.ts'
import type { Who } from '../context.ts'
import { type Draft, row, rows } from '../draft.ts'
import { backToPrincipal } from './represent.ts'
import { fail } from '../error.ts'
import type { HumanNode } from '../ir.ts'
import type { Actor, RowId, Task } from '../state.ts'
import { humanNode } from '../work.ts'

export type Part = { readonly actor: Actor; readonly task: Task; readonly node: HumanNode }

/** The actor row of a command with its task and step. */
export function partOf(draft: Draft, id: RowId): Part {
  const actor = rows(draft, 'actors')[id] ?? fail('workflow.task.unknown')
  const task = row(draft, 'tasks', actor.task)
  return { actor, task, node: stepOf(draft, task) }
}

/** The step of a task; a finished one may be of a version that the case has left. */
export function stepOf(draft: Draft, task: Task): HumanNode {
  return task.status !== 'open' && draft.ir.nodes[task.node] === undefined ? fail('workflow.step.gone', { node: task.name }) : humanNode(draft, task.node)
}

/** The part, if it is open, the person's own (unless an administrator acts) and unchanged since the person saw it. */
export function ownOpenPart(draft: Draft, command: { readonly by: Who; readonly actor: RowId; readonly revision?: number; readonly asAdmin?: true; readonly kind: string }): Part {
  const part = partOf(draft, command.actor)
  // Whoever was asked answers, and nothing else.
  if (part.actor.position === 'consult' && command.kind !== 'complete' && command.asAdmin !== true) fail('workflow.operation.notAllowed', { node: part.node.name, operation: command.kind })
  refuseClosed(draft, part)
  const principal = isSharedPrincipal(part.actor, command.by)
  if (command.asAdmin !== true && !principal && !samePerson(command.by, part.actor.who)) fail('workflow.task.notYours', { name: part.actor.who.name })
  if (command.revision !== undefined && command.revision !== part.actor.revision) {
    const by = part.actor.actedBy ?? part.actor.who
    fail('workflow.task.stale', { name: by.name, by, at: draft.context.now })
  }
  return principal ? { ...part, actor: backToPrincipal(draft, part.actor) } : part
}

/** For an administrator: a part that is open or still waits for its turn. */
export function livePart(draft: Draft, command: Parameters<typeof ownOpenPart>[1]): Part {
  const part = partOf(draft, command.actor)
  return part.actor.status === 'waiting' || part.actor.status === 'standby' ? part : ownOpenPart(draft, command)
}

/** Says who was faster, or why the part is not open (any more). */
function refuseClosed(draft: Draft, { actor, task }: Part): void {
  switch (actor.status) {
    case 'open': return
    case 'away':
    case 'waiting': return fail('workflow.task.notOpen')
    case 'standby': return fail('workflow.claim.taken', { name: task.claimedBy === null ? '' : row(draft, 'actors', task.claimedBy).who.name })
    case 'done':
    case 'returned':
    case 'skipped': {
      const closer = actor.status !== 'skipped' ? actor : (closerOf(draft, task) ?? actor)
      const by = closer.actedBy ?? closer.who
      return fail('workflow.task.done', { name: by.name, by, at: closer.closedAt ?? task.closedAt })
    }
    case 'removed':
    case 'handed-over': return fail('workflow.task.closed', { reason: closedReasons[actor.status] })
    case 'cancelled': {
      const reason = draft.case.status !== 'running' ? 'ended' : task.status === 'returned' || task.status === 'withdrawn' ? task.status : 'cancelled'
      return fail('workflow.task.closed', { reason: closedReasons[reason] })
    }
  }
}

/** Refuses an operation the step does not grant. */
export function mayDo(node: HumanNode, operation: May): void {
  if (!node.may.includes(operation)) fail('workflow.operation.notAllowed', { node: node.name, operation })
}
