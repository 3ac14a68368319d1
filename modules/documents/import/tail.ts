import { parseChineseNumber } from '#base/chinese-number.ts'
import { civilDate, isCivilDate } from '#base/civil-date.ts'
import type { CivilDate } from '#base/civil-date.ts'
import { inlineText } from '#modules/documents/body.ts'
import type { SourceItem } from '#modules/documents/import/source.ts'

export type AttachmentPage = { title: string; items: SourceItem[] }

/** The end of a document; the text ends before item `from`. `listed` are the names of 附件说明, `pages` the attachments that follow. */
export type Tail = { issuers: string[]; date: CivilDate | null; note: string | null; contact: { name: string; phone: string } | null; listed: string[]; copies: string | null; from: number; pages: AttachmentPage[] }

const DATE = /^(\d{4})年(\d{1,2})月(\d{1,2})日$/
const CHINESE_DATE = /^([一二][〇○零一二三四五六七八九]{3})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日$/
const PAGE = /^附件\s*[\d一二三四五六七八九十]*\s*[:：]?$/
const LISTED = /^附件\s*[:：]\s*(.*)$/
const LONGEST_ORGAN = 30

const textOf = (item: SourceItem | undefined): string => (item?.kind === 'paragraph' ? inlineText(item.text) : '')

/** A line that is nothing but a date, in Arabic digits or the older Chinese ones. */
export function readDate(line: string): CivilDate | null {
  const text = line.replaceAll(/\s/g, '')
  const [, year, month, day] = DATE.exec(text) ?? []
  const [, yearChars = '', monthChars = '', dayChars = ''] = CHINESE_DATE.exec(text) ?? []
  const parts = year === undefined
    ? [Number(Array.from(yearChars, (char) => '零一二三四五六七八九'.indexOf(char.replace(/[〇○]/, '零'))).join('')), parseChineseNumber(monthChars) ?? 0, parseChineseNumber(dayChars) ?? 0]
    : [Number(year), Number(month), Number(day)]
  const date = civilDate({ year: parts[0] ?? 0, month: parts[1] ?? 0, day: parts[2] ?? 0 })
  return isCivilDate(date) ? date : null
}

function readPages(items: readonly SourceItem[]): AttachmentPage[] {
  const pages: AttachmentPage[] = []
  for (const item of items) {
    const text = textOf(item)
    const page = pages.at(-1)
    if (PAGE.test(text)) pages.push({ title: '', items: [] })
    else if (page && page.title === '' && page.items.length === 0 && text !== '') page.title = text
    else page?.items.push(item)
  }
  return pages
}

/** 附注 in brackets, 抄送 and 印发 between the date and the attachments. */
function readAfter(items: readonly SourceItem[]): Pick<Tail, 'note' | 'contact' | 'copies'> {
  const lines = items.map(textOf)
  const bracketed = lines.map((line) => /^[（(](.+)[）)]$/.exec(line)?.[1]).find((note) => note !== undefined) ?? null
  const [, name, phone] = /联系人[:：]\s*([^，,；;\s]+)[，,；;\s]*(?:联系)?电话[:：]\s*([\d\-转 ]+)/.exec(bracketed ?? '') ?? []
  const copies = lines.map((line) => /^抄送[:：]\s*(.+?)。?$/.exec(line)?.[1]).find((line) => line !== undefined) ?? null
  return { note: name === undefined ? bracketed : null, contact: name !== undefined && phone !== undefined ? { name, phone: phone.trim() } : null, copies }
}

/** Lines of 附件说明 from where it begins; numbers and closing marks go. */
function readListed(lines: readonly string[]): string[] {
  const [first = '', ...others] = lines
  const names = [LISTED.exec(first)?.[1] ?? '', ...others].filter((line) => line !== '')
  return names.reduce<string[]>((list, line) => {
    const bare = line.replace(/^\d{1,2}\s*[.．、]\s*/, '').replace(/[。；;，]$/, '')
    // A line without a number continues the name above.
    if (bare === line && list.length > 0 && /^\d/.test(names[0] ?? '')) return [...list.slice(0, -1), (list.at(-1) ?? '') + line]
    return [...list, bare]
  }, [])
}

function signatureStart(items: readonly SourceItem[], dateAt: number): number {
  let start = dateAt
  while (start > 0 && dateAt - start < 4) {
    const line = textOf(items[start - 1])
    if (line === '' || line.length > LONGEST_ORGAN || /[。；：:，,、.]$/.test(line) || LISTED.test(line) || /^\d/.test(line) || /^特此|^此复/.test(line)) break
    start--
  }
  return start
}

/** Recognises what stands below the text: 附件说明, 落款, date, 附注, 版记 and the attachments' own pages. */
export function recogniseTail(items: readonly SourceItem[]): Tail {
  const firstPage = items.findIndex((item) => PAGE.test(textOf(item)))
  const end = firstPage < 0 ? items.length : firstPage
  const dateAt = items.slice(0, end).findLastIndex((item) => readDate(textOf(item)) !== null)
  // A date line far above the end belongs to the text.
  const signed = dateAt >= 0 && end - dateAt <= 6
  const start = signed ? signatureStart(items, dateAt) : end
  const listAt = items.slice(0, start).findLastIndex((item) => LISTED.test(textOf(item)))
  const hasList = listAt >= 0 && start - listAt <= 30 && items.slice(listAt + 1, start).every((item) => item.kind === 'paragraph' && /^\d{1,2}\s*[.．、]|^[^。]{1,40}$/.test(textOf(item)))
  return {
    issuers: signed ? items.slice(start, dateAt).map((item) => textOf(item).replaceAll(/\s/g, '')) : [],
    date: signed ? readDate(textOf(items[dateAt])) : null,
    ...readAfter(signed ? items.slice(dateAt + 1, end) : []),
    listed: hasList ? readListed(items.slice(listAt, start).map(textOf)) : [],
    from: hasList ? listAt : start,
    pages: firstPage < 0 ? [] : readPages(items.slice(firstPage)),
  }
}
