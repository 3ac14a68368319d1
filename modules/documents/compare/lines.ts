import { inlineText } from '#modules/documents/body.ts'
import type { Block, HeadingLevel } from '#modules/documents/body.ts'

/** What kind of line it is; `opens` marks the first row of a table. */
export type Shape = { kind: 'paragraph' } | { kind: 'heading'; level: HeadingLevel } | { kind: 'row'; opens: boolean }

/** A body cut into lines that are compared with each other: a paragraph, a heading with its run-in text, or a table row with its cells. */
export type Line = { shape: Shape; parts: string[] }

export function linesOf(blocks: readonly Block[]): Line[] {
  return blocks.flatMap((block): Line[] => {
    if (block.type === 'table') return block.rows.map((row, index) => ({ shape: { kind: 'row', opens: index === 0 }, parts: row.cells.map((cell) => inlineText(cell.text)) }))
    if (block.type === 'paragraph') return [{ shape: { kind: 'paragraph' }, parts: [inlineText(block.text)] }]
    return [{ shape: { kind: 'heading', level: block.level }, parts: [inlineText(block.text), inlineText(block.rest ?? [])] }]
  })
}

const BREAK = '\u0000'

/** Letters that tell lines apart; the level of a heading does not, so that a promoted heading is still the same line. */
export const signature = ({ shape, parts }: Line): string => shape.kind === 'row' ? `row${BREAK}${parts.join(BREAK)}` : parts.filter((part) => part !== '').join(BREAK)

function bigrams(text: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (let index = 0; index + 1 < text.length; index++) {
    const pair = text.slice(index, index + 2)
    counts.set(pair, (counts.get(pair) ?? 0) + 1)
  }
  return counts
}

/** A line with what similarity needs, counted once. */
export type Profile = { row: boolean; cells: number; length: number; grams: Map<string, number> }

export function profileOf(line: Line): Profile {
  const text = line.parts.join('')
  return { row: line.shape.kind === 'row', cells: line.parts.length, length: Math.max(0, text.length - 1), grams: bigrams(text) }
}

/** Dice coefficient of the letter pairs, 0 to 1. Rows are alike only to rows of as many cells. */
export function similarity(a: Profile, b: Profile): number {
  if (a.row !== b.row || (a.row && a.cells !== b.cells)) return 0
  if (a.length + b.length === 0) return 1
  const [small, large] = a.grams.size < b.grams.size ? [a.grams, b.grams] : [b.grams, a.grams]
  let shared = 0
  for (const [pair, count] of small) shared += Math.min(count, large.get(pair) ?? 0)
  return (2 * shared) / (a.length + b.length)
}
