import { followersOf } from './analyse.ts'
import { explore } from './explore.ts'
import { elementOf, innerOf, type Ir, type IrNode, isHuman, type NodeId } from './ir.ts'
import type { Finding, LintRule } from './lint.ts'

const finding = (rule: LintRule, level: Finding['level'], node: IrNode, message: string): Finding => ({ rule, level, place: elementOf(node) ?? node.id.replace(/\?(?:#\d+)?$/u, ''), message })

/** Checks that need the whole of BPMN: nested scopes, events, joins of any shape. */
export function lintBpmn(ir: Ir): readonly Finding[] {
  return [...reach(ir), ...joins(ir), ...events(ir)]
}

const told = (node: IrNode): boolean => node.element !== null

function closure(ir: Ir, from: readonly NodeId[]): ReadonlySet<NodeId> {
  const seen = new Set<NodeId>()
  const open = [...from]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue
    seen.add(id)
    open.push(...followersOf(ir, id))
    const undoing = ir.nodes[id]?.compensation
    if (undoing !== undefined) open.push(undoing)
  }
  return seen
}

/** An end: of a token that stops here, or of everything. */
const isEnd = (node: IrNode | undefined): boolean => node !== undefined && node.out.length === 0 && node.kind !== 'multi'

function reach(ir: Ir): readonly Finding[] {
  const begins = [ir.start, ...(ir.starts ?? []).map(({ node }) => node), ...(ir.implicit ?? []), ...innerOf(ir, null).map(({ id }) => id)]
  const reached = closure(ir, begins)
  return Object.values(ir.nodes).filter(told).flatMap((node) => {
    if (!reached.has(node.id)) return [finding('unreachable', 'error', node, `“${node.name}”无法从开始到达，请补充连线或删除`)]
    return [...closure(ir, [node.id])].some((id) => isEnd(ir.nodes[id])) ? [] : [finding('no-end', 'error', node, `从“${node.name}”无法到达结束，请检查连线`)]
  })
}

function joins(ir: Ir): readonly Finding[] {
  const containers = [null, ...Object.values(ir.nodes).filter(({ kind }) => kind === 'sub' || kind === 'multi').map(({ id }) => id)]
  return containers.flatMap((container) => {
    const { deadJoins, stuckJoins, endless } = explore(ir, container)
    const of = (ids: readonly NodeId[]): readonly IrNode[] => ids.flatMap((id) => ir.nodes[id] ?? [])
    return [
      ...of(deadJoins).map((node) => finding('join-never-fires', 'error', node, `“${node.name}”要等所有分支到达，但没有任何走法能让它们都到达，流程会永远停在这里`)),
      ...of(stuckJoins).map((node) => finding('join-may-wait', 'warning', node, `“${node.name}”在有的走法下等不齐分支，流程可能停在这里；请检查分支与汇合是否成对`)),
      ...of(endless).map((node) => finding('endless-tokens', 'error', node, `经过“${node.name}”后并行的办理会越来越多，没有止境；请检查回头的连线`)),
    ]
  })
}

function ancestors(ir: Ir, node: IrNode): readonly IrNode[] {
  const around = node.parent === undefined ? undefined : ir.nodes[node.parent]
  return around === undefined ? [] : [around, ...ancestors(ir, around)]
}

function events(ir: Ir): readonly Finding[] {
  return Object.values(ir.nodes).flatMap((node) => {
    const around = ancestors(ir, node)
    const inTransaction = around.some((one) => one.kind === 'sub' && one.transaction)
    if (node.kind === 'throw' && node.event.type === 'cancel' && !inTransaction) return [finding('no-transaction', 'error', node, `“${node.name}”取消事务，但它不在事务子流程中`)]
    if (node.kind === 'boundary' && node.event.type === 'cancel') {
      const host = ir.nodes[node.host]
      return host?.kind === 'sub' && host.transaction ? [] : [finding('no-transaction', 'error', node, `取消边界事件“${node.name}”只能附着在事务子流程上`)]
    }
    if (node.kind === 'throw' && node.event.type === 'error' && !catches(ir, node, around)) return [finding('uncaught-error', 'warning', node, `“${node.name}”抛出的错误没有任何环节处理，将按普通结束处理`)]
    if (node.kind === 'events' && node.out.some((flow) => ir.nodes[ir.flows[flow]?.to ?? '']?.kind !== 'catch')) return [finding('not-executable', 'error', node, `事件网关“${node.name}”之后只能是等待事件或接收任务`)]
    return isHuman(node) && node.parent !== undefined && node.kind === 'start' ? [finding('not-executable', 'error', node, `子流程“${node.name}”中不能有发起环节`)] : []
  })
}

function catches(ir: Ir, node: IrNode, around: readonly IrNode[]): boolean {
  const scopes = [...around.map(({ id }) => id), null]
  const inside = scopes.some((id) => innerOf(ir, id).some(({ triggers }) => triggers?.some(({ event }) => event.type === 'error') === true))
  return inside || around.some((one) => (one.attached ?? []).some((id) => {
    const boundary = ir.nodes[id]
    return boundary?.kind === 'boundary' && boundary.event.type === 'error'
  })) || node.out.length > 0
}
