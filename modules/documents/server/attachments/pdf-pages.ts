/** Reading and joining PDFs; runs in a worker only (`pdf.worker.ts`), as the bytes come from outside. */
import { EncryptedPDFError, PDFArray, PDFDict, PDFDocument, PDFName, PDFString, degrees } from 'pdf-lib'
import type { PDFEmbeddedPage, PDFPage } from 'pdf-lib'
import { slotOf } from '#modules/documents/layout/frames.ts'
import type { PdfAnswer, PdfSource } from './pdf.ts'

const MM_PER_PT = 25.4 / 72
const MOST_PAGES = 300

interface Place {
  readonly slot: { readonly attachment: number; readonly page: number }
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const quarter = (angle: number): number => ((angle % 360) + 360) % 360

/** Whether a page is shown lying on its side against its box. */
const isAcross = (page: PDFPage): boolean => quarter(page.getRotation().angle) % 180 !== 0

function shownSize(page: PDFPage): { width: number; height: number } {
  const { width, height } = page.getCropBox()
  const [across, down] = isAcross(page) ? [height, width] : [width, height]
  return { width: across * MM_PER_PT, height: down * MM_PER_PT }
}

/** Sizes of the pages as shown, or why they cannot be bound in: what a signature or a form field shows would be lost. */
export async function facts(bytes: Uint8Array): Promise<PdfAnswer> {
  try {
    const document = await PDFDocument.load(bytes, { updateMetadata: false })
    const pages = document.getPages()
    if ((document.catalog.getAcroForm()?.getFields().length ?? 0) > 0) return { kind: 'unbound', why: 'signed' }
    if (pages.length > MOST_PAGES) return { kind: 'unbound', why: 'large' }
    const sizes = pages.map(shownSize)
    return sizes.length === 0 || sizes.some(({ width, height }) => !(width > 1 && height > 1)) ? { kind: 'unbound', why: 'damaged' } : { kind: 'pages', pages: sizes }
  } catch (error) {
    return { kind: 'unbound', why: error instanceof EncryptedPDFError ? 'locked' : 'damaged' }
  }
}

function uriOf(annotation: PDFDict): string {
  return annotation.lookupMaybe(PDFName.of('A'), PDFDict)?.lookupMaybe(PDFName.of('URI'), PDFString)?.decodeText() ?? ''
}

/** The places kept on a page, marked by links; the marks are taken off. */
function takePlaces(page: PDFPage): Place[] {
  const annotations = page.node.Annots()
  if (annotations === undefined) return []
  const places: Place[] = []
  for (let index = annotations.size() - 1; index >= 0; index--) {
    const annotation = annotations.lookup(index, PDFDict)
    const slot = slotOf(uriOf(annotation))
    if (slot === null) continue
    // The layout engine names the upper corner first, so a height may be negative.
    const { x, y, width, height } = annotation.lookup(PDFName.of('Rect'), PDFArray).asRectangle()
    places.push({ slot, x: Math.min(x, x + width), y: Math.min(y, y + height), width: Math.abs(width), height: Math.abs(height) })
    annotations.remove(index)
  }
  return places
}

/** Sets a page into its place; wider ones are turned with their head to the left. */
function draw(page: PDFPage, embedded: PDFEmbeddedPage, rotation: number, { x, y, width, height }: Place): void {
  const across = rotation % 180 !== 0
  const lies = across ? embedded.height > embedded.width : embedded.width > embedded.height
  const turn = quarter((lies ? 90 : 0) - rotation)
  const scale = turn % 180 === 0 ? width / embedded.width : width / embedded.height
  const [left, bottom] = [turn === 90 || turn === 180 ? x + width : x, turn === 180 || turn === 270 ? y + height : y]
  page.drawPage(embedded, { x: left, y: bottom, xScale: scale, yScale: scale, rotate: degrees(turn) })
}

/** Sets the pages of the sources into the places that the layout has kept for them. Equal input gives equal bytes. */
export async function bindPages(bytes: Uint8Array, sources: readonly PdfSource[]): Promise<Uint8Array> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false })
  const loaded = new Map(await Promise.all(sources.map(async (source) => [source.attachment, await PDFDocument.load(source.bytes, { updateMetadata: false })] as const)))
  for (const page of document.getPages()) {
    for (const place of takePlaces(page)) {
      const source = loaded.get(place.slot.attachment)?.getPages()[place.slot.page]
      if (source === undefined) throw new Error(`no page for ${place.slot.attachment}:${place.slot.page}`)
      const { x, y, width, height } = source.getCropBox()
      const [embedded] = await document.embedPages([source], [{ left: x, bottom: y, right: x + width, top: y + height }])
      if (embedded !== undefined) draw(page, embedded, quarter(source.getRotation().angle), place)
    }
  }
  return document.save()
}
