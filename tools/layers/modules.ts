import { type Import, placeOf } from './imports.ts'

const needsList = /\bneeds\s*:\s*\[([^\]]*)\]/

/** Module ids and what each lists in `needs` of its module.ts. */
export function moduleNeeds(files: ReadonlyMap<string, string>): Map<string, string[]> {
  const needs = new Map<string, string[]>()
  for (const [path, text] of files) {
    const id = /^modules\/([^/]+)\/module\.ts$/.exec(path)?.[1]
    if (id === undefined) continue
    const list = needsList.exec(text)?.[1] ?? ''
    needs.set(id, [...list.matchAll(/['"]([^'"]+)['"]/g)].map(([, name = '']) => name))
  }
  return needs
}

/** Rule 2: a module meets another only by its contract, and only if it lists it. */
export function checkMeeting({ from, target, inside }: Import, needs: ReadonlyMap<string, readonly string[]>): string[] {
  const [own, other] = [placeOf(from), placeOf(target)]
  if (!inside || own.layer !== 'modules' || other.layer !== 'modules' || own.unit === other.unit) return []
  if (!other.contract) return [`${from}: must use the contract of ${other.unit}, not ${target}`]
  const [id, needed] = [own.unit.slice('modules/'.length), other.unit.slice('modules/'.length)]
  return needs.get(id)?.includes(needed) ? [] : [`${from}: ${id} must list '${needed}' in needs of its module.ts`]
}

/** Cycles of a graph, each once, as `a → b → a`. Recursive: as deep as the longest chain of imports. */
export function cycles(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>()
  const found: string[] = []
  const visit = (node: string, path: string[], onPath: Set<string>): void => {
    if (onPath.has(node)) {
      found.push([...path.slice(path.indexOf(node)), node].join(' → '))
      return
    }
    if (done.has(node)) return
    onPath.add(node)
    for (const next of graph.get(node) ?? []) visit(next, [...path, node], onPath)
    onPath.delete(node)
    done.add(node)
  }
  for (const node of graph.keys()) visit(node, [], new Set())
  return found
}

/** Rule 2: the graph of needs names known modules and has no cycle. */
export function checkNeeds(needs: ReadonlyMap<string, readonly string[]>): string[] {
  const unknown = [...needs].flatMap(([id, list]) => list.filter((name) => !needs.has(name)).map((name) => `modules/${id}/module.ts: needs the unknown module ${name}`))
  return [...unknown, ...cycles(needs).map((cycle) => `modules need each other: ${cycle}`)]
}
