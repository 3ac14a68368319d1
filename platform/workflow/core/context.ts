import type { Assign, Pick as PickHow, Span } from '#kit/flow.ts'
import type { FlowId, NodeId } from './ir.ts'

/** A point in time: milliseconds since 1970-01-01 UTC. */
export type Instant = number

/** A person in a post of a unit: the same person acts differently in different posts. */
export type Who = { readonly person: string; readonly post: string | null; readonly unit: string | null; readonly name: string }

/** A person found for a step, and why. `onBehalfOf`: the person whose place is taken (shown as 「甲 代 乙」, who = 甲). */
export type Assigned = {
  readonly who: Who
  readonly evidence: string
  readonly onBehalfOf?: Who
  /** Under `decide: 'lead'`; without any lead the first person leads. */
  readonly role?: 'lead' | 'assist'
  /** Vote weight under a ratio; default 1. */
  readonly weight?: number
  /** A rejection by this person decides a ratio vote. */
  readonly veto?: boolean
}

/** Picks `n` of many. */
export type Among = { readonly kind: 'among'; readonly how: PickHow; readonly n: number; readonly of: readonly Assigned[] }

/** Who stands in (代理) for somebody today, under which delegation. `shared`: the principal may act as well. */
export type StandIn = { readonly who: Who; readonly delegation: string; readonly shared: boolean; readonly evidence: string }

/** What the core asks the directory: whom does `by` mean for this node now? What only the case knows (doers, whoever was chosen) the core answers. */
export type Question = {
  readonly by: Extract<Assign, { kind: 'rule' | 'field' | 'persons' }> | Among
  readonly node: NodeId
  readonly initiator: Who
  readonly variables: Readonly<Record<string, unknown>>
  /** From whom a rule looks, when that is whoever did an earlier step. */
  readonly subjects?: readonly Who[]
}

/**
 * Synchronous snapshot of the organisation. `undefined` = not loaded yet: the step collects every open question and fails with
 * `workflow.directory.unanswered` (details.questions); the shell loads the answers and runs the same step again.
 * An empty list = nobody exists.
 */
export type Directory = {
  readonly resolve: (question: Question) => readonly Assigned[] | undefined
  /** False when a person may no longer be given work in this post; former doers are then looked up afresh. */
  readonly valid: (who: Who) => boolean
  /** Who stands in for somebody now; null: nobody; undefined: not loaded yet, like an open question. Missing: nobody ever does. */
  readonly standIn?: (who: Who) => StandIn | null | undefined
}

export type Calendar = {
  /** `from` plus a span on the working calendar; n may be negative. */
  readonly add: (from: Instant, span: Span) => Instant
  /** The instant a civil value of a field means as an end (`2026-07-01` → start of the next day or end of work, as the calendar decides). */
  readonly instant: (civil: string) => Instant
}

/** Simulation only: flows to take at a gateway whatever the conditions say, and activities to stay at until they are woken. */
export type Simulation = { readonly choose: (element: string) => readonly FlowId[] | undefined; readonly holds: (element: string) => boolean }

export type Context = { readonly now: Instant; readonly directory: Directory; readonly calendar: Calendar; readonly simulation?: Simulation }

/** Stable key of a question, for a directory that answers from a prepared table. */
export function questionKey(question: Question): string {
  const { by, variables, subjects = null } = question
  if (by.kind === 'field') return JSON.stringify([by, variables[by.field.split('.')[0] ?? by.field] ?? null])
  return JSON.stringify(by.kind === 'persons' ? by : by.kind === 'among' ? [by, question.node] : [by, question.node, question.initiator, variables, subjects])
}

/** A person in a post, as one text. */
export const whoKey = ({ person, post }: Who): string => `${person} ${post ?? ''}`

/** A directory that knows only prepared answers, by `questionKey` and `whoKey`. */
export function preparedDirectory(answers: ReadonlyMap<string, readonly Assigned[]>, standIns?: ReadonlyMap<string, StandIn | null>): Directory {
  return { resolve: (question) => answers.get(questionKey(question)), valid: () => true, ...(standIns !== undefined && { standIn: (who: Who) => standIns.get(whoKey(who)) }) }
}
