import type { StepForm } from '#kit/flow.ts'
import { holds, where } from '#kit/where.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import type { RuleRecord } from '#platform/records/contract.ts'
import { registryOf } from '#platform/registry/server/of.ts'
import { isHuman } from '../core/ir.ts'
import type { Ir } from '../core/ir.ts'
import type { Task } from '../core/state.ts'

const NONE: StepForm = {}

/** Which fields the step of a task lets its holder write, requires and hides. */
export function formOf(ir: Ir, task: Pick<Task, 'node'>): StepForm {
  const node = ir.nodes[task.node]
  return node !== undefined && isHuman(node) ? node.form : NONE
}

/** Fields the holder of a task may write. Whoever gets her own form back (退回发起人) may change all of it unless the flow names its fields. */
export function writesOf(ctx: ServerContext, entity: string, ir: Ir, task: Pick<Task, 'node'>): readonly string[] {
  const { edit } = formOf(ir, task)
  if (edit !== undefined || ir.nodes[task.node]?.kind !== 'start') return edit ?? []
  const fields = registryOf(ctx).entity(entity)?.entity.fields ?? {}
  return Object.keys(fields).filter((key) => fields[key]?.kind !== 'computed')
}

/** Ends with 422 `workflow.form.required` unless every field the step requires is filled in the record. */
export function requireFilled(ctx: ServerContext, ir: Ir, record: RuleRecord, task: Pick<Task, 'node'> | undefined): void {
  const required = task === undefined ? [] : (formOf(ir, task).require ?? [])
  const open = required.filter((key) => holds(where(key, 'empty'), record.values))
  const fields = registryOf(ctx).entity(record.entity)?.entity.fields
  if (open.length > 0) ctx.fail('workflow.form.required', { labels: open.map((key) => fields?.[key]?.label ?? key).join('、'), fields: open })
}

/** The flow's own word for an outcome of a step, from the edge it takes; an edge may leave by a choice made for it. */
export function ownLabel(ir: Ir, { node }: Pick<Task, 'node'>, outcome: string): string | null {
  const ways = ir.nodes[node]?.out.flatMap((id) => ir.flows[id]?.to ?? []) ?? []
  return Object.values(ir.flows).find((one) => (one.from === node || ways.includes(one.from)) && one.on === outcome)?.label ?? null
}

/** A task that only asks for a yes: an approval with nothing to fill in may be done together with others. */
export function isBatch(ir: Ir, task: Pick<Task, 'node'>): boolean {
  const node = ir.nodes[task.node]
  if (node === undefined || !isHuman(node)) return false
  return node.outcomes.includes('approve') && (node.form.edit ?? []).length === 0 && (node.form.require ?? []).length === 0
}
