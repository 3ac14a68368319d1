import type { HeadingLevel } from '#modules/documents/body.ts'
import { childOf, elements, valueOf } from '#modules/documents/import/xml.ts'
import type { XmlElement } from '#modules/documents/import/xml.ts'

/** What a paragraph style says of structure. */
export type StyleFacts = { level?: HeadingLevel; title?: true; numId?: string; align?: string; bold?: true }
/** Level of our order for each (numId, ilvl) of automatic numbering; levels of other looks are absent. */
export type Numbering = ReadonlyMap<string, HeadingLevel>

const LEVELS: readonly HeadingLevel[] = [1, 2, 3, 4]
const asLevel = (value: number): HeadingLevel | undefined => LEVELS.find((level) => level === value)

function factsOf(style: XmlElement): StyleFacts {
  const name = valueOf(style, 'w:name') ?? ''
  const properties = childOf(style, 'w:pPr')
  const outline = valueOf(properties, 'w:outlineLvl')
  const level = asLevel(Number(/^(?:heading|标题)\s*(\d)$/i.exec(name)?.[1] ?? (outline === undefined ? 0 : Number(outline) + 1)))
  const numId = valueOf(childOf(properties, 'w:numPr'), 'w:numId')
  const align = valueOf(properties, 'w:jc')
  const bold = childOf(childOf(style, 'w:rPr'), 'w:b')
  return { ...(level && { level }), ...(/^(title|标题)$/i.test(name) && { title: true as const }), ...(numId !== undefined && { numId }), ...(align !== undefined && { align }), ...(bold && bold.attributes['w:val'] !== '0' && { bold: true as const }) }
}

/** Facts by style id, with what a style inherits (`basedOn`). */
export function readStyles(root: XmlElement | undefined): ReadonlyMap<string, StyleFacts> {
  const styles = new Map(elements(root).filter((element) => element.name === 'w:style').map((style) => [style.attributes['w:styleId'] ?? '', style]))
  const resolve = (id: string | undefined, depth: number): StyleFacts => {
    const style = styles.get(id ?? '')
    return style && depth < 12 ? { ...resolve(valueOf(style, 'w:basedOn'), depth + 1), ...factsOf(style) } : {}
  }
  return new Map([...styles.keys()].map((id) => [id, resolve(id, 0)]))
}

function levelOfFormat(format: string, text: string): HeadingLevel | undefined {
  const chinese = /^(chinese|ideograph|japaneseCounting|taiwaneseCounting)/.test(format)
  const bracketed = /[（(]%\d[）)]/.test(text)
  if (chinese) return bracketed ? 2 : /^%\d、?$/.test(text) ? 1 : undefined
  return format.startsWith('decimal') && format !== 'decimalEnclosedCircle' ? (bracketed ? 4 : /^%\d[.．、]?$/.test(text) ? 3 : undefined) : undefined
}

/** Key of {@link Numbering}. */
export const numberingKey = (numId: string, level: string): string => `${numId}/${level}`

/** Which automatic numbers look like 一、（一）1.（1）. */
export function readNumbering(root: XmlElement | undefined): Numbering {
  const abstract = new Map(elements(root).filter((element) => element.name === 'w:abstractNum').map((element) => [element.attributes['w:abstractNumId'] ?? '', element]))
  return new Map(elements(root).filter((element) => element.name === 'w:num').flatMap((num) => {
    const levels = elements(abstract.get(valueOf(num, 'w:abstractNumId') ?? '')).filter((element) => element.name === 'w:lvl')
    return levels.flatMap((level): [string, HeadingLevel][] => {
      const found = levelOfFormat(valueOf(level, 'w:numFmt') ?? '', valueOf(level, 'w:lvlText') ?? '')
      return found ? [[numberingKey(num.attributes['w:numId'] ?? '', level.attributes['w:ilvl'] ?? '0'), found]] : []
    })
  }))
}
