import type { Heading, HeadingLevel, Paragraph, Table, TableCell } from '#modules/documents/body.ts'

export const heading = (level: HeadingLevel, text: string, rest?: string): Heading => ({ type: 'heading', level, text: [{ text }], ...(rest !== undefined && { rest: [{ text: rest }] }) })

export const paragraph = (text: string): Paragraph => ({ type: 'paragraph', text: [{ text }] })

/** A table whose first row is its head; cells up to `centred` columns stand in the middle. */
export function table(rows: readonly (readonly string[])[], centred = 2): Table {
  const cell = (text: string, row: number, column: number): TableCell => ({ text: [{ text }], ...((row === 0 || column < centred) && { align: 'center' as const }) })
  return { type: 'table', header: 1, rows: rows.map((cells, row) => ({ cells: cells.map((text, column) => cell(text, row, column)) })) }
}
