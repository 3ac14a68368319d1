import type { Draft } from '#modules/documents/checks/draft.ts'
import type { Found } from '#modules/documents/checks/finding.ts'
import { draftParts } from '#modules/documents/checks/parts.ts'

/** Levels this non-classified platform knows (domain rule: 保守国家秘密法 art. 31(3), 64). */
export const SECRECY_CODES: readonly string[] = ['none', 'internal', 'work-secret']

/** Letters may be spread (a full-width space between 机 and 密) or divided by characters without shape; any star will do. */
const BLANK = '[^\\S\\n]*'
const GAP = '(?:[^\\S\\n]|[\\u200B-\\u200F\\u2060\\uFEFF]){0,8}'
const LEVEL = `(?:绝${GAP}密|机${GAP}密|秘${GAP}密)`
const STARRED = new RegExp(`${LEVEL}${GAP}[★☆✩✭✮⭐*＊]`, 'gu')
const ALONE = new RegExp(`^${BLANK}(?:密${GAP}级${GAP}[:：]?${GAP})?${LEVEL}(?:${GAP}\\d+年)?${BLANK}$`, 'gmu')
const LABELLED = new RegExp(`密${GAP}级${GAP}[:：]${GAP}${LEVEL}`, 'gu')

export type SecrecyMark = { text: string; from: number; to: number }

/** Marks of state secrets in a text: 机密★1年, a line that is nothing but 秘密, 密级：绝密. Words in running text (商业秘密, 机密性) do not count. */
export function findSecrecyMarks(text: string): SecrecyMark[] {
  const hits = [STARRED, ALONE, LABELLED].flatMap((pattern) => [...text.matchAll(pattern)]).map((match) => ({ text: match[0].trim(), from: match.index, to: match.index + match[0].length }))
  return hits.sort((a, b) => a.from - b.from || b.to - a.to).filter((hit, index, all) => !all.slice(0, index).some((earlier) => earlier.to > hit.from))
}

const BLOCKED = '本系统为非涉密系统，严禁处理、传输国家秘密，请立即停止并按保密规定报告'

/** G12: marks of state secrets block the draft. */
export function checkSecrecy(draft: Draft): Found[] {
  const base = { rule: 'G12', usual: 'stop' } as const
  const fields = [['title', draft.title], ['note', draft.note ?? ''], ...draft.attachments.map(({ listed, title }) => ['attachments', `${listed ?? ''}\n${title ?? ''}`] as const)] as const
  return [
    ...(SECRECY_CODES.includes(draft.secrecy) ? [] : [{ ...base, field: 'secrecy' as const, message: `密级只能是非密、内部或工作秘密。${BLOCKED}` }]),
    ...fields.flatMap(([field, text]) => findSecrecyMarks(text).map((mark) => ({ ...base, field, message: `发现涉密标志“${mark.text}”。${BLOCKED}` }))),
    ...draftParts(draft).flatMap((part) =>
      findSecrecyMarks(part.text).map(({ text, from, to }) => ({ ...base, field: 'body' as const, at: { ...part.at, from, to }, message: `发现涉密标志“${text}”。${BLOCKED}` }))),
  ]
}
