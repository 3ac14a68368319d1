import { canonical } from './hash.ts'
import { elementOf, type Ir, type IrNode, isHuman, type NodeId } from './ir.ts'
import { xmlId } from './xml-id.ts'

export type ComparedStep = { readonly place: string; readonly name: string; readonly kind: IrNode['kind'] }
export type Comparison = {
  readonly added: readonly ComparedStep[]
  readonly removed: readonly ComparedStep[]
  /** What is different, in words of `compareWords`. */
  readonly changed: readonly (ComparedStep & { readonly what: readonly CompareWord[] })[]
}
export type CompareWord = 'name' | 'kind' | 'by' | 'decide' | 'outcomes' | 'reject' | 'due' | 'remind' | 'timeout' | 'nobody' | 'sameAsInitiator' | 'may' | 'form' | 'until' | 'does' | 'outcome' | 'event' | 'loop' | 'ways'

/** The element a node stands for, as it is called in XML: a flow of a module compares with its own model, whose ids had to be written otherwise. */
const placeOf = (node: IrNode): string | null => {
  const element = elementOf(node)
  return element === null ? null : xmlId(element)
}

const told = ({ nodes }: Ir): ReadonlyMap<string, IrNode> => new Map(Object.values(nodes).flatMap((node) => {
  const place = placeOf(node)
  return place === null ? [] : [[place, node] as const]
}))

const stepOf = (place: string, { name, kind }: IrNode): ComparedStep => ({ place, name, kind })

/** Steps of one flow that are not in another, and those that changed; steps are the same when they stand for the same element. */
export function compareFlows(before: Ir, after: Ir): Comparison {
  const [old, now] = [told(before), told(after)]
  return {
    added: [...now].flatMap(([place, node]) => (old.has(place) ? [] : [stepOf(place, node)])),
    removed: [...old].flatMap(([place, node]) => (now.has(place) ? [] : [stepOf(place, node)])),
    changed: [...now].flatMap(([place, node]) => {
      const was = old.get(place)
      const what = was === undefined ? [] : [...different(was, node), ...(waysOf(before, was) === waysOf(after, node) ? [] : ['ways' as const])]
      return what.length === 0 ? [] : [{ ...stepOf(place, node), what }]
    }),
  }
}

/** What is said of a node, by the words of a comparison. */
function saidOf(node: IrNode): Partial<Record<CompareWord, unknown>> {
  const base = { name: node.name, kind: node.kind }
  if (isHuman(node)) {
    const { by, decide, outcomes, reject, due, remind, timeout, nobody, sameAsInitiator, may, form } = node
    return { ...base, by, decide, outcomes, reject, due, remind, timeout, nobody, sameAsInitiator, may, form }
  }
  switch (node.kind) {
    case 'wait': return { ...base, until: node.until }
    case 'call': return { ...base, does: node.does }
    case 'end': return { ...base, outcome: node.outcome }
    case 'catch':
    case 'throw': return { ...base, event: node.event }
    case 'boundary': return { ...base, event: [node.event, node.interrupting] }
    case 'multi': return { ...base, loop: node.loop }
    case 'sub': return { ...base, event: (node.triggers ?? []).map(({ event, interrupting }) => [event, interrupting]) }
    default: return base
  }
}

function different(before: IrNode, after: IrNode): readonly CompareWord[] {
  const [old, now] = [saidOf(before), saidOf(after)]
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])] as CompareWord[]
  return keys.filter((key) => canonical(old[key]) !== canonical(now[key]))
}

/** Where a node leads to and when, nodes made by the compiler passed over; in no order. */
function waysOf(ir: Ir, node: IrNode): string {
  const ways: string[] = []
  const seen = new Set<NodeId>()
  const follow = (id: NodeId, path: readonly unknown[]): void => {
    for (const flow of ir.nodes[id]?.out ?? []) {
      const way = ir.flows[flow]
      const next = way === undefined ? undefined : ir.nodes[way.to]
      if (way === undefined || next === undefined) continue
      const said = [...path, ...(way.when === null && way.on === null ? [] : [[way.when, way.on]])]
      const place = placeOf(next)
      if (place !== null) ways.push(`${place} ${canonical(said)}`)
      else if (!seen.has(next.id)) {
        seen.add(next.id)
        follow(next.id, said)
      }
    }
  }
  follow(node.id, [])
  return ways.toSorted().join('\n')
}
