import { AlignmentType, LineRuleType, Paragraph, TextRun } from 'docx'
import type { IParagraphOptions, IRunOptions } from 'docx'
import type { FontRole } from '#platform/print/contract.ts'
import type { Run } from '#modules/documents/layout/blocks.ts'
import { GRID, PT_PER_MM, SIZE } from '#modules/documents/layout/geometry.ts'

/** Twips (1/20 pt) of a length in pt. */
export const twips = (points: number): number => Math.round(points * 20)
export const mmTwips = (mm: number): number => twips(mm * PT_PER_MM)
/** Whole twips, rounded down, so that 22 lines surely fit the page. */
export const PITCH = Math.floor(GRID.pitch * 20)
export const CHAR = twips(GRID.char)

/** The faces of the standard by the names office suites know them by; a suite without them substitutes its own. */
const FACES: Record<FontRole, string> = { title: '方正小标宋简体', body: '仿宋_GB2312', kai: '楷体_GB2312', hei: '黑体', song: '宋体' }

export function face(role: FontRole): NonNullable<IRunOptions['font']> {
  return { ascii: FACES[role], hAnsi: FACES[role], eastAsia: FACES[role], hint: 'eastAsia' }
}

/** Text of a role and size (pt). */
export function words(text: string, role: FontRole = 'body', size: number = SIZE.body, more: Partial<IRunOptions> = {}): TextRun {
  return new TextRun({ text, font: face(role), size: size * 2, ...more })
}

export function runsOf(runs: readonly Run[], size: number = SIZE.body): TextRun[] {
  return runs.map((run) => words(run.text, run.role, size, run.bold ? { bold: true } : {}))
}

type LineOptions = IParagraphOptions & { before?: number }

/** A paragraph on the line grid; `before` is space above in twips. */
export function line(children: TextRun[], { before = 0, ...options }: LineOptions = {}): Paragraph {
  return new Paragraph({ spacing: { line: PITCH, lineRule: LineRuleType.EXACT, before, after: 0 }, children, ...options })
}

export function blank(count: number): Paragraph[] {
  return Array.from({ length: count }, () => line([]))
}

/** A body paragraph, first line two characters in. */
export function para(runs: readonly Run[], options: LineOptions = {}): Paragraph {
  return line(runsOf(runs), { indent: { firstLine: 2 * CHAR }, alignment: AlignmentType.BOTH, ...options })
}

export function titleLines(lines: readonly string[], before: number): Paragraph[] {
  return lines.map((text, index) => line([words(text, 'title', SIZE.title)], { alignment: AlignmentType.CENTER, before: index === 0 ? before : 0 }))
}
