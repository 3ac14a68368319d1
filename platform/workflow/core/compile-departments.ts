import type { BranchStep, FlowEdge, FlowNode, StepNode } from '#kit/flow.ts'
import type { MultiNode, NodeId, SubNode } from './ir.ts'

type Departments = Extract<FlowNode, { kind: 'departments' }>
type Container = (Omit<MultiNode, 'in' | 'out'> | Omit<SubNode, 'in' | 'out'>) & { readonly in: readonly never[]; readonly out: readonly never[] }

/** What a 会签 by departments is made of: a repeated sub-process, and inside it the steps of one department with the ways between them. */
export type Branch = {
  readonly containers: readonly Container[]
  readonly steps: readonly (readonly [id: NodeId, step: StepNode, parent: NodeId])[]
  readonly edges: readonly FlowEdge[]
}

const none = { in: [], out: [] } as const

/** Whoever takes it in passes it on to people she chooses, or lets it be signed at once. */
const ROUTES = { direct: '直接送签', assign: '分办' } as const

export function branchOf(id: NodeId, node: Departments, takesReject: boolean): Branch {
  const { name, of, receive, assign, sign, decide } = node
  const ids = { body: `${id}/run`, receive: `${id}.receive`, assign: `${id}.assign`, sign: `${id}.sign` }
  const decision = decide === undefined ? {} : { decide: decide === 'in-turn' ? ('all' as const) : decide, reject: takesReject ? ('flow' as const) : ('end' as const) }
  const multi: Container = { id, name, ...none, element: null, kind: 'multi', body: ids.body, loop: { kind: 'each', inTurn: decide === 'in-turn', over: { field: of }, until: null }, ...decision }
  const body: Container = { id: ids.body, name, ...none, element: id, parent: id, kind: 'sub', starts: [ids.receive], transaction: false }
  const step = (kind: StepNode['kind'], given: BranchStep, what: string): StepNode => ({ ...given, kind, name: given.name ?? `${name}·${what}` })
  const routed = assign === undefined ? {} : { outcomes: Object.keys(ROUTES) }
  return {
    containers: [multi, body],
    steps: [
      [ids.receive, step('task', { ...receive, ...routed }, '接收'), ids.body],
      ...(assign === undefined ? [] : [[ids.assign, step('task', { ...assign, by: { kind: 'chosen' } }, '承办'), ids.body] as const]),
      [ids.sign, step('approval', sign, '签署'), ids.body],
    ],
    edges: assign === undefined ? [[ids.receive, ids.sign]] : [
      [ids.receive, ids.sign, { on: 'direct', label: ROUTES.direct }], [ids.receive, ids.assign, { on: 'assign', label: ROUTES.assign }], [ids.assign, ids.sign],
    ],
  }
}
