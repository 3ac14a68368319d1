import type { ModdleElement } from 'bpmn-moddle'
import type { BpmnModel } from '#platform/workflow/bpmn/read.ts'
import type { SimulationEntry } from '#platform/workflow/bpmn/simulation.ts'

export type Expected = { readonly action: string; readonly element: string; readonly scope: string }
type Event = Pick<Expected, 'action' | 'element'>

const byElement = (events: readonly Event[]): ReadonlyMap<string, readonly string[]> =>
  new Map([...Map.groupBy(events, ({ element }) => element)].map(([element, list]) => [element, list.map(({ action }) => action)]))

const count = (actions: readonly string[] | undefined): string =>
  [...Map.groupBy(actions ?? [], (action) => action)].map(([action, list]) => `${action}×${list.length}`).sort().join(' ')

/** Pairs that must come one before the other: what a flow leaves and the flow, the flow and what it leads to. */
function pairsOf(model: BpmnModel): readonly (readonly [string, string])[] {
  const pairs: (readonly [string, string])[] = []
  const visit = (element: ModdleElement): void => {
    for (const one of (element['flowElements'] as readonly ModdleElement[] | undefined) ?? []) {
      if (one.$type === 'bpmn:SequenceFlow') {
        const [from, to] = [(one['sourceRef'] as ModdleElement).id, (one['targetRef'] as ModdleElement).id]
        if (from !== undefined && to !== undefined && one.id !== undefined) pairs.push([from, one.id], [one.id, to])
      }
      visit(one)
    }
  }
  for (const root of model.definitions['rootElements'] as readonly ModdleElement[]) visit(root)
  return pairs
}

const first = (events: readonly Event[], element: string, actions: readonly string[]): number => events.findIndex((event) => event.element === element && actions.includes(event.action))

const earliest = (events: readonly Event[], elements: readonly string[]): number => events.findIndex(({ action, element }) => action === 'exit' && elements.includes(element))

/**
 * Differences of a trace from the expected one: how often each thing happens to each element, the order of what happens to one element
 * (for elements visited once), and that an element is entered
 * only after the first of the flows into it is left. Scope names are free.
 */
export function compareTraces(model: BpmnModel, actual: readonly SimulationEntry[], expected: readonly Expected[]): readonly string[] {
  const [have, want] = [byElement(actual), byElement(expected)]
  const found: string[] = []
  for (const element of new Set([...have.keys(), ...want.keys()])) {
    const [mine, theirs] = [have.get(element), want.get(element)]
    if (count(mine) !== count(theirs)) found.push(`${element}: ${count(mine) || 'nothing'} instead of ${count(theirs) || 'nothing'}`)
    else if (theirs?.filter((action) => action === 'createScope').length === 1 && String(mine) !== String(theirs)) found.push(`${element}: ${String(mine)} instead of ${String(theirs)}`)
  }
  const pairs = pairsOf(model)
  for (const [after, into] of Map.groupBy(pairs, ([, target]) => target)) {
    const before = into.map(([source]) => source)
    const order = (events: readonly Event[]): number => Math.sign(earliest(events, before) - first(events, after, ['enter', 'signal']))
    if (have.has(after) && before.some((source) => have.has(source)) && order(actual) !== order(expected)) found.push(`order of ${before.join(', ')} and ${after}`)
  }
  return found
}
