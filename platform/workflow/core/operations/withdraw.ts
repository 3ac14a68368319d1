import { reachable } from '../analyse.ts'
import { closerOf, samePerson } from '../assign.ts'
import type { CommandOf } from '../command.ts'
import { type Draft, emit, list, marking, patch, row } from '../draft.ts'
import { fail, must } from '../error.ts'
import { type Actor, actorsOf, type Arrival, isLive, type RowId, type Task, type Token } from '../state.ts'
import { addToken, moveTo, relocate } from '../relocate.ts'
import { activate, cancelCurrent, reopenable } from '../work.ts'
import { mayDo, partOf } from './guard.ts'

/** 撤回 of one's own act, as long as nobody has acted after it: a vote in an open task, or a finished step. */
export function withdraw(draft: Draft, command: CommandOf<'withdraw'>): void {
  const { actor, task, node } = partOf(draft, command.actor)
  mayDo(node, 'withdraw')
  if (!samePerson(command.by, actor.actedBy ?? actor.who)) fail('workflow.withdraw.notYours')
  if (actor.status !== 'done' || actor.outcome === 'return') fail('workflow.withdraw.nothing')
  if (task.status === 'open') withdrawVote(draft, task, actor)
  else withdrawStep(draft, task, actor, command)
}

function withdrawVote(draft: Draft, task: Task, actor: Actor): void {
  const actors = actorsOf(draft.tables.actors.rows, task.id)
  const later = actors.find((one) => one.status === 'done' && dependsOn(one, actor, task))
  if (later !== undefined) refuse(later)
  patch(draft, 'actors', actor.id, { ...reopenable, revision: actor.revision + 1 })
  activate(draft, task.id)
  emit(draft, 'actor.withdrawn', { node: task.node, task: task.id, actor: actor.id })
}

/** True when somebody acted because of this vote: the next in turn, a signer added after, or whom an adviser advised. */
function dependsOn(one: Actor, vote: Actor, task: Task): boolean {
  if (one.id === vote.id) return false
  if (one.parent === vote.id) return one.position === 'after'
  if (vote.parent === one.id) return vote.position === 'before' || vote.position === 'delegate'
  return task.decide === 'in-turn' && one.order > vote.order
}

const refuse = (later: Actor): never => fail('workflow.withdraw.acted', { name: (later.actedBy ?? later.who).name, by: later.actedBy ?? later.who, at: later.closedAt })

function withdrawStep(draft: Draft, task: Task, actor: Actor, command: CommandOf<'withdraw'>): void {
  if (task.status !== 'completed' || task.closedBy !== actor.id) fail('workflow.withdraw.nothing')
  if (task.sealed) fail('workflow.withdraw.sealed')
  refuseIfActed(draft, task)
  const visit = task.back.at(-1)
  if (visit?.actor !== undefined) return withdrawVisit(draft, task, actor, row(draft, 'actors', visit.actor), command)
  const [spot, another] = followers(draft, task)
  if (spot === undefined) return fail('workflow.withdraw.nothing')
  if (hasJoined(draft, task, spot)) fail('workflow.withdraw.joined')
  const before = marking(draft)
  const token = another === undefined && isInPlace(spot, task) ? stepBack(draft, spot, task) : relocateBack(draft, spot, task)
  openAgain(draft, task, actor, token)
  emit(draft, 'task.withdrawn', { node: task.node, task: task.id, actor: actor.id }, { reason: command.reason ?? null, before, after: marking(draft) })
}

function openAgain(draft: Draft, task: Task, actor: Actor, token: RowId): void {
  patch(draft, 'tokens', token, { back: task.back })
  patch(draft, 'tasks', task.id, { status: 'withdrawn', revision: task.revision + 1 })
  draft.queue.push({ token, move: 'enter', opening: { why: 'withdraw', former: task, reopen: (one) => one.id === actor.id } })
}

/** A visit that one part of a joint step had asked for: that part waits once more, unless it has acted since. */
function withdrawVisit(draft: Draft, task: Task, actor: Actor, asked: Actor, command: CommandOf<'withdraw'>): void {
  if (asked.status === 'done' || asked.status === 'returned') refuse(asked)
  if (!isLive(asked) || asked.status === 'away') fail('workflow.withdraw.nothing')
  const before = marking(draft)
  patch(draft, 'actors', asked.id, { status: 'away', openedAt: null, revision: asked.revision + 1 })
  openAgain(draft, task, actor, addToken(draft, task, task.node, { cause: task.cause, outcome: null }))
  emit(draft, 'task.withdrawn', { node: task.node, task: task.id, actor: actor.id }, { reason: command.reason ?? null, before, after: marking(draft) })
}

/** Everything alive that this step sent on. */
function followers(draft: Draft, task: Task): readonly (Token | Arrival)[] {
  return [...list(draft, 'tokens'), ...list(draft, 'arrivals').filter((arrival) => !arrival.kept)].filter((one) => one.cause === task.id)
}

function refuseIfActed(draft: Draft, task: Task): void {
  for (const next of list(draft, 'tasks').filter((one) => one.cause === task.id)) {
    const acted = actorsOf(draft.tables.actors.rows, next.id).find((one) => (one.status === 'done' && one.keptFrom === null) || one.status === 'returned')
    if (acted !== undefined) refuse(acted)
    if (next.claimedBy !== null) refuse({ ...row(draft, 'actors', next.claimedBy), closedAt: next.openedAt })
    if (next.status !== 'open') refuse(closerOf(draft, next) ?? must(actorsOf(draft.tables.actors.rows, next.id).find((one) => !isLive(one)), 'closed actor'))
  }
}

/** True when a join without a region lies between: it has used up what came by the other branches, which would be missing when it is reached again. */
function hasJoined(draft: Draft, task: Task, spot: Token | Arrival): boolean {
  const passed = Object.entries(draft.ir.structure.free).filter(([join, after]) => (draft.ir.nodes[join]?.in.length ?? 0) > 1 && after.includes(spot.node)).map(([join]) => join)
  if (passed.length === 0) return false
  const ahead = reachable(draft.ir, draft.ir.nodes[task.node]?.out ?? [])
  return passed.some((join) => ahead.has(join))
}

const isInPlace = (spot: Token | Arrival, task: Task): boolean => 'back' in spot && spot.scope === task.scope && spot.branch === task.branch

function stepBack(draft: Draft, spot: Token | Arrival, task: Task): number {
  cancelCurrent(draft, spot.id)
  return patch(draft, 'tokens', spot.id, { node: task.node, cause: task.cause, outcome: null }).id
}

function relocateBack(draft: Draft, spot: Token | Arrival, task: Task): number {
  if (moveTo(draft, spot, task.node) === null) fail('workflow.withdraw.nothing')
  return relocate(draft, spot, task.node, { cause: task.cause, outcome: null })
}
