import { errors } from '#kit/words.ts'

export const numberingErrors = errors({
  'numbering.taken': { status: 409, text: '编号「{text}」已被使用、预留或作废，请换一个编号' },
  'numbering.void': { status: 409, text: '编号「{text}」已经作废' },
  'numbering.range': { status: 422, text: '编号应为 1 至 99999 的整数，请检查后重新填写' },
  'numbering.reason': { status: 422, text: '请说明选用、预留或作废该编号的原因' },
  'numbering.organisation': { status: 422, text: '没有说明编号属于哪个单位，请联系管理员' },
})
