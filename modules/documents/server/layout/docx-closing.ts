import { BorderStyle, HeightRule, RelativeVerticalPosition, Tab, TabStopType, Table, TableAnchorType, TableCell, TableRow, TextRun, WidthType } from 'docx'
import type { Paragraph } from 'docx'
import type { Closing, Imprint, LayoutData } from '#modules/documents/layout/data.ts'
import { IMPRINT, PAGE, PT_PER_MM, SIZE } from '#modules/documents/layout/geometry.ts'
import { charWidth } from '#modules/documents/layout/text.ts'
import { CHAR, PITCH, blank, line, mmTwips, para, twips, words } from '#modules/documents/server/layout/docx-text.ts'

/** Width of the box in characters. */
const BOX = 28

function plainLines(closing: Closing & { sealed: false }): Paragraph[] {
  const width = Math.max(...closing.organs.map(charWidth))
  const date = charWidth(closing.date)
  const left = date > width ? BOX - 4 - date : BOX - 2 - width
  const at = (text: string, chars: number): Paragraph => line([words(text)], { indent: { left: Math.round(Math.max(0, chars) * CHAR) } })
  return [...closing.organs.map((organ) => at(organ, left)), at(closing.date, left + 2)]
}

function sealedLines(closing: Closing & { sealed: true }): Paragraph[] {
  const middle = (BOX - closing.dateIndent - charWidth(closing.date) / 2) * CHAR
  const centred = (names: { text: string; at: number }[]): Paragraph =>
    line(names.flatMap((name) => [new TextRun({ children: [new Tab()] }), words(name.text)]), { tabStops: names.map((name) => ({ type: TabStopType.CENTER, position: Math.round(name.at) })) })
  const rows = closing.rows.map((row) => centred(row.map((name) => ({ text: name.organ, at: middle - mmTwips(name.offset) }))))
  const spaced = rows.flatMap((row, index) => (index === 0 ? [row] : [...blank(closing.rowLines - 1), row]))
  return [...spaced, centred([{ text: closing.date, at: middle }])]
}

/** 附件说明, lists of persons, 署名, date and note. */
export function closingLines(data: LayoutData): Paragraph[] {
  const indented = (label: Paragraph[]): Paragraph[] => (label.length === 0 ? [] : [...blank(1), ...label])
  const note = data.attachmentNote.map((item, index) => {
    const chars = 5 + item.width
    return line([words(`${index === 0 ? '附件：' : '　　　'}${item.number}${item.text}`)], { indent: { left: Math.round(chars * CHAR), hanging: Math.round((chars - 2) * CHAR) } })
  })
  const persons = data.attendance.map((item) => line([words(item.label, 'hei'), words(`：${item.text}`)], { indent: { left: 5 * CHAR, hanging: 3 * CHAR } }))
  const { closing } = data
  const signature = closing === null ? [] : [...blank(closing.linesAbove), ...(closing.sealed ? sealedLines(closing) : plainLines(closing))]
  const remark = data.note === null || closing === null ? [] : [para([{ text: `（${data.note}）`, role: 'body', bold: false }])]
  return [...indented(note), ...indented(persons), ...signature, ...remark]
}

const NONE = { style: BorderStyle.NONE, size: 0, color: 'auto' }
const stroke = (mm: number) => ({ style: BorderStyle.SINGLE, size: Math.round(mm * PT_PER_MM * 8), color: '000000' })

function imprintRow(children: Paragraph[], imprint: Imprint, first: boolean, last: boolean): TableRow {
  const side = twips(SIZE.small)
  const top = stroke(first ? IMPRINT.outerLine : IMPRINT.innerLine)
  const bottom = stroke(last ? IMPRINT.outerLine : IMPRINT.innerLine)
  const borders = imprint.lines ? { top, bottom, left: NONE, right: NONE } : { top: NONE, bottom: NONE, left: NONE, right: NONE }
  const cell = new TableCell({ children, borders, margins: { left: side, right: side, top: 0, bottom: 0 }, width: { size: mmTwips(PAGE.boxWidth), type: WidthType.DXA } })
  return new TableRow({ children: [cell], height: { value: PITCH, rule: HeightRule.ATLEAST }, cantSplit: true })
}

/** The 版记 as a table that floats at the foot of the box on the page where the text ends. */
export function imprintTable(imprint: Imprint): Table {
  const side = twips(SIZE.small)
  const lists = imprint.lists.map((list) => line([words(`${list.label}：${list.text}。`, 'body', SIZE.small)], { indent: { left: 3 * side, hanging: 3 * side } }))
  const printed = imprint.printed && [
    line([words(imprint.printed.organ, 'body', SIZE.small), new TextRun({ children: [new Tab()] }), words(imprint.printed.date, 'body', SIZE.small)], {
      tabStops: [{ type: TabStopType.RIGHT, position: mmTwips(PAGE.boxWidth) - 2 * side }],
    }),
  ]
  const groups = [...(lists.length > 0 ? [lists] : []), ...(printed ? [printed] : [])]
  return new Table({
    rows: groups.map((group, index) => imprintRow(group, imprint, index === 0, index === groups.length - 1)),
    width: { size: mmTwips(PAGE.boxWidth), type: WidthType.DXA },
    columnWidths: [mmTwips(PAGE.boxWidth)],
    borders: { top: NONE, bottom: NONE, left: NONE, right: NONE, insideHorizontal: NONE, insideVertical: NONE },
    float: { horizontalAnchor: TableAnchorType.MARGIN, verticalAnchor: TableAnchorType.MARGIN, absoluteHorizontalPosition: 0, relativeVerticalPosition: RelativeVerticalPosition.BOTTOM },
  })
}
