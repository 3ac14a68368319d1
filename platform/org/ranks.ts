/** 领导职务, highest first (公务员法 art. 18), with the level of each. */
export const LEADING_RANKS = {
  国家级正职: 10, 国家级副职: 20, 省部级正职: 30, 省部级副职: 40, 厅局级正职: 50, 厅局级副职: 60, 县处级正职: 70, 县处级副职: 80, 乡科级正职: 90, 乡科级副职: 100,
} as const

/** 综合管理类职级, highest first (公务员法 art. 19), each just below the leading rank to which it corresponds. */
export const GRADES = {
  一级巡视员: 55, 二级巡视员: 65, 一级调研员: 72, 二级调研员: 74, 三级调研员: 82, 四级调研员: 84, 一级主任科员: 92, 二级主任科员: 94, 三级主任科员: 102, 四级主任科员: 104,
  一级科员: 110, 二级科员: 120,
} as const

/** Level of people without either. */
export const LOWEST_LEVEL = 200

const levelIn = (table: Readonly<Record<string, number>>, name: string | null | undefined): number =>
  name !== null && name !== undefined && Object.hasOwn(table, name) ? (table[name] ?? LOWEST_LEVEL) : LOWEST_LEVEL

/** One order over both: the higher of 领导职务 and 职级 counts; lower numbers are higher. */
export const levelOf = (leadingRank?: string | null, grade?: string | null): number => Math.min(levelIn(LEADING_RANKS, leadingRank), levelIn(GRADES, grade))
