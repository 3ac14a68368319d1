/** A row of dictionaries `org.duty-rank` and `org.grade-rank`; administrators may change all but the code. */
export interface Rank {
  readonly code: string
  readonly label: string
  readonly category: RankCategory
  /** `sort_level`: one integer order over all lists; lower is higher. Steps leave room for an office's own ranks. */
  readonly level: number
}

export type RankCategory = 'leading' | 'general' | 'enforcement' | 'technical' | 'institution' | 'professional' | 'worker' | 'contract' | 'enterprise'

const list = (category: RankCategory, rows: readonly (readonly [code: string, label: string, level: number])[]): Rank[] =>
  rows.map(([code, label, level]) => ({ code, label, category, level }))

/** 领导职务, 公务员法 art. 18. In the district: 区 is 厅局级, heads of departments, sub-districts and the town 县处级正职, inner departments 乡科级. */
export const DUTY_RANKS: readonly Rank[] = list('leading', [
  ['state-chief', '国家级正职', 4], ['state-deputy', '国家级副职', 8], ['province-chief', '省部级正职', 10], ['province-deputy', '省部级副职', 15],
  ['bureau-chief', '厅局级正职', 20], ['bureau-deputy', '厅局级副职', 25], ['county-chief', '县处级正职', 30], ['county-deputy', '县处级副职', 35],
  ['township-chief', '乡科级正职', 40], ['township-deputy', '乡科级副职', 45],
])

/** 综合管理类职级, 公务员法 art. 19. */
export const GENERAL_GRADES: readonly Rank[] = list('general', [
  ['inspector-1', '一级巡视员', 26], ['inspector-2', '二级巡视员', 27], ['researcher-1', '一级调研员', 31], ['researcher-2', '二级调研员', 32],
  ['researcher-3', '三级调研员', 36], ['researcher-4', '四级调研员', 37], ['section-1', '一级主任科员', 41], ['section-2', '二级主任科员', 42],
  ['section-3', '三级主任科员', 46], ['section-4', '四级主任科员', 47], ['clerk-1', '一级科员', 50], ['clerk-2', '二级科员', 52],
])

/** 行政执法类公务员 (11). */
export const ENFORCEMENT_GRADES: readonly Rank[] = list('enforcement', [
  ['enforcement-chief', '督办', 27], ['enforcement-senior-1', '一级高级主办', 31], ['enforcement-senior-2', '二级高级主办', 32], ['enforcement-senior-3', '三级高级主办', 36],
  ['enforcement-senior-4', '四级高级主办', 37], ['enforcement-1', '一级主办', 41], ['enforcement-2', '二级主办', 42], ['enforcement-3', '三级主办', 46],
  ['enforcement-4', '四级主办', 47], ['enforcement-officer-1', '一级行政执法员', 50], ['enforcement-officer-2', '二级行政执法员', 52],
])

/** 专业技术类公务员 (11). */
export const TECHNICAL_GRADES: readonly Rank[] = list('technical', [
  ['technical-director-1', '一级总监', 26], ['technical-director-2', '二级总监', 27], ['technical-senior-1', '一级高级主管', 31], ['technical-senior-2', '二级高级主管', 32],
  ['technical-senior-3', '三级高级主管', 36], ['technical-senior-4', '四级高级主管', 37], ['technical-1', '一级主管', 41], ['technical-2', '二级主管', 42],
  ['technical-3', '三级主管', 46], ['technical-4', '四级主管', 47], ['technical-officer', '专业技术员', 51],
])

const NUMERALS = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二', '十三']
const numbered = (category: RankCategory, code: string, label: (numeral: string) => string, levels: readonly number[]): Rank[] =>
  levels.map((level, index) => ({ code: `${code}-${index + 1}`, label: label(NUMERALS[index] ?? ''), category, level }))

/** 事业单位: 管理岗 (三级 = 厅正 … 十级 = 办事员), 专技岗 (正高 1–4, 副高 5–7, 中级 8–10, 初级 11–13), 工勤岗. */
export const INSTITUTION_GRADES: readonly Rank[] = [
  ...numbered('institution', 'institution', (numeral) => `管理岗${numeral}级`, [12, 17, 22, 28, 33, 38, 43, 48, 53, 55]),
  ...numbered('professional', 'professional', (numeral) => `专业技术岗${numeral}级`, [33, 34, 38, 39, 43, 44, 44, 48, 48, 49, 53, 54, 55]),
  ...numbered('worker', 'worker', (numeral) => `技术工${numeral}级`, [56, 57, 58, 59, 60]),
  { code: 'worker-plain', label: '普通工', category: 'worker', level: 61 },
]

export const CONTRACT_GRADES: readonly Rank[] = list('contract', [['contract', '聘用人员', 70], ['auxiliary', '编外人员', 75]])

export const GRADE_RANKS: readonly Rank[] = [...GENERAL_GRADES, ...ENFORCEMENT_GRADES, ...TECHNICAL_GRADES, ...INSTITUTION_GRADES, ...CONTRACT_GRADES]

/** 企业通用职级, for state-owned enterprises and for mail policies. */
export const ENTERPRISE_RANKS: readonly Rank[] = list('enterprise', [
  ['chairman', '董事长', 20], ['president', '总经理', 25], ['vice-president', '副总经理', 30], ['director', '总监', 35], ['manager', '经理', 40],
  ['supervisor', '主管', 45], ['employee', '员工', 50],
])

/** Level of people without any rank: after all others. */
export const NO_RANK_LEVEL = 99

const LEVELS: ReadonlyMap<string, number> = new Map([...DUTY_RANKS, ...GRADE_RANKS, ...ENTERPRISE_RANKS].map(({ code, level }) => [code, level]))

/** A rank of any list by its code. */
export const rankOf = (code: string): Rank | undefined => [...DUTY_RANKS, ...GRADE_RANKS, ...ENTERPRISE_RANKS].find((rank) => rank.code === code)

/** A person's place in lists and «≥ level» rules: the higher of 领导职务 and 职级, so the lower number. Unknown codes count as none. */
export const sortLevel = (dutyRank: string | null, gradeRank: string | null): number =>
  Math.min(...[dutyRank, gradeRank].map((code) => (code === null ? NO_RANK_LEVEL : (LEVELS.get(code) ?? NO_RANK_LEVEL))))
