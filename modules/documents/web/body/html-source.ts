import type { HeadingLevel, Inline, TableCell } from '#modules/documents/body.ts'
import { joinInlines } from '#modules/documents/import/source.ts'
import type { SourceItem, SourceParagraph } from '#modules/documents/import/source.ts'
import { parseNumberPrefix } from '#modules/documents/number-prefix.ts'

/** Elements that carry no text of the document. */
const SKIPPED = new Set(['STYLE', 'SCRIPT', 'HEAD', 'TITLE', 'XML', 'DEL', 'OBJECT', 'IMG', 'SVG', 'BUTTON', 'INPUT', 'TEMPLATE', 'NOSCRIPT'])
const BLOCKS = new Set(['P', 'DIV', 'LI', 'UL', 'OL', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'BLOCKQUOTE', 'SECTION', 'ARTICLE', 'PRE', 'DL', 'DT', 'DD', 'CENTER', 'TABLE'])

const LEVELS: readonly HeadingLevel[] = [1, 2, 3, 4]

const styleOf = (element: Element): string => (element.getAttribute('style') ?? '').toLowerCase()

const isHidden = (element: Element): boolean =>
  SKIPPED.has(element.tagName.toUpperCase()) || /display:\s*none|mso-hide:\s*all|mso-element:\s*(?:comment|footnote|endnote|header|footer)/.test(styleOf(element))

/** An automatic number of Word stands among the letters; bullets and other signs are dropped. */
const isListMark = (element: Element): boolean => /mso-list:\s*ignore/.test(styleOf(element))
const listMark = (text: string): string => (parseNumberPrefix(`${text.trim()}文`) === null ? '' : text.trim())

/** Word writes `mso-bidi-font-weight: normal` on every bold run: that is of other scripts. */
function isBold(element: Element, inherited: boolean): boolean {
  const weight = /(?<![\w-])font-weight:\s*(\w+)/.exec(styleOf(element))?.[1]
  if (weight !== undefined) return weight === 'bold' || weight === 'bolder' || Number(weight) >= 600
  return inherited || ['B', 'STRONG'].includes(element.tagName.toUpperCase())
}

/** Breaks of the source's lines are no letters; between Chinese characters not even a blank. */
function lettersOf(text: string): string {
  return text.replaceAll(/[ \t]*[\r\n]+[ \t]*/g, (_, at: number) => {
    const [before, after] = [text.slice(0, at).at(-1) ?? '', text.slice(at).trimStart().at(0) ?? '']
    return /[\u0020-\u024f]/.test(before) && /[\u0020-\u024f]/.test(after) ? ' ' : ''
  }).replaceAll('\u00a0', ' ').replaceAll('\0', '')
}

function levelOf(element: Element): HeadingLevel | undefined {
  const named = /^H([1-4])$/i.exec(element.tagName)?.[1] ?? /mso-outline-level:\s*([1-4])/.exec(styleOf(element))?.[1]
  return LEVELS.find((level) => level === Number(named))
}

function alignOf(element: Element): 'left' | 'center' | 'right' | undefined {
  const align = /(?<![\w-])text-align:\s*(\w+)/.exec(styleOf(element))?.[1] ?? element.getAttribute('align')?.toLowerCase()
  return align === 'left' || align === 'center' || align === 'right' ? align : undefined
}

type Look = Pick<SourceParagraph, 'level' | 'align' | 'title'>

function lookOf(element: Element, outer: Look): Look {
  const [level, align, title] = [levelOf(element), alignOf(element), /\bMsoTitle\b/.test(element.className)]
  return { ...outer, ...(level && { level }), ...(align && { align }), ...(title && { title: true as const }) }
}

const span = (element: Element, name: string): number => Math.min(64, Math.max(1, Number(element.getAttribute(name)) || 1))

function cellOf(element: Element): TableCell {
  const paragraphs = childItems(element).flatMap((item) => (item.kind === 'paragraph' ? [item] : item.table.rows.flatMap((row) => row.cells.map(({ text }): SourceParagraph => ({ kind: 'paragraph', text })))))
  const filled = paragraphs.map(({ text }) => trimmed(text)).filter((text) => text.length > 0)
  const [colspan, rowspan, align] = [span(element, 'colspan'), span(element, 'rowspan'), alignOf(element) ?? paragraphs[0]?.align]
  return {
    text: joinInlines(filled.flatMap((text, index) => [{ text: index > 0 ? '　' : '' }, ...text])),
    ...(colspan > 1 && { colspan }), ...(rowspan > 1 && { rowspan }), ...(align && { align }),
  }
}

function trimmed(text: readonly Inline[]): Inline[] {
  return joinInlines(text.map((inline, index) => ({
    ...inline, text: index === 0 ? inline.text.trimStart() : inline.text,
  })).map((inline, index, all) => ({ ...inline, text: index === all.length - 1 ? inline.text.trimEnd() : inline.text })))
}

const isTableOf = (table: Element, row: Element): boolean => row.closest('table') === table

function tableOf(element: Element): SourceItem[] {
  const rows = [...element.querySelectorAll('tr')].filter((row) => isTableOf(element, row))
  const kept = rows.map((row) => ({ row, cells: [...row.children].filter((cell) => /^T[DH]$/i.test(cell.tagName) && !isHidden(cell)) })).filter(({ cells }) => cells.length > 0)
  const other = kept.findIndex(({ row, cells }) => row.closest('thead') === null && !cells.every((cell) => /^TH$/i.test(cell.tagName)))
  const header = other < 0 ? 0 : other
  return kept.length === 0 ? [] : [{ kind: 'table', table: { type: 'table', rows: kept.map(({ cells }) => ({ cells: cells.map(cellOf) })), ...(header > 0 && { header }) } }]
}

/** Paragraphs and tables inside an element, in reading order; loose text becomes paragraphs of its own. */
function childItems(root: Element): SourceItem[] {
  const items: SourceItem[] = []
  let open: Inline[] = []
  const close = (look: Look): void => {
    if (open.some(({ text }) => text.trim() !== '')) items.push({ kind: 'paragraph', text: joinInlines(open), ...look })
    open = []
  }
  const visit = (node: Node, bold: boolean, look: Look): void => {
    if (node.nodeType === 3) return void open.push({ text: lettersOf(node.textContent ?? ''), ...(bold && { bold: true as const }) })
    if (!(node instanceof Element) || isHidden(node)) return
    if (isListMark(node)) return void open.push({ text: listMark(node.textContent ?? '') })
    const tag = node.tagName.toUpperCase()
    if (tag === 'BR') return close(look)
    if (!BLOCKS.has(tag)) return node.childNodes.forEach((child) => visit(child, isBold(node, bold), look))
    close(look)
    if (tag === 'TABLE') return void items.push(...tableOf(node))
    const inner = lookOf(node, look)
    // Headings are bold by themselves.
    node.childNodes.forEach((child) => visit(child, inner.level === undefined && isBold(node, bold), inner))
    close(inner)
  }
  root.childNodes.forEach((child) => visit(child, false, {}))
  close({})
  return items
}

/** Paragraphs and tables of what was copied from Word, WPS or a web page; looks, images, comments and struck revisions fall away. Needs a DOM. */
export const readHtml = (html: string): SourceItem[] => childItems(new DOMParser().parseFromString(html, 'text/html').body)
