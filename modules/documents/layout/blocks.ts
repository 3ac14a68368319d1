import type { FontRole } from '#platform/print/contract.ts'
import { inlineText, numberHeadings } from '#modules/documents/body.ts'
import type { Block, Inline, NumberStyle, NumberedBlock, Table, TableCell } from '#modules/documents/body.ts'
import { charWidth } from '#modules/documents/layout/text.ts'

export type Run = { text: string; role: FontRole; bold: boolean }
export type CellData = { runs: Run[]; colspan: number; rowspan: number; align: 'left' | 'center' | 'right' }
/** `keep`: the paragraph stays on the page of what follows. */
export type TextBlock = { kind: 'text'; runs: Run[]; keep: boolean } | { kind: 'table'; columns: number[]; header: CellData[][]; rows: CellData[][] }

/** 7.3.3: level 1 in 黑体, level 2 in 楷体, levels 3 and 4 in 仿宋. */
export const HEADING_ROLES: Record<1 | 2 | 3 | 4, FontRole> = { 1: 'hei', 2: 'kai', 3: 'body', 4: 'body' }

function runsOf(inlines: readonly Inline[], role: FontRole): Run[] {
  return inlines.filter((inline) => inline.text !== '').map((inline) => ({ text: inline.text, role, bold: inline.bold === true }))
}

function cellData(cell: TableCell, heading: boolean): CellData {
  return { runs: runsOf(cell.text, heading ? 'hei' : 'body'), colspan: cell.colspan ?? 1, rowspan: cell.rowspan ?? 1, align: cell.align ?? (heading ? 'center' : 'left') }
}

/** Relative column widths from the longest text in each column; the square root keeps a long text from starving the others. */
export function columnWidths(table: Table): number[] {
  const widths: number[] = []
  const busy: number[] = []
  for (const row of table.rows) {
    let column = 0
    for (const cell of row.cells) {
      while ((busy[column] ?? 0) > 0) column++
      const colspan = cell.colspan ?? 1
      const width = Math.max(2, charWidth(inlineText(cell.text))) / colspan
      for (let at = column; at < column + colspan; at++) {
        widths[at] = Math.max(widths[at] ?? 0, Math.sqrt(width))
        busy[at] = cell.rowspan ?? 1
      }
      column += colspan
    }
    busy.forEach((rows, at) => (busy[at] = Math.max(0, rows - 1)))
  }
  return Array.from(widths, (width) => Math.round(width * 100) / 100)
}

function tableBlock(table: Table): TextBlock {
  const header = table.header ?? 0
  const rows = table.rows.map((row, index) => row.cells.map((cell) => cellData(cell, index < header)))
  return { kind: 'table', columns: columnWidths(table), header: rows.slice(0, header), rows: rows.slice(header) }
}

function textBlock({ block, number }: NumberedBlock): TextBlock {
  if (block.type === 'table') return tableBlock(block)
  if (block.type === 'paragraph') return { kind: 'text', runs: runsOf(block.text, 'body'), keep: false }
  const role = HEADING_ROLES[block.level]
  const runs = [{ text: number ?? '', role, bold: false }, ...runsOf(block.text, role), ...runsOf(block.rest ?? [], 'body')]
  return { kind: 'text', runs, keep: (block.rest ?? []).length === 0 }
}

/** The blocks of a body as the templates set them. A heading on a line of its own keeps with the text after it. */
export function textBlocks(body: readonly Block[], style: NumberStyle | undefined): TextBlock[] {
  return numberHeadings(body, style).map(textBlock)
}
