import type { Draft } from '#modules/documents/checks/draft.ts'
import type { CheckSettings, DraftField, Found } from '#modules/documents/checks/finding.ts'
import { draftParts, findInParts } from '#modules/documents/checks/parts.ts'
import type { DocType } from '#modules/documents/data/doc-types.ts'

/** Types that never are 规范性文件 (上海市行政规范性文件管理规定, 市政府令第17号, 2019). */
const NEVER: ReadonlySet<DocType> = new Set(['minutes', 'report', 'request', 'reply', 'letter', 'motion', 'circular'])
const MOST_YEARS = 5
const MOST_TRIAL_YEARS = 2
const LEAST_CONSULTED_DAYS = 30

const problem = (message: string, usual: 'stop' | 'hint', field: DraftField = 'normative'): Found => ({ rule: 'G14', field, usual, message })

/** A title that sounds like a rule for the public, not flagged as one. */
function checkUnflagged({ title, docType }: Draft): Found[] {
  const sounds = /(?:印发|公布|修订)《[^》]*(?:办法|规定|细则|实施意见)(?:（[^）]*）)?》/.test(title) && !/内部|机关|考核|会议|值班/.test(title)
  return sounds && !NEVER.has(docType) ? [problem('本文可能属于行政规范性文件，请确认是否勾选“规范性文件”', 'hint')] : []
}

/** G14: duties of a 规范性文件. Validity, trial and consultation are usual practice and therefore hints. */
export function checkNormative(draft: Draft, { stage }: CheckSettings): Found[] {
  const { normative, docType } = draft
  if (!normative) return checkUnflagged(draft)
  if (NEVER.has(docType)) return [problem('此文种不属于规范性文件，请取消勾选“规范性文件”或另选文种', 'stop')]
  const most = normative.trial === true ? MOST_TRIAL_YEARS : MOST_YEARS
  const stated = findInParts(draftParts(draft), /有效期|施行|实施日期|起执行/g).length > 0
  return [
    ...(stage === 'issuing' && !normative.legalReview ? [problem('规范性文件须经合法性审核，审核通过后方可签发', 'stop')] : []),
    ...(normative.years !== undefined && normative.years > most ? [problem(`规范性文件有效期${normative.trial === true ? '（试行、暂行）' : ''}一般不超过${most}年，现为${normative.years}年，请核对`, 'hint')] : []),
    ...(normative.consultedDays !== undefined && normative.consultedDays < LEAST_CONSULTED_DAYS ? [problem(`公开征求意见一般不少于${LEAST_CONSULTED_DAYS}日，现为${normative.consultedDays}日，请核对`, 'hint')] : []),
    ...(stated ? [] : [problem('规范性文件应写明施行日期和有效期，请在正文末尾补充', 'hint', 'body')]),
  ]
}
