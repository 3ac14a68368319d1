import { type Condition, type FieldCondition } from '#kit/where.ts'
import { elementOf, type EventSpec, type Ir, type IrNode } from './ir.ts'
import type { Finding } from './lint.ts'

/** What the fields of the record hold, by name. */
export type FieldTypes = Readonly<Record<string, 'number' | 'text' | 'boolean' | 'date' | 'list' | 'object'>>

type Place = { readonly id: string; readonly name: string }

/** Finds conditions that can never hold because a field is unknown or of another type than what it is compared with. */
export function lintTypes(ir: Ir, fields: FieldTypes): readonly Finding[] {
  return conditionsOf(ir).flatMap(({ place, when }) => leaves(when).flatMap((one) => check(place, one, fields)))
}

function conditionsOf(ir: Ir): readonly { readonly place: Place; readonly when: Condition }[] {
  const inFlows = Object.values(ir.flows).flatMap((flow) => (flow.when === null ? [] : [{ place: { id: elementOf(flow) ?? flow.id, name: flow.label ?? ir.nodes[flow.from]?.name ?? flow.id }, when: flow.when }]))
  return [...inFlows, ...Object.values(ir.nodes).flatMap((node) => inNode(node).map((when) => ({ place: { id: elementOf(node) ?? node.id, name: node.name }, when })))]
}

function inNode(node: IrNode): readonly Condition[] {
  const inEvent = (event: EventSpec): readonly Condition[] => (event.type === 'conditional' && event.when !== null ? [event.when] : [])
  switch (node.kind) {
    case 'catch':
    case 'boundary': return inEvent(node.event)
    case 'sub': return (node.triggers ?? []).flatMap(({ event }) => inEvent(event))
    case 'multi': return node.loop.kind === 'while' && node.loop.when !== null ? [node.loop.when] : []
    default: return []
  }
}

const leaves = (when: Condition): readonly FieldCondition[] => (when.kind === 'field' ? [when] : (when.kind === 'and' ? when.all : when.any).flatMap(leaves))

function check(place: Place, { field, op, value }: FieldCondition, fields: FieldTypes): readonly Finding[] {
  const head = field.split('.')[0] ?? field
  const type = fields[head]
  if (head === 'loop') return []
  const wrong = (message: string): readonly Finding[] => [{ rule: 'wrong-type', level: 'error', place: place.id, message: `“${place.name}”的条件：${message}` }]
  if (type === undefined) return wrong(`没有字段“${head}”`)
  if (field.includes('.') || op === 'empty' || op === 'filled') return []
  const kind = Array.isArray(value) ? 'list' : typeof value
  switch (op) {
    case '<':
    case '<=':
    case '>':
    case '>=': {
      const expected = type === 'number' ? 'number' : type === 'text' || type === 'date' ? 'string' : null
      return expected === null ? wrong(`字段“${head}”不能比较大小`) : kind === expected ? [] : wrong(`字段“${head}”应与${expected === 'number' ? '数字' : '文字'}比较`)
    }
    case 'in':
    case 'not-in': return kind === 'list' ? [] : wrong('“in”之后应为列表')
    case 'contains': return type === 'list' || (type === 'text' && kind === 'string') ? [] : wrong(`字段“${head}”不能用“contains”`)
    case 'overlaps': return type === 'object' ? [] : wrong(`字段“${head}”不是期间`)
    case '=':
    case '!=': return value === null || fits(type, kind) ? [] : wrong(`字段“${head}”与比较的值类型不同`)
  }
}

function fits(type: FieldTypes[string], kind: string): boolean {
  switch (type) {
    case 'number': return kind === 'number'
    case 'boolean': return kind === 'boolean'
    case 'text':
    case 'date': return kind === 'string'
    case 'list': return false
    case 'object': return kind === 'object'
  }
}
