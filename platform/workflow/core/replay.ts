import type { DueField, Span } from '#kit/flow.ts'
import { type Ir, isHuman, type NodeId } from './ir.ts'
import type { Simulated, SimulatedStep } from './simulate.ts'
import { actorsOf, type State, type Task } from './state.ts'

/** What would be different for a case that has ended, had it run on another version. */
export type Difference =
  | { readonly kind: 'added' | 'removed'; readonly step: string; readonly people: readonly string[] }
  | { readonly kind: 'people'; readonly step: string; readonly from: readonly string[]; readonly to: readonly string[]; readonly why: string }
  | { readonly kind: 'limit'; readonly step: string; readonly from: Span | DueField | null; readonly to: Span | DueField | null }
  | { readonly kind: 'stopped'; readonly step: string }

const completed = (state: State): readonly Task[] => Object.values(state.tasks).filter(({ status, why }) => status === 'completed' && why !== 'start').toSorted((a, b) => a.id - b.id)

/** How each step was decided in the end. */
export function decisionsOf(state: State): (node: NodeId) => string | null {
  const last = new Map(completed(state).map(({ node, outcome }) => [node, outcome]))
  return (node) => last.get(node) ?? null
}

/** Those whose step it was: who did it and who need not any more; added signers are the case's own. */
const peopleOf = (state: State, task: Task): readonly string[] =>
  actorsOf(state.actors, task.id).filter(({ parent, status }) => parent === null && (status === 'done' || status === 'skipped')).map(({ who, onBehalfOf }) => (onBehalfOf ?? who).name)

const sameNames = (a: readonly string[], b: readonly string[]): boolean => JSON.stringify(a.toSorted()) === JSON.stringify(b.toSorted())

const dueIn = ({ nodes }: Ir, id: NodeId): Span | DueField | null => {
  const node = nodes[id]
  return node !== undefined && isHuman(node) ? node.due : null
}

function between(state: State, was: Task, is: SimulatedStep, [old, now]: readonly [Ir, Ir]): readonly Difference[] {
  const [from, to] = [peopleOf(state, was), is.people.map(({ name }) => name)]
  const [before, after] = [dueIn(old, was.node), dueIn(now, is.node)]
  return [
    ...(sameNames(from, to) ? [] : [{ kind: 'people' as const, step: is.name, from, to, why: [...new Set(is.people.map(({ evidence }) => evidence))].join('；') }]),
    ...(JSON.stringify(before) === JSON.stringify(after) ? [] : [{ kind: 'limit' as const, step: is.name, from: before, to: after }]),
  ]
}

/** Steps, persons and limits that differ; a step that was done several times counts once, as it was done last. */
export function differences(state: State, simulated: Simulated, from: Ir, to: Ir): readonly Difference[] {
  const was = new Map(completed(state).map((task) => [task.node, task]))
  const is = new Map(simulated.steps.filter(({ node }) => to.nodes[node]?.kind !== 'start').map((one) => [one.node, one]))
  const found: Difference[] = []
  for (const [node, one] of is) {
    const task = was.get(node)
    if (task === undefined) found.push({ kind: 'added', step: one.name, people: one.people.map(({ name }) => name) })
    else found.push(...between(state, task, one, [from, to]))
  }
  for (const [node, task] of was) if (!is.has(node) && from.nodes[node]?.kind !== 'start') found.push({ kind: 'removed', step: task.name, people: peopleOf(state, task) })
  if (simulated.end === 'stopped') found.push({ kind: 'stopped', step: simulated.steps.at(-1)?.name ?? '' })
  return found
}
