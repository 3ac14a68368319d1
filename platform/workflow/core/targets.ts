import type { Draft } from './draft.ts'
import type { NodeId, Target } from './ir.ts'
import { moveTo } from './relocate.ts'
import { sameRun, type Task } from './state.ts'

type View = Pick<Draft, 'ir' | 'tables'>

/** Earlier steps this open task may be sent back to now: legal by structure, sound from where the token lives, and done before. */
export function returnTargets(view: View, task: Task): readonly Target[] {
  const done = new Set(Object.values(view.tables.tasks.rows).filter((one) => one.status === 'completed' && sameRun(one.run, task.run)).map((one) => one.node))
  const legal = (view.ir.structure.targets[task.node] ?? []).filter((target) => done.has(target.node))
  return legal.map((target) => moveTo(view, task, target.node)).filter((target) => target !== null)
}

/** The step before: the nearest one, along the acts that led here, that is a legal target. */
export function previousTarget(view: View, task: Task): NodeId | null {
  const legal = new Set(returnTargets(view, task).map((target) => target.node))
  const seen = new Set<number>()
  for (let cause = task.cause; cause !== null && !seen.has(cause); ) {
    seen.add(cause)
    const before = view.tables.tasks.rows[cause]
    if (before === undefined) return null
    if (legal.has(before.node)) return before.node
    cause = before.cause
  }
  return null
}
