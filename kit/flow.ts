import type { AssignRuleName, RuleArgs } from './assign-rules.ts'
import type { Condition } from './where.ts'

/** A length of time. `workdays` and `workhours` are counted on the working calendar, `months` by their names: from a 31st on to the last day of a shorter month. */
export type Span = { readonly unit: (typeof SPAN_UNITS)[number]; readonly n: number }
export const SPAN_UNITS = ['minutes', 'hours', 'days', 'months', 'workhours', 'workdays'] as const

/** The end of the day, or the moment, in a field of the record; no due time while the field is empty. */
export type DueField = { readonly field: string }

/** n working days of the working calendar. */
export const workdays = (n: number): Span => ({ unit: 'workdays', n })
/** n calendar days. */
export const days = (n: number): Span => ({ unit: 'days', n })
/** n wall-clock hours. */
export const hours = (n: number): Span => ({ unit: 'hours', n })

/** Who does a step. Rules are names bound to functions on the server; the others need no code. */
export type Assign =
  | { readonly kind: 'rule'; readonly name: string; readonly with: Readonly<Record<string, string | number | boolean>> }
  | { readonly kind: 'field'; readonly field: string }
  | { readonly kind: 'persons'; readonly persons: readonly string[] }
  | { readonly kind: 'initiator' }
  | { readonly kind: 'doer'; readonly node: string }
  | { readonly kind: 'previous' }
  | { readonly kind: 'chosen' }
  | { readonly kind: 'first' | 'together'; readonly of: readonly Assign[] }
  | { readonly kind: 'except'; readonly from: Assign; readonly without: Assign }
  | { readonly kind: 'pick'; readonly from: Assign; readonly how: Pick; readonly n: number }

/** How some of many are picked: by chance, those with the least open work, or in rotation from one case to the next. */
export type Pick = 'random' | 'least-loaded' | 'rotating'

type Args = Readonly<Record<string, string | number | boolean>>

/** Assignee rule by name: one of `kit/assign-rules.ts`, or one bound in the module's `server/index.ts`, e.g. `rule('leave.chain')`. */
export function rule<N extends AssignRuleName>(name: N, ...args: Readonly<Record<never, never>> extends RuleArgs<N> ? [args?: RuleArgs<N>] : [args: RuleArgs<N>]): Assign
export function rule<N extends string>(name: N extends `org.${string}` ? never : N, args?: Args): Assign
export function rule(name: string, args: object = {}): Assign {
  return { kind: 'rule', name, with: args as Args }
}
/** The persons named in a field of the record. */
export const field = (name: string): Assign => ({ kind: 'field', field: name })
/** Fixed persons by id. */
export const persons = (...ids: readonly string[]): Assign => ({ kind: 'persons', persons: ids })
/** Who started the case. */
export const initiator = (): Assign => ({ kind: 'initiator' })
/** Whoever did an earlier step. */
export const doer = (node: string): Assign => ({ kind: 'doer', node })
/** Whoever did the step before. */
export const previous = (): Assign => ({ kind: 'previous' })
/** Whoever the previous step chose on submitting. */
export const chosen = (): Assign => ({ kind: 'chosen' })
/** The first of several that finds anybody. */
export const firstOf = (...of: readonly Assign[]): Assign => ({ kind: 'first', of })
/** Everybody whom any of several finds. */
export const together = (...of: readonly Assign[]): Assign => ({ kind: 'together', of })
/** Whoever the first finds and the second does not. */
export const except = (from: Assign, without: Assign): Assign => ({ kind: 'except', from, without })
/** Some of many; one unless told. */
export const pick = (how: Pick, from: Assign, n = 1): Assign => ({ kind: 'pick', from, how, n })

/**
 * 比例会签 and 票签: passes with this ratio of the weights (0 < ratio ≤ 1) once it is certain, and never before. Weights and vetoes come with the
 * persons found, or from here; without a quorum, one vote may do.
 */
export type Vote = {
  readonly ratio: number
  /** Number of persons who must have voted, abstentions included, before it can pass. */
  readonly quorum?: number
  /** What the ratio is of: all voters (default), or the votes for and against. */
  readonly of?: 'all' | 'cast'
  /** Whose rejection decides besides those marked with a veto: the lead's, or anyone's. */
  readonly veto?: 'lead' | 'any'
  /** Weight of the lead (who is marked as such, else the first). */
  readonly leadWeight?: number
}

/** How several persons decide together: `any` 或签 / 抢办, `all` 会签, `in-turn` 顺序会签, `lead` 主办 + 协办 (the lead's result, once all have finished), or a vote. */
export type Decide = 'any' | 'all' | 'in-turn' | 'lead' | Vote

/**
 * Operations a flow or a step grants: 退回 撤回 转办 委派 加签 减签 抄送 催办 作废, 沟通 (ask somebody without moving the case), 撤销 (the initiator takes
 * the whole case back), 唤醒 (a finished case goes on at this step) and 自由流 (steps added to one case, or skipped in it).
 */
export const MAYS = ['return', 'withdraw', 'hand-over', 'delegate', 'add', 'remove', 'copy', 'urge', 'void', 'consult', 'revoke', 'reopen', 'free'] as const
export type May = (typeof MAYS)[number]

export type Timeout = 'remind' | 'pass' | 'reject' | { readonly move: string }

/**
 * A level of an escalation chain: `after` the due time somebody above is told (`tell`), gets a copy to read (`copy`), or the task (`give`).
 * `to`: whom; the superior of whoever has the step unless told.
 */
export type Escalation = { readonly after: Span; readonly does: 'tell' | 'copy' | 'give'; readonly to?: Assign }

/** Field rights of a step. Its opinions stand in `area` of the form; opinions in `hideAreas` are kept from whoever has the step. */
export type StepForm = {
  readonly edit?: readonly string[]
  readonly require?: readonly string[]
  readonly hide?: readonly string[]
  readonly area?: string
  readonly hideAreas?: readonly string[]
}

export type StepOptions = {
  readonly by: Assign
  readonly decide?: Decide
  /** Outcomes a person may choose; the first one passes. Default: approve/reject for an approval, next for a task. */
  readonly outcomes?: readonly string[]
  /** What a rejection does when no edge says `on: 'reject'`; default `end`. */
  readonly reject?: 'end' | 'initiator' | 'previous'
  readonly due?: Span | DueField
  /** Reminders, counted back from the due time; a negative span counts on after it. */
  readonly remind?: readonly Span[]
  /** What happens at the due time; default `remind`. `move` leaves the step for another one. */
  readonly timeout?: Timeout
  /** What happens, one after another, while the step stays open beyond its due time (超期升级). */
  readonly escalate?: readonly Escalation[]
  /** When nobody is found: refuse (default), pass the step, or give it to the initiator or to whoever manages the flows of the organisation. */
  readonly nobody?: 'fail' | 'skip' | 'initiator' | 'manager'
  /** When the person found is the initiator: keep (default), leave this person out, or give it to the superior instead. */
  readonly sameAsInitiator?: 'keep' | 'skip' | 'superior'
  /** Whoever has passed an earlier step of this case (`skip`), or the one directly before (`skip-next`), is left out; default keep. */
  readonly repeated?: 'keep' | 'skip' | 'skip-next'
  readonly form?: StepForm
  /** Replaces the flow's `may` for this step. */
  readonly may?: readonly May[]
}

/** A step in the branch of one department; unnamed it is called after the 会签: 部门会签·签署. */
export type BranchStep = Omit<StepOptions, 'reject'> & { readonly name?: string }

/** Where rules of steps in a branch of `departments` look from: `rule('org.head', { of: DEPARTMENT })`. */
export const DEPARTMENT = 'field:loop.item'

export type DepartmentsOptions = {
  /** The field of the record with the departments (or units): one branch for each, the first one leads under `decide: 'lead'`. */
  readonly of: string
  /** Who takes it in for the department. */
  readonly receive: BranchStep
  /** With it, whoever takes it in may pass it on to people of the department, who prepare it before it is signed. */
  readonly assign?: Omit<BranchStep, 'by'>
  /** Who speaks for the department. */
  readonly sign: BranchStep
  /**
   * How the departments decide together, as soon as it is certain; without it all are heard and the flow goes on. `in-turn`: one department after the other.
   * A rejection leaves by an edge `on: 'reject'`, else it ends the case.
   */
  readonly decide?: Decide
}

export type StepNode = StepOptions & { readonly kind: 'approval' | 'task'; readonly name: string }
export type FlowNode =
  | StepNode
  | { readonly kind: 'start'; readonly name: string; readonly form?: StepForm; readonly may?: readonly May[] }
  | { readonly kind: 'end'; readonly name: string; readonly outcome: string }
  | { readonly kind: 'waiting'; readonly name: string; readonly until: string }
  | { readonly kind: 'call'; readonly name: string; readonly does: string }
  | (DepartmentsOptions & { readonly kind: 'departments'; readonly name: string })
  | { readonly kind: 'parallel' | 'inclusive' | 'choice'; readonly name: string }

/** The initiator's own step: filling in and submitting the form. */
export const start = (name: string, options: { readonly form?: StepForm; readonly may?: readonly May[] } = {}): FlowNode => ({ kind: 'start', name, ...options })
/** A step that approves or rejects. */
export const approval = (name: string, options: StepOptions): FlowNode => ({ kind: 'approval', name, ...options })
/** A step of work that is simply done. */
export const task = (name: string, options: StepOptions): FlowNode => ({ kind: 'task', name, ...options })
/** 会签 by departments: each chosen department receives it, may assign it to its own people, and signs; 退回 inside a branch stays in the department. */
export const departments = (name: string, options: DepartmentsOptions): FlowNode => ({ kind: 'departments', name, ...options })
/** Waits until the time in a field, e.g. `period.end`. */
export const waiting = (name: string, options: { readonly until: string }): FlowNode => ({ kind: 'waiting', name, ...options })
/** Calls a named server function in the same transaction. */
export const call = (name: string, does: string): FlowNode => ({ kind: 'call', name, does })
/** A named end; `outcome` becomes the outcome of the case. The plain end needs no node: `['x', 'end']`. */
export const end = (name: string, outcome: string): FlowNode => ({ kind: 'end', name, outcome })
/** All outgoing branches at once, or the place where all incoming branches meet. */
export const parallel = (name: string): FlowNode => ({ kind: 'parallel', name })
/** Every branch whose condition holds, or the place where those branches meet. */
export const inclusive = (name: string): FlowNode => ({ kind: 'inclusive', name })
/** The first branch whose condition holds, or the place where alternatives meet. */
export const choice = (name: string): FlowNode => ({ kind: 'choice', name })

export type EdgeOptions = {
  /** Condition over the record's fields. */
  readonly when?: Condition
  /** Outcome of the step before, e.g. 'reject'. */
  readonly on?: string
  /** Named server function called on the way. */
  readonly does?: string
  readonly label?: string
}
export type FlowEdge<N extends string = string> = readonly [from: N, to: N | 'end'] | readonly [from: N, to: N | 'end', options: EdgeOptions]

export type FlowOptions = {
  readonly may?: readonly May[]
  readonly title?: string
  /** State of the record once a node is entered; the ends are `end:<outcome>`, `end` for any other, `terminated` and `void`. */
  readonly states?: Readonly<Record<string, string>>
  /** Named server function called when a case is terminated or made void; it may still refuse. */
  readonly aborted?: string
}
export type Flow<N extends string = string> = {
  readonly kind: 'flow'
  readonly entity: string
  readonly title: string
  readonly nodes: Readonly<Record<N, FlowNode>>
  readonly edges: readonly FlowEdge<N>[]
  readonly may: readonly May[]
  readonly states: Readonly<Record<string, string>>
  readonly aborted?: string
}

/**
 * Declares the flow of an entity. The order of edges leaving a step is the order in which their conditions are tried; an edge without
 * condition is the default. A wrong node name in an edge is a type error on that edge.
 */
export function flow<const N extends string>(
  entity: { readonly name: string; readonly title?: string },
  nodes: Readonly<Record<N, FlowNode>>,
  edges: readonly FlowEdge<NoInfer<N>>[],
  options: FlowOptions = {},
): Flow<N> {
  const title = options.title ?? entity.title ?? entity.name
  return { kind: 'flow', entity: entity.name, title, nodes, edges, may: options.may ?? [], states: options.states ?? {}, ...(options.aborted !== undefined && { aborted: options.aborted }) }
}
