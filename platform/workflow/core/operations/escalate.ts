import { escalationWords, fill } from '../../words.ts'
import { askRule, findPeople, samePerson } from '../assign.ts'
import type { Assigned, Who } from '../context.ts'
import { type Draft, emit, list, patch, row } from '../draft.ts'
import type { HumanNode } from '../ir.ts'
import { type Actor, isLive, type Task } from '../state.ts'
import { activate } from '../work.ts'
import { giveCopies } from './inform.ts'
import { replaceActor } from './people.ts'

type Level = NonNullable<HumanNode['escalate']>[number]

/** 超期升级: goes one level further for everybody who still has the step. */
export function escalate(draft: Draft, task: Task, node: HumanNode, at: number): void {
  const level = node.escalate?.[at]
  patch(draft, 'tasks', task.id, { escalated: at + 1 })
  if (level === undefined) return
  const late = list(draft, 'actors').filter((actor) => actor.task === task.id && actor.status === 'open')
  for (const actor of late) {
    const above = aboveOf(draft, task, node, level, actor)
    if (above !== null) reach(draft, task, node, level, actor, above)
  }
}

/** Whom a level means for somebody who is late; null while the directory has not answered. */
function aboveOf(draft: Draft, task: Task, node: HumanNode, { to }: Level, { who, onBehalfOf }: Actor): readonly Assigned[] | null {
  const late = onBehalfOf ?? who
  const place = { node, cause: task.cause, scope: task.scope }
  if (to === undefined) return askRule(draft, place, 'org.superior', { of: 'previous' }, [late])
  if (to.kind === 'rule' && to.with['of'] === undefined) return askRule(draft, place, to.name, to.with, [late])
  return findPeople(draft, place, to)
}

function reach(draft: Draft, task: Task, node: HumanNode, level: Level, actor: Actor, found: readonly Assigned[]): void {
  const above = found.filter(({ who }) => !samePerson(who, actor.who))
  const [first] = above
  const to = above.map(({ who }) => who)
  const note = fill(escalationWords[to.length === 0 ? 'nobody' : level.does], { name: actor.who.name, step: node.name, to: to.map(({ name }) => name).join('、') })
  if (level.does === 'copy') giveCopies(draft, task.id, actor.who, to, note)
  if (level.does === 'give' && first !== undefined && !has(draft, task, first.who)) give(draft, task, node, actor, first)
  else if (level.does !== 'copy') for (const one of to) draft.intents.push({ kind: 'notify', about: 'escalated', to: one, task: task.id, actor: actor.id, text: note, due: actor.due })
  emit(draft, 'task.escalated', { node: node.id, task: task.id, actor: actor.id }, { does: level.does, to: to.map(({ name }) => name), note })
}

const has = (draft: Draft, task: Task, who: Who): boolean => list(draft, 'actors').some((actor) => actor.task === task.id && isLive(actor) && samePerson(actor.who, who))

function give(draft: Draft, task: Task, node: HumanNode, actor: Actor, { who, evidence }: Assigned): void {
  const why = fill(escalationWords.evidence, { name: actor.who.name, evidence })
  replaceActor(draft, { actor, task: row(draft, 'tasks', task.id), node }, who, null, why, escalationWords.reason)
  draft.intents.push({ kind: 'notify', about: 'cancelled', to: actor.who, task: task.id, actor: actor.id, text: escalationWords.taken, due: null })
  activate(draft, task.id)
}
