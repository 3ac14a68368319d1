import { evidenceWords, fill } from '../words.ts'
import type { Assigned, Who } from './context.ts'
import { type Draft, list, nextId, put, row, variablesOf } from './draft.ts'
import { fail } from './error.ts'
import type { HumanNode } from './ir.ts'
import { type Actor, actorsOf, type RowId, type Task } from './state.ts'

/** What is known of an actor before it has a row. */
export type Seed = Pick<Actor, 'who' | 'onBehalfOf' | 'evidence' | 'role' | 'weight' | 'veto' | 'order'>

export const samePerson = (a: Who, b: Who): boolean => a.person === b.person
const sameWho = (a: Who, b: Who): boolean => a.person === b.person && a.post === b.post && a.unit === b.unit

/**
 * Persons for a step, in order, with the variables as the scope sees them. Null: the directory has not answered yet (the question is noted); empty: the step is passed.
 * Fails with `workflow.assignee.none` when nobody is found and the step does not say what to do then.
 */
export function seedsFor(draft: Draft, node: HumanNode, scope: RowId): readonly Seed[] | null {
  const found = resolve(draft, node, scope)
  if (found === null) return null
  const { initiator } = draft.case
  const kept = node.sameAsInitiator === 'skip' ? found.filter((one) => !samePerson(one.who, initiator)) : found
  const distinct = kept.filter((one, index) => kept.findIndex((other) => sameWho(other.who, one.who)) === index)
  if (distinct.length > 0) return distinct.map(seed)
  if (found.length > 0 || node.nobody === 'skip') return []
  if (node.nobody === 'fail') fail('workflow.assignee.none', { node: node.name })
  return [seed({ who: initiator, evidence: evidenceWords.nobody }, 0)]
}

export function seed(one: Assigned, order: number): Seed {
  const { who, evidence, onBehalfOf = null, role = null, weight = 1, veto = false } = one
  return { who, onBehalfOf, evidence, role, weight, veto, order }
}

function resolve(draft: Draft, node: HumanNode, scope: RowId): readonly Assigned[] | null {
  const { by } = node
  if (by.kind === 'initiator') return [{ who: draft.case.initiator, evidence: evidenceWords.initiator }]
  const variables = variablesOf(draft)
  if (by.kind === 'chosen') return chosenFor(variables[chosenName(node.id)])
  if (by.kind === 'doer') return doersOf(draft, by.node)
  const question = { by, node: node.id, initiator: draft.case.initiator, variables: variablesOf(draft, scope) }
  const answer = draft.context.directory.resolve(question)
  if (answer === undefined) draft.questions.push(question)
  return answer ?? null
}

/** Name of the variable that holds the persons chosen for a step. */
export const chosenName = (node: string): string => `chosen:${node}`

function chosenFor(value: unknown): readonly Assigned[] {
  return isChoice(value) ? value.who.map((who) => ({ who, evidence: fill(evidenceWords.chosen, { name: value.by.name }) })) : []
}

export type Choice = { readonly by: Who; readonly who: readonly Who[] }
/** Variables are plain JSON; this name is written by the core alone, so its shape is known by the mark. */
const isChoice = (value: unknown): value is Choice => typeof value === 'object' && value !== null && 'who' in value && Array.isArray(value.who) && 'by' in value

function doersOf(draft: Draft, node: string): readonly Assigned[] {
  const evidence = fill(evidenceWords.doer, { node: draft.ir.nodes[node]?.name ?? node })
  return doersOfTask(draft, node).map((who) => ({ who, evidence }))
}

/** Whoever did a step last. */
export function doersOfTask(draft: Draft, node: string): readonly Who[] {
  const last = lastTaskAt(draft, node)
  if (last === undefined) return []
  return actorsOf(draft.tables.actors.rows, last.id).filter((actor) => actor.status === 'done' && actor.parent === null).map(({ who }) => who)
}

/** The step's latest completed task. */
export function lastTaskAt(draft: Draft, node: string): Task | undefined {
  return list(draft, 'tasks').filter((task) => task.node === node && task.status === 'completed').at(-1)
}

/** The persons of a former task, for doing the step again; null when one of them may no longer be given work. */
export function seedsAgain(draft: Draft, former: Task): readonly Seed[] | null {
  const top = actorsOf(draft.tables.actors.rows, former.id).filter((actor) => actor.parent === null && (actor.status === 'done' || actor.status === 'skipped'))
  const doers = former.decide === 'any' ? top.filter((actor) => actor.status === 'done') : top
  if (doers.length === 0 || doers.some((actor) => !draft.context.directory.valid(actor.who))) return null
  return doers.map(({ who, onBehalfOf, role, weight, veto }, order) => ({ who, onBehalfOf, role, weight, veto, order, evidence: evidenceWords.again }))
}

const fresh = {
  parent: null, position: null, addedBy: null, status: 'waiting', revision: 1, openedAt: null, closedAt: null, due: null, outcome: null, opinion: null, actedBy: null, keptFrom: null,
} as const

/** Adds an actor row; it opens when `activate` finds its turn has come. */
export function addActor(draft: Draft, task: RowId, from: Seed, more: Partial<Actor> = {}): Actor {
  const actor: Actor = { ...fresh, id: nextId(draft), task, ...from, ...more }
  put(draft, 'actors', actor, actor.id)
  return actor
}

/** Copies all actors of a former task that were not taken out: finished ones keep their result unless `reopen` names them. */
export function copyActors(draft: Draft, former: RowId, task: RowId, reopen: (actor: Actor) => boolean): void {
  const ids = new Map<RowId, RowId>()
  for (const actor of actorsOf(draft.tables.actors.rows, former).toSorted((a, b) => a.id - b.id)) {
    if (actor.status === 'removed' || actor.status === 'handed-over') continue
    const keeps = actor.status === 'done' && !reopen(actor)
    const id = nextId(draft)
    ids.set(actor.id, id)
    const parent = actor.parent === null ? null : (ids.get(actor.parent) ?? null)
    put(draft, 'actors', { ...actor, ...(keeps ? { keptFrom: actor.id } : { ...fresh, position: actor.position, addedBy: actor.addedBy }), id, task, parent }, id)
  }
}

/** The doer of a task: who closed it. */
export function closerOf(draft: Draft, task: Task): Actor | null {
  return task.closedBy === null ? null : row(draft, 'actors', task.closedBy)
}
