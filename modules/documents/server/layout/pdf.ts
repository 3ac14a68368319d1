import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { Printer, VirtualFiles } from '#platform/print/contract.ts'
import { imageFiles, layoutData } from '#modules/documents/layout/build.ts'
import type { OfficialDocument } from '#modules/documents/layout/model.ts'
import { bindPdf } from '#modules/documents/server/attachments/pdf.ts'

const FOLDER = path.join(import.meta.dirname, 'typst')
const SOURCE = '#include "/layout/official.typ"'
const templates: VirtualFiles = Object.fromEntries(readdirSync(FOLDER).map((name) => [`/layout/${name}`, readFileSync(path.join(FOLDER, name), 'utf8')]))

function filesFor(document: OfficialDocument, printer: Printer): VirtualFiles {
  return { ...templates, ...imageFiles(document), '/data.json': JSON.stringify(layoutData(document, printer.fonts)) }
}

/** Sets a document by GB/T 9704-2012 as PDF, with the pages of attached PDFs in their places. Equal documents give equal bytes. */
export async function toPdf(document: OfficialDocument, printer: Printer): Promise<Uint8Array> {
  const pdf = await printer.compilePdf(SOURCE, { files: filesFor(document, printer), inputs: { bound: 'yes' } })
  const sources = (document.attachments ?? []).flatMap((attachment, index) => (attachment.pdf === undefined ? [] : [{ attachment: index, bytes: attachment.pdf.bytes }]))
  return sources.length === 0 ? pdf : bindPdf(pdf, sources)
}

/** The same pages as one SVG each, for preview; a frame stands for each page of an attached PDF. */
export function toPages(document: OfficialDocument, printer: Printer): Promise<string[]> {
  return printer.renderPages(SOURCE, { files: filesFor(document, printer) })
}
