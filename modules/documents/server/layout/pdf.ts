import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import type { Printer, VirtualFiles } from '#platform/print/contract.ts'
import { layoutData, sealFiles } from '#modules/documents/layout/build.ts'
import type { OfficialDocument } from '#modules/documents/layout/model.ts'

const FOLDER = path.join(import.meta.dirname, 'typst')
const SOURCE = '#include "/layout/official.typ"'
const templates: VirtualFiles = Object.fromEntries(readdirSync(FOLDER).map((name) => [`/layout/${name}`, readFileSync(path.join(FOLDER, name), 'utf8')]))

function filesFor(document: OfficialDocument, printer: Printer): VirtualFiles {
  return { ...templates, ...sealFiles(document), '/data.json': JSON.stringify(layoutData(document, printer.fonts)) }
}

/** Sets a document by GB/T 9704-2012 as PDF. Equal documents give equal bytes. */
export function toPdf(document: OfficialDocument, printer: Printer): Promise<Uint8Array> {
  return printer.compilePdf(SOURCE, { files: filesFor(document, printer) })
}

/** The same pages as one SVG each, for preview. */
export function toPages(document: OfficialDocument, printer: Printer): Promise<string[]> {
  return printer.renderPages(SOURCE, { files: filesFor(document, printer) })
}
