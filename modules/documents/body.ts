import { toChineseNumber } from '#base/chinese-number.ts'

/** A run of text; `bold` is emphasis asked for by the author, the standard itself prescribes none. */
export type Inline = { text: string; bold?: true }

/** A heading whose number comes from the structure; `rest` runs on in the same paragraph in body type (仿宋). */
export type Heading = { type: 'heading'; level: HeadingLevel; text: Inline[]; rest?: Inline[] }
export type Paragraph = { type: 'paragraph'; text: Inline[] }
export type TableCell = { text: Inline[]; colspan?: number; rowspan?: number; align?: 'left' | 'center' | 'right' }
/** `header`: how many leading rows repeat on each page. */
export type Table = { type: 'table'; rows: { cells: TableCell[] }[]; header?: number }

export type HeadingLevel = 1 | 2 | 3 | 4
export type Block = Heading | Paragraph | Table
/** `standard`: 一、（一）1.（1）; `two-level`: a text with only two levels may use 一、 and 1. (GB/T 9704-2012, 7.3.3). */
export type NumberStyle = 'standard' | 'two-level'
/** A block with the number its heading carries; null for everything that is not a heading. */
export type NumberedBlock = { block: Block; number: string | null }

/** The printed number of the nth heading (from 1) of a level. */
export function headingNumber(level: HeadingLevel, nth: number, style: NumberStyle = 'standard'): string {
  if (level === 1) return `${toChineseNumber(nth)}、`
  if (level === 2 && style === 'standard') return `（${toChineseNumber(nth)}）`
  if (level === 2 || level === 3) return `${nth}.`
  return `（${nth}）`
}

/** Pairs every block with its heading number. A heading starts the count of all deeper levels again. */
export function numberHeadings(blocks: readonly Block[], style: NumberStyle = 'standard'): NumberedBlock[] {
  const counts = [0, 0, 0, 0]
  return blocks.map((block) => {
    if (block.type !== 'heading') return { block, number: null }
    const index = block.level - 1
    counts[index] = (counts[index] ?? 0) + 1
    counts.fill(0, block.level)
    return { block, number: headingNumber(block.level, counts[index], style) }
  })
}

/** The letters of a run of inlines. */
export function inlineText(inlines: readonly Inline[]): string {
  return inlines.map((inline) => inline.text).join('')
}

function blockText({ block, number }: NumberedBlock): string {
  if (block.type === 'paragraph') return inlineText(block.text)
  if (block.type === 'heading') return (number ?? '') + inlineText(block.text) + inlineText(block.rest ?? [])
  return block.rows.map((row) => row.cells.map((cell) => inlineText(cell.text)).join('\t')).join('\n')
}

/** Plain text of a body with its generated numbers, a line per paragraph or table row, cells divided by tabs. For search and comparison. */
export function bodyText(blocks: readonly Block[], style: NumberStyle = 'standard'): string {
  return numberHeadings(blocks, style).map(blockText).join('\n')
}
