import type { IrNode, NodeId } from '../core/ir.ts'
import type { Build, Shell } from './shells.ts'
import { none } from './shells.ts'

/**
 * Several ways out of anything but a gateway become a gateway of their own: by outcomes a choice, by conditions an inclusive one, else all
 * of them; a parallel or inclusive gateway that joins and splits at once becomes two. These gateways are silent.
 */
export function inNormalForm(build: Build): void {
  for (const node of build.nodes.values()) {
    const out = build.links.filter((link) => link.from === node.id)
    const kind = splitBehind(node, out, build.links.filter((link) => link.to === node.id).length)
    if (kind === null) continue
    const id = freshId(build, `${node.id}?`)
    build.nodes.set(id, { id, name: node.name, kind, element: null, ...(node.parent === undefined ? {} : { parent: node.parent }), ...none })
    for (const link of out) build.links[build.links.indexOf(link)] = { ...link, from: id }
    build.links.push({ id: `${node.id}>${id}`, from: node.id, to: id, when: null, on: null, label: null, element: null })
  }
}

function splitBehind(node: Shell, out: readonly Build['links'][number][], ins: number): 'exclusive' | 'parallel' | 'inclusive' | null {
  if (node.kind === 'exclusive' || node.kind === 'events') return null
  if (node.kind === 'parallel' || node.kind === 'inclusive') return ins > 1 && out.length > 1 ? node.kind : null
  if (out.some((link) => link.on !== null)) return 'exclusive'
  const conditional = out.some((link) => link.when !== null)
  if (out.length < 2) return conditional ? 'exclusive' : null
  return conditional ? 'inclusive' : 'parallel'
}

function freshId(build: Build, wanted: NodeId): NodeId {
  let id = wanted
  for (let n = 2; build.nodes.has(id); n++) id = `${wanted}#${n}`
  return id
}

/** Nodes with the numbers of the flows into and out of them, in the order of the model. */
export function numbered(build: Build): Readonly<Record<NodeId, IrNode>> {
  const into = Map.groupBy(build.links, ({ to }) => to)
  const out = Map.groupBy(build.links, ({ from }) => from)
  return Object.fromEntries([...build.nodes.values()].map((node) => [node.id, {
    ...node, in: (into.get(node.id) ?? []).map(({ id }) => id), out: (out.get(node.id) ?? []).map(({ id }) => id),
  } satisfies IrNode]))
}
