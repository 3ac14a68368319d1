import { OPS, getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { applyTo, multiply } from '#test/pdf/matrix.ts'
import type { Matrix } from '#test/pdf/matrix.ts'

/** A rectangle on the page, mm from its top left corner. */
export type Box = { left: number; top: number; right: number; bottom: number }
/** One drawn character: `x` its origin, `ink` the bounding box of its real outline (null for blanks). */
export type Glyph = { char: string; x: number; ink: Box | null }
/**
 * A run of characters set by one operator. `x` is the origin of the first character, `right` the end of the last one's advance,
 * `baseline` the line they stand on, `y` the top of the highest outline in the run: ink, not the font's declared ascent, since
 * that is what a ruler on paper would find. `size` is the height of the em in pt after all scaling.
 */
export type MeasuredText = { text: string; x: number; right: number; y: number; bottom: number; baseline: number; size: number; font: string; color: string; glyphs: Glyph[] }
/** A straight stroke; `width` its thickness in mm, `y` of its middle (equal `y1`, `y2` for a level one). */
export type MeasuredLine = { x1: number; x2: number; y1: number; y2: number; y: number; width: number; color: string }
/** Bounds of a path that is not a single straight stroke. */
export type MeasuredShape = Box & { color: string }
/** `images`: where pictures of dots stand. */
export type MeasuredPage = { number: number; texts: MeasuredText[]; lines: MeasuredLine[]; shapes: MeasuredShape[]; images: Box[] }

const MM = 25.4 / 72

type Outline = { min: [number, number]; max: [number, number] } | null
type State = { ctm: Matrix; font: string; size: number; fill: string; stroke: string; lineWidth: number; text: Matrix; charSpacing: number }
type Objects = { has(id: string): boolean; get(id: string): unknown }
type Reader = { state: State; stack: State[]; objects: Objects; page: MeasuredPage }

/** Numbers of coordinates that follow each path operator: move, line, cubic, quadratic, close. */
const COORDINATES = [2, 2, 6, 4, 0]

function cubicAt(a: number, b: number, c: number, d: number, t: number): number {
  const u = 1 - t
  return u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d
}

/** Points on a path: corners and sixteen samples of every curve. */
function pathPoints(data: readonly number[]): [number, number][] {
  const points: [number, number][] = []
  let index = 0
  let at: [number, number] = [0, 0]
  while (index < data.length) {
    const count = COORDINATES[data[index] ?? -1]
    if (count === undefined) throw new Error('unknown path operator')
    const [a = 0, b = 0, c = a, d = b, e = c, f = d] = data.slice(index + 1, index + 1 + count)
    const end: [number, number] = count === 6 ? [e, f] : count === 4 ? [c, d] : [a, b]
    const samples = count > 2 ? 16 : 1
    for (let step = 1; step < samples; step++) {
      const middle = count === 6 ? [c, d] : [a, b]
      points.push([cubicAt(at[0], a, middle[0] ?? 0, end[0], step / 16), cubicAt(at[1], b, middle[1] ?? 0, end[1], step / 16)])
    }
    if (count > 0) points.push((at = end))
    index += count + 1
  }
  return points
}

function numbersOf(value: unknown): number[] {
  if (value === null || typeof value !== 'object') return []
  return Object.values(value).filter((item) => typeof item === 'number')
}

function matrixOf(value: unknown): Matrix {
  const [a = 1, b = 0, c = 0, d = 1, e = 0, f = 0] = numbersOf(value)
  return [a, b, c, d, e, f]
}

function bounds(points: readonly [number, number][]): Outline {
  if (points.length === 0) return null
  const xs = points.map((point) => point[0])
  const ys = points.map((point) => point[1])
  return { min: [Math.min(...xs), Math.min(...ys)], max: [Math.max(...xs), Math.max(...ys)] }
}

function toPage(outline: Outline, matrix: Matrix): Box | null {
  if (outline === null) return null
  const a = applyTo(matrix, outline.min)
  const b = applyTo(matrix, outline.max)
  const height = 297 / MM
  return { left: Math.min(a[0], b[0]) * MM, right: Math.max(a[0], b[0]) * MM, top: (height - Math.max(a[1], b[1])) * MM, bottom: (height - Math.min(a[1], b[1])) * MM }
}

function glyphOutline(objects: Objects, font: string, char: string): Outline {
  const id = `${font}_path_${char}`
  if (!objects.has(id)) return null
  const info = objects.get(id)
  const path = typeof info === 'object' && info !== null && 'path' in info ? info.path : null
  return bounds(pathPoints(numbersOf(path)))
}

function fontName(objects: Objects, id: string): string {
  const font = objects.has(id) ? objects.get(id) : null
  const name = typeof font === 'object' && font !== null && 'name' in font ? String(font.name) : id
  return name.replace(/^[A-Z]{6}\+/, '')
}

function showText(reader: Reader, items: readonly unknown[]): void {
  const { state, objects, page } = reader
  const glyphs: Glyph[] = []
  let advance = 0
  const place = (): Matrix => multiply(state.ctm, multiply(state.text, [state.size, 0, 0, state.size, advance, 0]))
  const start = place()
  for (const item of items) {
    if (typeof item === 'number') advance -= (item / 1000) * state.size
    if (typeof item !== 'object' || item === null || !('fontChar' in item) || !('width' in item) || !('unicode' in item)) continue
    const matrix = place()
    const ink = toPage(glyphOutline(objects, state.font, String(item.fontChar)), matrix)
    glyphs.push({ char: String(item.unicode), x: matrix[4] * MM, ink })
    advance += (Number(item.width) / 1000) * state.size + state.charSpacing
  }
  const inks = glyphs.flatMap((glyph) => (glyph.ink === null ? [] : [glyph.ink]))
  const baseline = 297 - start[5] * MM
  page.texts.push({
    text: glyphs.map((glyph) => glyph.char).join(''),
    x: start[4] * MM, right: place()[4] * MM, baseline,
    y: Math.min(baseline, ...inks.map((ink) => ink.top)), bottom: Math.max(...inks.map((ink) => ink.bottom)),
    size: Math.hypot(start[2], start[3]), font: fontName(objects, state.font), color: state.fill, glyphs,
  })
}

function drawPath(reader: Reader, args: readonly unknown[]): void {
  const { state, page } = reader
  const parts = Array.isArray(args[1]) ? args[1].map(numbersOf) : []
  const data = parts.flat()
  const box = toPage(bounds(pathPoints(data)), state.ctm)
  if (box === null) return
  const stroked = args[0] === OPS.stroke || args[0] === OPS.closeStroke
  const straight = stroked && data.length === 6 && data[3] === 1
  if (!straight) page.shapes.push({ ...box, color: stroked ? state.stroke : state.fill })
  else page.lines.push({ x1: box.left, x2: box.right, y1: box.top, y2: box.bottom, y: (box.top + box.bottom) / 2, width: state.lineWidth * Math.abs(state.ctm[3]) * MM, color: state.stroke })
}

/** A picture fills the unit square of its matrix. */
function paintImage({ state, page }: Reader): void {
  const box = toPage({ min: [0, 0], max: [1, 1] }, state.ctm)
  if (box !== null) page.images.push(box)
}

function setFont(state: State, args: readonly unknown[]): void {
  state.font = String(args[0])
  state.size = Number(args[1])
}

const HANDLERS: Record<number, (reader: Reader, args: readonly unknown[]) => void> = {
  [OPS.save]: ({ stack, state }) => void stack.push({ ...state }),
  [OPS.restore]: (reader) => void (reader.state = reader.stack.pop() ?? reader.state),
  [OPS.transform]: ({ state }, args) => void (state.ctm = multiply(state.ctm, matrixOf(args))),
  [OPS.paintFormXObjectBegin]: ({ stack, state }, args) => {
    stack.push({ ...state })
    state.ctm = multiply(state.ctm, matrixOf(args[0]))
  },
  [OPS.paintFormXObjectEnd]: (reader) => void (reader.state = reader.stack.pop() ?? reader.state),
  [OPS.setFont]: ({ state }, args) => setFont(state, args),
  [OPS.setTextMatrix]: ({ state }, args) => void (state.text = matrixOf(args[0])),
  [OPS.setCharSpacing]: ({ state }, args) => void (state.charSpacing = Number(args[0])),
  [OPS.setFillRGBColor]: ({ state }, args) => void (state.fill = String(args[0])),
  [OPS.setStrokeRGBColor]: ({ state }, args) => void (state.stroke = String(args[0])),
  [OPS.setLineWidth]: ({ state }, args) => void (state.lineWidth = Number(args[0])),
  [OPS.showText]: (reader, args) => showText(reader, Array.isArray(args[0]) ? args[0] : []),
  [OPS.constructPath]: drawPath,
  [OPS.paintImageXObject]: paintImage,
}

/**
 * Reads an A4 PDF and measures what stands on its pages by interpreting the drawing operators: positions are those a viewer would
 * draw, sizes include all scaling, and heights come from the glyphs' outlines. mm from the page's top left corner.
 */
export async function measurePdf(bytes: Uint8Array): Promise<MeasuredPage[]> {
  const task = getDocument({ data: new Uint8Array(bytes), disableFontFace: true, fontExtraProperties: true, verbosity: 0 })
  const document = await task.promise
  const pages: MeasuredPage[] = []
  for (let number = 1; number <= document.numPages; number++) {
    const source = await document.getPage(number)
    const operators = await source.getOperatorList()
    const identity: Matrix = [1, 0, 0, 1, 0, 0]
    const state: State = { ctm: identity, text: identity, font: '', size: 0, fill: '#000000', stroke: '#000000', lineWidth: 1, charSpacing: 0 }
    const reader: Reader = { state, stack: [], objects: source.commonObjs, page: { number, texts: [], lines: [], shapes: [], images: [] } }
    operators.fnArray.forEach((operator, index) => HANDLERS[operator]?.(reader, operators.argsArray[index] ?? []))
    pages.push(reader.page)
  }
  await task.destroy()
  return pages
}
