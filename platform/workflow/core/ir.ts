import type { Assign, Decide, DueField, May, Span, StepForm } from '#kit/flow.ts'
import type { Condition } from '#kit/where.ts'

/**
 * Intermediate form of a flow: immutable JSON, pinned by running cases through its hash.
 * Normal form: only gateways branch or join, a gateway does one of the two, every flow has one source and one target.
 */
export type NodeId = string
export type FlowId = string

type Common = { readonly id: NodeId; readonly name: string; readonly in: readonly FlowId[]; readonly out: readonly FlowId[] }

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
  readonly timeout: 'remind' | 'pass' | 'reject'
  readonly nobody: 'fail' | 'skip' | 'initiator'
  readonly sameAsInitiator: 'keep' | 'skip'
  readonly may: readonly May[]
  readonly form: StepForm
}
export type GatewayNode = Common & { readonly kind: 'exclusive' | 'parallel' | 'inclusive' }
export type WaitNode = Common & { readonly kind: 'wait'; readonly until: string }
export type CallNode = Common & { readonly kind: 'call'; readonly does: string }
export type EndNode = Common & { readonly kind: 'end'; readonly outcome: string | null }
export type IrNode = HumanNode | GatewayNode | WaitNode | CallNode | EndNode

export type IrFlow = {
  readonly id: FlowId
  readonly from: NodeId
  readonly to: NodeId
  readonly when: Condition | null
  readonly on: string | null
  readonly label: string | null
}

/** Place in the structure: which branch (the flow leaving the split) of which region (the id of its split). */
export type Place = { readonly region: NodeId; readonly branch: FlowId }

/** Single-entry / single-exit region between a parallel or inclusive split and its join; each branch enters the join by one flow. */
export type Region = {
  readonly split: NodeId
  readonly join: NodeId
  readonly branches: readonly { readonly out: FlowId; readonly into: FlowId; readonly nodes: readonly NodeId[] }[]
}

/** What going back to a step cancels: only the own step (`own`), the own step inside one branch (`branch`), or a whole parallel region. */
export type Target = {
  readonly node: NodeId
  readonly cancels: 'own' | 'branch' | 'parallel'
  /** The split whose region is cancelled; null when the parallel part has no single join. */
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
}

export type IrGraph = {
  readonly id: string
  readonly title: string
  readonly start: NodeId
  readonly nodes: Readonly<Record<NodeId, IrNode>>
  readonly flows: Readonly<Record<FlowId, IrFlow>>
  /** Top-level fields of the record that conditions, waits and assignments read. */
  readonly reads: readonly string[]
}

export type Ir = IrGraph & { readonly format: 1; readonly structure: Structure }

export const isHuman = (node: IrNode): node is HumanNode => node.kind === 'start' || node.kind === 'task'
export const isGateway = (node: IrNode): node is GatewayNode => node.kind === 'exclusive' || node.kind === 'parallel' || node.kind === 'inclusive'
export const isConcurrent = (node: IrNode): node is GatewayNode => node.kind === 'parallel' || node.kind === 'inclusive'
