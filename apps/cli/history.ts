import { attachMonth, detachMonth, listPartitions } from '#platform/db/server/partitions.ts'
import { OperatorError } from '../explain.ts'
import type { Command } from './command.ts'

const TABLE = 'workflow_event'
const ACTS = { detach: detachMonth, attach: attachMonth } as const
const DONE = { detach: '已分离', attach: '已挂回' } as const

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`
const isAct = (word: string | undefined): word is keyof typeof ACTS => word === 'detach' || word === 'attach'

export const history: Command = {
  name: 'history',
  usage: '[detach|attach <年-月>]',
  title: '流程办理记录按月的分区：列出、分离（可导出后归档）、挂回',
  detail: ['不带参数时列出各月及大小。', '分离后该月的办理过程不再显示，待办与在办流程不受影响；挂回后恢复显示。', '例：history detach 2024-01'],
  async run({ withRuntime, say }, [act, month = '']) {
    if (act === undefined) {
      const parts = await withRuntime((runtime) => listPartitions(runtime.db, TABLE))
      for (const { name, attached, bytes } of parts) say(`${name.slice(TABLE.length + 1).replace('_', '-')}  ${attached ? '在用  ' : '已分离'}  ${megabytes(bytes)}`)
      return say(`共 ${parts.length} 个月。`)
    }
    if (!isAct(act)) throw new OperatorError(`没有“${act}”这一操作，可用：detach、attach`)
    const done = await withRuntime((runtime) => runtime.command(null, (ctx) => ACTS[act](ctx.db(), TABLE, month)))
    if (!done) throw new OperatorError(`没有可以${act === 'detach' ? '分离' : '挂回'}的月份“${month}”，请用 history 查看`)
    say(`${month} 的办理记录${DONE[act]}。`)
  },
}
