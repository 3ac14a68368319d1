import type { ModdleElement } from 'bpmn-moddle'
import type { Drawing } from '../core/diagram.ts'
import { layoutOf } from '../core/layout.ts'
import type { Size } from '../core/layout.ts'
import { idOf, kindOf, listOf, nameOf, partOf, textOf } from './parts.ts'
import type { BpmnModel } from './read.ts'

/** A model as it is drawn, whether or not it can run. `at`: where in the drawing each of its elements is seen, flows at one of their ends. */
export interface Sketch {
  readonly drawing: Drawing
  readonly at: ReadonlyMap<string, string>
}

interface Way {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly label: string | null
}

/** Where the drawing begins: what nothing leads to hangs here, and the place itself is not drawn. */
const ROOT = '\u0000'
const MOST = 2000

const KINDS: Readonly<Record<string, string>> = { ExclusiveGateway: 'choice', EventBasedGateway: 'choice', ComplexGateway: 'choice', ParallelGateway: 'parallel', InclusiveGateway: 'inclusive', StartEvent: 'start' }
const kindIn = (element: ModdleElement): string => KINDS[kindOf(element)] ?? (/Task$|Activity$|^SubProcess$|^Transaction$|^AdHocSubProcess$/u.test(kindOf(element)) ? 'task' : 'event')
const sizeIn = (kind: string): Size => (kind === 'task' || kind === 'start' ? { w: 168, h: 56 } : kind === 'event' ? { w: 128, h: 32 } : { w: 28, h: 28 })

/** All flow elements of a model, those inside sub-processes too. */
function elementsOf(model: BpmnModel): readonly ModdleElement[] {
  const found: ModdleElement[] = []
  const open = listOf(model.definitions, 'rootElements').filter((root) => kindOf(root) === 'Process')
  for (let container = open.shift(); container !== undefined && found.length < MOST; container = open.shift()) {
    const inside = listOf(container, 'flowElements')
    found.push(...inside)
    open.push(...inside.filter((element) => listOf(element, 'flowElements').length > 0))
  }
  return found.slice(0, MOST)
}

/** Flows whose ends both exist, and from a container or host to what belongs to it. */
function waysIn(elements: readonly ModdleElement[], nodes: ReadonlySet<string>): readonly Way[] {
  const flows = elements.filter((one) => kindOf(one) === 'SequenceFlow').map((flow) => ({ id: idOf(flow), from: idOf(partOf(flow, 'sourceRef') ?? flow), to: idOf(partOf(flow, 'targetRef') ?? flow), label: textOf(flow, 'name') }))
  const hosts = elements.flatMap((one) => {
    const host = partOf(one, 'attachedToRef')
    return host === null ? [] : [{ id: `${idOf(one)} at`, from: idOf(host), to: idOf(one), label: null }]
  })
  const inside = elements.flatMap((one) => {
    const led = new Set(listOf(one, 'flowElements').filter((each) => kindOf(each) === 'SequenceFlow').map((flow) => idOf(partOf(flow, 'targetRef') ?? flow)))
    return listOf(one, 'flowElements').filter((each) => nodes.has(idOf(each)) && !led.has(idOf(each))).map((each) => ({ id: `${idOf(each)} in`, from: idOf(one), to: idOf(each), label: null }))
  })
  return [...flows, ...hosts, ...inside].filter(({ from, to }) => nodes.has(from) && nodes.has(to))
}

/** What must hang at the root so that everything is drawn: nodes nothing leads to, and one of each ring that nothing leads into. */
function roots(ids: readonly string[], ways: readonly Way[]): readonly string[] {
  const led = new Set(ways.map(({ to }) => to))
  const seen = new Set<string>()
  const chosen: string[] = []
  for (const id of [...ids.filter((one) => !led.has(one)), ...ids]) {
    if (seen.has(id)) continue
    chosen.push(id)
    const open = [id]
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (seen.has(at)) continue
      seen.add(at)
      open.push(...ways.filter(({ from }) => from === at).map(({ to }) => to))
    }
  }
  return chosen
}

/** Draws a model from its elements alone. Null when it has none. */
export function sketchOf(model: BpmnModel): Sketch | null {
  const elements = elementsOf(model)
  const drawn = new Map(elements.filter((one) => /Event$|Task$|Activity$|Gateway$|Process$|^Transaction$/u.test(kindOf(one)) && idOf(one) !== '').map((one) => [idOf(one), one]))
  if (drawn.size === 0) return null
  const ways = waysIn(elements, new Set(drawn.keys()))
  const entries = roots([...drawn.keys()], ways).map((to) => ({ id: `${ROOT}${to}`, from: ROOT, to, label: null }))
  const sizes = new Map([[ROOT, { w: 1, h: 0 }], ...[...drawn].map(([id, one]) => [id, sizeIn(kindIn(one))] as const)])
  const { boxes, ways: lines } = layoutOf({ start: ROOT, sizes, links: [...entries, ...ways] })
  const nodes = [...drawn].flatMap(([id, one]) => {
    const box = boxes.get(id)
    return box === undefined ? [] : [{ ...box, id, name: nameOf(one), kind: kindIn(one), state: 'next' as const, mark: null }]
  })
  const edges = ways.flatMap(({ id, from, to, label }) => {
    const points = lines.get(id)
    return points === undefined ? [] : [{ from, to, label, points, taken: false }]
  })
  return { drawing: { nodes, edges }, at: placesIn(elements, new Set(drawn.keys())) }
}

function placesIn(elements: readonly ModdleElement[], nodes: ReadonlySet<string>): ReadonlyMap<string, string> {
  return new Map(elements.flatMap((one) => {
    const place = [idOf(one), idOf(partOf(one, 'sourceRef') ?? one), idOf(partOf(one, 'targetRef') ?? one)].find((id) => nodes.has(id))
    return place === undefined ? [] : [[idOf(one), place] as const]
  }))
}
