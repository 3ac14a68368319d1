/** Measuring the pages of official documents against GB/T 9704-2012. */
import assert from 'node:assert/strict'
import { GRID, PT_PER_MM } from '#modules/documents/layout/geometry.ts'
import type { OfficialDocument } from '#modules/documents/layout/model.ts'
import { toPdf } from '#modules/documents/server/layout/pdf.ts'
import { createPrinter } from '#platform/print/server/typst.ts'
import { measurePdf } from '#test/pdf/measure.ts'
import type { MeasuredLine, MeasuredPage, MeasuredText } from '#test/pdf/measure.ts'

/** Printing and reading tolerance in mm. */
export const NEAR = 0.5
export const PITCH = GRID.pitch / PT_PER_MM
export const CHAR = GRID.char / PT_PER_MM
export const RED = '#ff0000'
const printer = createPrinter()

export const pagesOf = async (document: OfficialDocument): Promise<MeasuredPage[]> => measurePdf(await toPdf(document, printer))
export const near = (actual: number, expected: number, what: string, tolerance = NEAR): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${what}: ${actual.toFixed(3)} instead of ${expected.toFixed(3)} mm`)
export const find = (page: MeasuredPage | undefined, start: string): MeasuredText => {
  const found = page?.texts.find((text) => text.text.startsWith(start))
  assert.ok(found, `${start} on page ${page?.number}`)
  return found
}
export const exact = (page: MeasuredPage | undefined, whole: string): MeasuredText => {
  const found = page?.texts.find((text) => text.text === whole)
  assert.ok(found, `${whole} on page ${page?.number}`)
  return found
}
export const has = (page: MeasuredPage | undefined, start: string): boolean => page?.texts.some((text) => text.text.startsWith(start)) ?? false
export const at = (pages: MeasuredPage[], number: number): MeasuredPage => {
  const page = pages[number - 1]
  assert.ok(page, `page ${number}`)
  return page
}
export const last = (pages: MeasuredPage[]): MeasuredPage => at(pages, pages.length)
export const folio = (page: MeasuredPage): MeasuredText | undefined => page.texts.find((text) => /^— \d+ —$/.test(text.text))
export const mark = (page: MeasuredPage): MeasuredText[] => page.texts.filter((text) => text.color === RED)
export const level = (page: MeasuredPage, color: string): MeasuredLine[] => page.lines.filter((line) => line.y1 === line.y2 && line.color === color)
/** Upper and lower edge of the em box, which the standard's "height of a character" means. */
export const emTop = (text: MeasuredText): number => text.baseline - (0.88 * text.size) / PT_PER_MM
export const emBottom = (text: MeasuredText): number => text.baseline + (0.12 * text.size) / PT_PER_MM
export const inkTop = (texts: MeasuredText[]): number => Math.min(...texts.map((text) => text.y))
export const inkBottom = (texts: MeasuredText[]): number => Math.max(...texts.map((text) => text.bottom))
/** Baseline of the nth line (from 1) of the grid for body type. */
export const gridBaseline = (line: number): number => 37 + (line - 1) * PITCH + ((GRID.pitch - 16) / 2 + 0.88 * 16) / PT_PER_MM

export function checkMark(page: MeasuredPage, top: number): void {
  near(inkTop(mark(page)), top, 'upper edge of the mark')
  const left = Math.min(...mark(page).map((text) => text.x))
  const right = Math.max(...mark(page).map((text) => text.right))
  near((left + right) / 2, 106, 'middle of the mark')
  assert.ok(left >= 28 && right <= 184.1, 'mark inside the box')
  for (const text of mark(page)) assert.equal(text.font, 'FandolSong-Bold')
}

export function checkHead(page: MeasuredPage, number: string, rows = 1): void {
  const text = find(page, number)
  const line = level(page, RED)[0] ?? assert.fail('no red line')
  near(emTop(text), inkBottom(mark(page)) + (2 + rows - 1) * PITCH + (GRID.pitch - 16) / 2 / PT_PER_MM, 'number two lines below the mark')
  near(line.y, emBottom(text) + 4, 'red line 4 mm below the number')
  near(line.x1, 28, 'red line left')
  near(line.x2, 184, 'red line right')
  near(line.width, 0.6, 'thickness of the red line', 0.1)
}

export function checkImprint(page: MeasuredPage): void {
  const lines = level(page, '#000000').filter((line) => line.y > 150)
  const thickness = lines.map((line) => line.width)
  for (const line of lines) {
    near(line.x1, 28, 'imprint line left')
    near(line.x2, 184, 'imprint line right')
  }
  near(lines.at(-1)?.y ?? 0, 262, 'last line of the imprint')
  near(thickness[0] ?? 0, 0.35, 'first line', 0.01)
  near(thickness.at(-1) ?? 0, 0.35, 'last line', 0.01)
  for (const inner of thickness.slice(1, -1)) near(inner, 0.25, 'inner line', 0.01)
}

export function checkFolio(page: MeasuredPage): void {
  const text = folio(page)
  assert.ok(text, `number on page ${page.number}`)
  assert.equal(text.text, `— ${page.number} —`)
  assert.equal(text.size, 14)
  near(text.glyphs[0]?.ink?.top ?? 0, 269, 'dash 7 mm below the box')
  if (page.number % 2 === 1) near(text.right, 184 - 14 / PT_PER_MM, 'odd page number')
  else near(text.x, 28 + 14 / PT_PER_MM, 'even page number')
}
