import { represented, samePerson, unrepresented } from '../assign.ts'
import type { CommandOf } from '../command.ts'
import { type Draft, emit, list, put, row, rows } from '../draft.ts'
import { fail } from '../error.ts'
import { type Actor, isLive } from '../state.ts'

const sameHolder = (a: Actor, b: Actor): boolean => samePerson(a.who, b.who) && JSON.stringify(a.agency) === JSON.stringify(b.agency)

/** Gives every open part to whoever holds it today: a delegation has begun, ended or changed. Done again, it changes nothing. */
export function representAll(draft: Draft): void {
  for (const actor of list(draft, 'actors').filter(isLive)) {
    const held = represented(draft, actor)
    if (sameHolder(held, actor)) continue
    pass(draft, actor, held)
    const { task, id, who, onBehalfOf } = held
    emit(draft, 'actor.represented', { node: row(draft, 'tasks', task).node, task, actor: id }, { to: who.name, onBehalfOf: onBehalfOf?.name ?? null, from: actor.who.name, person: actor.who.person })
  }
}

/** 收回: the principal does it herself after all. */
export function takeBack(draft: Draft, command: CommandOf<'take-back'>): void {
  const actor = rows(draft, 'actors')[command.actor] ?? fail('workflow.task.unknown')
  if (!isLive(actor) || typeof actor.agency !== 'object' || actor.onBehalfOf === null) fail('workflow.agency.none')
  if (!samePerson(actor.onBehalfOf, command.by)) fail('workflow.task.notYours', { name: actor.who.name })
  backToPrincipal(draft, actor)
}

/** Puts a part back into the principal's own hands, for good. */
export function backToPrincipal(draft: Draft, actor: Actor): Actor {
  const own = pass(draft, actor, unrepresented(actor, 'took-back'))
  emit(draft, 'actor.tookBack', { node: row(draft, 'tasks', own.task).node, task: own.task, actor: own.id }, { from: actor.who.name, person: actor.who.person })
  return own
}

/** Another person holds the part from now on; whoever has the turn is told, and so is whoever had it. */
function pass(draft: Draft, before: Actor, after: Actor): Actor {
  const held = { ...after, revision: before.revision + 1 }
  put(draft, 'actors', held, held.id)
  if (held.status === 'open' && !samePerson(before.who, held.who)) {
    const notice = { kind: 'notify', task: held.task, actor: held.id, text: null, due: held.due } as const
    if (held.agency !== 'took-back') draft.intents.push({ ...notice, about: 'todo', to: held.who })
    if (typeof before.agency === 'object') draft.intents.push({ ...notice, about: 'cancelled', to: before.who })
  }
  return held
}
