import type { HeadingLevel, Inline, Table } from '#modules/documents/body.ts'

/**
 * A paragraph as some editor wrote it. `level`: by its style (标题 1–4) or outline; `numbered`: by automatic numbering, whose number is not among
 * the letters. `title`: styled as the title.
 */
export type SourceParagraph = { kind: 'paragraph'; text: Inline[]; level?: HeadingLevel; numbered?: HeadingLevel; title?: true; align?: 'left' | 'center' | 'right' }
export type SourceTable = { kind: 'table'; table: Table }
export type SourceItem = SourceParagraph | SourceTable

/** Neighbours of the same weight become one run; empty runs go. */
export function joinInlines(inlines: readonly Inline[]): Inline[] {
  const joined: Inline[] = []
  for (const { text, bold } of inlines) {
    const last = joined.at(-1)
    if (text === '') continue
    if (last && last.bold === bold) last.text += text
    else joined.push({ text, ...(bold && { bold }) })
  }
  return joined
}

/** The letters from one UTF-16 offset to another, with their weight. */
export function sliceInlines(inlines: readonly Inline[], from: number, to = Infinity): Inline[] {
  let start = 0
  return joinInlines(inlines.map(({ text, bold }) => {
    const piece = text.slice(Math.max(0, from - start), Math.max(0, to - start))
    start += text.length
    return { text: piece, ...(bold && { bold }) }
  }))
}

/** Letters without emphasis: headings are set in their own type. */
export const plainInlines = (inlines: readonly Inline[]): Inline[] => joinInlines(inlines.map(({ text }) => ({ text })))
