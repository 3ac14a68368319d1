import { Identity } from '#platform/identity/contract.ts'
import type { Runtime } from '#platform/registry/server/runtime.ts'

/** What to do with an installation in which nobody can sign in yet. */
export async function firstSteps(runtime: Runtime): Promise<readonly string[]> {
  const [account] = await runtime.query(null, (ctx) => ctx.use(Identity).accounts({ limit: 1 }))
  if (account !== undefined) return []
  return [
    '还没有任何账号。请在另一个终端建立三员账号（系统管理员、安全管理员、安全审计员，须为三个不同的人）：',
    '  npm run cli -- admins create --district 上海市某某区 --system 账号:姓名 --security 账号:姓名 --auditor 账号:姓名',
    '命令会打印一次性密码；首次登录须修改。恢复备份请先停止本程序，再执行 npm run cli -- restore <备份文件夹>。',
  ]
}
