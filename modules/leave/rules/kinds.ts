/** `WD`: working days; `CD`: calendar days, rest days and holidays included; `hours`: within working time. */
export type LeaveCount = 'WD' | 'CD' | 'hours'

/** How much of a kind is due: days for each event, year or child-year. Kinds without a limit depend on a proof or on the unit's rule. */
export type LeaveLimit =
  | { readonly per: 'event' | 'year' | 'child-year'; readonly days: number }
  | { readonly per: 'rule' }
  | { readonly per: 'none' }

/** A row of dictionary `leave.kind` with its rules; administrators edit all but the code. */
export interface LeaveKind {
  readonly code: string
  readonly label: string
  readonly count: LeaveCount
  readonly limit: LeaveLimit
  /** Days of balance are kept in the ledger. */
  readonly ledger: boolean
  /** From more than so many days on a proof must be attached; null when none is ever needed. */
  readonly proofAfter: number | null
  readonly enabled: boolean
  /** Law or regulation; 单位规定 marks numbers an office sets itself. */
  readonly source: string
}

/** What an office may set of a kind. */
export type KindChange = Partial<Pick<LeaveKind, 'count' | 'limit' | 'ledger' | 'proofAfter'>>

const UNIT_RULE = '单位规定'

const kind = (code: string, label: string, count: LeaveCount, limit: LeaveLimit, source: string, more: Partial<Pick<LeaveKind, 'ledger' | 'proofAfter' | 'enabled'>> = {}): LeaveKind => ({
  code, label, count, limit, source, ledger: false, proofAfter: null, enabled: true, ...more,
})

const none: LeaveLimit = { per: 'none' }
const rule: LeaveLimit = { per: 'rule' }

/**
 * Kinds of leave a new installation starts with. Marriage: 3 days of the state and 7 of Shanghai (上海市人口与计划生育条例 2021); companion's leave 10 and parental
 * leave 5 days a year (same). Maternity by `maternityDays`. Home visits after 国发〔1981〕36号.
 */
export const LEAVE_KINDS: readonly LeaveKind[] = [
  kind('annual', '年休假', 'WD', rule, '职工带薪年休假条例', { ledger: true }),
  kind('marriage', '婚假', 'CD', { per: 'event', days: 10 }, '上海市人口与计划生育条例', { proofAfter: 0 }),
  kind('maternity', '产假（含生育假）', 'CD', rule, '女职工劳动保护特别规定；上海市人口与计划生育条例', { proofAfter: 0 }),
  kind('companion', '配偶陪产假', 'CD', { per: 'event', days: 10 }, '上海市人口与计划生育条例', { proofAfter: 0 }),
  kind('parental', '育儿假', 'WD', { per: 'child-year', days: 5 }, '上海市人口与计划生育条例', { ledger: true }),
  kind('prenatal', '产前检查', 'hours', none, '女职工劳动保护特别规定'),
  kind('nursing', '哺乳时间', 'hours', none, '女职工劳动保护特别规定'),
  kind('sick', '病假', 'CD', none, UNIT_RULE, { proofAfter: 3 }),
  kind('visit-spouse', '探亲假（探望配偶）', 'CD', { per: 'year', days: 30 }, '国发〔1981〕36号'),
  kind('visit-parents-single', '探亲假（未婚探望父母）', 'CD', { per: 'year', days: 20 }, '国发〔1981〕36号'),
  kind('visit-parents-two-years', '探亲假（未婚探望父母，两年合并一次）', 'CD', { per: 'event', days: 45 }, '国发〔1981〕36号'),
  kind('visit-parents-married', '探亲假（已婚探望父母，四年一次）', 'CD', { per: 'event', days: 20 }, '国发〔1981〕36号'),
  kind('bereavement', '丧假', 'WD', { per: 'event', days: 3 }, UNIT_RULE),
  kind('personal', '事假', 'WD', none, UNIT_RULE),
  kind('official', '公假', 'WD', none, UNIT_RULE),
  kind('business', '公差', 'WD', none, UNIT_RULE),
  kind('training', '培训', 'WD', none, UNIT_RULE),
  kind('injury', '工伤假', 'CD', none, '工伤保险条例', { proofAfter: 0 }),
  kind('compensatory', '补休', 'WD', none, '公务员法', { ledger: true }),
  kind('trip', '外出报备', 'CD', none, UNIT_RULE),
  kind('only-child-care', '独生子女护理假', 'WD', none, UNIT_RULE, { enabled: false }),
]

/** Kinds within working time are counted in hours and no other kind is: what an office sets cannot change that. */
export const mayCount = (code: string, count: LeaveCount): boolean => (count === 'hours') === (kindWith(code).count === 'hours')

/** The rules of a kind as an office has changed them; a kind that only the dictionary knows is counted in working days and has no limit. */
export function kindWith(code: string, change: KindChange = {}): LeaveKind {
  const known = LEAVE_KINDS.find((one) => one.code === code) ?? kind(code, code, 'WD', none, UNIT_RULE)
  return { ...known, ...change }
}
