import { inlineText } from '#modules/documents/body.ts'
import { repairDocumentNumber } from '#modules/documents/checks/number.ts'
import { parseTitle } from '#modules/documents/checks/title.ts'
import type { SourceItem } from '#modules/documents/import/source.ts'

/** The top of a document; `used` counts the items it took. */
export type Head = { title: string | null; number: string | null; signers: string[]; addressees: string | null; used: number }

const MOST_TITLE_LINES = 5
const LONGEST_TITLE_LINE = 45
const LONGEST_ADDRESSEES = 300

const textAt = (items: readonly SourceItem[], index: number): string => {
  const item = items[index]
  return item?.kind === 'paragraph' ? inlineText(item.text) : ''
}

/** Red head, number and signers printed above the title. */
function skipLetterhead(items: readonly SourceItem[]): Omit<Head, 'title' | 'addressees'> {
  let used = 0
  let number: string | null = null
  let signers: string[] = []
  for (; used < Math.min(items.length, 10); used++) {
    const [first = '', behind] = textAt(items, used).split(/\s*签发人\s*[:：]\s*/)
    const found = repairDocumentNumber(first)
    if (behind !== undefined) signers = behind.split(/[\s、]+/).filter(Boolean)
    if (found !== null) number = found
    const letterhead = first.length <= LONGEST_TITLE_LINE && (/^\d{6}$/.test(first) || /^(特\s*急|加\s*急)$/.test(first) || (first.endsWith('文件') && used === 0) || /(?:文件)$/.test(first.replaceAll(/\s/g, '')))
    if (found === null && behind === undefined && !letterhead) break
  }
  return { used, number, signers }
}

/** One or more lines that together end with a 文种, or the line its author styled as the title. */
function readTitle(items: readonly SourceItem[], start: number): { title: string | null; used: number } {
  const first = items[start]
  let title = ''
  for (let index = start; index < Math.min(items.length, start + MOST_TITLE_LINES); index++) {
    const item = items[index]
    const text = textAt(items, index)
    if (item?.kind !== 'paragraph' || text.length > LONGEST_TITLE_LINE * 2 || /[。；：:，]$/.test(text)) break
    title += text.replaceAll(/\s+/g, (blank, at: number) => (/[A-Za-z0-9]/.test(text.charAt(at - 1)) ? blank : ''))
    const parts = parseTitle(title)
    if (parts.docType !== null && (parts.subject !== null || item.align === 'center' || item.title || index === start)) return { title, used: index + 1 }
  }
  if (first?.kind === 'paragraph' && (first.title || (first.align === 'center' && textAt(items, start).length <= LONGEST_TITLE_LINE))) return { title: textAt(items, start), used: start + 1 }
  return { title: null, used: start }
}

/** Recognises what stands above the text. Without a title nothing after the letterhead is taken. */
export function recogniseHead(items: readonly SourceItem[]): Head {
  const letterhead = skipLetterhead(items)
  const { title, used } = readTitle(items, letterhead.used)
  const line = textAt(items, used)
  const addressed = title !== null && /[:：]$/.test(line) && line.length <= LONGEST_ADDRESSEES && !/[。；]|如下|通知|函告/.test(line)
  return { ...letterhead, title, addressees: addressed ? line.slice(0, -1) : null, used: addressed ? used + 1 : used }
}
