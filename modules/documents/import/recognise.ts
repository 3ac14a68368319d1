import { inlineText } from '#modules/documents/body.ts'
import type { Block } from '#modules/documents/body.ts'
import { toBlocks } from '#modules/documents/import/blocks.ts'
import { recogniseHead } from '#modules/documents/import/head.ts'
import type { Head } from '#modules/documents/import/head.ts'
import { recogniseTail } from '#modules/documents/import/tail.ts'
import type { Tail } from '#modules/documents/import/tail.ts'
import { sliceInlines } from '#modules/documents/import/source.ts'
import type { SourceItem } from '#modules/documents/import/source.ts'

/** What was read from a document written elsewhere. Parts that were not recognised are null or empty and their text stays in the body. */
export type Recognised = Omit<Head, 'used'> & Omit<Tail, 'from' | 'pages'> & { body: Block[]; attachments: { title: string; body: Block[] }[] }

/** Without the blanks by which people indent; paragraphs of blanks go. */
function tidy(items: readonly SourceItem[]): SourceItem[] {
  return items.flatMap((item): SourceItem[] => {
    if (item.kind === 'table') return item.table.rows.length > 0 ? [item] : []
    const text = inlineText(item.text)
    const from = text.length - text.trimStart().length
    const inlines = sliceInlines(item.text, from, text.trimEnd().length)
    return inlines.length > 0 ? [{ ...item, text: inlines }] : []
  })
}

/** Title, 主送, body, attachments, 落款 and date out of the paragraphs of a whole document. */
export function recognise(source: readonly SourceItem[]): Recognised {
  const items = tidy(source)
  const { used, ...head } = recogniseHead(items)
  const { from, pages, ...tail } = recogniseTail(items.slice(used))
  return { ...head, ...tail, body: toBlocks(items.slice(used, used + from)), attachments: pages.map((page) => ({ title: page.title, body: toBlocks(page.items) })) }
}

/** Blocks of a fragment (what was pasted), where no title or 落款 is looked for. */
export const recogniseFragment = (source: readonly SourceItem[]): Block[] => toBlocks(tidy(source))
