import { errors } from '#kit/words.ts'

export const dbErrors = errors({
  'db.cursor': { status: 400, text: '翻页位置无效，请从第一页重新查看' },
  'db.unavailable': { status: 503, text: '数据库暂时不可用，请稍后重试；已填写的内容请不要关闭页面' },
  'db.full': { status: 507, text: '服务器磁盘空间不足，暂时不能保存；已填写的内容请不要关闭页面，并联系运维人员' },
})
