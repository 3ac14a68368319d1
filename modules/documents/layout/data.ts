import type { FontTable } from '#platform/print/contract.ts'
import type { LayoutFormat } from '#modules/documents/layout/model.ts'
import type { Frame } from '#modules/documents/layout/frames.ts'
import type { Run, TextBlock } from '#modules/documents/layout/blocks.ts'

/** 发文机关标志: sizes in pt; `stretch` narrows the letters; `nameWidth` is the common width of joint organs before narrowing. */
export type Mark = { names: string[]; suffix: string; size: number; suffixSize: number; nameWidth: number; stretch: number }
/** A seal by the virtual path of its image, diameter in mm. */
export type Seal = { file: string; diameter: number }
/** `offset`: distance in mm of the name's middle to the left of the date's. */
export type SealedName = { organ: string; offset: number; seal: Seal | null }
export type Closing =
  | { sealed: false; linesAbove: number; organs: string[]; date: string }
  | { sealed: true; linesAbove: number; rows: SealedName[][]; rowLines: number; rise: number; dateIndent: number; date: string }
export type Imprint = { lists: { label: string; text: string }[]; printed: { organ: string; date: string } | null; lines: boolean; even: boolean }

/** Everything the Typst templates read, as plain JSON. Lengths as in `geometry.ts`. */
export type LayoutData = {
  format: LayoutFormat
  draft: boolean
  documentTitle: string
  red: string
  geometry: Record<string, number | Record<string, number>>
  fonts: FontTable
  mark: Mark
  sideMarks: Run[]
  number: string
  signers: string[][]
  /** Width of a name of 签发人 in characters. */
  signerWidth: number
  organRow: { organ: string; date: string } | null
  title: string[]
  recipients: string | null
  blocks: TextBlock[]
  attachmentNote: { number: string; width: number; text: string }[]
  attendance: { label: string; text: string }[]
  closing: Closing | null
  note: string | null
  attachments: { label: string; title: string[]; blocks: TextBlock[]; frames: Frame[] }[]
  imprint: Imprint | null
}
