import { inlineText } from '#modules/documents/body.ts'
import type { Inline, TableCell } from '#modules/documents/body.ts'
import { numberingKey, readNumbering, readStyles } from '#modules/documents/import/docx-styles.ts'
import type { Numbering, StyleFacts } from '#modules/documents/import/docx-styles.ts'
import { joinInlines } from '#modules/documents/import/source.ts'
import type { SourceItem, SourceParagraph } from '#modules/documents/import/source.ts'
import { childOf, elements, parseXml, valueOf } from '#modules/documents/import/xml.ts'
import type { XmlElement } from '#modules/documents/import/xml.ts'

/** The XML parts of a .docx that carry text and structure. */
export type DocxParts = { document: string; styles?: string; numbering?: string }

type Look = { styles: ReadonlyMap<string, StyleFacts>; numbering: Numbering }

/** Elements whose content is not part of the final text: deletions, moved-away text, alternatives, text boxes, properties. */
const SKIPPED = new Set(['w:del', 'w:moveFrom', 'mc:Fallback', 'w:pPr', 'w:rPr', 'w:instrText', 'w:delText', 'w:txbxContent', 'w:sdtPr', 'w:tbl'])
const LETTERS: Readonly<Record<string, string>> = { 'w:tab': ' ', 'w:br': ' ', 'w:cr': ' ', 'w:noBreakHyphen': '-' }

const isOn = (element: XmlElement | undefined): boolean => element !== undefined && !['0', 'false', 'off'].includes(element.attributes['w:val'] ?? '')

function runText(run: XmlElement): string {
  return elements(run).map((child) => (child.name === 'w:t' ? child.children.filter((piece) => typeof piece === 'string').join('') : (LETTERS[child.name] ?? ''))).join('')
}

function inlinesOf(element: XmlElement, bold: boolean): Inline[] {
  return elements(element).flatMap((child): Inline[] => {
    if (SKIPPED.has(child.name)) return []
    if (child.name !== 'w:r') return inlinesOf(child, bold)
    const own = childOf(childOf(child, 'w:rPr'), 'w:b')
    return [{ text: runText(child), ...((own ? isOn(own) : bold) && { bold: true as const }) }]
  })
}

const ALIGN: Readonly<Record<string, 'left' | 'center' | 'right'>> = { center: 'center', right: 'right', end: 'right', left: 'left', start: 'left' }

function paragraphOf(element: XmlElement, { styles, numbering }: Look): SourceParagraph {
  const properties = childOf(element, 'w:pPr')
  const style = styles.get(valueOf(properties, 'w:pStyle') ?? '') ?? {}
  const list = childOf(properties, 'w:numPr')
  const numId = valueOf(list, 'w:numId') ?? style.numId
  const numbered = numId === undefined ? undefined : numbering.get(numberingKey(numId, valueOf(list, 'w:ilvl') ?? '0'))
  const outline = Number(valueOf(properties, 'w:outlineLvl') ?? 9) + 1
  const level = style.level ?? ([1, 2, 3, 4] as const).find((level) => level === outline)
  const align = ALIGN[valueOf(properties, 'w:jc') ?? style.align ?? '']
  return { kind: 'paragraph', text: joinInlines(inlinesOf(element, style.bold === true)), ...(level && { level }), ...(numbered && { numbered }), ...(style.title && { title: true }), ...(align && { align }) }
}

/** Paragraphs of a cell become one; a full-width space stands where a line began. */
function cellText(cell: XmlElement, look: Look): { text: Inline[]; align?: 'left' | 'center' | 'right' } {
  const paragraphs = itemsOf(cell, look).flatMap((item) => (item.kind === 'paragraph' ? [item] : item.table.rows.flatMap((row) => row.cells.map((inner): SourceParagraph => ({ kind: 'paragraph', text: inner.text })))))
  const filled = paragraphs.filter((paragraph) => inlineText(paragraph.text).trim() !== '')
  const align = paragraphs[0]?.align
  return { text: joinInlines(filled.flatMap((paragraph, index) => [{ text: index > 0 ? '　' : '' }, ...paragraph.text])), ...(align && { align }) }
}

type Grid = { cell: TableCell; column: number; span: number; merge: 'none' | 'start' | 'continue' }[][]

function gridOf(table: XmlElement, look: Look): { grid: Grid; header: number } {
  const rows = elements(table).filter((element) => element.name === 'w:tr')
  const header = rows.findIndex((row) => !isOn(childOf(childOf(row, 'w:trPr'), 'w:tblHeader')))
  const grid = rows.map((row) => {
    let column = 0
    return elements(row).flatMap((child) => (child.name === 'w:sdt' ? elements(childOf(child, 'w:sdtContent')) : [child])).filter((element) => element.name === 'w:tc').map((element) => {
      const properties = childOf(element, 'w:tcPr')
      const span = Math.min(64, Math.max(1, Number(valueOf(properties, 'w:gridSpan') ?? 1) || 1))
      const vertical = childOf(properties, 'w:vMerge')
      const cell: TableCell = { ...cellText(element, look), ...(span > 1 && { colspan: span }) }
      const placed = { cell, column, span, merge: vertical === undefined ? ('none' as const) : vertical.attributes['w:val'] === 'restart' ? ('start' as const) : ('continue' as const) }
      column += span
      return placed
    })
  })
  return { grid, header: header < 0 ? 0 : header }
}

function tableItem(element: XmlElement, look: Look): SourceItem {
  const { grid, header } = gridOf(element, look)
  const rows = grid.map((row, index) => ({
    cells: row.filter((placed) => placed.merge !== 'continue').map((placed) => {
      if (placed.merge !== 'start') return placed.cell
      let rowspan = 1
      while (grid[index + rowspan]?.some((below) => below.column === placed.column && below.merge === 'continue')) rowspan++
      return { ...placed.cell, ...(rowspan > 1 && { rowspan }) }
    }),
  }))
  return { kind: 'table', table: { type: 'table', rows, ...(header > 0 && { header }) } }
}

function itemsOf(parent: XmlElement, look: Look): SourceItem[] {
  return elements(parent).flatMap((child): SourceItem[] => {
    if (child.name === 'w:p') return [paragraphOf(child, look)]
    if (child.name === 'w:tbl') return [tableItem(child, look)]
    return ['w:sdt', 'w:sdtContent', 'w:ins', 'w:customXml', 'w:smartTag'].includes(child.name) ? itemsOf(child, look) : []
  })
}

/**
 * Paragraphs and tables of a WordprocessingML document, with accepted revisions. Headers, footers, notes, images and text boxes are left out.
 * @throws XmlError when a part is broken
 */
export function readDocx({ document, styles, numbering }: DocxParts): SourceItem[] {
  const look = { styles: readStyles(styles === undefined ? undefined : parseXml(styles)), numbering: readNumbering(numbering === undefined ? undefined : parseXml(numbering)) }
  const body = childOf(parseXml(document), 'w:body')
  return body ? itemsOf(body, look) : []
}
