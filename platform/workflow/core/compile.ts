import type { EdgeOptions, Flow, FlowEdge, FlowNode, StepNode } from '#kit/flow.ts'
import { analyse } from './analyse.ts'
import { type Branch, branchOf } from './compile-departments.ts'
import { fail } from './error.ts'
import type { HumanNode, Ir, IrFlow, IrGraph, IrNode, NodeId } from './ir.ts'
import { readsOf } from './reads.ts'

type Link = { readonly from: NodeId; readonly to: NodeId; readonly options: EdgeOptions }
type Unlinked = { readonly in: readonly never[]; readonly out: readonly never[] }
type Shell = IrNode & Unlinked
type HumanShell = HumanNode & Unlinked

const none = { in: [], out: [] } as const

/**
 * Compiles a flow definition to its IR: named ends, calls on edges, and a choice behind every step with several edges become nodes of
 * their own. Fails with `workflow.definition.invalid` when the definition has no single start or names an unknown node; everything
 * else is a finding of `lint`.
 */
export function compileFlow(definition: Flow): Ir {
  const nodes = new Map<NodeId, Shell>()
  const inside: FlowEdge[] = []
  for (const [id, node] of Object.entries<FlowNode>(definition.nodes)) {
    if (node.kind !== 'departments') nodes.set(id, shell(id, node, definition))
    else inside.push(...addBranch(nodes, id, node, definition))
  }
  const starts = [...nodes.values()].filter((node) => node.kind === 'start')
  const [start] = starts
  if (start === undefined || starts.length > 1) fail('workflow.definition.invalid', { message: '必须有且只有一个开始环节' })
  const links = withChoices(withCalls(linksOf(definition, inside, nodes), nodes), nodes)
  const flows = numbered(links)
  const graph: IrGraph = {
    id: definition.entity,
    title: definition.title,
    start: start.id,
    nodes: Object.fromEntries([...nodes.values()].map((node) => [node.id, { ...node, ...ends(node.id, flows) }])),
    flows: Object.fromEntries(flows.map((flow) => [flow.id, flow])),
    reads: readsOf([...nodes.values()], flows),
  }
  return { format: inside.length > 0 ? 2 : 1, ...graph, structure: analyse(graph) }
}

/** A 会签 by departments with its inner steps; answers the edges between these. A department that does not agree says so, and goes no other way for it. */
function addBranch(nodes: Map<NodeId, Shell>, id: NodeId, node: Extract<FlowNode, { kind: 'departments' }>, definition: Flow): Branch['edges'] {
  const { containers, steps, edges } = branchOf(id, node, takesReject(definition, id))
  const all: readonly Shell[] = [...containers, ...steps.map(([own, one, parent]): Shell => ({ ...step({ id: own, name: one.name, ...none }, one, definition, own), parent, reject: 'flow' }))]
  for (const one of all) {
    if (nodes.has(one.id)) fail('workflow.definition.invalid', { message: `环节标识“${one.id}”重复` })
    nodes.set(one.id, one)
  }
  return edges
}

const takesReject = (definition: Flow, id: NodeId): boolean => definition.edges.some(([from, , options]) => from === id && options?.on === 'reject')

function ends(id: NodeId, flows: readonly IrFlow[]): Pick<IrNode, 'in' | 'out'> {
  return { in: flows.filter((flow) => flow.to === id).map((flow) => flow.id), out: flows.filter((flow) => flow.from === id).map((flow) => flow.id) }
}

function shell(id: NodeId, node: Exclude<FlowNode, { kind: 'departments' }>, definition: Flow): Shell {
  const base = { id, name: node.name, ...none }
  switch (node.kind) {
    case 'approval':
    case 'task': return step(base, node, definition, id)
    case 'start': return { ...base, kind: 'start', ...work, by: { kind: 'initiator' }, outcomes: ['next'], reject: 'end', may: node.may ?? definition.may, form: node.form ?? {} }
    case 'end': return { ...base, kind: 'end', outcome: node.outcome }
    case 'waiting': return { ...base, kind: 'wait', until: node.until }
    case 'call': return { ...base, kind: 'call', does: node.does }
    case 'choice': return { ...base, kind: 'exclusive' }
    case 'parallel':
    case 'inclusive': return { ...base, kind: node.kind }
  }
}

const work = { decide: 'any', due: null, remind: [], timeout: 'remind', nobody: 'fail', sameAsInitiator: 'keep' } as const

function step(base: Pick<Shell, 'id' | 'name' | 'in' | 'out'>, node: StepNode, definition: Flow, id: NodeId): HumanShell {
  return {
    ...base,
    kind: 'task',
    by: node.by,
    decide: node.decide ?? work.decide,
    outcomes: node.outcomes ?? (node.kind === 'approval' ? ['approve', 'reject'] : ['next']),
    reject: takesReject(definition, id) ? 'flow' : (node.reject ?? 'end'),
    due: node.due ?? null,
    remind: node.remind ?? [],
    timeout: node.timeout ?? work.timeout,
    ...(node.escalate !== undefined && { escalate: node.escalate }),
    nobody: node.nobody ?? work.nobody,
    sameAsInitiator: node.sameAsInitiator ?? work.sameAsInitiator,
    ...(node.repeated !== undefined && node.repeated !== 'keep' && { repeated: node.repeated }),
    may: node.may ?? definition.may,
    form: node.form ?? {},
  }
}

function linksOf(definition: Flow, inside: readonly FlowEdge[], nodes: Map<NodeId, Shell>): readonly Link[] {
  if (!nodes.has('end') && definition.edges.some(([, to]) => to === 'end')) {
    nodes.set('end', { id: 'end', name: '结束', kind: 'end', outcome: null, ...none })
  }
  return [...definition.edges, ...inside].map(([from, to, options = {}]) => {
    const unknown = [from, to].find((id) => !nodes.has(id))
    if (unknown !== undefined) fail('workflow.definition.invalid', { message: `连线“${from} → ${to}”中的“${unknown}”不存在` })
    return { from, to, options }
  })
}

/** A call on an edge becomes a node on it; the edge's condition stays before the call. */
function withCalls(links: readonly Link[], nodes: Map<NodeId, Shell>): readonly Link[] {
  return links.flatMap((link) => {
    const { does, ...options } = link.options
    if (does === undefined) return [link]
    const id = freshId(nodes, `${link.from}>${link.to}:${does}`)
    nodes.set(id, { id, name: does, kind: 'call', does, ...none })
    return [{ from: link.from, to: id, options }, { from: id, to: link.to, options: {} }]
  })
}

/** Several edges leaving anything but a gateway are a choice; a gateway that joins and splits at once becomes two. */
function withChoices(links: readonly Link[], nodes: Map<NodeId, Shell>): readonly Link[] {
  const result = [...links]
  for (const node of nodes.values()) {
    const out = result.filter((link) => link.from === node.id)
    const joins = result.filter((link) => link.to === node.id).length > 1
    const mixed = (node.kind === 'parallel' || node.kind === 'inclusive') && joins
    const plain = node.kind !== 'exclusive' && node.kind !== 'parallel' && node.kind !== 'inclusive'
    const conditional = plain && out.some(({ options }) => options.when !== undefined || options.on !== undefined)
    if (!conditional && (out.length < 2 || !(mixed || plain))) continue
    const id = freshId(nodes, `${node.id}?`)
    nodes.set(id, { id, name: node.name, kind: mixed ? node.kind : 'exclusive', ...none, ...(node.parent === undefined ? {} : { parent: node.parent }) })
    for (const link of out) result[result.indexOf(link)] = { ...link, from: id }
    result.push({ from: node.id, to: id, options: {} })
  }
  return result
}

function freshId(taken: { has(id: string): boolean }, wanted: string): string {
  let id = wanted
  for (let n = 2; taken.has(id); n++) id = `${wanted}#${n}`
  return id
}

function numbered(links: readonly Link[]): readonly IrFlow[] {
  const taken = new Set<string>()
  return links.map(({ from, to, options }) => {
    const id = freshId(taken, `${from}>${to}`)
    taken.add(id)
    return { id, from, to, when: options.when ?? null, on: options.on ?? null, label: options.label ?? null }
  })
}
