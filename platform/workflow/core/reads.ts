import { fieldOfRule } from '#kit/assign-rules.ts'
import type { Assign, DueField, Span } from '#kit/flow.ts'
import { type Condition, fieldsOf } from '#kit/where.ts'
import { must } from './error.ts'
import type { EventSpec, IrFlow, IrNode } from './ir.ts'

const head = (path: string): string => must(path.split('.')[0], path)
function assigned(by: Assign): readonly string[] {
  switch (by.kind) {
    case 'field': return [head(by.field)]
    case 'rule': return [head(fieldOfRule(by.with) ?? '')]
    case 'first':
    case 'together': return by.of.flatMap(assigned)
    case 'except': return [...assigned(by.from), ...assigned(by.without)]
    case 'pick': return assigned(by.from)
    default: return []
  }
}
const dueField = (due: Span | DueField | null): readonly string[] => (due !== null && 'field' in due ? [head(due.field)] : [])
const inCondition = (when: Condition | null): readonly string[] => (when === null ? [] : fieldsOf(when))

/** Top-level fields of the record that nodes and flows read, sorted. */
export function readsOf(nodes: readonly IrNode[], flows: readonly IrFlow[]): readonly string[] {
  const found = [...nodes.flatMap(inNode), ...flows.flatMap((flow) => inCondition(flow.when))]
  return [...new Set(found)].filter((name) => name !== '' && name !== 'loop').toSorted()
}

function inNode(node: IrNode): readonly string[] {
  switch (node.kind) {
    case 'wait': return [head(node.until)]
    case 'task': return [...assigned(node.by), ...(node.escalate ?? []).flatMap(({ to }) => (to === undefined ? [] : assigned(to))), ...dueField(node.due)]
    case 'catch':
    case 'throw':
    case 'boundary': return inEvent(node.event)
    case 'sub': return (node.triggers ?? []).flatMap(({ event }) => inEvent(event))
    case 'multi': {
      const { loop } = node
      return loop.kind === 'while' ? inCondition(loop.when) : [...('field' in loop.over ? [head(loop.over.field)] : []), ...inCondition(loop.until)]
    }
    default: return []
  }
}

function inEvent(event: EventSpec): readonly string[] {
  if (event.type === 'conditional') return inCondition(event.when)
  if (event.type === 'message') return event.key === undefined ? [] : [head(event.key)]
  return event.type === 'timer' && event.at?.kind === 'field' ? [head(event.at.field)] : []
}
