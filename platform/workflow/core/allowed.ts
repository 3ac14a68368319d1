import type { May } from '#kit/flow.ts'
import { comesAfter } from './analyse.ts'
import { doersOfTask, isSharedPrincipal, samePerson } from './assign.ts'
import type { Command } from './command.ts'
import type { Context, Who } from './context.ts'
import { openDraft, type Draft } from './draft.ts'
import { must, WorkflowError } from './error.ts'
import { type Ir, isHuman, type NodeId, type Target } from './ir.ts'
import { offered } from './operations/complete.ts'
import { skippableFrom } from './operations/free.ts'
import { effectiveIr } from './overlay.ts'
import { livePlaces } from './relocate.ts'
import { type Actor, actorsOf, isLive, type RowId, sameRun, type State, type Task } from './state.ts'
import { step } from './step.ts'
import { previousTarget, returnTargets } from './targets.ts'

export type Operation = May | 'complete' | 'claim' | 'release' | 'skip-step'

/** One 退回 choice with what it costs, for the person to read before choosing. */
export type ReturnChoice = Target & {
  readonly name: string
  /** Who would do the step again. */
  readonly who: readonly Who[]
  readonly previous: boolean
  readonly initiator: boolean
  /** With `rerun`: others in the same joint step, who sign anew: those still to sign and those who have. */
  readonly coSigners: { readonly open: readonly Who[]; readonly done: readonly Who[] }
  /** With `rerun`: open work of others that is cancelled. With `back` nobody else's work is touched. */
  readonly cancelsOpen: readonly { readonly task: RowId; readonly name: string; readonly who: readonly Who[] }[]
  /** With `rerun`: finished work in the cancelled part that must be done again. */
  readonly cancelsDone: readonly { readonly task: RowId; readonly name: string }[]
  /** With `rerun`: names of the steps between there and here that were done and are gone through again. */
  readonly again: readonly string[]
}

export type Allowed = {
  readonly operations: readonly Operation[]
  readonly outcomes: readonly string[]
  readonly returns: readonly ReturnChoice[]
  /** Actors this person may take out (减签). */
  readonly removable: readonly RowId[]
  /** Later steps this person may have passed over in this case (自由流). */
  readonly skippable: readonly NodeId[]
}

const nothing: Allowed = { operations: [], outcomes: [], returns: [], removable: [], skippable: [] }

/** What a person may do now with one part of a task; the same checks as the commands make. */
export function allowed(flow: Ir, state: State, actorId: RowId, by: Who, context: Context): Allowed {
  const ir = effectiveIr(flow, state.case.overlay)
  const actor = state.actors[actorId]
  if (actor === undefined || state.case.status !== 'running') return nothing
  const task = must(state.tasks[actor.task], 'task')
  const node = ir.nodes[task.node]
  if (node === undefined || !isHuman(node)) return nothing
  const mine = samePerson(by, actor.who) || isSharedPrincipal(actor, by)
  if (actor.position === 'consult' && actor.status === 'open') return mine ? { ...nothing, operations: ['complete'], outcomes: ['answer'] } : nothing
  const open = mine && actor.status === 'open'
  const removable = node.may.includes('remove') && task.status === 'open' ? actorsOf(state.actors, task.id).filter((one) => isLive(one) && one.addedBy !== null && samePerson(one.addedBy, by)).map((one) => one.id) : []
  const returns = open && node.may.includes('return') ? returnChoices(openDraft(ir, context, by, state), task, actor) : []
  const granted = node.may.filter((may) => grants(may, { open, returns, removable, initiator: samePerson(by, state.case.initiator), revocable: () => works(ir, state, { kind: 'revoke', by }, context) }))
  const withdraw = mine && actor.status === 'done' && node.may.includes('withdraw') && works(ir, state, { kind: 'withdraw', by, actor: actor.id }, context)
  const skippable = open && node.may.includes('free') ? skippableFrom(ir, state, node.id) : []
  const operations: Operation[] = [...(open ? ['complete' as const] : []), ...granted, ...(withdraw ? ['withdraw' as const] : []), ...claiming(state, task, actor, open), ...(skippable.length > 0 ? ['skip-step' as const] : [])]
  return { operations, outcomes: open ? offered({ actor, task, node }) : [], returns, removable, skippable }
}

type Facts = { readonly open: boolean; readonly returns: readonly unknown[]; readonly removable: readonly unknown[]; readonly initiator: boolean; readonly revocable: () => boolean }

function grants(may: May, facts: Facts): boolean {
  switch (may) {
    case 'return': return facts.returns.length > 0
    case 'remove': return facts.removable.length > 0
    case 'void': return facts.initiator
    case 'withdraw':
    case 'reopen': return false
    case 'revoke': return facts.initiator && facts.revocable()
    case 'copy':
    case 'urge': return true
    case 'hand-over':
    case 'delegate':
    case 'add':
    case 'consult':
    case 'free': return facts.open
  }
}

function claiming(state: State, task: Task, actor: Actor, open: boolean): readonly Operation[] {
  if (!open || task.decide !== 'any' || actor.parent !== null) return []
  if (task.claimedBy === actor.id) return ['release']
  return actorsOf(state.actors, task.id).filter((one) => one.parent === null && one.status === 'open').length > 1 ? ['claim'] : []
}

function works(ir: Ir, state: State, command: Command, context: Context): boolean {
  try {
    step(ir, state, command, context)
    return true
  } catch (error) {
    if (error instanceof WorkflowError) return false
    throw error
  }
}

/** Whoever may act on the same part: the principal of a shared delegation, or who stands in for her. */
const besides = ({ by }: Draft, { who, onBehalfOf, agency }: Actor): readonly Who[] =>
  typeof agency !== 'object' || !agency.shared || onBehalfOf === null ? [] : [by !== null && samePerson(by, who) ? onBehalfOf : who]

function returnChoices(draft: Draft, task: Task, actor: Actor): readonly ReturnChoice[] {
  const previous = previousTarget(draft, task)
  const others = actorsOf(draft.tables.actors.rows, task.id).filter((one) => one.id !== actor.id)
  const coSigners = { open: [...besides(draft, actor), ...others.filter(isLive).map(({ who }) => who)], done: others.filter(({ status }) => status === 'done').map(({ who }) => who) }
  return returnTargets(draft, task).map((target) => {
    const lost = lostWith(draft, task, target)
    return {
      ...target,
      name: must(draft.ir.nodes[target.node], target.node).name,
      who: doersOfTask(draft, target.node, task.scope),
      previous: target.node === previous,
      initiator: target.node === draft.ir.start,
      coSigners,
      cancelsOpen: lost.filter((one) => one.status === 'open').map((one) => ({ task: one.id, name: one.name, who: actorsOf(draft.tables.actors.rows, one.id).filter(isLive).map((actor) => actor.who) })),
      cancelsDone: lost.filter((one) => one.status === 'completed').map((one) => ({ task: one.id, name: one.name })),
      again: between(draft, task, target.node),
    }
  })
}

/** Steps that were done on the way from a step to a task, as far as this task knows of them. */
function between(draft: Draft, task: Task, from: NodeId): readonly string[] {
  const done = Object.values(draft.tables.tasks.rows).filter((one) => one.status === 'completed' && one.node !== from && one.node !== task.node && sameRun(one.run, task.run))
  return [...new Set(done.filter(({ node }) => comesAfter(draft.ir, from, node) && comesAfter(draft.ir, node, task.node)).map(({ name }) => name))]
}

/** Tasks of the part that is cancelled, without the one that is sent back. Beside it in its own branch only visits (退回后直送) can be under way. */
function lostWith(draft: Draft, task: Task, target: Target): readonly Task[] {
  const scopes = draft.tables.scopes.rows
  const others = Object.values(draft.tables.tasks.rows).filter((one) => one.id !== task.id && scopes[one.scope] !== undefined)
  if (target.cancels !== 'parallel' && target.cancels !== 'sub') return others.filter((one) => one.status === 'open' && one.scope === task.scope && one.branch === task.branch)
  if (target.region === null) return others.filter((one) => one.status === 'open')
  const cut = must(livePlaces(scopes, task).find((place) => place.region === target.region), 'cancelled region').scope
  return others.filter((one) => livePlaces(scopes, one).some((place) => place.scope === cut))
}
