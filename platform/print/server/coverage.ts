/**
 * Code points an OpenType font file draws, from its `cmap` table (formats 4 and 12, the only ones current fonts use for Unicode).
 * Source: OpenType 1.9, "cmap — Character to Glyph Index Mapping Table".
 */
export function codePoints(font: Uint8Array): Set<number> {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength)
  const points = new Set<number>()
  const table = findTable(view, 'cmap')
  if (table === null) return points
  for (let index = 0; index < view.getUint16(table + 2); index++) {
    const subtable = table + view.getUint32(table + 4 + index * 8 + 4)
    const format = view.getUint16(subtable)
    if (format === 4) readSegments(view, subtable, points)
    if (format === 12) readGroups(view, subtable, points)
  }
  return points
}

function findTable(view: DataView, tag: string): number | null {
  for (let index = 0; index < view.getUint16(4); index++) {
    const record = 12 + index * 16
    const name = String.fromCharCode(...Array.from({ length: 4 }, (_, at) => view.getUint8(record + at)))
    if (name === tag) return view.getUint32(record + 8)
  }
  return null
}

function readSegments(view: DataView, at: number, points: Set<number>): void {
  const size = view.getUint16(at + 6)
  for (let segment = 0; segment < size; segment += 2) {
    const last = view.getUint16(at + 14 + segment)
    const first = view.getUint16(at + 16 + size + segment)
    const delta = view.getUint16(at + 16 + 2 * size + segment)
    const offsetAt = at + 16 + 3 * size + segment
    const offset = view.getUint16(offsetAt)
    for (let point = first; point <= last && point < 0xffff; point++) {
      const glyph = offset === 0 ? point + delta : view.getUint16(offsetAt + offset + 2 * (point - first))
      if (glyph % 0x10000 !== 0) points.add(point)
    }
  }
}

function readGroups(view: DataView, at: number, points: Set<number>): void {
  for (let group = 0; group < view.getUint32(at + 12); group++) {
    const record = at + 16 + group * 12
    const first = view.getUint32(record)
    const skip = view.getUint32(record + 8) === 0 ? 1 : 0
    for (let point = first + skip; point <= view.getUint32(record + 4); point++) points.add(point)
  }
}

/** The distinct characters of `text` outside `covered`, in order of appearance; white space and controls need no glyph. */
export function uncovered(text: string, covered: ReadonlySet<number>): string[] {
  const missing = [...text].filter((char) => !/[\p{White_Space}\p{Cc}\p{Cf}\p{Variation_Selector}]/u.test(char) && !covered.has(char.codePointAt(0) ?? 0))
  return [...new Set(missing)]
}
