import type { DiagramWire } from '#kit/wire/task.ts'
import type { ServerContext } from '#platform/db/server/context.ts'
import { drawingOf } from '../core/diagram.ts'
import type { Drawing } from '../core/diagram.ts'
import { actorsOf, latestAt } from '../core/state.ts'
import type { Actor, State, Task } from '../core/state.ts'
import { forecastOf, previewStart } from './foresee.ts'
import { publishedIr } from './models/published.ts'
import { nameOf } from './named.ts'
import { readCase, readEvents, irOfCase } from './store.ts'

type Node = DiagramWire['nodes'][number]
type Known = Pick<Node, 'people' | 'due'>

const iso = (instant: number | null): string | null => (instant === null ? null : new Date(instant).toISOString())

/** Of an open step those who still have to act, of a finished one those who acted. */
const counts = (task: Task, { status }: Actor): boolean => (task.status === 'open' ? status === 'open' || status === 'waiting' : status === 'done')

/** People and limit of the last visit to each step; where several departments are at one, of those that are. */
const visited = (state: State): ReadonlyMap<string, Known> =>
  new Map([...Map.groupBy(Object.values(state.tasks).toSorted((a, b) => a.id - b.id), (task) => task.node)].map(([node, all]) => {
    const last = latestAt(all)
    const open = last.filter(({ status }) => status === 'open')
    const shown = open.length > 0 ? open : last
    return [node, { people: shown.flatMap((task) => actorsOf(state.actors, task.id).filter((actor) => counts(task, actor)).map(nameOf)), due: iso(open[0]?.due ?? null) }]
  }))

/** Who is expected at each step, whichever department's branch it is in. */
const expectedIn = (steps: readonly Pick<Known & { readonly node: string }, 'node' | 'people'>[]): ReadonlyMap<string, Known> =>
  new Map([...Map.groupBy(steps, ({ node }) => node)].map(([node, all]) => [node, { people: [...new Set(all.flatMap(({ people }) => people))], due: null }]))

const wireOf = ({ nodes, edges }: Drawing, known: ReadonlyMap<string, Known>, returns: DiagramWire['returns']): DiagramWire => ({
  nodes: nodes.map((node) => ({ ...node, people: [...(known.get(node.id)?.people ?? [])], due: known.get(node.id)?.due ?? null })),
  edges: edges.map((edge) => ({ ...edge, points: [...edge.points] })),
  returns: [...returns],
})

/** Ways back that were taken, from the log. */
async function returnsOf(ctx: ServerContext, caseId: string): Promise<DiagramWire['returns']> {
  const ways = (await readEvents(ctx, caseId)).flatMap(({ kind, node, data }) => (kind === 'task.returned' && node !== null ? [{ from: node, to: String(data['to']) }] : []))
  return [...Map.groupBy(ways, ({ from, to }) => `${from} ${to}`).values()].flatMap((same) => (same[0] === undefined ? [] : [{ ...same[0], times: same.length }]))
}

/** The flow of a case with where it is, who did what and who is expected to do the rest. */
export async function caseDiagram(ctx: ServerContext, caseId: string): Promise<DiagramWire> {
  const stored = (await readCase(ctx, caseId)) ?? ctx.fail('workflow.task.unknown')
  const { state } = stored
  const expected = expectedIn((await forecastOf(ctx, stored)).flat().map(({ node, who }) => ({ node, people: who.map(nameOf) })))
  return wireOf(drawingOf(await irOfCase(ctx, state.case), state), new Map([...expected, ...visited(state)]), await returnsOf(ctx, caseId))
}

/** The flow as a form would start it, with the people expected. */
export async function flowDiagram(ctx: ServerContext, entity: string, values: Readonly<Record<string, unknown>>): Promise<DiagramWire> {
  const expected = expectedIn(await previewStart(ctx, entity, values))
  return wireOf(drawingOf(await publishedIr(ctx, entity), null), expected, [])
}
