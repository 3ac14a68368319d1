import { Identity } from '#platform/identity/contract.ts'
import { OperatorError } from '../explain.ts'
import { SOURCE } from './command.ts'
import type { Command } from './command.ts'
import { oneTimePassword } from '#platform/identity/server/one-time-password.ts'

export const userReset: Command = {
  name: 'user reset',
  usage: '<账号>',
  title: '重设密码：打印一次性密码，首次登录须修改；已有登录全部结束',
  async run({ withRuntime, say }, [login]) {
    if (login === undefined) throw new OperatorError('请写明账号，例如 npm run cli -- user reset zhangsan')
    const password = oneTimePassword()
    await withRuntime((runtime) => runtime.command(null, (ctx) => ctx.use(Identity).resetPassword(login, password), SOURCE))
    say(`账号 ${login} 的一次性密码（只显示这一次）：${password}`)
  },
}
