/** An XML element; text stands among the children as strings. Names keep their prefix (`w:p`). */
export type XmlElement = { name: string; attributes: Readonly<Record<string, string>>; children: (XmlElement | string)[] }

/** Not well-formed, or with a document type: entities and external parts are never read. */
export class XmlError extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'XmlError'
  }
}

const MOST_DEPTH = 200
const TOKEN = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/gy
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function unescape(text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(/&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(\w+));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries([...text.matchAll(ATTRIBUTE)].map((match) => [match[1] ?? '', unescape(match[2] ?? match[3] ?? '')]))
}

/**
 * Reads a document into a tree. Only what office files need: elements, attributes, text, CDATA and the five named entities.
 * @throws XmlError for a document type, unbalanced tags or nesting deeper than 200
 */
export function parseXml(source: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, children: [] }
  const open = [root]
  TOKEN.lastIndex = source.startsWith('\uFEFF') ? 1 : 0
  while (TOKEN.lastIndex < source.length) {
    const at = TOKEN.lastIndex
    const match = TOKEN.exec(source)
    if (!match) throw new XmlError(`not well-formed at ${at}`)
    const [, cdata, closing, name, attributes = '', selfClosing, text] = match
    const parent = open.at(-1) ?? root
    if (cdata !== undefined) parent.children.push(cdata)
    else if (text !== undefined) parent.children.push(unescape(text))
    else if (name === undefined) continue
    else if (closing) {
      if (parent.name !== name || open.length === 1) throw new XmlError(`</${name}> closes nothing`)
      open.pop()
    } else {
      const element: XmlElement = { name, attributes: attributes === '' ? {} : attributesOf(attributes), children: [] }
      parent.children.push(element)
      if (!selfClosing) open.push(element)
      if (open.length > MOST_DEPTH) throw new XmlError('nested too deeply')
    }
  }
  const top = root.children.find((child) => typeof child !== 'string')
  if (open.length > 1 || top === undefined) throw new XmlError('ends too early')
  return top
}

export const elements = (parent: XmlElement | undefined): XmlElement[] => parent?.children.filter((child) => typeof child !== 'string') ?? []

export const childOf = (parent: XmlElement | undefined, name: string): XmlElement | undefined => elements(parent).find((child) => child.name === name)

/** The `w:val` of a child, as WordprocessingML keeps most properties. */
export const valueOf = (parent: XmlElement | undefined, name: string): string | undefined => childOf(parent, name)?.attributes['w:val']
