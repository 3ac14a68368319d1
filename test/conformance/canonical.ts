import { elementsIn, localName, type XmlElement, type XmlNode } from '#platform/workflow/bpmn/xml.ts'

type Spaces = Readonly<Record<string, string>>

/** Lists whose order carries meaning: the bends of an edge. Everything else in BPMN is found by its id or name. */
const ORDERED = new Set(['BPMNEdge'])

function spacesOf(element: XmlElement, outer: Spaces): Spaces {
  const own = Object.entries(element.attributes).flatMap(([name, value]) =>
    name === 'xmlns' ? [['', value] as const] : name.startsWith('xmlns:') ? [[name.slice(6), value] as const] : [])
  return own.length === 0 ? outer : { ...outer, ...Object.fromEntries(own) }
}

function qualified(name: string, spaces: Spaces, otherwise: string): string {
  const colon = name.indexOf(':')
  return colon < 0 ? `{${otherwise}}${name}` : `{${spaces[name.slice(0, colon)] ?? name.slice(0, colon)}}${name.slice(colon + 1)}`
}

const textOf = (node: XmlNode): string => (node.kind === 'text' || node.kind === 'cdata' ? node.text : '')

/** An element with resolved namespaces, sorted attributes, trimmed text, and children sorted where their order has no meaning. */
export function canonical(element: XmlElement, outer: Spaces = {}): string {
  const spaces = spacesOf(element, outer)
  const attributes = Object.entries(element.attributes).filter(([name]) => name !== 'xmlns' && !name.startsWith('xmlns:'))
    .map(([name, value]) => `${qualified(name, spaces, '')}=${JSON.stringify(value)}`).sort()
  const children = elementsIn(element).map((child) => canonical(child, spaces))
  const ordered = ORDERED.has(localName(element.name)) ? children : children.toSorted()
  const text = element.children.map(textOf).join('').trim().replace(/\s+/gu, ' ')
  return `<${[qualified(element.name, spaces, spaces[''] ?? ''), ...attributes].join(' ')}>${text}${ordered.join('')}</>`
}

/** How many elements with each local name a tree holds. */
export function census(element: XmlElement, counts = new Map<string, number>()): ReadonlyMap<string, number> {
  const name = localName(element.name)
  counts.set(name, (counts.get(name) ?? 0) + 1)
  for (const child of elementsIn(element)) census(child, counts)
  return counts
}
