import { errors } from '#kit/words.ts'

export const recordErrors = errors({
  'records.entity': { status: 404, text: '没有这类记录' },
  'records.missing': { status: 404, text: '找不到这条记录，可能已被删除，或您没有查看权限；如需查看请联系经办人' },
  'records.invalid': { status: 422, text: '{problems}' },
  'records.stale': { status: 409, text: '{name} 于 {time} 已修改本记录，请先查看最新内容；您填写的内容仍保留在页面上' },
  'records.locked': { status: 409, text: '「{title}」当前不能修改：{reason}' },
  'records.started': { status: 409, text: '「{title}」已经提交，无需重复提交' },
  'records.no-flow': { status: 422, text: '{label}没有办理流程，保存即可' },
  'records.filter': { status: 400, text: '筛选条件有误：{reason}' },
  'records.export.large': { status: 422, text: '符合条件的记录超过 {most} 条，请缩小筛选范围后再导出' },
})
