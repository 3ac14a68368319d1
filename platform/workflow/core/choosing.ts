import { must } from './error.ts'
import { type Ir, isHuman, type NodeId } from './ir.ts'

/** Steps right after a step done with this outcome for which whoever does it names the people (`by: chosen()`); conditions are not looked at. */
export function chosenAfter({ nodes, flows }: Pick<Ir, 'nodes' | 'flows'>, from: NodeId, outcome: string): readonly NodeId[] {
  const found = new Set<NodeId>()
  const seen = new Set<NodeId>()
  const open = [from]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const flow of must(nodes[id], id).out.map((one) => must(flows[one], one))) {
      const next = must(nodes[flow.to], flow.to)
      if ((flow.on !== null && flow.on !== outcome) || seen.has(next.id)) continue
      seen.add(next.id)
      if (isHuman(next)) {
        if (next.by.kind === 'chosen') found.add(next.id)
      } else open.push(next.id)
    }
  }
  return [...found]
}
