import { readFileSync } from 'node:fs'
import path from 'node:path'
import { printer } from '../printer.ts'

/** A 文件处理单: facts in rows of one or two, then what people wrote, section by section. */
export interface Sheet {
  readonly title: string
  readonly rows: readonly (readonly { readonly label: string; readonly text: string }[])[]
  /** `room`: height in mm of a section in which nobody wrote yet. */
  readonly sections: readonly { readonly label: string; readonly room: number; readonly entries: readonly SheetEntry[] }[]
}

export interface SheetEntry {
  readonly text: string
  /** Name and date: 陆正旸 2026年11月9日. */
  readonly signature: string
}

const SOURCE = '#include "/sheet.typ"'
const template = readFileSync(path.join(import.meta.dirname, 'sheet.typ'), 'utf8')

const filesFor = (sheet: Sheet): Record<string, string> => ({ '/sheet.typ': template, '/data.json': JSON.stringify({ ...sheet, fonts: printer().fonts }) })

export const sheetPdf = (sheet: Sheet): Promise<Uint8Array> => printer().compilePdf(SOURCE, { files: filesFor(sheet) })

/** One self-contained SVG a page, to be shown and printed by the browser. */
export const sheetPages = (sheet: Sheet): Promise<string[]> => printer().renderPages(SOURCE, { files: filesFor(sheet) })
