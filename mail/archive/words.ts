import { errors } from '#kit/words.ts'

export const migrationErrors = errors({
  'mail.migration.rows': { status: 422, text: '账号清单有 {count} 处需要修改：{problems}' },
  'mail.migration.empty': { status: 422, text: '账号清单中没有账号；每行依次填写本系统地址、原账号、原密码' },
  'mail.migration.many': { status: 422, text: '一次最多迁移 {most} 个账号，现有 {count} 个，请分几次进行' },
  'mail.migration.missing': { status: 404, text: '没有这次迁移，请刷新页面' },
  'mail.migration.ended': { status: 409, text: '这次迁移已经结束，密码已清除；如需再迁，请新建迁移' },
})

/** Problems of single lines of the list. */
export const rowWords = {
  missing: '第 {line} 行缺少{what}',
  address: '第 {line} 行没有“{address}”这个邮箱',
  off: '第 {line} 行的邮箱“{address}”已停用',
  twice: '第 {line} 行与第 {before} 行是同一个邮箱',
  columns: { address: '本系统地址', login: '原账号', password: '原密码' },
} as const

/** Why an account could not be brought over. */
export const accountWords = {
  password: '原服务器不接受账号或密码（{answer}）',
  unreachable: '原服务器无法连接（{answer}）',
  broken: '与原服务器的连接中断（{answer}）',
  full: '服务器存储空间不足，已导入的保留；请腾出空间后再试',
} as const
