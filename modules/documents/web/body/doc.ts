import type { JSONContent } from '@tiptap/core'
import type { Block, HeadingLevel, Inline, TableCell } from '#modules/documents/body.ts'
import { joinInlines } from '#modules/documents/import/source.ts'

/** Mark of the run-in text of a heading: `rest` of a `Heading`. */
const RUN_IN = 'runIn'

const marksOf = (inline: Inline, runIn: boolean): JSONContent['marks'] => [...(inline.bold ? [{ type: 'bold' }] : []), ...(runIn ? [{ type: RUN_IN }] : [])]

function textNodes(inlines: readonly Inline[], runIn = false): JSONContent[] {
  return joinInlines(inlines).map((inline) => {
    const marks = marksOf(inline, runIn) ?? []
    return { type: 'text', text: inline.text, ...(marks.length > 0 && { marks }) }
  })
}

const content = (nodes: JSONContent[]): Pick<JSONContent, 'content'> => (nodes.length > 0 ? { content: nodes } : {})

const cellNode = ({ text, colspan = 1, rowspan = 1, align }: TableCell): JSONContent => ({ type: 'tableCell', attrs: { colspan, rowspan, align: align ?? null }, ...content(textNodes(text)) })

function blockNode(block: Block): JSONContent {
  if (block.type === 'paragraph') return { type: 'paragraph', ...content(textNodes(block.text)) }
  if (block.type === 'heading') return { type: 'heading', attrs: { level: block.level }, ...content([...textNodes(block.text), ...textNodes(block.rest ?? [], true)]) }
  return { type: 'table', attrs: { header: block.header ?? 0 }, content: block.rows.map(({ cells }) => ({ type: 'tableRow', ...content(cells.map(cellNode)) })) }
}

/** The nodes of some blocks, one for each. */
export const toNodes = (blocks: readonly Block[]): JSONContent[] => blocks.map(blockNode)

/** A body as the editor's document; an empty one has a paragraph to type in. */
export const toDoc = (blocks: readonly Block[]): JSONContent => ({ type: 'doc', content: blocks.length > 0 ? toNodes(blocks) : [{ type: 'paragraph' }] })

const isRunIn = ({ marks }: JSONContent): boolean => marks?.some(({ type }) => type === RUN_IN) ?? false

const inlineOf = ({ text = '', marks }: JSONContent): Inline => ({ text, ...(marks?.some(({ type }) => type === 'bold') && { bold: true as const }) })

const inlinesOf = (nodes: readonly JSONContent[]): Inline[] => joinInlines(nodes.filter(({ type }) => type === 'text').map(inlineOf))

const LEVELS: readonly HeadingLevel[] = [1, 2, 3, 4]
const levelOf = (node: JSONContent): HeadingLevel => LEVELS.find((level) => level === node.attrs?.['level']) ?? 1

const spanOf = (value: unknown): number => (typeof value === 'number' && Number.isInteger(value) && value > 1 ? value : 1)

function cellOf({ attrs = {}, content: nodes = [] }: JSONContent): TableCell {
  const [colspan, rowspan, align] = [spanOf(attrs['colspan']), spanOf(attrs['rowspan']), attrs['align'] as unknown]
  return {
    text: inlinesOf(nodes), ...(colspan > 1 && { colspan }), ...(rowspan > 1 && { rowspan }),
    ...((align === 'left' || align === 'center' || align === 'right') && { align }),
  }
}

function blockOf(node: JSONContent): Block {
  const nodes = node.content ?? []
  if (node.type === 'table') {
    const header = Math.min(spanOf(Number(node.attrs?.['header'] ?? 0) + 1) - 1, nodes.length)
    return { type: 'table', rows: nodes.map((row) => ({ cells: (row.content ?? []).map(cellOf) })), ...(header > 0 && { header }) }
  }
  if (node.type !== 'heading') return { type: 'paragraph', text: inlinesOf(nodes) }
  // Whatever follows the first run-in letter runs in as well.
  const at = nodes.findIndex(isRunIn)
  const rest = at < 0 ? [] : inlinesOf(nodes.slice(at))
  return { type: 'heading', level: levelOf(node), text: inlinesOf(at < 0 ? nodes : nodes.slice(0, at)), ...(rest.length > 0 && { rest }) }
}

const isBlank = (block: Block | undefined): boolean => block?.type === 'paragraph' && block.text.length === 0

/** The body in the editor's document, a block for each node; a lone empty paragraph is no body. */
export function fromDoc(doc: JSONContent): Block[] {
  const blocks = (doc.content ?? []).map(blockOf)
  return blocks.length === 1 && isBlank(blocks[0]) ? [] : blocks
}
