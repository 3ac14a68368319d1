import type { ModdleElement } from 'bpmn-moddle'
import { fail } from '../core/error.ts'
import type { BpmnModel } from './read.ts'
import { elementsIn, findElement, localName, type XmlElement } from './xml.ts'

/** Our one namespace in BPMN: `<chengming:step>` with a JSON text inside `extensionElements` of any element. */
export const SPACE = 'https://chengming.cn/schema/bpmn/1'
export const extension = {
  name: 'Chengming', uri: SPACE, prefix: 'chengming', xml: { tagAlias: 'lowerCase' },
  types: [{ name: 'Step', superClass: ['Element'], properties: [{ name: 'body', type: 'String', isBody: true }] }],
}

export type Descriptor = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Descriptor => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Our JSON on an element; empty when there is none. */
export function descriptorOf(element: ModdleElement): Descriptor {
  const holder = element['extensionElements']
  const values = isObject(holder) && Array.isArray(holder['values']) ? (holder['values'] as readonly ModdleElement[]) : []
  const body = values.find(({ $type }) => $type === 'chengming:Step')?.['body']
  if (body === undefined) return {}
  try {
    const value: unknown = JSON.parse(String(body))
    if (isObject(value)) return value
  } catch {
    // Told below, together with JSON that is no object.
  }
  return fail('workflow.bpmn.invalid', { message: `“${String(element.id)}”的办理设置不是有效的 JSON 对象` })
}

/** Puts our JSON on the element with this id, or takes it away; everything else of the model stays as it is. */
export function setDescriptor(model: BpmnModel, id: string, descriptor: Descriptor | null): void {
  const { root } = model.xml
  const element = findElement(root, ({ attributes }) => attributes['id'] === id)
  if (element === undefined) return fail('workflow.bpmn.invalid', { message: `模型中没有“${id}”` })
  const prefix = root.name.includes(':') ? `${root.name.slice(0, root.name.indexOf(':'))}:` : ''
  const own = prefixOf(root)
  const holder = elementsIn(element).find(({ name }) => localName(name) === 'extensionElements')
  if (holder !== undefined) holder.children.splice(0, Infinity, ...holder.children.filter((node) => node.kind !== 'element' || node.name !== `${own}:step`))
  if (descriptor === null) return
  const step: XmlElement = { kind: 'element', name: `${own}:step`, attributes: {}, children: [{ kind: 'text', text: JSON.stringify(descriptor) }] }
  if (holder !== undefined) holder.children.push(step)
  else element.children.splice(afterDocumentation(element), 0, { kind: 'element', name: `${prefix}extensionElements`, attributes: {}, children: [step] })
}

/** The prefix the model uses for our namespace; declares it when it is not there. */
function prefixOf(root: XmlElement): string {
  const known = Object.entries(root.attributes).find(([name, value]) => value === SPACE && name.startsWith('xmlns:'))
  if (known !== undefined) return known[0].slice('xmlns:'.length)
  root.attributes['xmlns:chengming'] = SPACE
  return 'chengming'
}

/** The schema wants documentation first, then extensions. */
const afterDocumentation = (element: XmlElement): number =>
  element.children.findLastIndex((node) => node.kind === 'element' && localName(node.name) === 'documentation') + 1
