import type { Draft } from '#modules/documents/checks/draft.ts'
import type { Found } from '#modules/documents/checks/finding.ts'
import { draftParts, findInParts } from '#modules/documents/checks/parts.ts'

export type DocumentNumber = { code: string; year: number; n: number }

const STRICT = /^([\p{Script=Han}A-Za-z]+)〔(\d{4})〕([1-9]\d*)号$/u
const ORDER = /^第[1-9]\d*号$/
const OPEN = '[〔\\[［【(（﹝〖「]'
const CLOSE = '[〕\\]］】)）﹞〗」]'
/** What people write for a number: any bracket, 第, leading zeros, spaces, full-width digits. */
const LOOSE = new RegExp(`^\\s*([\\p{Script=Han}A-Za-z]+)\\s*${OPEN}\\s*([\\d０-９]{2,4})\\s*年?\\s*${CLOSE}\\s*第?\\s*([\\d０-９]+)\\s*号?\\s*$`, 'u')
const QUOTED = new RegExp(`[\\p{Script=Han}]{1,12}${OPEN}\\s*\\d{4}\\s*${CLOSE}\\s*第?\\s*\\d+\\s*号`, 'gu')

const halfWidth = (digits: string): string => digits.replaceAll(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))

/** 机关代字〔年份〕序号号 with U+3014 and U+3015 (GB/T 9704-2012, 7.2.5); null for anything else. */
export function parseDocumentNumber(text: string): DocumentNumber | null {
  const [, code, year, n] = STRICT.exec(text) ?? []
  return code === undefined ? null : { code, year: Number(year), n: Number(n) }
}

/** The right form of a number somebody wrote with other brackets, 第, zeros or spaces; null when the parts cannot be told. */
export function repairDocumentNumber(text: string): string | null {
  const [, code, year = '', n = ''] = LOOSE.exec(text) ?? []
  if (code === undefined) return null
  const digits = halfWidth(year)
  if (digits.length === 3 || Number(halfWidth(n)) === 0) return null
  return `${code}〔${digits.length === 2 ? `20${digits}` : digits}〕${Number(halfWidth(n))}号`
}

function faults(text: string): string[] {
  return [
    /[[\]［］【】()（）﹝﹞〖〗「」]/.test(text) && '年份应用六角括号“〔〕”',
    /\d[〕\]］】)）]\s*第/.test(text) && '序号前不加“第”',
    /[〕\]］】)）]\s*第?0/.test(text) && '序号不编虚位（1不编为01）',
    /[〔[［【(（]\d{2}[〕\]］】)）]/.test(text) && '年份应写全四位',
    !text.trim().endsWith('号') && '序号后应加“号”',
    /\s/.test(text) && '不应有空格',
    /[０-９]/.test(text) && '数字应用半角阿拉伯数字',
  ].filter((fault) => fault !== false)
}

function checkOwn({ number, date, docType }: Draft): Found[] {
  if (number === null || (docType === 'order' && ORDER.test(number))) return []
  const parsed = parseDocumentNumber(number)
  const base = { rule: 'G9', field: 'number', usual: 'stop' } as const
  if (!parsed) {
    const right = repairDocumentNumber(number)
    const reasons = faults(number).join('，') || '格式应为“机关代字〔年份〕序号号”，如“长府办〔2026〕58号”'
    return [{ ...base, message: `发文字号“${number}”有误：${reasons}${right === null ? '' : `，请改为“${right}”`}`, ...(right !== null && { replacement: right }) }]
  }
  const year = date === null ? null : Number(date.slice(0, 4))
  return year !== null && year !== parsed.year ? [{ ...base, usual: 'hint', message: `发文字号的年份${parsed.year}与成文日期的年份${year}不一致，请核对` }] : []
}

/** G9: the document's own number, and the numbers it quotes in its text. */
export function checkNumber(draft: Draft): Found[] {
  const quoted = findInParts(draftParts(draft), QUOTED).flatMap(({ match, at }): Found[] => {
    const text = match[0]
    const right = repairDocumentNumber(text)
    if (parseDocumentNumber(text) || right === null) return []
    return [{ rule: 'G9', field: 'body', usual: 'hint', at, message: `引用的发文字号“${text}”应写作“${right}”`, replacement: right }]
  })
  return [...checkOwn(draft), ...quoted]
}
