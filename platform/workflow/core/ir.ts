import type { Assign, Decide, DueField, Escalation, May, Span, StepForm, Timeout } from '#kit/flow.ts'
import type { Condition } from '#kit/where.ts'

/**
 * Intermediate form of a flow: immutable JSON, pinned by running cases through its hash.
 * Normal form: only gateways branch or join, a gateway does one of the two, every flow has one source and one target.
 */
export type NodeId = string
export type FlowId = string

type Common = {
  readonly id: NodeId
  readonly name: string
  readonly in: readonly FlowId[]
  readonly out: readonly FlowId[]
  /** Element of the model it stands for; missing: its own id; null: made by the compiler and not told in traces. */
  readonly element?: string | null
  /** The sub-process it lies in; missing: the process itself. */
  readonly parent?: NodeId
  /** Boundary events on it. */
  readonly attached?: readonly NodeId[]
  /** What undoes it once it is finished. */
  readonly compensation?: NodeId
}

export type TimerSpec =
  | { readonly kind: 'date'; readonly at: string }
  | { readonly kind: 'field'; readonly field: string }
  | { readonly kind: 'after'; readonly span: Span }
  /** `from`: the first time; missing: one span after it begins. */
  | { readonly kind: 'every'; readonly span: Span; readonly times: number | null; readonly from?: string }

/** What happens at an event. A timer without a time, a condition without a text: only triggered by hand. Names null: any. */
export type EventSpec =
  /** `key`: field of the record by whose value a message finds its case (BPMN 2.0, 8.4.2 correlation). */
  | { readonly type: 'message' | 'signal' | 'error' | 'escalation'; readonly name: string | null; readonly key?: string }
  | { readonly type: 'timer'; readonly at: TimerSpec | null }
  | { readonly type: 'conditional'; readonly when: Condition | null }
  | { readonly type: 'compensate'; readonly activity: NodeId | null }
  | { readonly type: 'cancel' | 'terminate' | 'none' }
export type EventType = EventSpec['type']

/** How often an activity runs: while a condition holds, or once for each item of a field (or n times), side by side or in turn. */
export type Loop =
  | { readonly kind: 'while'; readonly testBefore: boolean; readonly when: Condition | null; readonly most: number | null }
  | { readonly kind: 'each'; readonly inTurn: boolean; readonly over: { readonly field: string } | { readonly n: number }; readonly until: Condition | null }

/** A step done by persons; `start` is the initiator's own step, so that 退回 and 撤回 reach it like any other. */
export type HumanNode = Common & {
  readonly kind: 'start' | 'task'
  readonly by: Assign
  readonly decide: Decide
  /** The first outcome passes. */
  readonly outcomes: readonly string[]
  /** `flow`: an outgoing flow takes the rejection. */
  readonly reject: 'flow' | 'end' | 'initiator' | 'previous'
  readonly due: Span | DueField | null
  readonly remind: readonly Span[]
  readonly timeout: Timeout
  readonly escalate?: readonly Escalation[]
  readonly nobody: 'fail' | 'skip' | 'initiator' | 'manager'
  readonly sameAsInitiator: 'keep' | 'skip' | 'superior'
  /** Missing: keep. */
  readonly repeated?: 'skip' | 'skip-next'
  readonly may: readonly May[]
  readonly form: StepForm
  /** Only in an overlay: passed over in this case, or added to it. */
  readonly mark?: 'skipped' | 'added'
}
export type GatewayNode = Common & { readonly kind: 'exclusive' | 'parallel' | 'inclusive' }
export type WaitNode = Common & { readonly kind: 'wait'; readonly until: string }
export type CallNode = Common & { readonly kind: 'call'; readonly does: string }
export type EndNode = Common & { readonly kind: 'end'; readonly outcome: string | null }
/** Passes a token on: an event that starts or links (told as signalled), a task without work. */
export type PassNode = Common & { readonly kind: 'pass'; readonly signalled: boolean; readonly work?: boolean }
export type CatchNode = Common & { readonly kind: 'catch'; readonly event: EventSpec }
export type ThrowNode = Common & { readonly kind: 'throw'; readonly event: EventSpec }
export type BoundaryNode = Common & { readonly kind: 'boundary'; readonly host: NodeId; readonly interrupting: boolean; readonly event: EventSpec }
/** Waits for the first of the events its flows lead to. */
export type EventGatewayNode = Common & { readonly kind: 'events' }
/** A sub-process; with triggers an event sub-process of the container it lies in. */
export type SubNode = Common & {
  readonly kind: 'sub'
  readonly starts: readonly NodeId[]
  readonly transaction: boolean
  readonly triggers?: readonly { readonly start: NodeId; readonly event: EventSpec; readonly interrupting: boolean }[]
}
/** Runs its body several times. With `decide` the outcomes of the runs are voices, the first run the lead's, and the rest stop once the result is certain. */
export type MultiNode = Common & { readonly kind: 'multi'; readonly body: NodeId; readonly loop: Loop; readonly decide?: Decide; readonly reject?: 'flow' | 'end' }
export type IrNode =
  | HumanNode | GatewayNode | WaitNode | CallNode | EndNode | PassNode | CatchNode | ThrowNode | BoundaryNode | EventGatewayNode | SubNode | MultiNode

export type IrFlow = {
  readonly id: FlowId
  readonly from: NodeId
  readonly to: NodeId
  readonly when: Condition | null
  readonly on: string | null
  readonly label: string | null
  /** Whether it is the default of a gateway that names one; missing: it is if it has no condition. */
  readonly otherwise?: boolean
  readonly element?: string | null
}

/**
 * Place in the structure: which branch (the flow leaving the split) of which region (the id of its split). A sub-process
 * is a region with one branch, named by no text; the runs of a repeated activity are branches that only the running case knows (`*`).
 */
export type Place = { readonly region: NodeId; readonly branch: FlowId }

/** Single-entry / single-exit region between a parallel or inclusive split and its join; each branch enters the join by one flow. */
export type Region = {
  readonly split: NodeId
  readonly join: NodeId
  readonly branches: readonly { readonly out: FlowId; readonly into: FlowId; readonly nodes: readonly NodeId[] }[]
}

/**
 * What going back to a step cancels: only the own step (`own`), the own step inside one branch (`branch`), a whole parallel region, or a
 * sub-process (or repeated activity) that is left.
 */
export type Target = {
  readonly node: NodeId
  readonly cancels: 'own' | 'branch' | 'parallel' | 'sub'
  /** The split whose region is cancelled, or the sub-process that is left; null when the parallel part has no single join. */
  readonly region: NodeId | null
  /** Splits whose regions are opened again, with the results of the other branches kept. */
  readonly reopens: readonly NodeId[]
}

export type Structure = {
  readonly regions: Readonly<Record<NodeId, Region>>
  /** Join → split of its region. */
  readonly joins: Readonly<Record<NodeId, NodeId>>
  /** Node → places from the outermost region to the innermost; missing = top level. */
  readonly places: Readonly<Record<NodeId, readonly Place[]>>
  /** Parallel and inclusive gateways outside the regions above, with the nodes each can reach. */
  readonly free: Readonly<Record<NodeId, readonly NodeId[]>>
  /** Step → legal 退回 targets. */
  readonly targets: Readonly<Record<NodeId, readonly Target[]>>
  /** Containers (the process: no text) in which several tokens may live without a split. */
  readonly crowded?: readonly NodeId[]
  /** Event sub-processes. */
  readonly inner?: readonly NodeId[]
}

/** Who initiates a case that an event starts: a person in her main post, or whoever holds a post. */
export type Starter = { readonly person: string } | { readonly post: string }

/** `values`: what the record of a case that this event starts is filled in with. */
export type StartEvent = { readonly node: NodeId; readonly event: EventSpec; readonly initiator?: Starter; readonly values?: Readonly<Record<string, unknown>> }

export type IrGraph = {
  readonly id: string
  readonly title: string
  readonly start: NodeId
  readonly nodes: Readonly<Record<NodeId, IrNode>>
  readonly flows: Readonly<Record<FlowId, IrFlow>>
  /** Top-level fields of the record that conditions, waits and assignments read. */
  readonly reads: readonly string[]
  /** Element of the whole: the process or its pool. */
  readonly element?: string
  /** Events that start a case; missing: only `start`. */
  readonly starts?: readonly StartEvent[]
  /** Nodes without a way in, which start together with any start event. */
  readonly implicit?: readonly NodeId[]
  /** State of the record once a node is entered; missing: as the module says. */
  readonly states?: Readonly<Record<string, string>>
}

/** Format 1: one container with steps, gateways, waits and calls. Format 2 has everything of BPMN besides. */
export type Ir = IrGraph & { readonly format: 1 | 2; readonly structure: Structure }

export const isHuman = (node: IrNode): node is HumanNode => node.kind === 'start' || node.kind === 'task'
export const isGateway = (node: IrNode): node is GatewayNode => node.kind === 'exclusive' || node.kind === 'parallel' || node.kind === 'inclusive'
export const isConcurrent = (node: IrNode): node is GatewayNode => node.kind === 'parallel' || node.kind === 'inclusive'

/** The element of the model a node stands for; null when the compiler made it. */
export const elementOf = (node: { readonly id: string; readonly element?: string | null }): string | null => (node.element === undefined ? node.id : node.element)

/** Event sub-processes of a container; undefined: of the process. */
export const innerOf = (ir: Pick<IrGraph, 'nodes'>, container: NodeId | null): readonly SubNode[] =>
  Object.values(ir.nodes).filter((node): node is SubNode => node.kind === 'sub' && node.triggers !== undefined && (node.parent ?? null) === container)

/** Whether the server starts a case by itself when this occurs. */
export const startsCases = (event: EventSpec): boolean =>
  event.type === 'timer' ? event.at !== null && event.at.kind !== 'field' : (event.type === 'message' || event.type === 'signal') && event.name !== null
