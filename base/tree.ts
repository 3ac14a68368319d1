/** Parents-first order of a forest given as (id, parent) pairs; siblings keep their input order. Unknown parents count as roots. */
export function parentsFirst<T extends { id: string; parent: string | null }>(nodes: readonly T[]): T[] {
  const known = new Set(nodes.map((node) => node.id))
  const children = Map.groupBy(nodes, (node) => (node.parent !== null && known.has(node.parent) ? node.parent : null))
  const ordered: T[] = []
  const visit = (parent: string | null): void => {
    for (const node of children.get(parent) ?? []) {
      ordered.push(node)
      visit(node.id)
    }
  }
  visit(null)
  return ordered
}
