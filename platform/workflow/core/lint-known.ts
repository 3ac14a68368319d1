import { isOrgRule, ruleProblems } from '#kit/assign-rules.ts'
import type { Assign } from '#kit/flow.ts'
import { followersOf } from './analyse.ts'
import { elementOf, type EventSpec, type HumanNode, type Ir, type IrNode, isHuman, type NodeId, startsCases } from './ir.ts'
import type { Finding, LintRule } from './lint.ts'
import type { FieldTypes } from './lint-types.ts'

/** What the business a model is for knows: names a model may use. */
export type Known = {
  readonly fields: FieldTypes
  /** Fields that hold persons. */
  readonly people: ReadonlySet<string>
  /** Fields that steps may hide. */
  readonly hideable: ReadonlySet<string>
  readonly rules: ReadonlySet<string>
  readonly services: ReadonlySet<string>
  /** Named places of the form in which opinions stand. */
  readonly areas: ReadonlySet<string>
  /** States of the record. */
  readonly states: ReadonlySet<string>
}

const at = (rule: LintRule, node: IrNode, message: string, level: Finding['level'] = 'error'): Finding => ({ rule, level, place: elementOf(node) ?? node.id, message: `“${node.name}”${message}` })

/** Finds names in a model that the business does not know, and ways back that lead nowhere. */
export function lintKnown(ir: Ir, known: Known): readonly Finding[] {
  return [...Object.values(ir.nodes).flatMap((node) => [...inNode(ir, node, known), ...timesOf(node, known)]), ...statesOf(ir, known), ...beginning(ir), ...triggers(ir)]
}

function inNode(ir: Ir, node: IrNode, known: Known): readonly Finding[] {
  if (isHuman(node)) return [...assigned(node, known), ...formOf(node, known), ...returns(ir, node)]
  if (node.kind === 'call' && !known.services.has(node.does)) return [at('unknown-service', node, `调用的服务“${node.does}”不存在`)]
  if (node.kind === 'multi' && node.loop.kind === 'each' && 'field' in node.loop.over && node.loop.over.field !== '') return field(node, node.loop.over.field, known, ['list', 'number'], '多次办理的范围')
  return []
}

const head = (name: string): string => name.split('.')[0] ?? name

/** A field that is used where it must hold one of some types. */
function field(node: IrNode, name: string, { fields }: Known, types: readonly FieldTypes[string][], what: string): readonly Finding[] {
  const type = fields[head(name)]
  if (type === undefined) return [at('unknown-field', node, `的${what}使用了不存在的字段“${name}”`)]
  return name.includes('.') || types.includes(type) ? [] : [at('wrong-type', node, `的${what}：字段“${name}”的类型不合适`)]
}

function assigned(node: HumanNode, known: Known): readonly Finding[] {
  return ruled(node, node.by, known)
}

/** Rules and fields named in an assignment, those inside others too. */
function ruled(node: HumanNode, by: Assign, known: Known): readonly Finding[] {
  if (by.kind === 'first' || by.kind === 'together') return by.of.flatMap((one) => ruled(node, one, known))
  if (by.kind === 'except') return [...ruled(node, by.from, known), ...ruled(node, by.without, known)]
  if (by.kind === 'pick') return ruled(node, by.from, known)
  if (by.kind === 'rule' && isOrgRule(by.name)) return ruleProblems(by.name, by.with).map((problem) => at('bad-settings', node, `的办理规则“${by.name}”：${problem}`))
  if (by.kind === 'rule' && by.name !== '' && !known.rules.has(by.name)) return [at('unknown-rule', node, `的办理规则“${by.name}”不存在`)]
  if (by.kind !== 'field' || by.field === '' || by.field.startsWith('loop.')) return []
  if (known.fields[head(by.field)] === undefined) return [at('unknown-field', node, `的办理人取自不存在的字段“${by.field}”`)]
  return known.people.has(by.field) ? [] : [at('wrong-type', node, `的办理人取自字段“${by.field}”，但它不是人员字段`)]
}

function formOf(node: HumanNode, known: Known): readonly Finding[] {
  const { edit = [], require = [], hide = [], area, hideAreas = [] } = node.form
  const unknown = [...new Set([...edit, ...require, ...hide])].filter((name) => known.fields[name] === undefined)
  const shown = hide.filter((name) => known.fields[name] !== undefined && !known.hideable.has(name))
  const nowhere = [...new Set([...(area === undefined ? [] : [area]), ...hideAreas])].filter((name) => !known.areas.has(name))
  return [
    ...nowhere.map((name) => at('unknown-area', node, `的意见域“${name}”不存在，该业务的意见域有：${[...known.areas].join('、') || '（无）'}`)),
    ...unknown.map((name) => at('unknown-field', node, `的表单权限使用了不存在的字段“${name}”`)),
    ...shown.map((name) => at('cannot-hide', node, `不能隐藏字段“${name}”：该业务未将它列为可隐藏字段`)),
  ]
}

/** Times that are read from fields. */
function timesOf(node: IrNode, known: Known): readonly Finding[] {
  const dates = ['date', 'object'] as const
  if (isHuman(node) && node.due !== null && 'field' in node.due) return field(node, node.due.field, known, dates, '办理时限')
  if (node.kind === 'wait') return field(node, node.until, known, dates, '等待时间')
  const events: readonly EventSpec[] = node.kind === 'catch' || node.kind === 'boundary' ? [node.event] : node.kind === 'sub' ? (node.triggers ?? []).map(({ event }) => event) : []
  const keyed: readonly EventSpec[] = node.kind === 'throw' ? [node.event] : events
  const keys = keyed.flatMap((event) => (event.type === 'message' && event.key !== undefined ? field(node, event.key, known, ['text', 'number', 'date'], '消息关联') : []))
  return [...keys, ...events.flatMap((event) => (event.type === 'timer' && event.at?.kind === 'field' ? field(node, event.at.field, known, ['date', 'object', 'text', 'number'], '时间') : []))]
}

/** Whether a token at a node can still come to an end. */
function hasWayOut(ir: Ir, from: NodeId): boolean {
  const seen = new Set<NodeId>()
  const open: NodeId[] = [from]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (seen.has(id)) continue
    seen.add(id)
    const node = ir.nodes[id]
    if (node !== undefined && node.out.length === 0 && node.kind !== 'multi') return true
    open.push(...followersOf(ir, id))
  }
  return false
}

/** 退回: every target must lead on to an end, and a step that sends back must have one. */
function returns(ir: Ir, node: HumanNode): readonly Finding[] {
  const sends = node.may.includes('return') || node.reject === 'previous' || node.reject === 'initiator'
  if (node.kind === 'start' || !sends) return []
  const targets = ir.structure.targets[node.id] ?? []
  if (targets.length === 0) return [at('no-return-target', node, '允许退回，但没有可以退回的环节', 'warning')]
  return targets.filter((target) => !hasWayOut(ir, target.node)).map((target) => at('return-trap', node, `可退回到“${ir.nodes[target.node]?.name ?? target.node}”，但从那里无法到达结束`))
}

const ENDINGS: ReadonlySet<string> = new Set(['end', 'terminated', 'void'])

function statesOf(ir: Ir, known: Known): readonly Finding[] {
  const wrong = (message: string): Finding => ({ rule: 'unknown-state', level: 'error', place: ir.element ?? ir.id, message })
  return Object.entries(ir.states ?? {}).flatMap(([node, state]) => [
    ...(known.states.has(state) ? [] : [wrong(`流程的业务状态“${state}”不存在`)]),
    ...(ir.nodes[node] !== undefined || ENDINGS.has(node) || node.startsWith('end:') ? [] : [wrong(`业务状态对应的环节“${node}”不存在`)]),
  ])
}

/** Without a step of the initiator's nobody can send a case back to who began it. */
function beginning(ir: Ir): readonly Finding[] {
  const node = ir.nodes[ir.start]
  return node === undefined || node.kind === 'start' ? [] : [at('no-initiator-step', node, '不是发起环节，流程不能退回发起人；请在开始事件上设置办理设置', 'warning')]
}

/** Events that start a case need somebody who initiates it; what nothing on the server brings about is told. */
const triggers = (ir: Ir): readonly Finding[] => (ir.starts ?? []).flatMap(({ node, event, initiator }) => {
  const start = ir.nodes[node]
  if (start === undefined || event.type === 'none') return []
  if (event.type === 'timer' && event.at?.kind === 'field') return [at('bad-timer', start, '的时间取自字段，但启动前还没有事项，请改用日期、时长或周期')]
  if (!startsCases(event)) return [at('no-trigger', start, '不会由定时、消息或信号自动启动，事项只能由人工发起', 'warning')]
  return initiator === undefined ? [at('no-start-initiator', start, '会自动启动事项，但没有设置以谁的名义发起，请在办理设置中写明发起人（initiator）')] : []
})
