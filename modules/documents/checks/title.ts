import { docTypeAtEnd, docTypeLabel } from '#modules/documents/data/doc-types.ts'
import type { DocType } from '#modules/documents/data/doc-types.ts'
import type { Draft, Issuer } from '#modules/documents/checks/draft.ts'
import type { Found } from '#modules/documents/checks/finding.ts'
import { withoutCitations } from '#modules/documents/checks/parts.ts'

/** A title in its three parts; what is missing is null. `suffix` is a closing bracket such as （试行）. */
export type TitleParts = { issuer: string | null; subject: string | null; docType: DocType | null; typeName: string | null; suffix: string }

const SUFFIX = /[（(][^（）()]{1,8}[）)]$/

/** Splits 发文机关 + 关于…的 + 文种 (条例 art. 9(7)); titles without 关于 (公告, 会议纪要, 令) keep their subject null. */
export function parseTitle(title: string): TitleParts {
  const whole = title.trim()
  const suffix = SUFFIX.exec(whole)?.[0] ?? ''
  const bare = whole.slice(0, whole.length - suffix.length)
  const type = docTypeAtEnd(bare)
  const head = type ? bare.slice(0, bare.length - type.name.length) : bare
  const about = withoutCitations(head).indexOf('关于')
  const parts = { docType: type?.code ?? null, typeName: type?.name ?? null, suffix }
  if (about < 0) return { issuer: null, subject: null, ...parts }
  return { issuer: head.slice(0, about).trim() || null, subject: head.slice(about + 2).replace(/的$/, '') || null, ...parts }
}

const names = (issuer: Issuer): string[] => [issuer.name, ...(issuer.short === undefined ? [] : [issuer.short])]

/** Joint issuers stand in the title side by side, divided by spaces or 、. */
function namesIssuers(prefix: string, issuers: readonly Issuer[]): boolean {
  const mentioned = prefix.split(/[\s、　]+/).filter(Boolean)
  if (mentioned.length === 1 && issuers.length > 2) return mentioned[0] === `${issuers[0]?.short ?? issuers[0]?.name}等部门`
  return mentioned.length > 0 && mentioned.every((name) => issuers.some((issuer) => names(issuer).includes(name)))
}

const title = (message: string, usual: 'stop' | 'hint' = 'stop', more: Partial<Found> = {}): Found => ({ rule: 'G8', field: 'title', usual, message, ...more })

function checkType(draft: Draft, parts: TitleParts): Found[] {
  const label = docTypeLabel(draft.docType)
  if (parts.docType === null) return [title(`标题应以文种结尾，请在末尾写明“${label}”`)]
  if (parts.docType !== draft.docType) return [title(`标题中的文种是“${parts.typeName}”，与所选文种“${label}”不一致，请改为一致`)]
  const before = withoutCitations(draft.title.trim()).slice(0, -((parts.typeName?.length ?? 0) + parts.suffix.length))
  const mixed = /(请示|报告|通知|通报|决定)$/.exec(before)?.[0]
  if (mixed !== undefined) return [title(`标题不能并用两个文种“${mixed}${parts.typeName}”，请只保留“${label}”`)]
  if (before.endsWith(`${parts.typeName}的`)) return [title(`标题中“${parts.typeName}”重复，请精简，或给被引文件加书名号`, 'hint')]
  return []
}

function checkIssuer(draft: Draft, parts: TitleParts): Found[] {
  const lead = draft.issuers[0]
  if (!lead || draft.docType === 'minutes' || draft.docType === 'order') return []
  const known = draft.issuers.flatMap(names)
  if (parts.subject === null) return known.some((name) => draft.title.startsWith(name)) ? [] : [title('标题应由发文机关、事由和文种组成，请补全发文机关和“关于……的”', 'hint')]
  if (parts.issuer === null) return [{ ...title(`标题未写发文机关，建议在“关于”前加“${lead.name}”`, 'hint', { replacement: lead.name + draft.title }), rule: 'G8.issuer' }]
  return namesIssuers(parts.issuer, draft.issuers) ? [] : [title(`标题中的“${parts.issuer}”与发文机关“${draft.issuers.map((issuer) => issuer.name).join('、')}”不一致，请核对`)]
}

/** 书名号, quotation marks, brackets, 、 and dashes may be needed in a title; stops and half-width marks may not. */
const MARKS = /[，。；：！？…,;:!?]|\.(?!\d)/u

function checkMarks({ title: text }: Draft): Found[] {
  const found: Found[] = []
  const mark = MARKS.exec(withoutCitations(text))
  if (mark) found.push(title(`标题中一般不用标点，请删去“${mark[0]}”`))
  if (/\s/.test(text.trim()) && !/[\p{L}\p{N}][\s　]+[\p{L}]/u.test(text)) found.push(title('标题中有多余空格，请删去', 'hint'))
  if ([...text].filter((char) => char === '《').length !== [...text].filter((char) => char === '》').length) found.push(title('标题中书名号不成对，请补全'))
  if (/关于关于|的的/.test(text)) found.push(title('标题中有重复的“关于”或“的”，请删去一个'))
  return found
}

/** G8: the title is 发文机关 + 事由 + 文种 and names the chosen type. */
export function checkTitle(draft: Draft): Found[] {
  if (draft.title.trim() === '') return [title('请填写标题')]
  const parts = parseTitle(draft.title)
  return [...checkType(draft, parts), ...checkIssuer(draft, parts), ...checkMarks(draft)]
}
