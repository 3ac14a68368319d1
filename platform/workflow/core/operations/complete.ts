import type { CommandOf } from '../command.ts'
import { type Draft, emit, patch, row } from '../draft.ts'
import { fail } from '../error.ts'
import { type Actor, actorsOf, isLive, type RowId } from '../state.ts'
import { settle } from '../work.ts'
import { ownOpenPart, type Part } from './guard.ts'
import { setChosen, setVariables } from './set.ts'

/** 办理 with an outcome of the step, or `abstain` in a joint decision. */
export function complete(draft: Draft, command: CommandOf<'complete'>): void {
  const part = ownOpenPart(draft, command)
  const { actor, task, node } = part
  if (!offered(part).includes(command.outcome)) fail('workflow.outcome.unknown', { node: node.name, outcome: command.outcome })
  setVariables(draft, command.variables)
  setChosen(draft, command.by, command.chosen, { scope: task.scope })
  const done = { status: 'done', closedAt: draft.context.now, outcome: command.outcome, opinion: command.opinion ?? null, actedBy: command.by, revision: actor.revision + 1 } as const
  patch(draft, 'actors', actor.id, done)
  emit(draft, 'actor.done', { node: node.id, task: task.id, actor: actor.id }, { outcome: command.outcome, opinion: command.opinion ?? null })
  if (command.outcome === 'reject') skipBelow(draft, task.id, actor.id)
  if (actor.position === 'consult') return answered(draft, actor, command.opinion ?? null)
  settle(draft, task.id, actor.id)
}

/** Whoever asked is told the answer; the case stays where it is. */
function answered(draft: Draft, { parent, task, id }: Actor, opinion: string | null): void {
  if (parent === null) return
  draft.intents.push({ kind: 'notify', about: 'answered', to: row(draft, 'actors', parent).who, task, actor: id, text: opinion, due: null })
}

/** Outcomes a person may choose here. */
export const offered = ({ actor, task, node }: Part): readonly string[] =>
  actor.position === 'consult' ? ['answer'] : (typeof task.decide === 'object' ? [...node.outcomes, 'abstain'] : node.outcomes)

/** A rejection needs no further voice from those added below. */
function skipBelow(draft: Draft, task: RowId, parent: RowId): void {
  const below = (actor: Actor): boolean => actor.parent === parent && isLive(actor)
  for (const actor of actorsOf(draft.tables.actors.rows, task).filter(below)) {
    patch(draft, 'actors', actor.id, { status: 'skipped', closedAt: draft.context.now, revision: actor.revision + 1 })
    skipBelow(draft, task, actor.id)
  }
}
