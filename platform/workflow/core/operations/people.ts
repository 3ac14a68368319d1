import { evidenceWords, fill } from '../../words.ts'
import { addActor, samePerson, type Seed } from '../assign.ts'
import type { CommandOf } from '../command.ts'
import type { Who } from '../context.ts'
import { type Draft, emit, list, patch } from '../draft.ts'
import { fail } from '../error.ts'
import { type Actor, actorsOf, isLive, type RowId, type Task } from '../state.ts'
import { activate, cancelVisits, settle } from '../work.ts'
import { livePart, mayDo, ownOpenPart, type Part, partOf } from './guard.ts'

export const seedOf = (who: Who, evidence: string, from: Actor): Seed => ({ who, evidence, onBehalfOf: null, role: null, weight: 1, veto: false, order: from.order })

/** 转办: another person takes the place, with its weight, role and turn. */
export function handOver(draft: Draft, command: CommandOf<'hand-over'>): void {
  const { actor, task, node } = command.asAdmin === true ? livePart(draft, command) : ownOpenPart(draft, command)
  if (command.asAdmin !== true) mayDo(node, 'hand-over')
  refuseDuplicates(draft, task, [command.to])
  const next = replaceActor(draft, { actor, task, node }, command.to, command.by, fill(evidenceWords.handedOver, { name: command.by.name }), command.reason ?? null)
  emit(draft, 'actor.handedOver', { node: node.id, task: task.id, actor: actor.id }, { to: command.to, next, reason: command.reason ?? null })
  activate(draft, task.id)
}

/** Puts another person into the place of a part, with its weight, role and turn, and everything that hangs on it. Answers the new part. */
export function replaceActor(draft: Draft, { actor, task }: Part, to: Who, by: Who | null, evidence: string, reason: string | null): RowId {
  const { now } = draft.context
  patch(draft, 'actors', actor.id, { status: 'handed-over', closedAt: now, outcome: 'hand-over', opinion: reason, actedBy: by, revision: actor.revision + 1 })
  const { role, weight, veto, order, parent, position, addedBy } = actor
  const next = addActor(draft, task.id, { who: to, onBehalfOf: null, evidence, role, weight, veto, order }, { parent, position, addedBy })
  for (const child of actorsOf(draft.tables.actors.rows, task.id)) if (child.parent === actor.id) patch(draft, 'actors', child.id, { parent: next.id })
  if (task.claimedBy === actor.id) patch(draft, 'tasks', task.id, { claimedBy: next.id })
  return next.id
}

/** 委派: another person does the work; it then comes back to be decided here. */
export function delegate(draft: Draft, command: CommandOf<'delegate'>): void {
  const { actor, task, node } = ownOpenPart(draft, command)
  mayDo(node, 'delegate')
  refuseDuplicates(draft, task, [command.to])
  const evidence = fill(evidenceWords.delegated, { name: command.by.name })
  const next = addActor(draft, task.id, seedOf(command.to, evidence, actor), { parent: actor.id, position: 'delegate', addedBy: command.by })
  emit(draft, 'actor.delegated', { node: node.id, task: task.id, actor: actor.id }, { to: command.to, next: next.id, reason: command.reason ?? null })
  activate(draft, task.id)
}

/**
 * 加签. `before`: they advise first; `after`: their consent is needed once this person has passed; `beside`: they decide alongside — as
 * further voters of a 会签 or ratio vote, otherwise together with this person.
 */
export function addSigners(draft: Draft, command: CommandOf<'add'>): void {
  const { actor, task, node } = ownOpenPart(draft, command)
  if (command.asAdmin !== true) mayDo(node, 'add')
  if (command.who.length === 0) fail('workflow.add.nobody')
  refuseDuplicates(draft, task, command.who)
  const votes = command.position === 'beside' && actor.parent === null && (task.decide === 'all' || typeof task.decide === 'object')
  const below = votes ? {} : { parent: actor.id, position: command.position }
  const evidence = fill(evidenceWords.added, { name: command.by.name })
  const added = command.who.map((who) => addActor(draft, task.id, seedOf(who, evidence, actor), { ...below, addedBy: command.by }))
  const who = added.map((one) => ({ actor: one.id, name: one.who.name }))
  emit(draft, 'actor.added', { node: node.id, task: task.id, actor: actor.id }, { position: command.position, who, reason: command.reason ?? null })
  activate(draft, task.id)
}

/** 减签: takes out somebody who has not acted yet, with those added below; the result may become certain by it. */
export function removeSigner(draft: Draft, command: CommandOf<'remove'>): void {
  const { actor, task, node } = partOf(draft, command.actor)
  if (command.asAdmin !== true) {
    mayDo(node, 'remove')
    if (actor.addedBy === null || !samePerson(actor.addedBy, command.by)) fail('workflow.remove.notYours')
  }
  if (!isLive(actor)) fail('workflow.remove.done', { name: actor.who.name })
  const actors = actorsOf(draft.tables.actors.rows, task.id)
  if (actor.parent === null && !actors.some((one) => one.parent === null && one.id !== actor.id && (isLive(one) || one.status === 'done'))) fail('workflow.remove.last')
  takeOut(draft, actors, actor, command.by)
  emit(draft, 'actor.removed', { node: node.id, task: task.id, actor: actor.id }, { reason: command.reason ?? null })
  settle(draft, task.id, null)
}

function takeOut(draft: Draft, actors: readonly Actor[], actor: Actor, by: Who): void {
  if (isLive(actor)) patch(draft, 'actors', actor.id, { status: 'removed', closedAt: draft.context.now, actedBy: by, revision: actor.revision + 1 })
  cancelVisits(draft, (visit) => visit.actor === actor.id)
  for (const child of actors) if (child.parent === actor.id) takeOut(draft, actors, child, by)
}

export function refuseDuplicates(draft: Draft, task: Task, who: readonly Who[]): void {
  const present = list(draft, 'actors').filter((actor) => actor.task === task.id && isLive(actor))
  const twice = who.find((one, index) => present.some((actor) => samePerson(actor.who, one)) || who.findIndex((other) => samePerson(other, one)) !== index)
  if (twice !== undefined) fail('workflow.add.duplicate', { name: twice.name })
}
