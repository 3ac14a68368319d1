import type { Problem } from '../api.ts'
import { SHEET_COLUMNS } from '../columns.ts'
import type { SheetKind } from '../columns.ts'
import { cellWords } from '../words.ts'

/** One line of a sheet: its number in the spreadsheet, and its cells by the columns' keys, trimmed. */
export interface Line {
  readonly row: number
  readonly cells: Readonly<Record<string, string>>
}

export interface ReadSheet {
  readonly lines: readonly Line[]
  readonly problems: readonly Problem[]
}

const clean = (text: string): string => text.normalize('NFC').trim()

/** Finds the columns by the head line, in any order; empty lines are skipped. Columns that are missing are said once, on the head line. */
export function readSheet(kind: SheetKind, rows: readonly (readonly string[])[]): ReadSheet {
  const heads = (rows[0] ?? []).map((text) => clean(text).replace(/[*＊]/g, ''))
  const columns = SHEET_COLUMNS[kind].map((column) => ({ ...column, at: heads.indexOf(column.title) }))
  const missing = columns.filter(({ required, at }) => required && at < 0)
  if (missing.length > 0) return { lines: [], problems: missing.map(({ title }) => ({ row: 1, column: title, text: cellWords.missingColumn(title) })) }
  const lines = rows.map((row, index) => ({ row: index + 1, cells: Object.fromEntries(columns.map(({ key, at }) => [key, clean(row[at] ?? '')])) }))
    .slice(1).filter(({ cells }) => Object.values(cells).some((text) => text !== ''))
  const problems = lines.flatMap(({ row, cells }) => columns.filter(({ required, key }) => required && cells[key] === '').map(({ title }) => ({ row, column: title, text: cellWords.required })))
  return { lines, problems }
}

/** A check of one cell that is filled in: what is wrong with it, or null. */
export type CellCheck = (text: string, line: Line) => string | null

/** Runs checks by column key over the filled cells of all lines. */
export function checkCells(kind: SheetKind, lines: readonly Line[], checks: Readonly<Record<string, CellCheck>>): Problem[] {
  const columns = SHEET_COLUMNS[kind].flatMap(({ key, title }) => {
    const check = checks[key]
    return check === undefined ? [] : [{ key, title, check }]
  })
  return lines.flatMap((line) => columns.flatMap(({ key, title, check }) => {
    const text = line.cells[key] ?? ''
    const wrong = text === '' ? null : check(text, line)
    return wrong === null ? [] : [{ row: line.row, column: title, text: wrong }]
  }))
}

/** Says where a value stood before; the first one is right. */
export function twice(words: (row: number) => string): (key: string, row: number) => string | null {
  const first = new Map<string, number>()
  return (key, row) => {
    const before = first.get(key)
    if (before === undefined) first.set(key, row)
    return before === undefined ? null : words(before)
  }
}

const MOST_ORDER = 9999

export const isOrder: CellCheck = (text) => (/^\d{1,4}$/.test(text) && Number(text) <= MOST_ORDER ? null : cellWords.order)
export const within = (most: number): CellCheck => (text) => (text.length > most ? cellWords.long(most) : null)
/** Place in the order of colleagues when none is given. */
export const orderOf = ({ cells }: Line): number => Number(cells['order'] || 100)
