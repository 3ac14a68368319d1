import { GRID, PAGE, PT_PER_MM, SEAL } from '#modules/documents/layout/geometry.ts'
import type { Closing, SealedName } from '#modules/documents/layout/data.ts'
import type { OfficialDocument, Signature } from '#modules/documents/layout/model.ts'
import { charWidth, officialDate } from '#modules/documents/layout/text.ts'

const CHAR_MM = GRID.char / PT_PER_MM
/** Characters of an unknown date, so that a draft shows where it will stand. */
const DATE_BLANK = '　　　　年　　月　　日'

/** The date as printed, or the blank for it. */
export function dateText(date: string | null): string {
  return date === null ? DATE_BLANK : officialDate(date)
}

/** Virtual path of the seal on the nth 署名. */
export function sealPath(index: number, type: 'svg' | 'png'): string {
  return `/seals/${index}.${type}`
}

/** How many 署名 stand in a row: as many as keep seals apart and names from meeting. */
function columnsFor(signatures: readonly Signature[]): number {
  const widest = Math.max(...signatures.map((signature) => charWidth(signature.organ))) * CHAR_MM
  if (widest <= SEAL.spacing) return 3
  return widest <= PAGE.boxWidth / 2 ? 2 : 1
}

function sealedName(signature: Signature, index: number, offset: number, issued: boolean): SealedName {
  const seal = issued && signature.seal ? { file: sealPath(index, signature.seal.type), diameter: signature.seal.diameter ?? SEAL.diameter } : null
  return { organ: signature.organ, offset, seal }
}

function sealedRows(signatures: readonly Signature[], issued: boolean): SealedName[][] {
  const columns = columnsFor(signatures)
  const spacing = columns === 3 ? SEAL.spacing : PAGE.boxWidth / 2
  const rows: SealedName[][] = []
  for (let start = 0; start < signatures.length; start += columns) {
    const group = signatures.slice(start, start + columns)
    rows.push(group.map((signature, at) => sealedName(signature, start + at, (group.length - 1 - at) * spacing, issued)))
  }
  return rows
}

/** 署名, 成文日期 and seals (7.3.5). Null for minutes, which carry date and organ in their head and no seal (10.3). */
export function closingOf(document: OfficialDocument): Closing | null {
  const signatures = document.signatures ?? []
  if (document.format === 'minutes' || signatures.length === 0) return null
  const date = dateText(document.date)
  if (document.sealed !== true) return { sealed: false, linesAbove: 1, organs: signatures.map((signature) => signature.organ), date }
  const rowLines = Math.ceil((SEAL.spacing * PT_PER_MM) / GRID.pitch)
  return { sealed: true, linesAbove: SEAL.linesAbove, rows: sealedRows(signatures, document.issued), rowLines, rise: SEAL.rise, dateIndent: SEAL.dateIndentChars, date }
}
