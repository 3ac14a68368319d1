import type { ModdleElement } from 'bpmn-moddle'
import { analyse } from '../core/analyse.ts'
import { fail, must } from '../core/error.ts'
import type { Ir, IrGraph, MultiNode, NodeId, StartEvent } from '../core/ir.ts'
import type { Finding } from '../core/lint.ts'
import { readsOf } from '../core/reads.ts'
import { definitionOf, eventSpec, startedBy } from './events.ts'
import { Findings } from './findings.ts'
import { inNormalForm, numbered } from './normal.ts'
import { idOf, kindOf, listOf, nameOf, partOf, textOf } from './parts.ts'
import type { BpmnModel } from './read.ts'
import { baseOf, type Build, linkOf, loopOf, type Shell, simpleShell, type Within } from './shells.ts'
import { isDecide, mayOf, settingsOf } from './steps.ts'

export type MessageFlow = { readonly id: string; readonly from: string; readonly to: string }
export type CompiledModel = { readonly irs: readonly Ir[]; readonly messageFlows: readonly MessageFlow[]; readonly findings: readonly Finding[] }

/** Most nodes of one process, called processes included. */
const MOST_NODES = 2000

/** Compiles every process of a model to its IR. What cannot run is a finding at its element; only a model without any process is refused. */
export function compileBpmn(model: BpmnModel): CompiledModel {
  const roots = listOf(model.definitions, 'rootElements')
  const processes = new Map(roots.filter((root) => kindOf(root) === 'Process').map((process) => [idOf(process), process]))
  const collaborations = roots.filter((root) => kindOf(root) === 'Collaboration')
  const pools = new Map(collaborations.flatMap((one) => listOf(one, 'participants')).map((pool) => [idOf(partOf(pool, 'processRef') ?? pool), idOf(pool)]))
  const findings = new Findings()
  for (const warning of model.warnings) addWarning(findings, warning, idOf(model.definitions))
  if (processes.size === 0 && collaborations.length === 0) fail('workflow.bpmn.invalid', { message: '模型中没有流程' })
  const irs = [...processes.values()].filter((process) => listOf(process, 'flowElements').length > 0).flatMap((process) => compileProcess(process, processes, pools.get(idOf(process)), findings) ?? [])
  const flows = collaborations.flatMap((one) => listOf(one, 'messageFlows')).map((flow) => ({ id: idOf(flow), from: idOf(partOf(flow, 'sourceRef') ?? flow), to: idOf(partOf(flow, 'targetRef') ?? flow) }))
  return { irs, messageFlows: flows, findings: findings.all }
}

const areTexts = (value: unknown): value is Readonly<Record<string, string>> => typeof value === 'object' && value !== null && Object.values(value).every((one) => typeof one === 'string')

/** What bpmn-moddle passed over: elements it could not place would be missing when the process runs. */
function addWarning(findings: Findings, warning: string, root: string): void {
  const duplicate = /duplicate ID <([^>]+)>/u.exec(warning)?.[1]
  const [element, reference] = [/^unparsable content <([^>]+)>/u.exec(warning)?.[1], /^unresolved reference <([^>]+)>/u.exec(warning)?.[1]]
  if (duplicate !== undefined) findings.add('duplicate-id', duplicate, `标识“${duplicate}”重复，请为每个元素使用不同的标识`)
  else if (element !== undefined) findings.add('unreadable', root, `模型中的“${element}”无法识别`)
  else if (reference !== undefined) findings.add('unknown-reference', root, `模型引用了不存在的“${reference}”`, 'warning')
}

function compileProcess(process: ModdleElement, processes: Build['processes'], pool: string | undefined, findings: Findings): Ir | null {
  const build: Build = { nodes: new Map(), links: [], findings, may: mayOf(process, findings), processes }
  const { states } = settingsOf(process, findings)
  const within: Within = { parent: null, prefix: '', calls: [idOf(process)], rejecting: new Set() }
  const { starts, implicit } = readContainer(build, process, within)
  inNormalForm(build)
  const flows = Object.fromEntries(build.links.map((link) => [link.id, link]))
  const first = starts.find(({ event }) => event.type === 'none') ?? starts[0]
  const start = first?.node ?? implicit[0]
  if (start === undefined) {
    findings.add('no-start', idOf(process), `流程“${nameOf(process)}”没有开始，永远不会启动`)
    return null
  }
  const graph: IrGraph = {
    id: idOf(process), title: nameOf(process), element: pool ?? idOf(process), start, nodes: numbered(build), flows,
    reads: readsOf([...build.nodes.values()], build.links), ...(starts.length === 0 ? {} : { starts }), ...(implicit.length === 0 ? {} : { implicit }),
    ...(areTexts(states) ? { states } : {}),
  }
  return { format: 2, ...graph, structure: analyse(graph) }
}

type Begins = { readonly starts: readonly StartEvent[]; readonly implicit: readonly NodeId[] }

/** Reads what lies directly in a process or sub-process, and all below. */
function readContainer(build: Build, container: ModdleElement, within: Within): Begins {
  const elements = listOf(container, 'flowElements')
  const { prefix } = within
  const flows = elements.filter((one) => kindOf(one) === 'SequenceFlow')
  const endOf = (flow: ModdleElement, end: 'sourceRef' | 'targetRef'): string => idOf(partOf(flow, end) ?? flow)
  const rejecting = new Set(flows.filter((flow) => settingsOf(flow, build.findings)['on'] === 'reject').map((flow) => endOf(flow, 'sourceRef')))
  for (const element of elements) readElement(build, element, { ...within, rejecting })
  for (const flow of flows) {
    const link = linkOf(build, flow, within)
    if (link !== null && build.nodes.has(link.from) && build.nodes.has(link.to)) build.links.push(link)
  }
  attach(build, container, within)
  linkEvents(build, elements, prefix)
  const events = elements.filter((one) => kindOf(one) === 'StartEvent')
  const starts = events.map((one) => ({ node: `${prefix}${idOf(one)}`, event: eventSpec(one, build.findings), ...(within.parent === null && startedBy(one, build.findings)) }))
  const led = new Set(flows.map((flow) => endOf(flow, 'targetRef')))
  return { starts, implicit: elements.filter((one) => !led.has(idOf(one)) && beginsByItself(one) && build.nodes.has(`${prefix}${idOf(one)}`)).map((one) => `${prefix}${idOf(one)}`) }
}

const isLinkCatch = (element: ModdleElement): boolean => kindOf(element) === 'IntermediateCatchEvent' && definitionOf(element)?.$type === 'bpmn:LinkEventDefinition'

/** True for what starts with its container because nothing leads to it. */
function beginsByItself(element: ModdleElement): boolean {
  if (element['isForCompensation'] === true || element['triggeredByEvent'] === true || isLinkCatch(element)) return false
  return /Task$|Gateway$|^CallActivity$|SubProcess$|^Transaction$|^Intermediate|^EndEvent$/u.test(kindOf(element))
}

function readElement(build: Build, element: ModdleElement, within: Within): void {
  if (build.nodes.size > MOST_NODES) fail('workflow.bpmn.invalid', { message: `流程中的环节超过 ${MOST_NODES} 个` })
  const id = `${within.prefix}${idOf(element)}`
  const loop = loopOf(element, build.findings)
  if (loop === null) return place(build, element, id, within)
  build.nodes.set(id, { ...baseOf(element, id, within), element: null, kind: 'multi', body: `${id}/run`, loop, ...decisionOf(build, element, within) })
  place(build, element, `${id}/run`, { ...within, parent: id })
}

/** How the runs of a repeated activity decide together: 会签 by departments. */
function decisionOf({ findings }: Build, element: ModdleElement, { rejecting }: Within): Pick<MultiNode, 'decide' | 'reject'> {
  const { decide, reject } = settingsOf(element, findings)
  if (decide === undefined || kindOf(element).endsWith('Task')) return {}
  if (isDecide(decide)) return { decide, reject: reject === 'flow' || rejecting.has(idOf(element)) ? 'flow' : 'end' }
  findings.add('bad-settings', idOf(element), `“${nameOf(element)}”的办理设置“decide”有误`)
  return {}
}

function place(build: Build, element: ModdleElement, id: NodeId, within: Within): void {
  const called = kindOf(element) === 'CallActivity' ? build.processes.get(textOf(element, 'calledElement') ?? '') : undefined
  if (/SubProcess$|^Transaction$/u.test(kindOf(element))) return placeSub(build, element, element, id, within, within.prefix)
  if (called !== undefined && within.calls.includes(idOf(called))) {
    build.findings.add('endless-call', idOf(element), `“${nameOf(element)}”调用了正在执行的流程自身，会无限嵌套`)
    build.nodes.set(id, { ...baseOf(element, id, within), kind: 'pass', signalled: false, work: true })
    return
  }
  if (called === undefined) {
    const shell = simpleShell(build, element, id, within)
    if (shell !== null) build.nodes.set(id, shell)
    return
  }
  placeSub(build, element, called, id, { ...within, calls: [...within.calls, idOf(called)] }, `${id}/`)
}

/** A sub-process, or a called process of the same file, which runs in its place. */
function placeSub(build: Build, element: ModdleElement, content: ModdleElement, id: NodeId, within: Within, prefix: string): void {
  const base = baseOf(element, id, within)
  const shell: Shell = { ...base, kind: 'sub', starts: [], transaction: kindOf(element) === 'Transaction' }
  build.nodes.set(id, shell)
  const { starts, implicit } = readContainer(build, content, { ...within, parent: id, prefix })
  const own = starts.filter(({ event }) => event.type === 'none').map(({ node }) => node)
  if (element['triggeredByEvent'] !== true) {
    build.nodes.set(id, { ...shell, starts: [...own, ...implicit] })
    return
  }
  if (starts.length === 0) build.findings.add('no-trigger', idOf(element), `事件子流程“${nameOf(element)}”没有开始事件，永远不会启动`)
  const interrupts = (start: NodeId): boolean => listOf(content, 'flowElements').find((one) => `${prefix}${idOf(one)}` === start)?.['isInterrupting'] !== false
  build.nodes.set(id, { ...shell, starts: implicit, triggers: starts.map(({ node, event }) => ({ start: node, event, interrupting: interrupts(node) || event.type === 'error' })) })
}

/** Ties boundary events and undoings to their activities. */
function attach(build: Build, container: ModdleElement, { prefix }: Within): void {
  const undoings = new Map(listOf(container, 'artifacts').filter((one) => kindOf(one) === 'Association').map((one) => [idOf(partOf(one, 'sourceRef') ?? one), idOf(partOf(one, 'targetRef') ?? one)]))
  for (const event of listOf(container, 'flowElements').filter((one) => kindOf(one) === 'BoundaryEvent')) {
    const host = build.nodes.get(`${prefix}${idOf(partOf(event, 'attachedToRef') ?? event)}`)
    if (host === undefined) continue
    const handler = undoings.get(idOf(event))
    if (build.nodes.has(`${prefix}${idOf(event)}`)) build.nodes.set(host.id, { ...host, attached: [...(host.attached ?? []), `${prefix}${idOf(event)}`] })
    else if (handler !== undefined && build.nodes.has(`${prefix}${handler}`)) build.nodes.set(host.id, { ...host, compensation: `${prefix}${handler}` })
  }
}

/** A link event goes on at the link of the same name in its container; no flow is drawn for it. */
function linkEvents(build: Build, elements: readonly ModdleElement[], prefix: string): void {
  const linkName = (element: ModdleElement): string => textOf(must(definitionOf(element), 'link'), 'name') ?? ''
  const throws = elements.filter((one) => kindOf(one) === 'IntermediateThrowEvent' && definitionOf(one)?.$type === 'bpmn:LinkEventDefinition')
  for (const from of throws) {
    const targets = elements.filter((one) => isLinkCatch(one) && linkName(one) === linkName(from))
    if (targets.length === 0) build.findings.add('loose-link', idOf(from), `链接“${linkName(from)}”没有对应的接收链接`)
    for (const to of targets) {
      const ends = { from: `${prefix}${idOf(from)}`, to: `${prefix}${idOf(to)}` }
      build.links.push({ id: `${ends.from}>${ends.to}`, ...ends, when: null, on: null, label: null, element: null })
    }
  }
}
