import { AlignmentType, BorderStyle, LineRuleType, Paragraph, Tab, TabStopType, TextRun } from 'docx'
import { GRID, HEAD, LETTER, PAGE, PT_PER_MM, RED, SIZE } from '#modules/documents/layout/geometry.ts'
import type { LayoutData } from '#modules/documents/layout/data.ts'
import { CHAR, PITCH, line, mmTwips, runsOf, twips, words } from '#modules/documents/server/layout/docx-text.ts'

const COLOR = RED.slice(1)
/** Share of the size between the upper edge of a line set solid and the ink of its letters. */
const OVERHEAD = 0.06
/** Space between the foot of a character and that of its line, pt. */
const BELOW = (GRID.pitch - SIZE.body) / 2
const RIGHT_TAB = [{ type: TabStopType.RIGHT, position: mmTwips(PAGE.boxWidth) - CHAR }]

function markLine(data: LayoutData, text: string, before: number): Paragraph {
  const run = words(text, 'title', Math.round(data.mark.size), { scale: Math.round(data.mark.stretch * 100), color: COLOR })
  return new Paragraph({ alignment: AlignmentType.CENTER, spacing: { line: twips(data.mark.size * 1.2), lineRule: LineRuleType.EXACT, before, after: 0 }, children: [run] })
}

/** Names of the issuers; office formats cannot centre 文件 beside several names, so it follows the last of them there. */
function markLines(data: LayoutData, before: number): Paragraph[] {
  const { names, suffix } = data.mark
  return names.map((name, index) => markLine(data, name + (index === names.length - 1 ? suffix : ''), index === 0 ? before : 0))
}

function redLine(space: number): { bottom: { style: typeof BorderStyle.SINGLE; color: string; size: number; space: number } } {
  return { bottom: { style: BorderStyle.SINGLE, color: COLOR, size: Math.round(HEAD.lineWidthPt * 8), space: Math.round(space) } }
}

/** The number, with 签发人 on its right in documents to a superior. An indent would shorten the line below, hence a blank character. */
function numberLines(data: LayoutData): Paragraph[] {
  const border = redLine(HEAD.lineBelowNumber * PT_PER_MM - BELOW)
  const before = HEAD.linesBelowMark * PITCH
  if (data.signers.length === 0) {
    const plain = { alignment: AlignmentType.CENTER, before }
    if (data.organRow === null) return [line([words(data.number)], { ...plain, border })]
    const organ = [words(`　${data.organRow.organ}`), new TextRun({ children: [new Tab()] }), words(data.organRow.date)]
    return [line([words(data.number)], plain), line(organ, { tabStops: RIGHT_TAB, border })]
  }
  return data.signers.map((names, index) => {
    const last = index === data.signers.length - 1
    const label = index === 0 ? '签发人：' : ''
    const signers = [new TextRun({ children: [new Tab()] }), words(label), words(names.join('　'), 'kai')]
    return line([...(last ? [words(`　${data.number}`)] : []), ...signers], { tabStops: RIGHT_TAB, before: index === 0 ? before : 0, ...(last && { border }) })
  })
}

function documentHead(data: LayoutData): Paragraph[] {
  const rows = data.sideMarks.map((mark) => line(runsOf([mark])))
  const before = mmTwips(HEAD.markTop - PAGE.top) - rows.length * PITCH - twips(data.mark.size * (OVERHEAD + 0.1))
  return [...rows, ...markLines(data, Math.max(0, before)), ...numberLines(data)]
}

function letterHead(data: LayoutData): Paragraph[] {
  const rule = line([], {
    indent: { left: mmTwips((PAGE.width - LETTER.lineLength) / 2 - PAGE.left), right: mmTwips((PAGE.width - LETTER.lineLength) / 2 - PAGE.right) },
    border: { bottom: { style: BorderStyle.THICK_THIN_SMALL_GAP, color: COLOR, size: 24, space: 0 } },
    spacing: { line: mmTwips(LETTER.lineBelowMark), lineRule: LineRuleType.EXACT, before: 0, after: 0 },
  })
  const [first, ...others] = data.sideMarks
  const top = line([...(first ? runsOf([first]) : []), new TextRun({ children: [new Tab()] }), words(data.number)], { tabStops: [{ type: TabStopType.RIGHT, position: mmTwips(PAGE.boxWidth) }], before: twips(LETTER.belowLinePt - BELOW) })
  return [...markLines(data, 0), rule, top, ...others.map((mark) => line(runsOf([mark])))]
}

/** Everything above the title. */
export function headOf(data: LayoutData): Paragraph[] {
  return data.format === 'letter' ? letterHead(data) : documentHead(data)
}

/** The lower red double line of a letter's first page, in its footer. */
export function letterFoot(): Paragraph {
  const side = (margin: number): number => mmTwips((PAGE.width - LETTER.lineLength) / 2 - margin)
  return new Paragraph({ indent: { left: side(PAGE.left), right: side(PAGE.right) }, border: { bottom: { style: BorderStyle.THIN_THICK_SMALL_GAP, color: COLOR, size: 24, space: 0 } } })
}
