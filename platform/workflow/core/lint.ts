import { ruleProblems, stepOfRule } from '#kit/assign-rules.ts'
import type { Assign } from '#kit/flow.ts'
import { reachable } from './analyse.ts'
import { must } from './error.ts'
import { type Ir, type IrNode, isHuman, type NodeId } from './ir.ts'
import { lintBpmn } from './lint-bpmn.ts'
import { type FieldTypes, lintTypes } from './lint-types.ts'

export type LintRule =
  | 'unreachable' | 'no-end' | 'dead-end' | 'split-bypasses-join' | 'join-without-split' | 'no-assignee' | 'unknown-step' | 'duplicate-name' | 'duplicate-edge'
  | 'automatic-loop' | 'no-default' | 'unknown-outcome' | 'bad-settings' | 'bad-expression' | 'bad-timer' | 'no-time' | 'no-items' | 'not-executable' | 'no-service'
  | 'loose-flow' | 'loose-link' | 'endless-call' | 'no-trigger' | 'no-start' | 'join-never-fires' | 'join-may-wait' | 'endless-tokens' | 'no-transaction'
  | 'uncaught-error' | 'wrong-type' | 'duplicate-id' | 'unreadable' | 'unknown-reference' | 'unknown-field' | 'unknown-rule' | 'unknown-service' | 'unknown-person'
  | 'unknown-state' | 'cannot-hide' | 'return-trap' | 'no-return-target' | 'no-initiator-step' | 'several-processes' | 'no-form-version' | 'bad-rule' | 'no-limit'
  | 'unknown-area' | 'no-start-initiator' | 'no-start-value' | 'bad-start-value'

/** A problem of a definition, told to its author. Errors block publishing. */
export type Finding = { readonly rule: LintRule; readonly level: 'error' | 'warning'; readonly place: NodeId; readonly message: string }

/** Checks a compiled flow before it is published; with the types of the record's fields also what its conditions compare. */
export function lint(ir: Ir, fields: FieldTypes | null = null): readonly Finding[] {
  const shape = ir.format === 1 ? [...ways(ir), ...concurrency(ir)] : lintBpmn(ir)
  return [...shape, ...people(ir), ...times(ir), ...names(ir), ...loops(ir), ...choices(ir), ...(fields === null ? [] : lintTypes(ir, fields))]
}

const error = (rule: LintRule, place: NodeId, message: string): Finding => ({ rule, level: 'error', place, message })
const warning = (rule: LintRule, place: NodeId, message: string): Finding => ({ rule, level: 'warning', place, message })
const nodesOf = (ir: Ir): readonly IrNode[] => Object.values(ir.nodes)

function ways(ir: Ir): readonly Finding[] {
  const reached = reachable(ir, must(ir.nodes[ir.start], 'start').out)
  return nodesOf(ir).flatMap((node) => {
    if (node.id !== ir.start && !reached.has(node.id)) return [error('unreachable', node.id, `“${node.name}”无法从开始环节到达，请补充连线或删除该环节`)]
    if (node.kind === 'end') return []
    if (node.out.length === 0) return [error('dead-end', node.id, `“${node.name}”之后没有环节，请连接到下一环节或结束`)]
    const ends = [...reachable(ir, node.out)].some((id) => ir.nodes[id]?.kind === 'end')
    return ends ? [] : [error('no-end', node.id, `从“${node.name}”无法到达结束，请检查连线`)]
  })
}

function concurrency(ir: Ir): readonly Finding[] {
  return Object.keys(ir.structure.free).flatMap((id) => {
    const node = must(ir.nodes[id], id)
    if (node.out.length > 1) return [error('split-bypasses-join', id, `“${node.name}”分出的分支没有在同一处汇合，或有分支可以绕过汇合；请让每个分支以一条连线进入同一个汇合`)]
    if (node.in.length > 1) return [error('join-without-split', id, `“${node.name}”汇合的分支不是由同一处分出的，可能永远等待；请检查分支与汇合是否成对`)]
    return []
  })
}

function people(ir: Ir): readonly Finding[] {
  return nodesOf(ir).filter(isHuman).flatMap((node) => [node.by, ...(node.escalate ?? []).flatMap(({ to }) => to ?? [])].flatMap((by) => peopleIn(ir, node, by)))
}

function peopleIn(ir: Ir, node: IrNode, by: Assign): readonly Finding[] {
  return [
    ...(isUnassigned(by) ? [error('no-assignee', node.id, `“${node.name}”没有设置办理人`)] : []),
    ...partsOf(by).flatMap((one) => stepsOf(one)).filter((id) => !ir.nodes[id]).map((id) => error('unknown-step', node.id, `“${node.name}”的办理人取自环节“${id}”，但该环节不存在`)),
    ...partsOf(by).flatMap((one) => (one.kind === 'rule' ? ruleProblems(one.name, one.with) : [])).map((problem) => error('bad-rule', node.id, `“${node.name}”的办理人设置有误：${problem}`)),
  ]
}

/** An assignment and all it is made of. */
export function partsOf(by: Assign): readonly Assign[] {
  switch (by.kind) {
    case 'first':
    case 'together': return [by, ...by.of.flatMap(partsOf)]
    case 'except': return [by, ...partsOf(by.from), ...partsOf(by.without)]
    case 'pick': return [by, ...partsOf(by.from)]
    default: return [by]
  }
}

/** Steps whose doers an assignment looks at. */
function stepsOf(by: Assign): readonly NodeId[] {
  const step = by.kind === 'doer' ? by.node : by.kind === 'rule' ? stepOfRule(by.with) : null
  return step === null ? [] : [step]
}

function isUnassigned(by: Assign): boolean {
  switch (by.kind) {
    case 'rule': return by.name === ''
    case 'field': return by.field === ''
    case 'persons': return by.persons.length === 0
    case 'first':
    case 'together': return by.of.length === 0 || by.of.some(isUnassigned)
    case 'except': return isUnassigned(by.from) || isUnassigned(by.without)
    case 'pick': return isUnassigned(by.from)
    case 'initiator':
    case 'previous':
    case 'doer':
    case 'chosen': return false
  }
}

/** Times that cannot work: a chain without a limit, a limit that moves the case nowhere. */
function times(ir: Ir): readonly Finding[] {
  return nodesOf(ir).filter(isHuman).flatMap(({ id, name, due, timeout, escalate }) => {
    const target = typeof timeout === 'object' ? ir.nodes[timeout.move] : null
    const nowhere = target === undefined || (target !== null && (target.kind === 'parallel' || target.kind === 'inclusive' || target.id === id))
    return [
      ...(escalate !== undefined && due === null ? [error('no-limit', id, `“${name}”设置了超期升级，但没有办理期限`)] : []),
      ...(nowhere ? [error('unknown-step', id, `“${name}”超期后要转到的环节不存在或不能办理`)] : []),
    ]
  })
}

function names(ir: Ir): readonly Finding[] {
  const steps = Map.groupBy(nodesOf(ir).filter(isHuman), (node) => node.name)
  const edges = Map.groupBy(Object.values(ir.flows), ({ from, to, when, on }) => JSON.stringify([from, to, when, on]))
  return [
    ...[...steps.values()].flatMap(([, ...more]) => more.map((node) => warning('duplicate-name', node.id, `有多个环节名为“${node.name}”，办理人难以区分，请改名`))),
    ...[...edges.values()].flatMap(([, ...more]) => more.map((flow) => error('duplicate-edge', flow.from, `“${nameOf(ir, flow.from)}”到“${nameOf(ir, flow.to)}”有重复的连线`))),
  ]
}

const nameOf = (ir: Ir, id: NodeId): string => ir.nodes[id]?.name ?? id

/** A cycle in which no person and no time ever stops the case. */
function loops(ir: Ir): readonly Finding[] {
  const automatic = (node: IrNode): boolean => !isHuman(node) && node.kind !== 'wait' && node.kind !== 'catch' && node.kind !== 'events' && !waitsInside(ir, node)
  const onward = (id: NodeId): readonly NodeId[] =>
    must(ir.nodes[id], id).out.map((flow) => must(ir.flows[flow], flow).to).filter((to) => automatic(must(ir.nodes[to], to)))
  const comesBack = (start: NodeId): boolean => {
    const seen = new Set<NodeId>()
    const open = [...onward(start)]
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (id === start) return true
      if (seen.has(id)) continue
      seen.add(id)
      open.push(...onward(id))
    }
    return false
  }
  const looping = nodesOf(ir).filter((node) => node.element !== null && automatic(node) && comesBack(node.id))
  return looping.map((node) => error('automatic-loop', node.id, `“${node.name}”处于没有人工环节的循环中，会无限自动流转`))
}

/** Whether a person or an event may stop the case inside a sub-process or repeated activity. */
const waitsInside = (ir: Ir, around: IrNode): boolean => (around.kind === 'sub' || around.kind === 'multi') && nodesOf(ir).some((node) =>
  node.parent === around.id && (isHuman(node) || node.kind === 'wait' || node.kind === 'catch' || node.kind === 'events' || waitsInside(ir, node)))

/** The element a finding points at; a choice the compiler made is named by what it stands behind. */
const placeOf = (node: IrNode): string => (node.element === null ? node.id.replace(/\?(?:#\d+)?$/u, '') : node.id)

function choices(ir: Ir): readonly Finding[] {
  return nodesOf(ir).filter((node) => node.kind === 'exclusive' || node.kind === 'inclusive').flatMap((node) => {
    const flows = node.out.map((id) => must(ir.flows[id], id))
    const before = node.in.map((id) => must(ir.nodes[must(ir.flows[id], id).from], id)).filter(isHuman)
    const outcomes = new Set(before.flatMap((one) => one.outcomes))
    const wrong = flows.filter((flow) => flow.on !== null && before.length === node.in.length && !outcomes.has(flow.on))
    const leaving = new Set(before.flatMap((one) => one.outcomes.filter((outcome) => outcome !== 'reject' || one.reject === 'flow')))
    const covered = leaving.size > 0 && [...leaving].every((outcome) => flows.some((flow) => flow.when === null && flow.on === outcome))
    const open = flows.length > 0 && !covered && flows.every((flow) => flow.when !== null || flow.on !== null)
    return [
      ...wrong.map((flow) => error('unknown-outcome', placeOf(node), `“${node.name}”之后的连线使用了不存在的办理结果“${flow.on}”`)),
      ...(open ? [warning('no-default', placeOf(node), `“${node.name}”之后的分支都有条件，条件均不满足时流程无法继续；请留一条无条件的连线`)] : []),
    ]
  })
}
