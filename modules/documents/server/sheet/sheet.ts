import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { ServerContext } from '#platform/db/server/context.ts'
import { Workflow } from '#platform/workflow/contract.ts'
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
  /** Picture that stands before the name. */
  readonly signatureId?: string | null
}

const SOURCE = '#include "/sheet.typ"'
const template = readFileSync(path.join(import.meta.dirname, 'sheet.typ'), 'utf8')

/** Pictures of the signatures on a sheet, by their ids. */
export type Pictures = ReadonlyMap<string, Uint8Array>

/** The pictures a sheet of a case needs. */
export async function picturesOf(ctx: ServerContext, caseId: string | null, { sections }: Sheet): Promise<Pictures> {
  const ids = new Set(sections.flatMap(({ entries }) => entries.flatMap(({ signatureId }) => signatureId ?? [])))
  if (caseId === null) return new Map()
  return new Map(await Promise.all([...ids].map(async (id) => [id, await ctx.use(Workflow).signature(caseId, id)] as const)))
}

function filesFor(sheet: Sheet, pictures: Pictures): Record<string, string | Uint8Array> {
  const sections = sheet.sections.map((section) => ({ ...section, entries: section.entries.map((entry) => ({ ...entry, picture: pictures.has(entry.signatureId ?? '') ? `/${entry.signatureId}.png` : null })) }))
  return { '/sheet.typ': template, '/data.json': JSON.stringify({ ...sheet, sections, fonts: printer().fonts }), ...Object.fromEntries([...pictures].map(([id, png]) => [`/${id}.png`, png])) }
}

export const sheetPdf = (sheet: Sheet, pictures: Pictures): Promise<Uint8Array> => printer().compilePdf(SOURCE, { files: filesFor(sheet, pictures) })

/** One self-contained SVG a page, to be shown and printed by the browser. */
export const sheetPages = (sheet: Sheet, pictures: Pictures): Promise<string[]> => printer().renderPages(SOURCE, { files: filesFor(sheet, pictures) })
