import type { ModdleElement } from 'bpmn-moddle'
import type { May } from '#kit/flow.ts'
import type { EventSpec, IrFlow, IrNode, Loop, NodeId } from '../core/ir.ts'
import type { Finding } from '../core/lint.ts'
import { definitionOf, eventSpec } from './events.ts'
import type { Findings } from './findings.ts'
import { idOf, kindOf, nameOf, partOf, textOf } from './parts.ts'
import { conditionIn, settingsOf, workOf } from './steps.ts'

/** A node before its flows are numbered. */
export type Shell = IrNode & { readonly in: readonly never[]; readonly out: readonly never[] }
export type Link = IrFlow

/** What is gathered of one process while it is read. */
export type Build = {
  readonly nodes: Map<NodeId, Shell>
  readonly links: Link[]
  readonly findings: Findings
  readonly may: readonly May[]
  /** Processes of the file by id, for call activities. */
  readonly processes: ReadonlyMap<string, ModdleElement>
}

/** Where an element lies: its sub-process, what goes before ids of a called process, and the steps with a flow for rejections. */
export type Within = { readonly parent: NodeId | null; readonly prefix: string; readonly calls: readonly string[]; readonly rejecting: ReadonlySet<string> }

export const none = { in: [], out: [] } as const

export function baseOf(element: ModdleElement, id: NodeId, { parent, prefix }: Within): Pick<Shell, 'id' | 'name' | 'in' | 'out' | 'parent' | 'element'> {
  return { id, name: nameOf(element), ...none, ...(parent === null ? {} : { parent }), ...(prefix === '' && id === idOf(element) ? {} : { element: idOf(element) }) }
}

/** How often an activity runs; null for once. */
export function loopOf(element: ModdleElement, findings: Findings): Loop | null {
  const loop = partOf(element, 'loopCharacteristics')
  if (loop === null) return null
  const given = settingsOf(element, findings)
  if (kindOf(loop) === 'StandardLoopCharacteristics') {
    const most = Number(loop['loopMaximum'])
    const when = conditionIn(loop, textOf(partOf(loop, 'loopCondition') ?? loop, 'body'), findings)
    return { kind: 'while', testBefore: loop['testBefore'] === true, when, most: Number.isInteger(most) && most >= 0 ? most : null }
  }
  const text = textOf(partOf(loop, 'loopCardinality') ?? loop, 'body')
  const over = typeof given['each'] === 'string' ? given['each'] : (text?.replace(/^\s*[$#]\{(.*)\}\s*$/u, '$1').trim() ?? null)
  const until = conditionIn(loop, textOf(partOf(loop, 'completionCondition') ?? loop, 'body'), findings)
  if (over === null) findings.add('no-items', idOf(element), `“${nameOf(element)}”要多次办理，但没有设置次数或列表字段`)
  return { kind: 'each', inTurn: loop['isSequential'] === true, over: over !== null && /^\d+$/u.test(over) ? { n: Number(over) } : { field: over ?? '' }, until }
}

/** A task, event or gateway as a node; null for what is no node of its own (a compensation event on a boundary, data). */
export function simpleShell(build: Build, element: ModdleElement, id: NodeId, within: Within): Shell | null {
  const base = baseOf(element, id, within)
  switch (kindOf(element)) {
    case 'StartEvent': return startShell(build, element, base, within)
    case 'EndEvent': return endShell(build, element, base)
    case 'IntermediateThrowEvent': return passes(element) ? { ...base, kind: 'pass', signalled: false } : { ...base, kind: 'throw', event: eventSpec(element, build.findings) }
    case 'IntermediateCatchEvent': {
      const { kind, until } = settingsOf(element, build.findings)
      if (kind === 'wait' && typeof until === 'string') return { ...base, kind: 'wait', until }
      return isLink(element) ? { ...base, kind: 'pass', signalled: true } : { ...base, kind: 'catch', event: eventSpec(element, build.findings) }
    }
    case 'BoundaryEvent': return boundaryShell(build, element, base, within)
    case 'ExclusiveGateway': return { ...base, kind: 'exclusive' }
    case 'ParallelGateway': return { ...base, kind: 'parallel' }
    case 'InclusiveGateway': return { ...base, kind: 'inclusive' }
    case 'EventBasedGateway': {
      if (element['eventGatewayType'] === 'Parallel') return refused(build, element, { ...base, kind: 'events' }, '并行的事件网关不能执行')
      return { ...base, kind: 'events' }
    }
    case 'ComplexGateway': return refused(build, element, { ...base, kind: 'exclusive' }, '复杂网关不能执行，请改用排他、并行或包容网关')
    default: return taskShell(build, element, base, within)
  }
}

type Base = ReturnType<typeof baseOf>

function refused(build: Build, element: ModdleElement, shell: Shell, message: string, rule: Finding['rule'] = 'not-executable'): Shell {
  build.findings.add(rule, idOf(element), `“${nameOf(element)}”：${message}`)
  return shell
}

const isLink = (element: ModdleElement): boolean => definitionOf(element)?.$type === 'bpmn:LinkEventDefinition'
const passes = (element: ModdleElement): boolean => definitionOf(element) === null || isLink(element)

/** The initiator's own step when it has settings of ours, else an event that occurs. */
function startShell(build: Build, element: ModdleElement, base: Base, { parent }: Within): Shell {
  const settings = settingsOf(element, build.findings)
  if (parent === null && definitionOf(element) === null && Object.keys(settings).length > 0) return { ...base, kind: 'start', ...workOf(element, 'start', false, build.may, build.findings) }
  return { ...base, kind: 'pass', signalled: true }
}

function endShell(build: Build, element: ModdleElement, base: Base): Shell {
  const { outcome } = settingsOf(element, build.findings)
  if (definitionOf(element) === null) return { ...base, kind: 'end', outcome: typeof outcome === 'string' ? outcome : null }
  return { ...base, kind: 'throw', event: eventSpec(element, build.findings) }
}

function boundaryShell(build: Build, element: ModdleElement, base: Base, { prefix }: Within): Shell | null {
  const event: EventSpec = eventSpec(element, build.findings)
  const host = partOf(element, 'attachedToRef')
  if (host === null) return refused(build, element, { ...base, kind: 'pass', signalled: true }, '没有附着在任何活动上')
  if (event.type === 'compensate') return null
  const interrupting = element['cancelActivity'] !== false || event.type === 'error' || event.type === 'cancel'
  return { ...base, kind: 'boundary', host: `${prefix}${idOf(host)}`, interrupting, event }
}

function taskShell(build: Build, element: ModdleElement, base: Base, { rejecting }: Within): Shell | null {
  const settings = settingsOf(element, build.findings)
  const kind = kindOf(element)
  if (!/Task$|^CallActivity$/u.test(kind)) return null
  if (typeof settings['does'] === 'string') return { ...base, kind: 'call', does: settings['does'] }
  if (kind === 'UserTask' || settings['by'] !== undefined) return { ...base, kind: 'task', ...workOf(element, 'task', rejecting.has(idOf(element)), build.may, build.findings) }
  if (kind === 'ReceiveTask') return { ...base, kind: 'catch', event: eventSpec(element, build.findings) }
  if (kind === 'SendTask') return { ...base, kind: 'throw', event: eventSpec(element, build.findings) }
  const pass: Shell = { ...base, kind: 'pass', signalled: false, work: true }
  switch (kind) {
    case 'ScriptTask': return refused(build, element, pass, '不执行脚本，请改为服务任务')
    case 'ServiceTask':
    case 'BusinessRuleTask': return refused(build, element, pass, '没有设置要调用的服务', 'no-service')
    case 'CallActivity': return refused(build, element, pass, '调用的流程不在该文件中，也没有设置要调用的服务', 'no-service')
    default: return pass
  }
}

/** A sequence flow with its condition; `otherwise` is told only where the model names a default. */
export function linkOf(build: Build, flow: ModdleElement, { prefix }: Within): Link | null {
  const [from, to] = [partOf(flow, 'sourceRef'), partOf(flow, 'targetRef')]
  if (from === null || to === null) {
    const end = from ?? to
    build.findings.add('loose-flow', idOf(flow), end === null ? `连线“${nameOf(flow)}”没有连接两端` : from === null ? `到“${nameOf(end)}”的连线没有起点，请连接好或删除` : `从“${nameOf(end)}”出发的连线没有终点，请连接好或删除`)
    return null
  }
  const { on } = settingsOf(flow, build.findings)
  const standard = partOf(from, 'default')
  const condition = partOf(flow, 'conditionExpression')
  const isDefault = standard !== null && idOf(standard) === idOf(flow)
  return {
    id: `${prefix}${idOf(flow)}`, from: `${prefix}${idOf(from)}`, to: `${prefix}${idOf(to)}`, on: typeof on === 'string' ? on : null, label: textOf(flow, 'name'),
    when: isDefault ? null : conditionIn(flow, condition === null ? null : textOf(condition, 'body'), build.findings),
    ...(standard === null ? {} : { otherwise: isDefault }), ...(prefix === '' ? {} : { element: idOf(flow) }),
  }
}

