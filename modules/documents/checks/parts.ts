import { inlineText } from '#modules/documents/body.ts'
import type { Block } from '#modules/documents/body.ts'
import type { Draft } from '#modules/documents/checks/draft.ts'
import type { Place } from '#modules/documents/checks/finding.ts'

/** A stretch of letters of a body and where it stands; `at` lacks the offsets. */
export type BodyPart = { text: string; block: Block; at: Omit<Place, 'from' | 'to'> }

function blockParts(block: Block, index: number, attachment: number | undefined): BodyPart[] {
  const at = { block: index, part: 'text' as const, ...(attachment !== undefined && { attachment }) }
  if (block.type === 'table') return block.rows.flatMap((row, rowIndex) => row.cells.map((cell, cellIndex) => ({ text: inlineText(cell.text), block, at: { ...at, row: rowIndex, cell: cellIndex } })))
  const first: BodyPart = { text: inlineText(block.text), block, at }
  return block.type === 'heading' && block.rest ? [first, { text: inlineText(block.rest), block, at: { ...at, part: 'rest' } }] : [first]
}

/** Every stretch of letters of a body, in reading order. */
export const bodyParts = (body: readonly Block[], attachment?: number): BodyPart[] => body.flatMap((block, index) => blockParts(block, index, attachment))

/** The main text, then the texts of the attachments. */
export const draftParts = (draft: Draft): BodyPart[] => [...bodyParts(draft.body), ...draft.attachments.flatMap((attachment, index) => bodyParts(attachment.body ?? [], index))]

export type Hit = { match: RegExpExecArray; at: Place; part: BodyPart }

/** All places of the draft's texts where a (global) pattern matches. */
export function findInParts(parts: readonly BodyPart[], pattern: RegExp): Hit[] {
  return parts.flatMap((part) => [...part.text.matchAll(pattern)].map((match) => ({ match, part, at: { ...part.at, from: match.index, to: match.index + match[0].length } })))
}

/** The same text with everything in 书名号 blanked out, so that a cited title is not taken for the document's own words. Offsets stay. */
export const withoutCitations = (text: string): string => text.replaceAll(/《[^《》]*(?:《[^《》]*》[^《》]*)*》/g, (cited) => '　'.repeat(cited.length))
