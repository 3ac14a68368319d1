import { isCivilDate } from '#base/civil-date.ts'
import { valueAt } from '#kit/where.ts'
import { addActor, copyActors, type Seed, seedsAgain, seedsFor } from './assign.ts'
import { decide, statuses } from './decide.ts'
import type { Instant } from './context.ts'
import { type Draft, drop, emit, list, nextId, type Opening, patch, put, row, variablesOf } from './draft.ts'
import { must } from './error.ts'
import { type HumanNode, isHuman, type NodeId } from './ir.ts'
import { type Actor, actorsOf, isLive, type RowId, runOf, type Task, type Token, type Visit } from './state.ts'
import { dropSubscriptions, watchToken } from './subscribe.ts'
import { addTimer, dropTimers } from './timers.ts'

export function humanNode(draft: Draft, id: NodeId): HumanNode {
  const node = must(draft.ir.nodes[id], `node ${id}`)
  if (!isHuman(node)) throw new Error(`workflow invariant broken: ${id} is no step`)
  return node
}

/** Opens a step for a token. False: there is nobody to do it and the step is to be passed. */
export function openTask(draft: Draft, token: Token, node: HumanNode, opening: Opening): boolean {
  const seeds = seedsOf(draft, token, node, opening)
  if (seeds === 'unanswered') return true
  if (seeds !== 'copy' && seeds.length === 0) {
    emit(draft, 'task.skipped', { node: node.id })
    return false
  }
  const task = newTask(draft, token, node, opening.why)
  if (seeds === 'copy' && 'reopen' in opening) copyActors(draft, opening.former.id, task.id, opening.reopen)
  else if (seeds !== 'copy') for (const one of seeds) addActor(draft, task.id, one)
  emit(draft, 'task.opened', { node: node.id, task: task.id }, { why: opening.why })
  activate(draft, task.id)
  watchToken(draft, token, node)
  return true
}

function seedsOf(draft: Draft, token: Token, node: HumanNode, opening: Opening): readonly Seed[] | 'copy' | 'unanswered' {
  if (opening.why === 'back' || opening.why === 'withdraw') return 'copy'
  const again = opening.why === 'return' || opening.why === 'reopen' || opening.why === 'revoke' ? seedsAgain(draft, opening.former) : null
  return again ?? seedsFor(draft, node, token) ?? 'unanswered'
}

export function newTask(draft: Draft, token: Token, node: HumanNode, why: Task['why']): Task {
  const run = runOf(draft.tables.scopes.rows, token.scope)
  const task: Task = {
    id: nextId(draft), node: node.id, name: node.name, status: 'open', token: token.id, scope: token.scope, branch: token.branch, back: token.back,
    cause: token.cause, why, decide: node.decide, revision: 1, openedAt: draft.context.now, closedAt: null, closedBy: null, outcome: null, due: null,
    claimedBy: null, sealed: false, ...(run === undefined ? {} : { run }),
  }
  put(draft, 'tasks', task, task.id)
  return task
}

/** Opens and holds back the unfinished actors of a task as the rules say; who newly has the turn gets a to-do and a due date. */
export function activate(draft: Draft, id: RowId): void {
  const task = row(draft, 'tasks', id)
  const actors = actorsOf(draft.tables.actors.rows, id)
  const wanted = statuses(task.decide, task.claimedBy, actors)
  const node = humanNode(draft, task.node)
  let opened = false
  for (const actor of actors) {
    const status = wanted.get(actor.id)
    if (!isLive(actor) || status === undefined || status === actor.status) continue
    opened ||= status === 'open'
    changeStatus(draft, task, node, actor, status)
  }
  if (opened && (task.due === null || task.decide === 'in-turn')) setDue(draft, task, node)
}

function changeStatus(draft: Draft, task: Task, node: HumanNode, actor: Actor, status: 'open' | 'waiting' | 'standby'): void {
  const { now } = draft.context
  const due = status === 'open' ? (actor.due ?? dueOf(draft, node)) : actor.due
  const openedAt = status === 'open' ? (actor.openedAt ?? now) : actor.openedAt
  patch(draft, 'actors', actor.id, { status, due, openedAt, revision: actor.revision + 1 })
  if (status !== 'open') return
  const about = task.why === 'return' ? 'returned' : 'todo'
  draft.intents.push({ kind: 'notify', about, to: actor.who, task: task.id, actor: actor.id, text: actor.position === 'consult' ? actor.evidence : null, due })
}

/** When a step that opens now is due: by its span, or at the time in a field of the record, a day meaning the end of its work. */
function dueOf(draft: Draft, { due }: HumanNode): Instant | null {
  const { now, calendar } = draft.context
  if (due === null) return null
  if (!('field' in due)) return calendar.add(now, due)
  const value = valueAt(variablesOf(draft), due.field)
  if (typeof value !== 'string' || value === '') return null
  return isCivilDate(value) ? calendar.add(calendar.instant(value) - 1, { unit: 'days', n: 0 }) : calendar.instant(value)
}

/** The same for a step that opened earlier; null when its limit is no span. */
export function spanDue({ context: { calendar } }: Draft, { due }: HumanNode, from: Instant): Instant | null {
  return due === null || 'field' in due ? null : calendar.add(from, due)
}

/** Gives a task its due time, with the reminders and the limit as timers. */
export function setDue(draft: Draft, task: Task, node: HumanNode, due = dueOf(draft, node)): void {
  if (due === null) return
  const { calendar } = draft.context
  patch(draft, 'tasks', task.id, { due })
  dropTimers(draft, (timer) => timer.task === task.id)
  for (const span of node.remind) addTimer(draft, 'remind', calendar.add(due, { unit: span.unit, n: -span.n }), { task: task.id, token: null })
  addTimer(draft, 'due', due, { task: task.id, token: null })
  for (const [level, { after }] of (node.escalate ?? []).entries()) {
    if (level >= (task.escalated ?? 0)) addTimer(draft, 'escalate', calendar.add(due, after), { task: task.id, token: null, level })
  }
}

/** After any act on a task: gives turns, and lets the token go once the result is certain. */
export function settle(draft: Draft, id: RowId, actor: RowId | null): void {
  const task = row(draft, 'tasks', id)
  activate(draft, id)
  const outcome = decide(task.decide, humanNode(draft, task.node).outcomes, actorsOf(draft.tables.actors.rows, id))
  if (outcome !== null) finishTask(draft, id, outcome, actor)
}

/** Completes a task with an outcome and sends its token on. */
export function finishTask(draft: Draft, id: RowId, outcome: string, actor: RowId | null): void {
  const task = closeTask(draft, id, 'completed', actor, outcome)
  patch(draft, 'tokens', task.token, { outcome, cause: id })
  draft.queue.push({ token: task.token, move: 'leave' })
}

/** Closes a task; whoever had not finished is skipped (result certain) or cancelled. */
export function closeTask(draft: Draft, id: RowId, status: Exclude<Task['status'], 'open'>, closedBy: RowId | null, outcome: string | null): Task {
  const { now } = draft.context
  for (const actor of actorsOf(draft.tables.actors.rows, id).filter(isLive)) {
    patch(draft, 'actors', actor.id, { status: status === 'completed' ? 'skipped' : 'cancelled', closedAt: now, revision: actor.revision + 1 })
    if (status !== 'completed' && actor.id !== closedBy && actor.status === 'open') {
      draft.intents.push({ kind: 'notify', about: 'cancelled', to: actor.who, task: id, actor: actor.id, text: null, due: null })
    }
  }
  dropTimers(draft, (timer) => timer.task === id)
  cancelVisits(draft, (visit) => visit.task === id)
  const task = patch(draft, 'tasks', id, { status, closedAt: now, closedBy, outcome, revision: row(draft, 'tasks', id).revision + 1 })
  if (status === 'completed') emit(draft, 'task.closed', { node: task.node, task: id, ...(closedBy === null ? {} : { actor: closedBy }) }, { outcome })
  if (status === 'cancelled') emit(draft, 'task.cancelled', { node: task.node, task: id })
  return task
}

/** Nothing before a call, a wait or an event can be withdrawn any more. */
export function seal(draft: Draft, { cause }: Pick<Token, 'cause'>): void {
  if (cause !== null) patch(draft, 'tasks', cause, { sealed: true })
}

/** The open task of a token. */
export const openTaskOf = (draft: Draft, token: RowId): Task | undefined => list(draft, 'tasks').find((task) => task.token === token && task.status === 'open')

/** Members of an actor row that has not acted. */
export const reopenable = { status: 'waiting', closedAt: null, outcome: null, opinion: null, actedBy: null, keptFrom: null } as const

/** Cancels what a token is doing at its node: its open task or its timer. */
export function cancelCurrent(draft: Draft, token: RowId): void {
  const task = openTaskOf(draft, token)
  if (task !== undefined) closeTask(draft, task.id, 'cancelled', null, null)
  dropTimers(draft, (timer) => timer.token === token)
  dropSubscriptions(draft, (one) => one.token === token)
}

/** The visit one part of a task had asked for is over: its token ends and the part opens again beside the others. */
export function comeBack(draft: Draft, token: RowId, task: RowId, actor: RowId): void {
  drop(draft, 'tokens', token)
  patch(draft, 'actors', actor, { status: 'waiting', revision: row(draft, 'actors', actor).revision + 1 })
  emit(draft, 'actor.back', { node: row(draft, 'tasks', task).node, task, actor })
  activate(draft, task)
}

/** Ends visits that parts of a task had asked for and that nobody waits for any more. */
export function cancelVisits(draft: Draft, which: (visit: Visit) => boolean): void {
  for (const token of list(draft, 'tokens').filter(({ back }) => back.some((visit) => visit.actor !== undefined && which(visit)))) {
    cancelCurrent(draft, token.id)
    drop(draft, 'tokens', token.id)
  }
}
