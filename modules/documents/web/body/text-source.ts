import type { SourceItem } from '#modules/documents/import/source.ts'

const cellsOf = (line: string): string[] => line.split('\t')

/** Neighbouring lines with as many tabs each are a table copied from a sheet. */
function tableLength(lines: readonly string[], start: number): number {
  const width = cellsOf(lines[start] ?? '').length
  if (width < 2) return 0
  let end = start
  while (end < lines.length && cellsOf(lines[end] ?? '').length === width) end++
  return end - start >= 2 ? end - start : 0
}

/** Paragraphs and tables of plain text: a line is a paragraph, tabbed lines are rows. */
export function readText(text: string): SourceItem[] {
  const lines = text.replaceAll(/\r\n?|[\u2028\u2029\f\v]/g, '\n').replaceAll('\0', '').split('\n')
  const items: SourceItem[] = []
  for (let index = 0; index < lines.length; index++) {
    const length = tableLength(lines, index)
    if (length > 0) {
      const rows = lines.slice(index, index + length).map((line) => ({ cells: cellsOf(line).map((cell) => ({ text: cell.trim() === '' ? [] : [{ text: cell.trim() }] })) }))
      items.push({ kind: 'table', table: { type: 'table', rows } })
      index += length - 1
    } else items.push({ kind: 'paragraph', text: [{ text: (lines[index] ?? '').replaceAll('\t', ' ') }] })
  }
  return items
}
