import { Parser } from 'saxen'

/** An element as written: attributes in order with their prefixes, children with every blank between them. */
export type XmlElement = { readonly kind: 'element'; readonly name: string; readonly attributes: Record<string, string>; readonly children: XmlNode[] }
export type XmlNode = XmlElement | { readonly kind: 'text' | 'cdata' | 'comment' | 'instruction'; readonly text: string }
export type XmlDocument = { readonly nodes: readonly XmlNode[]; readonly root: XmlElement }

/** Deepest nesting that is read; a real model stays far below. */
const DEEPEST = 200

/**
 * Reads a text as a tree that `writeXml` writes back the same. Entities other than the five of XML itself are not resolved, and a
 * document type is refused.
 * @throws Error that names the line
 */
export function readXml(text: string): XmlDocument {
  const top: XmlNode[] = []
  const open: XmlElement[] = []
  const add = (node: XmlNode): void => void (open.at(-1)?.children ?? top).push(node)
  const parser = new Parser()
  parser.on('openTag', (name, attributes, decode) => {
    const decoded = Object.fromEntries(Object.entries(attributes()).map(([key, value]) => [key, decode(value)]))
    const element: XmlElement = { kind: 'element', name, attributes: decoded, children: [] }
    add(element)
    open.push(element)
    if (open.length > DEEPEST) throw new Error(`more than ${DEEPEST} elements inside each other`)
  })
  parser.on('closeTag', () => void open.pop())
  parser.on('text', (raw, decode) => add({ kind: 'text', text: decode(raw) }))
  parser.on('cdata', (raw) => add({ kind: 'cdata', text: raw }))
  parser.on('comment', (raw) => add({ kind: 'comment', text: raw }))
  parser.on('question', (raw) => add({ kind: 'instruction', text: raw }))
  parser.on('attention', () => {
    throw new Error('document types are not read')
  })
  parser.on('error', (error, context) => {
    throw new Error(`line ${context().line + 1}: ${error.message}`)
  })
  parser.on('warn', (error, context) => {
    throw new Error(`line ${context().line + 1}: ${error.message}`)
  })
  parser.parse(text)
  const root = top.find((node) => node.kind === 'element')
  if (root === undefined) throw new Error('no element')
  return { nodes: top, root }
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;', '\r': '&#13;', '\t': '&#9;' }
const escaped = (text: string, which: RegExp): string => text.replace(which, (sign) => escapes[sign] ?? sign)

export const writeXml = (document: XmlDocument): string => document.nodes.map(written).join('\n')

function written(node: XmlNode): string {
  switch (node.kind) {
    case 'text': return escaped(node.text, /[&<>\r]/gu)
    case 'cdata': return `<![CDATA[${node.text}]]>`
    case 'comment': return node.text.startsWith('<!--') ? node.text : `<!--${node.text}-->`
    case 'instruction': return node.text.startsWith('<?') ? node.text : `<?${node.text}?>`
    case 'element': {
      const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}="${escaped(value, /[&<>"\n\r\t]/gu)}"`).join('')
      return node.children.length === 0 ? `<${node.name}${attributes} />` : `<${node.name}${attributes}>${node.children.map(written).join('')}</${node.name}>`
    }
  }
}

export const elementsIn = (element: XmlElement): readonly XmlElement[] => element.children.filter((node) => node.kind === 'element')

/** The first element below this one, or itself, for which the test holds. */
export function findElement(element: XmlElement, test: (element: XmlElement) => boolean): XmlElement | undefined {
  if (test(element)) return element
  for (const child of elementsIn(element)) {
    const found = findElement(child, test)
    if (found !== undefined) return found
  }
  return undefined
}

/** A name without its prefix. */
export const localName = (name: string): string => name.slice(name.indexOf(':') + 1)
