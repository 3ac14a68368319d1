import { parseChineseNumber } from '#base/chinese-number.ts'
import { civilDate, isCivilDate } from '#base/civil-date.ts'
import type { Draft } from '#modules/documents/checks/draft.ts'
import type { CheckSettings, Found } from '#modules/documents/checks/finding.ts'
import { draftParts, findInParts } from '#modules/documents/checks/parts.ts'
import type { Hit } from '#modules/documents/checks/parts.ts'

const CHINESE = /[一二][〇○零一二三四五六七八九]{3}年(?:([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})日)?)?/g
const ARABIC = /(?<!\d)(\d{2}|\d{4})年(\d{1,2})月(?:(\d{1,2})日)?/g
const NUMERIC = /(?<![\d.\-/])(\d{4})([-./])(\d{1,2})\2(\d{1,2})(?![\d.\-/])/g

const yearDigits = (text: string): string => Array.from(text.slice(0, 4), (char) => (char === '○' ? 0 : '零一二三四五六七八九〇'.indexOf(char) % 10)).join('')

const shown = (year: string, month: string | undefined, day: string | undefined): string =>
  `${year}年${month === undefined ? '' : `${Number(month)}月`}${day === undefined ? '' : `${Number(day)}日`}`

const wrong = (at: Hit['at'], text: string, right: string, why: string): Found => ({ rule: 'G10', field: 'body', usual: 'hint', at, message: `“${text}”应写作“${right}”：${why}`, replacement: right })

const exists = (year: string, month: string, day: string): boolean => isCivilDate(civilDate({ year: Number(year), month: Number(month), day: Number(day) }))

function chineseDate({ match, at }: Hit): Found[] {
  const [text, month, day] = match
  const digits = [month, day].map((part) => (part === undefined ? undefined : String(parseChineseNumber(part) ?? '')))
  return digits.includes('') ? [] : [wrong(at, text, shown(yearDigits(text), digits[0], digits[1]), '日期用阿拉伯数字')]
}

function arabicDate({ match, at }: Hit): Found[] {
  const [text, year = '', month = '', day] = match
  const full = year.length === 2 ? `20${year}` : year
  if (Number(month) < 1 || Number(month) > 12 || (day !== undefined && !exists(full, month, day))) return [{ rule: 'G10', field: 'body', usual: 'stop', at, message: `没有“${text}”这一天，请核对日期` }]
  if (year.length === 2) return [wrong(at, text, shown(full, month, day), '年份写全四位')]
  return month.startsWith('0') || day?.startsWith('0') ? [wrong(at, text, shown(full, month, day), '月、日不编虚位')] : []
}

function numericDate({ match, at }: Hit): Found[] {
  const [text, year = '', , month = '', day = ''] = match
  return exists(year, month, day) ? [wrong(at, text, shown(year, month, day), '日期写全年、月、日')] : []
}

function checkOwn({ date }: Draft, { stage }: CheckSettings): Found[] {
  const base = { rule: 'G10', field: 'date', usual: 'stop' } as const
  if (date === null) return stage === 'issuing' ? [{ ...base, message: '请填写成文日期' }] : []
  return isCivilDate(date) ? [] : [{ ...base, message: `成文日期“${date}”不是有效日期，请重新选择` }]
}

/** G10: dates in Arabic digits, the year in full, no leading zeros (GB/T 9704-2012, 7.3.5.4). Months alone are checked too; spans of numbers are not. */
export function checkDates(draft: Draft, settings: CheckSettings): Found[] {
  const parts = draftParts(draft)
  return [
    ...checkOwn(draft, settings),
    ...findInParts(parts, CHINESE).flatMap(chineseDate),
    ...findInParts(parts, ARABIC).flatMap(arabicDate),
    ...findInParts(parts, NUMERIC).flatMap(numericDate),
  ]
}
