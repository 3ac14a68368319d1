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

/** What each rule asks for, as an administrator reads it. */
export const RULE_MEANINGS: Readonly<Record<RuleId, string>> = {
  G1: '一文一事，只有一个主送机关，不抄送下级，有签发人，附注联系人和电话', G2: '报告不夹带请示事项', G3: '标注签发人，由主要负责人签发，一个主送机关', G4: '除办公厅（室）外，内设机构不对外正式行文',
  G5: '不以个人为主送对象，不以个人名义向上级报送', G6: '涉及其他部门的，会签一致后才签发', G7: '联合行文的机关同级，用主办机关的字号，各机关负责人会签', G8: '标题由发文机关、事由和文种组成，标点合规，文种一致',
  'G8.issuer': '标题写明发文机关', G9: '字号如“长府办〔2026〕1号”：六角括号，年份四位，不编虚位', G10: '用阿拉伯数字，年份四位，月日不编虚位', G11: '附件说明与附件的份数、顺序、名称一致', G12: '非涉密系统，发现密级标志即阻止',
  G13: '层次依次用“一、”“（一）”“1.”“（1）”', G14: '规范性文件先经合法性审核，有效期、试行期、征求意见期合规', C1: '没有不可见字符和控制字符', C2: '没有形近的外文字符', C3: '所有字都有字形可印', C4: '标题不过长', C5: '正文不为空',
}
