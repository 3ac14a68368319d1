import type { Decide } from '#kit/flow.ts'
import type { Instant, Who } from './context.ts'
import type { FlowId, NodeId } from './ir.ts'
import type { RowId, State, Changes, WorkflowEvent } from './state.ts'

type Values = Readonly<Record<string, unknown>>
/** An act on one's own part of a task. `revision` is the actor row's revision the person saw; another one answers `workflow.task.stale`. */
type OnActor = { readonly by: Who; readonly actor: RowId; readonly revision?: number }

/**
 * Rights that do not follow from the case (who may terminate, jump, suspend, act for others) are checked by the shell before;
 * `asAdmin` marks such an act on somebody else's task.
 */
export type Command =
  /** `at`: the start event that occurs; missing: the flow's own start. */
  | { readonly kind: 'start'; readonly case: string; readonly by: Who; readonly at?: NodeId; readonly variables?: Values; readonly opinion?: string; readonly chosen?: Chosen }
  | (OnActor & { readonly kind: 'complete'; readonly outcome: string; readonly opinion?: string; readonly variables?: Values; readonly chosen?: Chosen; readonly asAdmin?: true })
  | (OnActor & { readonly kind: 'return'; readonly to: 'previous' | 'initiator' | { readonly node: NodeId }; readonly after: 'rerun' | 'back'; readonly opinion?: string })
  | { readonly kind: 'withdraw'; readonly by: Who; readonly actor: RowId; readonly reason?: string }
  | (OnActor & { readonly kind: 'hand-over'; readonly to: Who; readonly reason?: string; readonly asAdmin?: true })
  | (OnActor & { readonly kind: 'delegate'; readonly to: Who; readonly reason?: string })
  | (OnActor & { readonly kind: 'add'; readonly position: 'before' | 'after' | 'beside'; readonly who: readonly Who[]; readonly reason?: string; readonly asAdmin?: true })
  /** 沟通: asks others without moving the case; their answers (`complete` with `answer`) come back as evidence. */
  | (OnActor & { readonly kind: 'consult'; readonly who: readonly Who[]; readonly question: string })
  /** 自由流: a step right after the person's own, or a later step that is not needed, in this case only. */
  | (OnActor & { readonly kind: 'add-step'; readonly name: string; readonly who: readonly Who[]; readonly decide: Decide; readonly reason?: string })
  | (OnActor & { readonly kind: 'skip-step'; readonly node: NodeId; readonly reason?: string })
  | { readonly kind: 'remove'; readonly by: Who; readonly actor: RowId; readonly reason?: string; readonly asAdmin?: true }
  | { readonly kind: 'copy'; readonly by: Who; readonly task?: RowId; readonly to: readonly Who[]; readonly note?: string; readonly inTurn?: true; readonly wants?: 'opinion' }
  /** 转阅: a reader passes her copy on to others. */
  | { readonly kind: 'pass-on'; readonly by: Who; readonly reading: RowId; readonly to: readonly Who[]; readonly note?: string }
  | { readonly kind: 'read'; readonly by: Who; readonly reading: RowId; readonly opinion?: string }
  | { readonly kind: 'urge'; readonly by: Who; readonly task: RowId; readonly note?: string }
  | (OnActor & { readonly kind: 'claim' })
  | (OnActor & { readonly kind: 'release' })
  | { readonly kind: 'terminate'; readonly by: Who; readonly reason?: string }
  | { readonly kind: 'void'; readonly by: Who; readonly reason?: string }
  | { readonly kind: 'suspend'; readonly by: Who; readonly reason?: string }
  | { readonly kind: 'resume'; readonly by: Who }
  | { readonly kind: 'jump'; readonly by: Who; readonly token: RowId; readonly to: NodeId; readonly reason?: string }
  /** 回滚: undoes the last act on the case, whatever it was. */
  | { readonly kind: 'rollback'; readonly by: Who; readonly reason?: string }
  /** 唤醒 of a case that has ended, at a step that was done in it. */
  | { readonly kind: 'reopen'; readonly by: Who; readonly to: NodeId; readonly reason?: string; readonly variables?: Values }
  /** 撤销 by the initiator: everything under way is cancelled and the case comes back to her. */
  | { readonly kind: 'revoke'; readonly by: Who; readonly reason?: string }
  | { readonly kind: 'set'; readonly by: Who | null; readonly variables: Values }
  | { readonly kind: 'timer'; readonly timer: RowId }
  /** Delegations have begun or ended: every open part goes to whoever holds it now. */
  | { readonly kind: 'represent' }
  /** The principal takes a part back from whoever stands in for her. */
  | { readonly kind: 'take-back'; readonly by: Who; readonly actor: RowId }
  /** The calendar has changed. */
  | { readonly kind: 'reschedule' }
  | { readonly kind: 'wake'; readonly by: Who; readonly token: RowId }
  /** A called function broke: the call is made again a minute later, in the name of the post that set it off. */
  | { readonly kind: 'put-off'; readonly token: RowId; readonly opinion: string | null; readonly post?: string }
  | { readonly kind: 'called'; readonly token: RowId; readonly variables?: Values }

  /** An event occurs at a subscription: a message or signal came, or somebody triggers it by hand. */
  | { readonly kind: 'trigger'; readonly by: Who | null; readonly subscription: RowId; readonly variables?: Values }
  /** A signal from outside, or a message by name: whatever listens to it in this case is triggered. */
  | { readonly kind: 'deliver'; readonly event: 'message' | 'signal'; readonly name: string | null; readonly key?: string | null; readonly variables?: Values }
  /** A called function ends with an error of the business (BPMN error). */
  | { readonly kind: 'error'; readonly token: RowId; readonly name: string | null; readonly variables?: Values }

/** Persons chosen for later steps by their node. */
export type Chosen = Readonly<Record<NodeId, readonly Who[]>>

export type CommandOf<K extends Command['kind']> = Extract<Command, { kind: K }>

/**
 * What the shell does after a step, in the same transaction. `call`: run the named function, then send `called` with its variables.
 * Due dates and waits are timer rows, not intents.
 */
export type Intent =
  | { readonly kind: 'call'; readonly token: RowId; readonly node: NodeId; readonly does: string; readonly opinion?: string }
  | { readonly kind: 'notify'; readonly about: 'todo' | 'returned' | 'reading' | 'urge' | 'remind' | 'overdue' | 'escalated' | 'cancelled' | 'answered'; readonly to: Who; readonly task: RowId | null; readonly actor: RowId | null; readonly text: string | null; readonly due: Instant | null }
  /** A message or signal for other cases. */
  | { readonly kind: 'throw'; readonly event: 'message' | 'signal'; readonly name: string | null; readonly key: string | null; readonly node: NodeId }
  | { readonly kind: 'finished'; readonly status: 'ended' | 'terminated' | 'void'; readonly outcome: string | null }

export type StepResult = { readonly state: State; readonly changes: Changes; readonly events: readonly WorkflowEvent[]; readonly intents: readonly Intent[]; readonly trace: readonly TraceEntry[] }

/**
 * What happened to the elements of the model, in order; not stored. `scope`: the instance of the process or sub-process in which the
 * element is (for a process or sub-process itself: the instance).
 */
export type TraceEntry = { readonly action: 'createScope' | 'enter' | 'signal' | 'exit' | 'destroyScope'; readonly element: string; readonly scope: RowId }

/** Where tokens stand, stored in the event of every move before and after it. */
export type Marking = readonly { readonly node: NodeId; readonly scope: RowId; readonly branch: FlowId | null; readonly arrived: boolean }[]
