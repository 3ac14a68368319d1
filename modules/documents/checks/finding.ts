/**
 * `G1`–`G14`: rules of 党政机关公文处理工作条例 (2012) and GB/T 9704-2012; `G8.issuer`: a title without its 发文机关;
 * `C1` invisible or control characters, `C2` look-alikes, `C3` characters no font draws, `C4` length of the title, `C5` empty body.
 */
export type RuleId = (typeof RULE_IDS)[number]

/** `stop` keeps the draft from being handed on, `hint` does not. */
export type Severity = 'stop' | 'hint'

export type DraftField =
  | 'docType' | 'direction' | 'issuers' | 'title' | 'number' | 'addressees' | 'copyTo' | 'body' | 'attachments' | 'signers' | 'contact'
  | 'date' | 'secrecy' | 'consultations' | 'normative' | 'note'

/**
 * A stretch of the body. `block` counts blocks from 0; `rest` is the run-in text of a heading; tables name row and cell. `from` and `to` are
 * UTF-16 offsets in the letters of that part. `attachment` counts from 0 and is absent for the main text.
 */
export type Place = { block: number; part: 'text' | 'rest'; row?: number; cell?: number; from: number; to: number; attachment?: number }

export type Finding = {
  rule: RuleId
  severity: Severity
  field: DraftField
  /** Chinese; says what to do. */
  message: string
  at?: Place
  /** What to put in the place of `at`, or of the whole field when there is no `at`. */
  replacement?: string
}

/** What a rule finds; `usual` is its severity unless the organisation decided otherwise. */
export type Found = Omit<Finding, 'severity'> & { usual: Severity }

export type CheckSettings = {
  /** Decisions of the organisation; rules left out keep their usual severity. G12 cannot be turned off. */
  severities?: Partial<Record<RuleId, Severity | 'off'>>
  /** While drafting, what only later steps can supply (signatures, 会签, legal review, date) is not yet asked for. */
  stage: 'drafting' | 'issuing'
  /** Characters of a text that no font can draw. */
  missingGlyphs?: (text: string) => readonly string[]
}

/** Law, not taste: no organisation may soften it (保守国家秘密法 art. 31). */
export const FIXED_RULES: ReadonlySet<RuleId> = new Set(['G12'])

/** Gives findings their severity and drops those of rules that are turned off. */
export function decide(found: readonly Found[], { severities }: CheckSettings): Finding[] {
  return found.flatMap(({ usual, ...finding }) => {
    const chosen = FIXED_RULES.has(finding.rule) ? usual : (severities?.[finding.rule] ?? usual)
    return chosen === 'off' ? [] : [{ ...finding, severity: chosen }]
  })
}

/** In the order in which lists show them. */
export const RULE_IDS = [
  'G1', 'G2', 'G3', 'G4', 'G5', 'G6', 'G7', 'G8', 'G8.issuer', 'G9', 'G10', 'G11', 'G12', 'G13', 'G14', 'C1', 'C2', 'C3', 'C4', 'C5',
] as const

/** Short names of the rules for lists and settings. */
export const RULE_NAMES: Readonly<Record<RuleId, string>> = {
  G1: '请示', G2: '报告', G3: '上行文', G4: '行文主体', G5: '主送对象', G6: '会签', G7: '联合行文', G8: '标题', 'G8.issuer': '标题中的发文机关', G9: '发文字号', G10: '日期',
  G11: '附件', G12: '涉密标志', G13: '层次序数', G14: '规范性文件', C1: '不可见字符', C2: '形近字符', C3: '缺字', C4: '标题长度', C5: '正文',
}
