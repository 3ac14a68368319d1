import { stepOfRule } from '#kit/assign-rules.ts'
import type { Assign } from '#kit/flow.ts'
import { evidenceWords, fill } from '../words.ts'
import type { Assigned, Question, StandIn, Who } from './context.ts'
import { type Draft, list, nextId, put, row, rows, variablesOf } from './draft.ts'
import { fail, must } from './error.ts'
import type { HumanNode } from './ir.ts'
import { type Actor, actorsOf, latestAt, type RowId, runOf, sameRun, type Task, type Token } from './state.ts'

/** What is known of an actor before it has a row. */
export type Seed = Pick<Actor, 'who' | 'onBehalfOf' | 'evidence' | 'role' | 'weight' | 'veto' | 'order'>

export const samePerson = (a: Who, b: Who): boolean => a.person === b.person
const sameWho = (a: Who, b: Who): boolean => a.person === b.person && a.post === b.post && a.unit === b.unit

/**
 * Persons for a step, in order. Null: the directory has not answered yet (the question is noted); empty: the step is passed.
 * Fails with `workflow.assignee.none` when nobody is found and the step does not say what to do then. `cause`: the task done before;
 * `scope`: where the token is, whose variables count.
 */
export function seedsFor(draft: Draft, node: HumanNode, { cause, scope }: Pick<Token, 'cause' | 'scope'>): readonly Seed[] | null {
  const found = findPeople(draft, { node, cause, scope }, node.by)
  if (found === null) return null
  if (found.length === 0) return nobodyFound(draft, node)
  const others = withoutInitiator(draft, node, found)
  if (others === null) return null
  const kept = withoutRepeated(draft, node, cause, others)
  return kept.filter((one, index) => kept.findIndex((other) => sameWho(other.who, one.who)) === index).map(seed)
}

function nobodyFound(draft: Draft, node: HumanNode): readonly Seed[] | null {
  switch (node.nobody) {
    case 'skip': return []
    case 'fail': return fail('workflow.assignee.none', { node: node.name })
    case 'initiator': return [seed({ who: draft.case.initiator, evidence: evidenceWords.nobody }, 0)]
    case 'manager': {
      const managers = askRule(draft, { node, scope: null }, 'org.role-in-organisation', { role: 'department-admin' })
      if (managers?.length === 0) fail('workflow.assignee.none', { node: node.name })
      return managers?.map((one, order) => seed({ ...one, evidence: evidenceWords.nobodyManager }, order)) ?? null
    }
  }
}

/** The initiator goes out or gives the place to the superior, as the step says. */
function withoutInitiator(draft: Draft, node: HumanNode, found: readonly Assigned[]): readonly Assigned[] | null {
  const { initiator } = draft.case
  if (node.sameAsInitiator === 'keep' || !found.some((one) => samePerson(one.who, initiator))) return found
  const others = found.filter((one) => !samePerson(one.who, initiator))
  if (node.sameAsInitiator === 'skip') return others
  const above = askRule(draft, { node, scope: null }, 'org.superior', {})
  return above === null ? null : [...others, ...above.map((one) => ({ ...one, evidence: fill(evidenceWords.insteadOfInitiator, { evidence: one.evidence }) }))]
}

/** Whoever has passed an earlier step already need not be asked again, if the step says so. */
function withoutRepeated(draft: Draft, { id, repeated }: HumanNode, cause: RowId | null, found: readonly Assigned[]): readonly Assigned[] {
  if (repeated === undefined) return found
  const passed = list(draft, 'tasks').filter((task) => task.status === 'completed' && task.node !== id && task.outcome !== 'reject' && (repeated === 'skip' || task.id === cause))
  const before = passed.filter(({ why }) => why !== 'start').flatMap((task) => actorsOf(draft.tables.actors.rows, task.id).filter(({ status, outcome }) => status === 'done' && outcome !== 'reject'))
  return found.filter((one) => !before.some(({ who }) => samePerson(who, one.who)))
}

export function seed(one: Assigned, order: number): Seed {
  const { who, evidence, onBehalfOf = null, role = null, weight = 1, veto = false } = one
  return { who, onBehalfOf, evidence, role, weight, veto, order }
}

type Place = { readonly node: HumanNode; readonly cause: RowId | null; readonly scope: RowId | null }
type Found = readonly Assigned[] | null

/** Whom an assignment means; null while the directory has not answered all it needs. */
export function findPeople(draft: Draft, place: Place, by: Assign): Found {
  switch (by.kind) {
    case 'initiator': return [{ who: draft.case.initiator, evidence: evidenceWords.initiator }]
    case 'chosen': return chosenFor(variablesOf(draft, place.scope)[chosenName(place.node.id)])
    case 'doer': return doersOf(draft, by.node, place.scope)
    case 'previous': return previousDoers(draft, place.cause).map((who) => ({ who, evidence: evidenceWords.previous }))
    case 'first': return firstFound(draft, place, by.of)
    case 'together': return all(by.of.map((one) => findPeople(draft, place, one)))
    case 'except': {
      const [from, without] = [findPeople(draft, place, by.from), findPeople(draft, place, by.without)]
      return from === null || without === null ? null : from.filter((one) => !without.some(({ who }) => samePerson(who, one.who)))
    }
    case 'pick': {
      const of = findPeople(draft, place, by.from)
      return of === null || of.length <= by.n ? of : ask(draft, { by: { kind: 'among', how: by.how, n: by.n, of }, node: place.node.id, initiator: draft.case.initiator, variables: {} })
    }
    case 'rule': return askRule(draft, place, by.name, by.with, subjectsOf(draft, place, by.with))
    case 'field':
    case 'persons': return ask(draft, { by, node: place.node.id, initiator: draft.case.initiator, variables: variablesOf(draft, place.scope) })
  }
}

const all = (parts: readonly Found[]): Found => (parts.includes(null) ? null : parts.flatMap((part) => part ?? []))

function firstFound(draft: Draft, place: Place, of: readonly Assign[]): Found {
  for (const one of of) {
    const found = findPeople(draft, place, one)
    if (found === null || found.length > 0) return found
  }
  return []
}

/** Asks the directory by a rule; also what a person's superior is, for rules of the core itself. */
export function askRule(draft: Draft, { node, scope }: Pick<Place, 'node' | 'scope'>, name: string, args: Readonly<Record<string, string | number | boolean>>, subjects?: readonly Who[]): Found {
  return ask(draft, { by: { kind: 'rule', name, with: args }, node: node.id, initiator: draft.case.initiator, variables: variablesOf(draft, scope), ...(subjects !== undefined && { subjects }) })
}

function ask(draft: Draft, question: Question): Found {
  const answer = draft.context.directory.resolve(question)
  if (answer === undefined) draft.questions.push(question)
  return answer ?? null
}

/** From whom a rule looks when that is whoever did a step; undefined: the directory knows by itself. */
function subjectsOf(draft: Draft, { cause, scope }: Place, args: Readonly<Record<string, unknown>>): readonly Who[] | undefined {
  if (args['of'] === 'previous') return previousDoers(draft, cause)
  const node = stepOfRule(args)
  return node === null ? undefined : doersOfTask(draft, node, scope)
}

/** Whoever did the task before; nobody did when the case has just begun by itself. */
function previousDoers(draft: Draft, cause: RowId | null): readonly Who[] {
  return cause === null ? [] : actorsOf(draft.tables.actors.rows, cause).filter((actor) => actor.status === 'done' && actor.parent === null).map(({ who }) => who)
}

/** Name of the variable that holds the persons chosen for a step. */
export const chosenName = (node: string): string => `chosen:${node}`

function chosenFor(value: unknown): readonly Assigned[] {
  return isChoice(value) ? value.who.map((who) => ({ who, evidence: fill(evidenceWords.chosen, { name: value.by.name }) })) : []
}

export type Choice = { readonly by: Who; readonly who: readonly Who[] }
/** Variables are plain JSON; this name is written by the core alone, so its shape is known by the mark. */
const isChoice = (value: unknown): value is Choice => typeof value === 'object' && value !== null && 'who' in value && Array.isArray(value.who) && 'by' in value

function doersOf(draft: Draft, node: string, scope: RowId | null): readonly Assigned[] {
  const evidence = fill(evidenceWords.doer, { node: draft.ir.nodes[node]?.name ?? node })
  return doersOfTask(draft, node, scope).map((who) => ({ who, evidence }))
}

/** Whoever did a step last, as seen from a scope; from outside of a repeated step those of all its runs. */
export function doersOfTask(draft: Draft, node: string, scope: RowId | null): readonly Who[] {
  const last = latestAt(tasksAt(draft, node, scope))
  return last.flatMap(({ id }) => actorsOf(draft.tables.actors.rows, id).filter((actor) => actor.status === 'done' && actor.parent === null).map(({ who }) => who))
}

/** Completed tasks of a step that count from where somebody stands, oldest first. */
function tasksAt(draft: Draft, node: string, scope: RowId | null): readonly Task[] {
  const from = runOf(rows(draft, 'scopes'), scope)
  return list(draft, 'tasks').filter((task) => task.node === node && task.status === 'completed' && sameRun(task.run, from))
}

/** The step's latest completed task, as seen from a scope: one branch of a 会签 by departments knows nothing of the others. */
export const lastTaskAt = (draft: Draft, node: string, scope: RowId | null): Task | undefined => tasksAt(draft, node, scope).at(-1)

/** The persons of a former task, for doing the step again; null when one of them may no longer be given work. */
export function seedsAgain(draft: Draft, former: Task): readonly Seed[] | null {
  const top = actorsOf(draft.tables.actors.rows, former.id).filter((actor) => actor.parent === null && (actor.status === 'done' || actor.status === 'skipped'))
  const doers = former.decide === 'any' ? top.filter((actor) => actor.status === 'done') : top
  if (doers.length === 0 || doers.some((actor) => !draft.context.directory.valid(actor.who))) return null
  return doers.map((actor) => unrepresented(actor, 'over')).map(({ who, onBehalfOf, role, weight, veto }, order) => ({ who, onBehalfOf, role, weight, veto, order, evidence: evidenceWords.again }))
}

/** The part as its own person holds it, without anybody standing in. */
export function unrepresented(actor: Actor, agency: 'took-back' | 'over'): Actor {
  if (typeof actor.agency !== 'object' || actor.onBehalfOf === null) return actor
  return { ...actor, who: actor.onBehalfOf, onBehalfOf: null, evidence: actor.agency.evidence, agency }
}

/**
 * The part as it is held today: by whoever stands in for its person, unless she took it back. Nobody stands in for somebody on what she has
 * started herself, nor decides about her own request in another's place.
 */
export function represented(draft: Draft, part: Actor): Actor {
  const own = unrepresented(part, 'over')
  const node = draft.ir.nodes[row(draft, 'tasks', own.task).node]
  if (own.agency === 'took-back' || own.onBehalfOf !== null || node?.kind === 'start') return own
  const standIn = standInFor(draft, own.who)
  if (standIn === null || samePerson(standIn.who, draft.case.initiator)) return own
  const { who, delegation, shared, evidence } = standIn
  return { ...own, who, onBehalfOf: own.who, evidence: `${own.evidence}；${evidence}`, agency: { delegation, shared, evidence: own.evidence } }
}

function standInFor(draft: Draft, who: Who): StandIn | null {
  const { directory } = draft.context
  if (directory.standIn === undefined) return null
  const standIn = directory.standIn(who)
  if (standIn === undefined) draft.principals.push(who)
  return standIn ?? null
}

/** True when somebody may act on a part besides the one who holds it: the principal of a shared delegation. */
export const isSharedPrincipal = ({ agency, onBehalfOf }: Actor, who: Pick<Who, 'person'>): boolean =>
  typeof agency === 'object' && agency.shared && onBehalfOf?.person === who.person

const fresh = {
  parent: null, position: null, addedBy: null, status: 'waiting', revision: 1, openedAt: null, closedAt: null, due: null, outcome: null, opinion: null, actedBy: null, keptFrom: null,
} as const

/** Adds an actor row; it opens when `activate` finds its turn has come. One that is new goes to whoever stands in for its person. */
export function addActor(draft: Draft, task: RowId, from: Seed, more: Partial<Actor> = {}): Actor {
  const actor: Actor = { ...fresh, id: nextId(draft), task, ...from, ...more }
  const held = more.status === undefined ? represented(draft, actor) : actor
  put(draft, 'actors', held, held.id)
  return held
}

/**
 * Copies all actors of a former task that were not taken out: finished ones keep their result unless `reopen` names them. A question nobody has
 * answered is not asked again.
 */
export function copyActors(draft: Draft, former: RowId, task: RowId, reopen: (actor: Actor) => boolean): void {
  const gone = ({ status, position }: Actor): boolean => status === 'removed' || status === 'handed-over' || (position === 'consult' && status !== 'done')
  const copied = actorsOf(draft.tables.actors.rows, former).filter((actor) => !gone(actor)).toSorted((a, b) => a.id - b.id)
  // Whoever took a place over is younger than those added below it.
  const ids = new Map(copied.map((actor) => [actor.id, nextId(draft)]))
  for (const actor of copied) {
    const id = must(ids.get(actor.id), 'copy of part')
    const parent = actor.parent === null ? null : (ids.get(actor.parent) ?? null)
    const keeps = actor.status === 'done' && !reopen(actor)
    put(draft, 'actors', { ...actor, ...(keeps ? { keptFrom: actor.id } : { ...fresh, position: actor.position, addedBy: actor.addedBy }), id, task, parent }, id)
  }
}

/** The doer of a task: who closed it. */
export function closerOf(draft: Draft, task: Task): Actor | null {
  return task.closedBy === null ? null : row(draft, 'actors', task.closedBy)
}
