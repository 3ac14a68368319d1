import { checkBrowser, checkDirection, checkProtocols, checkPurity } from './layers/direction.ts'
import { type Import, importsOf, isFree } from './layers/imports.ts'
import { checkMeeting, checkNeeds, cycles, moduleNeeds } from './layers/modules.ts'
import { checkTables } from './layers/sql.ts'

/** Rule 4: no module knows that interop exists; the direction check covers imports, this covers lists of needs. */
const checkInterop = (needs: ReadonlyMap<string, readonly string[]>): string[] =>
  [...needs].filter(([, list]) => list.some((name) => name.startsWith('interop'))).map(([id]) => `modules/${id}/module.ts: must not need interop`)

/** Imports that exist at run time: two files may name each other's types, as those are erased. */
function importGraph(imports: readonly Import[]): Map<string, string[]> {
  const graph = new Map<string, string[]>()
  for (const { from, target, inside, typeOnly } of imports) {
    if (inside && !typeOnly) graph.set(from, [...(graph.get(from) ?? []), target])
  }
  return graph
}

/**
 * The rules of ARCHITECTURE.md on a tree given as text by path: direction of layers, purity of definitions, modules meeting by
 * contracts, tables, protocols, and no import cycle anywhere. Answers one line for each violation.
 */
export function checkLayers(files: ReadonlyMap<string, string>): string[] {
  const code = [...files].filter(([path]) => !path.endsWith('.sql'))
  const all = code.flatMap(([path, text]) => importsOf(path, text))
  const needs = moduleNeeds(files)
  const bound = all.filter(({ from }) => !isFree(from))
  return [
    ...bound.flatMap((one) => [...checkDirection(one), ...checkBrowser(one), ...checkPurity(one), ...checkProtocols(one), ...checkMeeting(one, needs)]),
    ...checkNeeds(needs),
    ...checkInterop(needs),
    ...checkTables(files, [...needs.keys()]),
    ...cycles(importGraph(all)).map((cycle) => `import cycle: ${cycle}`),
  ]
}
