import { inlineText } from '#modules/documents/body.ts'
import type { Block, Heading, HeadingLevel, Inline } from '#modules/documents/body.ts'
import { plainInlines, sliceInlines } from '#modules/documents/import/source.ts'
import type { SourceItem, SourceParagraph } from '#modules/documents/import/source.ts'
import { parseNumberPrefix } from '#modules/documents/number-prefix.ts'

/** A first sentence longer than this is no heading of level 3 or 4, whose type is the body's anyway. */
const LONGEST_RUN_IN = 40

const LEVELS: readonly HeadingLevel[] = [1, 2, 3, 4]

/** Where the bold start of a paragraph ends, if only its start is bold. */
function boldEnd(inlines: readonly Inline[]): number | null {
  const [first, second] = inlines
  return first?.bold && second && !second.bold ? first.text.length : null
}

/** Splits 加强领导。各单位要…… after its first sentence; `rest` runs on in body type. */
function headingOf(level: HeadingLevel, inlines: readonly Inline[]): Heading {
  const text = inlineText(inlines)
  const stop = text.indexOf('。') + 1
  const end = boldEnd(inlines) ?? (stop > 0 && (level < 3 || stop <= LONGEST_RUN_IN) ? stop : text.length)
  const rest = sliceInlines(inlines, end)
  return { type: 'heading', level, text: plainInlines(sliceInlines(inlines, 0, end)), ...(rest.length > 0 && { rest }) }
}

function paragraphBlock(item: SourceParagraph, shift: number): Block {
  const text = inlineText(item.text)
  const prefix = parseNumberPrefix(text)
  if (prefix && prefix.rest !== '') return headingOf(prefix.level, sliceInlines(item.text, text.length - prefix.rest.length))
  if (item.numbered) return headingOf(item.numbered, item.text)
  const level = LEVELS.find((level) => item.level !== undefined && level === item.level - shift)
  return level ? headingOf(level, item.text) : { type: 'paragraph', text: item.text }
}

/** Styled headings count from 一、 even if 标题 1 was spent on the title. */
function styleShift(items: readonly SourceItem[]): number {
  const levels = items.flatMap((item) => (item.kind === 'paragraph' && item.level !== undefined && !parseNumberPrefix(inlineText(item.text)) ? [item.level] : []))
  return levels.reduce<number>((least, level) => Math.min(least, level - 1), levels.length > 0 ? 3 : 0)
}

/** Structure of a run of paragraphs: typed numbers become levels and go, since numbers are generated; a typed number outweighs the style. */
export function toBlocks(items: readonly SourceItem[]): Block[] {
  const shift = styleShift(items)
  return items.map((item) => (item.kind === 'table' ? item.table : paragraphBlock(item, shift)))
}
