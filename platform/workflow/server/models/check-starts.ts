import { isUuid } from '#base/ids.ts'
import type { Entity } from '#kit/entity.ts'
import { kindOf } from '#kit/fields/kinds.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { elementOf, startsCases } from '../../core/ir.ts'
import type { Ir, StartEvent, Starter } from '../../core/ir.ts'
import type { Finding, LintRule } from '../../core/lint.ts'
import { postOfStarter } from '../starts/register.ts'

const isId = (starter: Starter): boolean => isUuid('person' in starter ? starter.person : starter.post)

async function nobody(ctx: ServerContext, { initiator }: StartEvent): Promise<boolean> {
  return initiator !== undefined && (!isId(initiator) || (await postOfStarter(ctx, initiator)) === undefined)
}

/** What the record of a case that starts by itself would lack: nobody is there to fill it in. */
function valueProblems(entity: Entity, { event, values = {} }: StartEvent): readonly (readonly [rule: LintRule, message: string])[] {
  const key = 'key' in event ? event.key : undefined
  const given = Object.entries(values).flatMap(([name, value]): readonly (readonly [LintRule, string])[] => {
    const field = Object.hasOwn(entity.fields, name) ? entity.fields[name] : undefined
    if (field === undefined) return [['unknown-field', `填写了不存在的字段“${name}”`]]
    if (field.kind === 'computed' || !kindOf(field).parse(value, field).ok) return [['bad-start-value', `为“${field.label}”填写的内容不符合该字段的要求`]]
    return []
  })
  const empty = Object.entries(entity.fields).filter(([name, field]) => field.required === true && field.when === undefined && field.initial === undefined && name !== key && !Object.hasOwn(values, name))
  return [...given, ...(empty.length === 0 ? [] : [['no-start-value', `会自动启动事项，但没有为必填的“${empty.map(([, { label }]) => label).join('、')}”设置内容（values）`] as const])]
}

/** Start events that could not start a case: nobody to initiate it, or a record that would be refused. */
export async function startFindings(ctx: ServerContext, ir: Ir, entity: Entity): Promise<readonly Finding[]> {
  const found: Finding[] = []
  for (const start of (ir.starts ?? []).filter(({ event }) => startsCases(event))) {
    const node = ir.nodes[start.node]
    if (node === undefined) continue
    const add = (rule: LintRule, message: string): number => found.push({ rule, level: 'error', place: elementOf(node) ?? node.id, message: `“${node.name}”${message}` })
    if (await nobody(ctx, start)) add('unknown-person', '的发起人不存在或已无在任岗位')
    for (const [rule, message] of valueProblems(entity, start)) add(rule, message)
  }
  return found
}
