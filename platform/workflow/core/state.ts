import type { Decide } from '#kit/flow.ts'
import type { Instant, Who } from './context.ts'
import { must } from './error.ts'
import type { EventSpec, FlowId, NodeId } from './ir.ts'

/** Row number, unique within a case over all tables; rows of the database are keyed by (case id, row id). */
export type RowId = number

export type CaseRow = {
  readonly id: string
  /** Hash of the pinned IR. */
  readonly ir: string
  readonly status: 'running' | 'suspended' | 'ended' | 'terminated' | 'void'
  readonly outcome: string | null
  readonly initiator: Who
  readonly startedAt: Instant
  readonly endedAt: Instant | null
  readonly suspendedAt: Instant | null
  /** Number of commands carried out. */
  readonly revision: number
  /** Last row id given out. */
  readonly lastId: RowId
  /** Last number in the event log. */
  readonly lastEvent: number
  /** Split or free join → number of times it was entered or fired. */
  readonly generations: Readonly<Record<NodeId, number>>
  /** What undoes the last act; missing when there is nothing to undo, or it set off what cannot be undone. */
  readonly last?: LastAct
  /** How this one case differs from its flow (自由流). */
  readonly overlay?: Overlay
}

/** Steps added to one case, each right after another step, and steps that are passed over in it. */
export type Overlay = {
  readonly added: readonly { readonly id: NodeId; readonly name: string; readonly after: NodeId; readonly decide: Decide }[]
  readonly skipped: readonly NodeId[]
}

/** An act of a person with the rows as they were before it: rows it changed or dropped, and keys of those it made. */
export type LastAct = {
  readonly kind: string
  readonly by: Who | null
  readonly at: Instant
  readonly node: NodeId | null
  /** The overlay before an act that changed it; null: there was none. */
  readonly overlay?: Overlay | null
  readonly before: { readonly [K in TableName]?: { readonly rows: Readonly<Record<string, Tables[K]>>; readonly made: readonly string[] } }
}

/**
 * A live scope: the case itself, one generation of a parallel region, a sub-process, a repeated activity or one run of it. Closed and
 * cancelled scopes are deleted; a finished sub-process whose work may have to be undone stays as `done`.
 */
export type Scope = {
  readonly id: RowId
  readonly kind: 'case' | 'region' | 'sub' | 'multi' | 'run'
  readonly parent: RowId | null
  /** Branch of the parent's region it lives in; null at the top. */
  readonly branch: FlowId | null
  /** Split of the region, or node of the sub-process or repeated activity; null for the case. */
  readonly region: NodeId | null
  readonly generation: number
  /** What the token that came in carried, and goes on with. */
  readonly cause?: RowId | null
  readonly outcome?: string | null
  /** Finished, kept for compensation. */
  readonly done?: true
  /** An interrupting event sub-process has taken over. */
  readonly interrupted?: true
  /** The token for which it undoes something. */
  readonly compensates?: RowId
  /** Runs of a repeated activity; total null: as long as its condition holds. Outcomes by run (`#0`), where they decide something. */
  readonly runs?: { readonly total: number | null; readonly started: number; readonly finished: number; readonly outcomes?: Readonly<Record<string, string | null>> }
}

/**
 * A place to go back to after a visit (退回后直送): the node and the task it left. With `actor` only this part of the task is away: the task
 * stays open with its own token for the others, and this token ends when the visit does.
 */
export type Visit = { readonly node: NodeId; readonly task: RowId; readonly actor?: RowId }

export type Token = {
  readonly id: RowId
  readonly scope: RowId
  readonly branch: FlowId | null
  readonly node: NodeId
  /** The last task done by a person that brought it here. */
  readonly cause: RowId | null
  readonly outcome: string | null
  /** Steps to jump straight back to, last one first to return to; the token keeps its scope while it visits. */
  readonly back: readonly Visit[]
  /** The token for which it undoes something. */
  readonly compensates?: RowId
}

/**
 * What a case waits for besides persons: the events of waiting tokens, of boundaries and of event sub-processes, and the finished
 * activities that may have to be undone.
 */
export type Subscription = {
  readonly id: RowId
  readonly kind: 'catch' | 'gateway' | 'boundary' | 'inner' | 'compensate'
  /** The catching event (of an event sub-process its start), or the finished activity. */
  readonly node: NodeId
  readonly event: EventSpec
  /** Where what follows will live. */
  readonly scope: RowId
  readonly branch: FlowId | null
  /** The waiting token, or the token of the activity with the boundary. */
  readonly token: RowId | null
  /** The sub-process with the boundary or around the event sub-process; for an undoing the finished sub-process. */
  readonly host: RowId | null
  /** A message with a key: the value that one for this case must bear, as it was when the waiting began. */
  readonly correlation?: string
  /** A condition is told again only after it has not held. */
  readonly held?: boolean
  /** How often a repeated timer has fired. */
  readonly fired?: number
  /** Compensation: the token that asked for it, and its turn (the highest first). */
  readonly by?: RowId
  readonly turn?: number
  /** What is still to do for a sub-process that is undone: its boundary, then to leave it. */
  readonly stage?: 'boundary' | 'close'
}

export type Arrival = {
  readonly id: RowId
  readonly scope: RowId
  readonly branch: FlowId | null
  readonly node: NodeId
  readonly flow: FlowId
  readonly generation: number
  readonly cause: RowId | null
  readonly outcome: string | null
  /** True when a return into the region kept this branch's result from before. */
  readonly kept: boolean
}

export type TaskStatus = 'open' | 'completed' | 'returned' | 'withdrawn' | 'cancelled'
/** One visit of a token to a step. */
export type Task = {
  readonly id: RowId
  readonly node: NodeId
  readonly name: string
  readonly status: TaskStatus
  readonly token: RowId
  readonly scope: RowId
  readonly branch: FlowId | null
  /** Runs of repeated activities it lies in (会签 by departments), see `runOf`; missing: none. */
  readonly run?: readonly RowId[]
  readonly back: readonly Visit[]
  readonly cause: RowId | null
  readonly why: 'start' | 'flow' | 'return' | 'back' | 'withdraw' | 'jump' | 'reopen' | 'revoke'
  readonly decide: Decide
  readonly revision: number
  readonly openedAt: Instant
  readonly closedAt: Instant | null
  /** Actor whose act closed it. */
  readonly closedBy: RowId | null
  readonly outcome: string | null
  readonly due: Instant | null
  readonly claimedBy: RowId | null
  /** Levels of the escalation that have been gone through. */
  readonly escalated?: number
  /** True once something that cannot be undone (a call, a wait) followed: no 撤回 any more. */
  readonly sealed: boolean
}

/** `away`: sent back and coming straight back here while others go on in the same task; `returned`: the closed part of whoever sent it back so. */
export type ActorStatus = 'waiting' | 'standby' | 'open' | 'away' | 'done' | 'returned' | 'skipped' | 'removed' | 'handed-over' | 'cancelled'
/** Agency (代理): under which delegation a part is held for `onBehalfOf`, and why that person had it. `took-back`: the principal keeps it; `over`: it ended. */
export type Agency = { readonly delegation: string; readonly shared: boolean; readonly evidence: string } | 'took-back' | 'over'
/** A person's part in a task: the row of a to-do list. Added signers hang below the actor they were added to. */
export type Actor = {
  readonly id: RowId
  readonly task: RowId
  readonly who: Who
  readonly onBehalfOf: Who | null
  readonly evidence: string
  readonly order: number
  readonly parent: RowId | null
  /** `consult`: was asked something (沟通); decides nothing and holds nobody up. */
  readonly position: 'before' | 'after' | 'beside' | 'delegate' | 'consult' | null
  readonly addedBy: Who | null
  readonly role: 'lead' | 'assist' | null
  readonly weight: number
  readonly veto: boolean
  readonly status: ActorStatus
  readonly revision: number
  readonly openedAt: Instant | null
  readonly closedAt: Instant | null
  readonly due: Instant | null
  readonly outcome: string | null
  readonly opinion: string | null
  /** The actor of the task before whose result was kept when this step was opened again. */
  readonly keptFrom: RowId | null
  /** Who acted last on this row (an administrator, a replacement, the person). */
  readonly actedBy: Who | null
  readonly agency?: Agency
}

/**
 * A copy for reading, with receipt. 传阅 in order: of one round (`round`: its first copy) only the first is out, the others are `held` until the
 * one before was read. Passed on by a reader it is one level deeper. `wants`: 参阅, not read without an opinion.
 */
export type Reading = {
  readonly id: RowId
  readonly task: RowId | null
  readonly who: Who
  readonly sentBy: Who
  readonly sentAt: Instant
  readonly note: string | null
  readonly readAt: Instant | null
  readonly opinion: string | null
  readonly round?: RowId
  readonly held?: boolean
  readonly level?: number
  readonly wants?: 'opinion'
}

export type Timer = {
  readonly id: RowId
  readonly kind: 'wait' | 'remind' | 'due' | 'escalate' | 'event' | 'call'
  readonly at: Instant
  readonly task: RowId | null
  readonly token: RowId | null
  readonly subscription?: RowId
  /** Of a call that is made again: what was said when it was made first. */
  readonly opinion?: string
  /** Of the same: in which post it was set off. */
  readonly post?: string
  /** Level of an escalation, from 0. */
  readonly level?: number
}

export type Variable = { readonly scope: RowId; readonly name: string; readonly value: unknown }

export type Tables = {
  readonly scopes: Scope
  readonly tokens: Token
  readonly arrivals: Arrival
  readonly tasks: Task
  readonly actors: Actor
  readonly readings: Reading
  readonly timers: Timer
  readonly variables: Variable
  readonly subscriptions: Subscription
}
export type TableName = keyof Tables
export type Rows<K extends TableName> = Readonly<Record<string, Tables[K]>>

/** The state of one case as rows by key (row id; variables: `scope.name`). Closed tasks and actors stay; the other tables hold live rows only. */
export type State = { readonly case: CaseRow } & { readonly [K in TableName]: Rows<K> }

/** Rows of one table to write and keys to delete. */
export type Change<T> = { readonly put: Readonly<Record<string, T>>; readonly drop: readonly string[] }
/** Row-level difference between two states: what the store writes in one batch. A row in `put` is new or replaces the one with its key. */
export type Changes = { readonly case: CaseRow } & { readonly [K in TableName]?: Change<Tables[K]> }

export const tableNames = ['scopes', 'tokens', 'arrivals', 'tasks', 'actors', 'readings', 'timers', 'variables', 'subscriptions'] as const satisfies readonly TableName[]

export type WorkflowEvent = {
  readonly seq: number
  readonly at: Instant
  readonly by: Who | null
  readonly kind: EventKind
  readonly node: NodeId | null
  readonly task: RowId | null
  readonly actor: RowId | null
  readonly data: Readonly<Record<string, unknown>>
}
export type EventKind =
  | 'case.started' | 'case.ended' | 'case.suspended' | 'case.resumed' | 'case.terminated' | 'case.voided'
  | 'case.reopened' | 'case.revoked' | 'rolledBack'
  | 'task.opened' | 'task.reopened' | 'task.closed' | 'task.skipped' | 'task.returned' | 'task.withdrawn' | 'task.cancelled' | 'task.claimed' | 'task.released' | 'task.overdue' | 'task.escalated'
  | 'actor.done' | 'actor.withdrawn' | 'actor.back' | 'actor.added' | 'actor.removed' | 'actor.handedOver' | 'actor.delegated' | 'actor.consulted' | 'step.added' | 'step.skipped' | 'actor.represented' | 'actor.tookBack'
  | 'split' | 'joined' | 'region.cancelled' | 'region.reopened' | 'jumped' | 'wait.started' | 'wait.ended' | 'called' | 'event.thrown' | 'event.caught' | 'scope.opened' | 'scope.closed' | 'compensated' | 'copied' | 'read' | 'urged' | 'reminded' | 'variables.set' | 'migrated'

/** The folded state: replaying the changes of every command over nothing gives the present state. */
export function applyChanges(state: State | null, changes: Changes): State {
  return {
    case: changes.case,
    scopes: applied(state?.scopes, changes.scopes),
    tokens: applied(state?.tokens, changes.tokens),
    arrivals: applied(state?.arrivals, changes.arrivals),
    tasks: applied(state?.tasks, changes.tasks),
    actors: applied(state?.actors, changes.actors),
    readings: applied(state?.readings, changes.readings),
    timers: applied(state?.timers, changes.timers),
    variables: applied(state?.variables, changes.variables),
    subscriptions: applied(state?.subscriptions, changes.subscriptions),
  }
}

function applied<T>(before: Readonly<Record<string, T>> = {}, change?: Change<T>): Readonly<Record<string, T>> {
  if (change === undefined) return before
  const after: Record<string, T> = { ...before, ...change.put }
  for (const key of change.drop) delete after[key]
  return after
}

/** The case's scope. */
export const rootScope = (scopes: Rows<'scopes'>): Scope => must(Object.values(scopes).find((scope) => scope.kind === 'case'), 'root scope')

/** Scopes of the repeated activities around a scope and of their runs, outermost first: `[activity, run]`; undefined outside of any. */
export function runOf(scopes: Rows<'scopes'>, scope: RowId | null): readonly RowId[] | undefined {
  const path: RowId[] = []
  for (let at = scope === null ? undefined : scopes[scope]; at !== undefined; at = at.parent === null ? undefined : scopes[at.parent]) {
    if (at.kind === 'multi' || at.kind === 'run') path.unshift(at.id)
  }
  return path.length === 0 ? undefined : path
}

/** True for what one run of a repeated activity knows of another place: of its own run and of those around it, not of its siblings. From outside all runs are seen. */
export const sameRun = (a: readonly RowId[] = [], b: readonly RowId[] = []): boolean => a.slice(0, b.length).every((id, index) => id === b[index])

/** Tasks that count as what was done at a step: the last one, of a repeated step the last one of each run of its latest round. */
export function latestAt(tasks: readonly Task[]): readonly Task[] {
  const last = tasks.at(-1)
  const round = tasks.filter(({ run }) => run?.[0] === last?.run?.[0])
  return [...new Map(round.map((task) => [task.run?.join(' '), task])).values()]
}

/** Actors of a task by turn. */
export function actorsOf(actors: Rows<'actors'>, task: RowId): readonly Actor[] {
  return Object.values(actors).filter((actor) => actor.task === task).sort((a, b) => a.order - b.order || a.id - b.id)
}

export const isLive = (actor: Actor): boolean => actor.status === 'open' || actor.status === 'waiting' || actor.status === 'standby' || actor.status === 'away'
