import { BpmnModdle, type ModdleElement } from 'bpmn-moddle'
import { fail } from '../core/error.ts'
import { extension } from './extension.ts'
import { localName, readXml, writeXml, type XmlDocument } from './xml.ts'

const BPMN = 'http://www.omg.org/spec/BPMN/20100524/MODEL'
/** A real model is a few hundred kilobytes. */
const MOST_BYTES = 5_000_000

/** A model as read: its meaning, and the text it came from as a tree, so that nothing we do not understand is lost. */
export type BpmnModel = { readonly definitions: ModdleElement; readonly xml: XmlDocument; readonly warnings: readonly string[] }

const invalid = (message: string): never => fail('workflow.bpmn.invalid', { message })

/**
 * Reads BPMN 2.0 XML.
 * @param source text, or bytes in the encoding they declare
 * @throws WorkflowError `workflow.bpmn.large` above 5 MB, `workflow.bpmn.invalid` for anything that is not BPMN 2.0
 */
export async function readBpmn(source: string | Uint8Array): Promise<BpmnModel> {
  const size = typeof source === 'string' ? new TextEncoder().encode(source).length : source.byteLength
  if (size > MOST_BYTES) fail('workflow.bpmn.large', { megabytes: MOST_BYTES / 1_000_000 })
  const text = typeof source === 'string' ? source : decoded(source)
  const xml = parsed(text)
  if (!isDefinitions(xml)) invalid('文件不是 BPMN 2.0 模型（根元素应为 definitions）')
  const { rootElement, warnings } = await meaningOf(text)
  return { definitions: rootElement, xml, warnings: warnings.map(({ message }) => message) }
}

/** The model as XML in UTF-8: what was read, with the changes made to its tree. */
export const writeBpmn = (model: BpmnModel): string => inUtf8(writeXml(model.xml))

const inUtf8 = (text: string): string => text.replace(/^(<\?xml[^>]*encoding=)["'][^"']*["']/u, '$1"UTF-8"')

function parsed(text: string): XmlDocument {
  try {
    return readXml(text)
  } catch (error) {
    return invalid(`文件不是有效的 XML（${error instanceof Error ? error.message : String(error)}）`)
  }
}

async function meaningOf(text: string): ReturnType<BpmnModdle['fromXML']> {
  try {
    return await new BpmnModdle({ chengming: extension }).fromXML(inUtf8(text))
  } catch (error) {
    return invalid(`模型内容无法识别（${error instanceof Error ? error.message : String(error)}）`)
  }
}

function decoded(bytes: Uint8Array): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 200))
  const encoding = /encoding=["']([^"']+)["']/u.exec(head)?.[1] ?? 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return invalid(`无法按 ${encoding} 编码读取文件`)
  }
}

function isDefinitions({ root }: XmlDocument): boolean {
  const colon = root.name.indexOf(':')
  const space = root.attributes[colon < 0 ? 'xmlns' : `xmlns:${root.name.slice(0, colon)}`]
  return localName(root.name) === 'definitions' && space === BPMN
}
