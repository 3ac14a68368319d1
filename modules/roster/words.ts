import { errors } from '#kit/words.ts'

export const rosterErrors = errors({
  'roster.rows': { status: 422, text: '表中有 {problems} 处需要改正，没有导入任何内容；请核对后重新上传' },
  'roster.empty': { status: 422, text: '表中没有可导入的内容，请按模板填写后再上传' },
})

/** What is wrong with a cell, and what to write instead. */
export const cellWords = {
  missingColumn: (title: string) => `缺少“${title}”一列，请使用模板`,
  required: '必填',
  long: (most: number) => `不能超过 ${most} 个字`,
  name: '应为汉字或字母，不含空格以外的符号',
  login: '应以字母开头，3 至 32 位，只含字母、数字、点、横线和下划线',
  loginTwice: (row: number) => `与第 ${row} 行的账号相同`,
  loginTaken: '账号已被使用，请换一个',
  phone: '应为 11 位手机号',
  phoneTwice: (row: number) => `与第 ${row} 行的手机号相同`,
  organisation: '没有这个单位，或不在您的管理范围内',
  department: '单位下没有这个部门，下级部门写作“上级部门/部门”',
  parent: '没有这个上级，或不在您的管理范围内；部门写作“单位/部门”',
  choice: (options: readonly string[]) => `请填写：${options.slice(0, 12).join('、')}`,
  rank: '没有这个职务层次或职级，请按规范名称填写',
  order: '应为 0 至 9999 的整数',
  date: '请按 2026-07-01 的样式填写日期',
  code: '统一社会信用代码的位数或校验位不对',
  unitTwice: (row: number) => `与第 ${row} 行同名`,
  unitThere: '上级下已有同名的单位或部门',
  ownOnly: '部门管理员只能新增本单位的部门，独立单位请由系统管理员新增',
  circle: '上级关系绕成了圈',
} as const
