import type { StepForm } from '#kit/flow.ts'
import { isHuman } from '../core/ir.ts'
import type { Ir } from '../core/ir.ts'
import type { Task } from '../core/state.ts'

const NONE: StepForm = {}

/** Which fields the step of a task lets its holder write, requires and hides. */
export function formOf(ir: Ir, task: Pick<Task, 'node'>): StepForm {
  const node = ir.nodes[task.node]
  return node !== undefined && isHuman(node) ? node.form : NONE
}

/** A task that only asks for a yes: an approval with nothing to fill in may be done together with others. */
export function isBatch(ir: Ir, task: Pick<Task, 'node'>): boolean {
  const node = ir.nodes[task.node]
  if (node === undefined || !isHuman(node)) return false
  return node.outcomes.includes('approve') && (node.form.edit ?? []).length === 0 && (node.form.require ?? []).length === 0
}
