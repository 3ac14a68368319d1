import { errors } from '#kit/words.ts'

export const calendarErrors = errors({
  'calendar.year.unconfirmed': { status: 409, text: '{year} 年节假日安排尚未导入，不能推算工作日；请管理员在工作日历中导入国务院办公厅通知后重试' },
  'calendar.import': { status: 422, text: '节假日安排有误：{problems}' },
  'calendar.hours': { status: 422, text: '办公时间应按先后填写，各段不能重叠' },
  'calendar.layer': { status: 403, text: '您只能设置本单位的办公时间' },
})
