import { errors } from '#kit/words.ts'

export const dictionaryErrors = errors({
  'dictionary.missing': { status: 404, text: '没有这个数据字典，请刷新页面后重试' },
  'dictionary.layer': { status: 403, text: '您只能修改本单位的字典项，全区字典请联系区级管理员' },
  'dictionary.not-changed': { status: 404, text: '这一项没有被修改过，无需恢复' },
})
