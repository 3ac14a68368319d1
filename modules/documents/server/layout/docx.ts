import { AlignmentType, Document, DocumentGridType, Footer, Header, Packer, PageNumber, Paragraph, Table, TableCell, TableRow, VerticalAlignTable, WidthType } from 'docx'
import type { ISectionOptions } from 'docx'
import type { CellData, TextBlock } from '#modules/documents/layout/blocks.ts'
import { layoutData } from '#modules/documents/layout/build.ts'
import type { LayoutData } from '#modules/documents/layout/data.ts'
import { FOLIO, GRID, HEAD, LETTER, PAGE, SIZE } from '#modules/documents/layout/geometry.ts'
import type { OfficialDocument } from '#modules/documents/layout/model.ts'
import { closingLines, imprintTable } from '#modules/documents/server/layout/docx-closing.ts'
import { headOf, letterFoot } from '#modules/documents/server/layout/docx-head.ts'
import { PITCH, blank, face, line, mmTwips, para, runsOf, titleLines, twips, words } from '#modules/documents/server/layout/docx-text.ts'
import { DEFAULT_FONTS } from '#platform/print/fonts.ts'

/** `charSpace` counts in 1/4096 pt: 28 characters of 16 pt need −0.207 pt each. */
const CHAR_SPACE = Math.round(GRID.tracking * 4096)
/** Height of the dash above the foot of its line, as a share of the size. */
const DASH = 0.43
const ALIGN = { left: AlignmentType.LEFT, center: AlignmentType.CENTER, right: AlignmentType.RIGHT }

function tableCell(cell: CellData): TableCell {
  const content = line(runsOf(cell.runs, SIZE.small), { alignment: ALIGN[cell.align] })
  return new TableCell({ children: [content], columnSpan: cell.colspan, rowSpan: cell.rowspan, verticalAlign: VerticalAlignTable.CENTER })
}

function tableOf(block: TextBlock & { kind: 'table' }): Table {
  const total = block.columns.reduce((sum, width) => sum + width, 0)
  const row = (cells: CellData[], header: boolean): TableRow => new TableRow({ children: cells.map(tableCell), tableHeader: header, cantSplit: true })
  return new Table({
    rows: [...block.header.map((cells) => row(cells, true)), ...block.rows.map((cells) => row(cells, false))],
    width: { size: mmTwips(PAGE.boxWidth), type: WidthType.DXA },
    columnWidths: block.columns.map((width) => Math.round((width / total) * mmTwips(PAGE.boxWidth))),
  })
}

function blocksOf(blocks: readonly TextBlock[]): (Paragraph | Table)[] {
  return blocks.map((block) => (block.kind === 'table' ? tableOf(block) : para(block.runs, block.keep ? { keepNext: true } : {})))
}

function attachmentOf(attachment: LayoutData['attachments'][number]): (Paragraph | Table)[] {
  return [line([words(attachment.label, 'hei')], { pageBreakBefore: true }), ...titleLines(attachment.title, PITCH), ...blank(1), ...blocksOf(attachment.blocks)]
}

function folio(odd: boolean): Footer {
  const indent = twips(FOLIO.indentPt)
  const number = words('', 'song', SIZE.small, { children: ['— ', PageNumber.CURRENT, ' —'] })
  return new Footer({ children: [new Paragraph({ alignment: odd ? AlignmentType.RIGHT : AlignmentType.LEFT, indent: odd ? { right: indent } : { left: indent }, children: [number] })] })
}

function contentOf(data: LayoutData): (Paragraph | Table)[] {
  const above = data.format === 'letter' ? LETTER.linesAboveTitle : HEAD.linesBelowLine
  return [
    ...headOf(data),
    ...titleLines(data.title, above * PITCH),
    ...blank(1),
    ...(data.recipients === null ? [] : [line([words(data.recipients)])]),
    ...blocksOf(data.blocks),
    ...closingLines(data),
    ...data.attachments.flatMap(attachmentOf),
    ...(data.imprint === null ? [] : [imprintTable(data.imprint), line([])]),
  ]
}

function sectionOf(data: LayoutData): ISectionOptions {
  const letter = data.format === 'letter'
  const draft = data.draft ? { headers: { default: draftHeader(), even: draftHeader(), first: draftHeader() } } : {}
  const footer = PAGE.height - FOLIO.dash
  return {
    properties: {
      titlePage: letter,
      page: {
        size: { width: mmTwips(PAGE.width), height: mmTwips(PAGE.height) },
        margin: { top: mmTwips(PAGE.top), bottom: mmTwips(PAGE.bottom), left: mmTwips(PAGE.left), right: mmTwips(PAGE.right), header: mmTwips(15), footer: mmTwips(footer) - twips(DASH * SIZE.small), gutter: 0 },
      },
      grid: { type: DocumentGridType.LINES_AND_CHARS, linePitch: PITCH, charSpace: CHAR_SPACE },
    },
    ...draft,
    footers: { default: folio(true), even: folio(false), ...(letter && { first: new Footer({ children: [letterFoot()] }) }) },
    children: contentOf(data),
  }
}

function draftHeader(): Header {
  return new Header({ children: [new Paragraph({ alignment: AlignmentType.RIGHT, children: [words('送审稿', 'hei')] })] })
}

/**
 * Sets a document as DOCX for editing in an office suite: same structure, page, line and character grid as the PDF, generated numbers as text.
 * Differences a flowing format forces: no seals, the 版记 floats at the foot of its page without regard to even pages, and with
 * several issuers 文件 follows the last name. The PDF is the authoritative form.
 */
export async function toDocx(document: OfficialDocument): Promise<Uint8Array> {
  const data = layoutData(document, DEFAULT_FONTS)
  const file = new Document({
    title: data.documentTitle,
    evenAndOddHeaderAndFooters: true,
    styles: { default: { document: { run: { font: face('body'), size: SIZE.body * 2 } } } },
    sections: [sectionOf(data)],
  })
  return new Uint8Array(await Packer.toArrayBuffer(file))
}
