import { Identity } from '#platform/identity/contract.ts'
import type { Command } from './command.ts'

const MOST = 10_000

export const userList: Command = {
  name: 'user list',
  usage: '[账号开头 | 姓名 | 手机号]',
  title: '列出账号',
  async run({ withRuntime, say }, [query]) {
    const found = await withRuntime((runtime) => runtime.query(null, (ctx) => ctx.use(Identity).accounts({ ...(query !== undefined && { query }), limit: MOST })))
    for (const { login, name, state, mustChange } of found) say([login.padEnd(24), name, state === 'disabled' ? '停用' : '', mustChange ? '须改密码' : ''].join(' ').trimEnd())
    say(`共 ${found.length} 个账号${found.length === MOST ? '（只列出前一万个）' : ''}`)
  },
}
