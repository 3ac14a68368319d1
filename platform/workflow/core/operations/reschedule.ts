import type { Instant } from '../context.ts'
import { type Draft, list, patch } from '../draft.ts'
import type { HumanNode } from '../ir.ts'
import { actorsOf, type State, type Task } from '../state.ts'
import { humanNode, setDue, spanDue } from '../work.ts'

/** Works out open limits anew on a calendar that has changed; limits from a field of the record stay. Done again, it changes nothing. */
export function reschedule(draft: Draft): void {
  for (const task of list(draft, 'tasks')) if (task.status === 'open' && task.due !== null) rescheduleTask(draft, task, humanNode(draft, task.node))
}

function rescheduleTask(draft: Draft, task: Task, node: HumanNode): void {
  const open = actorsOf(draft.tables.actors.rows, task.id).filter(({ status }) => status === 'open')
  for (const actor of open) {
    const due = actor.openedAt === null || actor.due === null ? null : spanDue(draft, node, actor.openedAt)
    if (due !== null && due !== actor.due) patch(draft, 'actors', actor.id, { due })
  }
  const from = task.decide === 'in-turn' ? (open[0]?.openedAt ?? task.openedAt) : task.openedAt
  const due = spanDue(draft, node, from)
  if (due === null || due === task.due) return
  // A limit that is over either way has been announced.
  if (Math.max(due, task.due ?? due) <= draft.context.now) patch(draft, 'tasks', task.id, { due })
  else setDue(draft, task, node, due)
}

/** Limits of open steps that are others than before. */
export function movedLimits(before: State, after: State): readonly { readonly step: string; readonly from: Instant; readonly to: Instant }[] {
  return Object.values(after.tasks).flatMap(({ id, name, status, due }) => {
    const former = before.tasks[id]?.due ?? null
    return status !== 'open' || due === null || former === null || former === due ? [] : [{ step: name, from: former, to: due }]
  })
}
