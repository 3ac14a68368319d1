/** An error people may meet: the HTTP status that fits it and a Chinese sentence that says what to do; `{name}` is filled from its details. */
export interface ErrorWord {
  readonly status: number
  readonly text: string
}

export type ErrorWords = Readonly<Record<string, ErrorWord>>

export const errors = <const W extends ErrorWords>(words: W): W => words

export const fill = (text: string, details: Readonly<Record<string, unknown>> = {}): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => (details[name] === undefined ? whole : String(details[name])))

/** Problems of single fields; `{label}` is the field's label. */
export const fieldWords = {
  'kit.required': '请填写{label}',
  'kit.unknown-field': '表单中没有「{label}」这一项，请刷新页面后重试',
  'kit.read-only': '当前环节不能修改{label}',
  'kit.text.type': '{label}应为文字',
  'kit.text.long': '{label}不能超过 {max} 个字，现有 {length} 个字',
  'kit.number.type': '{label}应为数字',
  'kit.number.large': '{label}数值过大',
  'kit.number.digits': '{label}最多保留 {digits} 位小数',
  'kit.number.min': '{label}不能小于 {min}',
  'kit.number.max': '{label}不能大于 {max}',
  'kit.date.type': '{label}不是有效日期，请按 2026-07-01 的样式填写',
  'kit.date-time.type': '{label}不是有效时间',
  'kit.period.type': '{label}请选择开始和结束日期',
  'kit.period.half': '{label}只能按整天填写',
  'kit.period.order': '{label}的结束时间不能早于开始时间',
  'kit.yes-no.type': '{label}请选择是或否',
  'kit.choice.unknown': '{label}所选项不存在，请重新选择',
  'kit.reference.type': '{label}请从列表中选择',
  'kit.reference.many': '{label}最多选择 {most} 项',
  'kit.reference.missing': '{label}所选对象不存在或已停用，请重新选择',
  'kit.computed.typed': '{label}由系统计算，不能填写',
  'kit.structured.type': '{label}内容格式有误',
} as const
