import { stepOfRule } from '#kit/assign-rules.ts'
import type { Assign } from '#kit/flow.ts'
import type { IrFlow, Ir, IrNode, MultiNode, NodeId } from '../core/ir.ts'
import { xmlId } from '../core/xml-id.ts'
import { conditionText } from './expression.ts'
import { SPACE } from './extension.ts'
import { layout, type Placed } from './layout.ts'
import { writeXml, type XmlElement, type XmlNode } from './xml.ts'

const make = (name: string, attributes: Readonly<Record<string, string>>, ...children: readonly XmlNode[]): XmlElement => ({ kind: 'element', name, attributes: { ...attributes }, children: [...children] })
const text = (value: string): XmlNode => ({ kind: 'text', text: value })

const settings = (values: Readonly<Record<string, unknown>>): readonly XmlNode[] =>
  Object.keys(values).length === 0 ? [] : [make('bpmn:extensionElements', {}, make('chengming:step', {}, text(JSON.stringify(values))))]

/** What is said of the whole process: states of the record by node, and the form it was made for. */
export type WholeSettings = { readonly states?: Readonly<Record<string, string>>; readonly form?: string }

const wholeSettings = (ir: Ir, { states, form }: WholeSettings): Readonly<Record<string, unknown>> => ({
  ...(states === undefined ? {} : { states: Object.fromEntries(Object.entries(states).map(([node, state]) => [ir.nodes[node] === undefined ? node : xmlId(node), state])) }),
  ...(form === undefined ? {} : { form }),
})

/** The flow of a module as BPMN 2.0 with our settings and a drawing; `compileBpmn` makes the same steps, gateways and flows of it. */
export function exportFlow(ir: Ir, whole: WholeSettings = {}): string {
  const process = make('bpmn:process', { id: xmlId(ir.id), name: ir.title, isExecutable: 'true' }, ...settings(wholeSettings(ir, whole)), ...contentOf(ir, undefined))
  const spaces = {
    'xmlns:bpmn': 'http://www.omg.org/spec/BPMN/20100524/MODEL', 'xmlns:bpmndi': 'http://www.omg.org/spec/BPMN/20100524/DI', 'xmlns:dc': 'http://www.omg.org/spec/DD/20100524/DC',
    'xmlns:di': 'http://www.omg.org/spec/DD/20100524/DI', 'xmlns:chengming': SPACE, id: 'definitions', targetNamespace: SPACE,
  }
  const root = make('bpmn:definitions', spaces, process, diagram(ir))
  return writeXml({ root, nodes: [{ kind: 'instruction', text: '<?xml version="1.0" encoding="UTF-8"?>' }, root] })
}

/** Steps an assignment names, as the model will call them. */
function withXmlIds(by: Assign): Assign {
  switch (by.kind) {
    case 'doer': return { ...by, node: xmlId(by.node) }
    case 'rule': {
      const step = stepOfRule(by.with)
      return step === null ? by : { ...by, with: { ...by.with, of: `step:${xmlId(step)}` } }
    }
    case 'first':
    case 'together': return { ...by, of: by.of.map(withXmlIds) }
    case 'except': return { ...by, from: withXmlIds(by.from), without: withXmlIds(by.without) }
    case 'pick': return { ...by, from: withXmlIds(by.from) }
    default: return by
  }
}

/** What lies directly in the process or a sub-process. */
function contentOf(ir: Ir, parent: NodeId | undefined): readonly XmlElement[] {
  const nodes = Object.values(ir.nodes).filter((node) => node.parent === parent)
  const own = new Set(nodes.map(({ id }) => id))
  return [...nodes.map((node) => nodeElement(ir, node)), ...Object.values(ir.flows).filter(({ from }) => own.has(from)).map(flowElement)]
}

/** A 会签 by departments: a sub-process that is repeated for each item of a field. */
function repeated(ir: Ir, { id, name, body, loop, decide, reject }: MultiNode, ends: readonly XmlElement[]): XmlElement {
  if (loop.kind !== 'each' || !('field' in loop.over)) throw new Error(`a flow of a module repeats nothing but for a list: ${id}`)
  const each = { each: loop.over.field, ...(decide === undefined ? {} : { decide, reject }) }
  return make('bpmn:subProcess', { id: xmlId(id), name }, ...settings(each), ...ends, make('bpmn:multiInstanceLoopCharacteristics', { isSequential: String(loop.inTurn) }), ...contentOf(ir, body))
}

function nodeElement(ir: Ir, node: IrNode): XmlElement {
  const base = { id: xmlId(node.id), name: node.name }
  const ends = [...node.in.map((id) => make('bpmn:incoming', {}, text(xmlId(id)))), ...node.out.map((id) => make('bpmn:outgoing', {}, text(xmlId(id))))]
  switch (node.kind) {
    case 'start': return make('bpmn:startEvent', base, ...settings({ may: node.may, form: node.form }), ...ends)
    case 'task': {
      const { by, decide, outcomes, reject, due, remind, timeout, nobody, sameAsInitiator, may, form, repeated, escalate } = node
      const move = typeof timeout === 'object' ? { move: xmlId(timeout.move) } : timeout
      const levels = escalate?.map((level) => ({ ...level, ...(level.to !== undefined && { to: withXmlIds(level.to) }) }))
      return make('bpmn:userTask', base, ...settings({ by: withXmlIds(by), decide, outcomes, reject, due, remind, timeout: move, nobody, sameAsInitiator, repeated, escalate: levels, may, form }), ...ends)
    }
    case 'wait': return make('bpmn:intermediateCatchEvent', base, ...settings({ kind: 'wait', until: node.until }), ...ends,
      make('bpmn:timerEventDefinition', {}, make('bpmn:timeDate', {}, text(node.until))))
    case 'call': return make('bpmn:serviceTask', base, ...settings({ does: node.does }), ...ends)
    case 'end': return make('bpmn:endEvent', base, ...settings(node.outcome === null ? {} : { outcome: node.outcome }), ...ends)
    case 'exclusive':
    case 'parallel':
    case 'inclusive': return make(`bpmn:${node.kind}Gateway`, base, ...ends)
    case 'multi': return repeated(ir, node, ends)
    default: throw new Error(`a flow of a module has no ${node.kind}`)
  }
}

function flowElement({ id, from, to, when, on, label }: IrFlow): XmlElement {
  const attributes = { id: xmlId(id), sourceRef: xmlId(from), targetRef: xmlId(to), ...(label === null ? {} : { name: label }) }
  return make('bpmn:sequenceFlow', attributes, ...settings(on === null ? {} : { on }), ...(when === null ? [] : [make('bpmn:conditionExpression', {}, text(conditionText(when)))]))
}

function diagram(ir: Ir): XmlElement {
  const { shapes, edges } = layout(ir)
  const shape = ({ id, x, y, w, h }: Placed): XmlElement =>
    make('bpmndi:BPMNShape', { id: `${xmlId(id)}_di`, bpmnElement: xmlId(id) }, make('dc:Bounds', { x: String(x), y: String(y), width: String(w), height: String(h) }))
  const edge = (id: string, points: readonly { readonly x: number; readonly y: number }[]): XmlElement =>
    make('bpmndi:BPMNEdge', { id: `${xmlId(id)}_di`, bpmnElement: xmlId(id) }, ...points.map(({ x, y }) => make('di:waypoint', { x: String(x), y: String(y) })))
  const plane = make('bpmndi:BPMNPlane', { id: 'plane', bpmnElement: xmlId(ir.id) }, ...shapes.map(shape), ...edges.map(({ id, points }) => edge(id, points)))
  return make('bpmndi:BPMNDiagram', { id: 'diagram' }, plane)
}
