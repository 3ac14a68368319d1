import type { Ir, NodeId } from './ir.ts'

/**
 * How the steps of a running case are found in another version of its flow. A node that is neither renamed nor moved keeps its id.
 * `moved`: whoever stands there goes to another step, which begins anew. `added`: whether a branch that the other version adds to a
 * parallel part under way begins now, or counts as done.
 */
export type MigrationPlan = {
  readonly renamed: Readonly<Record<NodeId, NodeId>>
  readonly moved: Readonly<Record<NodeId, NodeId>>
  readonly added: 'start' | 'skip'
}

/** A plan with both versions, as the parts of a migration look at it. */
export type Mapping = { readonly from: Ir; readonly to: Ir; readonly plan: MigrationPlan }

/** Where a node of the old version is in the new one; undefined: nowhere. */
export function imageOf({ to, plan }: Mapping, node: NodeId): NodeId | undefined {
  const image = plan.moved[node] ?? plan.renamed[node] ?? node
  return to.nodes[image] === undefined ? undefined : image
}

/** What a node is called to people. */
export const nameIn = (ir: Ir, node: NodeId): string => ir.nodes[node]?.name ?? node
